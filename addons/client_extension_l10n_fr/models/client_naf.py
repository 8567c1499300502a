from odoo import api, fields, models
from odoo.fields import Domain


class ClientNaf(models.Model):
    """The main activity of a French company: a code of Insee's list, NAF rév. 2.

    Insee gives each company one such code, its *APE*. A future list (NAF 2025) is added
    to this one; codes that are no longer used are archived.
    """

    _name = "client.naf"
    _description = "French Activity Code"
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, help="As written by Insee, e.g. 55.30Z")
    name = fields.Char(required=True, help="In French, as published by Insee.")
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint(
        "UNIQUE(code)", "This code is already used by another activity."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for naf in self:
            naf.display_name = f"{naf.code or ''} {naf.name or ''}".strip()

    @api.model
    def _search_display_name(self, operator, value):
        # People and registers also write 5530Z.
        domain = super()._search_display_name(operator, value)
        if operator in ("ilike", "=ilike", "=") and isinstance(value, str):
            text = value.strip()
            if len(text) > 2 and text[:2].isdecimal() and text[2].isdecimal():
                return domain | Domain("code", operator, f"{text[:2]}.{text[2:]}")
        return domain
