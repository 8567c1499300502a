from odoo import models

from ..clients.ir_websocket import BUS_CHANNEL

#: what a page of a search is told, on the channel of its user's imports
NOTICE = "client_extension.search_moved"
#: fields that the page shows while they change
MOVING = {"name_count", "state", "step"}


class ClientDuplicateSearch(models.Model):
    """Tells the page of a search that it has moved."""

    _inherit = "client.duplicate.search"

    def write(self, vals):
        result = super().write(vals)
        if MOVING & vals.keys():
            # Superuser: only to tell them; they read with their own rights. It is
            # sent with the commit of the piece that was searched.
            for search in self.sudo():
                listener = (search.user_id.partner_id, BUS_CHANNEL)
                self.env["bus.bus"]._sendone(listener, NOTICE, {"ids": search.ids})
        return result
