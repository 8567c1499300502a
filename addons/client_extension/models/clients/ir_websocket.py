from odoo import models

#: the channel that a page subscribes to
CHANNEL = "client_extension.imports"
#: the part of the channels of a user and of a company that is for importers only
BUS_CHANNEL = "client_imports"
IMPORTER = "client_extension.group_client_importer"
MANAGER = "client_extension.group_client_manager"


class IrWebsocket(models.AbstractModel):
    """Notifies open pages of the imports and searches that the user can see."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = list(channels)
        if CHANNEL in channels:
            channels = [channel for channel in channels if channel != CHANNEL]
            channels += self._get_client_import_channels()
        return super()._build_bus_channel_list(channels)

    def _get_client_import_channels(self):
        """:return: list of channels: the user's own; for managers also of companies"""
        user = self.env.user
        if not user.has_group(IMPORTER):
            return []
        companies = user.company_ids if user.has_group(MANAGER) else ()
        return [(listener, BUS_CHANNEL) for listener in (user.partner_id, *companies)]
