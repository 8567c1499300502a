from odoo import models

from ...tools.import_channel import BUS_CHANNEL, CHANNEL, GROUP

MANAGER = "client_extension.group_client_manager"


class IrWebsocket(models.AbstractModel):
    """Lets a page of imports hear of those that its user may see."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = list(channels)
        if CHANNEL in channels:
            channels = [channel for channel in channels if channel != CHANNEL]
            channels += self._get_client_import_channels()
        return super()._build_bus_channel_list(channels)

    def _get_client_import_channels(self):
        """:return: list of channels: one's own, for a manager those of the companies"""
        user = self.env.user
        if not user.has_group(GROUP):
            return []
        companies = user.company_ids if user.has_group(MANAGER) else ()
        return [(listener, BUS_CHANNEL) for listener in (user.partner_id, *companies)]
