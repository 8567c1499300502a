from odoo import fields, models


class ClientAnimal(models.Model):
    """An animal that a client brings along."""

    _name = "client.animal"
    _description = "Animal"
    _order = "name, id"

    client_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="client_id.company_id", store=True, index="btree_not_null"
    )
    name = fields.Char(required=True, index="trigram")
    species = fields.Selection(
        [("dog", "Dog"), ("cat", "Cat"), ("other", "Other")],
        required=True,
        default="dog",
    )
    breed = fields.Char()
    chip = fields.Char(string="Chip Number")
    vaccinated_until = fields.Date()

    def write(self, vals):
        result = super().write(vals)
        if "client_id" in vals:
            # Users cannot link records that they are not allowed to see.
            self.check_access("write")
        return result
