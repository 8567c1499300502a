from odoo import models

#: what a page asks to hear of
CHANNEL = "client_extension.imports"
#: part of the channels of a user and of a company that only importers listen to
BUS_CHANNEL = "client_imports"
IMPORTER = "client_extension.group_client_importer"
MANAGER = "client_extension.group_client_manager"


class IrWebsocket(models.AbstractModel):
    """Lets the pages of imports and of searches hear of those that the user may see."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = list(channels)
        if CHANNEL in channels:
            channels = [channel for channel in channels if channel != CHANNEL]
            channels += self._get_client_import_channels()
        return super()._build_bus_channel_list(channels)

    def _get_client_import_channels(self):
        """:return: list of channels: the user's own, for a manager those of the
        companies too
        """
        user = self.env.user
        if not user.has_group(IMPORTER):
            return []
        companies = user.company_ids if user.has_group(MANAGER) else ()
        return [(listener, BUS_CHANNEL) for listener in (user.partner_id, *companies)]
