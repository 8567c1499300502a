from odoo import api, models

#: in the context of an undo: the line is as if it had never been, which is no removal
TAKEN_BACK = object()


class ClientContact(models.Model):
    """Remembers whose line somebody removed: they are not offered again at once.

    The person stays one of Odoo's own contacts below the client, of whom the form says
    that they have no line and can be added.
    """

    _inherit = "client.contact"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # Superuser: the mark says something of the line alone.
        persons = lines.sudo().contact_id
        if marked := persons.filtered("client_line_removed"):
            marked.client_line_removed = False
        return lines

    def unlink(self):
        # Superuser: as above; who removes a line need not be able to change persons.
        below = self.sudo().filtered(
            lambda line: line.contact_id.parent_id == line.client_id
        )
        persons = below.contact_id
        result = super().unlink()
        if persons and self.env.context.get("client_contact_line") is not TAKEN_BACK:
            persons.client_line_removed = True
        return result
