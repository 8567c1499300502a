from odoo import api, models

from ..clients.ir_websocket import BUS_CHANNEL

#: what a page is told when it asked to hear of imports
NOTICE = "client_extension.import_moved"
#: fields that the pages of an import show while they change
MOVING = {
    "is_checking",
    "is_undoing",
    "mend_done",
    "rows_done",
    "state",
    "undo_done",
}


class ClientImport(models.Model):
    """Tells the pages that show an import that it has moved."""

    _inherit = "client.import"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._announce()
        return records

    def write(self, vals):
        result = super().write(vals)
        if MOVING & vals.keys():
            self._announce()
        return result

    # Tools

    def _keep(self, counted, rows, seconds):
        """A chunk is news also where a bridge counts it elsewhere."""
        self._announce()
        return super()._keep(counted, rows, seconds)

    def _announce(self):
        """Say so once what moved is committed, once for each commit."""
        precommit = self.env.cr.precommit
        if NOTICE not in precommit.data:
            precommit.data[NOTICE] = set()
            imports = self.env["client.import"]
            precommit.add(lambda: imports.browse(precommit.data.pop(NOTICE))._notify())
        precommit.data[NOTICE].update(self.ids)

    def _notify(self):
        """Tell who may see these imports which ones they are, and nothing of them."""
        heard = {}
        # Superuser: only to find out whom to tell; they read with their own rights.
        for record in self.sudo().exists():
            users = record.user_id | record.actor_id
            for listener in (*users.partner_id, record.company_id):
                heard.setdefault((listener, BUS_CHANNEL), []).append(record.id)
        for channel, ids in heard.items():
            self.env["bus.bus"]._sendone(channel, NOTICE, {"ids": sorted(ids)})
