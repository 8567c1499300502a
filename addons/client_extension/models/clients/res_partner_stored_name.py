from odoo import api, models
from odoo.fields import Domain

from .identity.res_partner_name import PARTS

# What OCA's partner_firstname calls them; it stores them, and computes the name.
STORED_PARTS = ("firstname", "lastname")


class ResPartner(models.Model):
    """First and last name where another add-on stores them: its parts are ours.

    Two guesses at one name would disagree, and its fields are on the form already.
    """

    _inherit = "res.partner"

    @api.model
    def _stores_name_parts(self):
        return all(name in self._fields for name in STORED_PARTS)

    def _split_client_name(self):
        if self.is_company or not self._stores_name_parts():
            return super()._split_client_name()
        return tuple(self[name] or "" for name in STORED_PARTS)

    @api.model
    def _prepare_client_name(self, first, last):
        if not self._stores_name_parts():
            return super()._prepare_client_name(first, last)
        return dict(zip(STORED_PARTS, (first or False, last or False), strict=True))

    @api.model
    def _get_client_part_unset_domain(self, part):
        if not self._stores_name_parts():
            return super()._get_client_part_unset_domain(part)
        stored = dict(zip(PARTS, STORED_PARTS, strict=True))[part]
        return Domain("is_company", "=", True) | Domain(stored, "in", [False, ""])

    @api.model
    def _get_stored_name(self, name):
        """:return: str, a new name as that add-on writes it: where the last
        name comes first, it makes "Roux, Anne" of "Roux,Anne"
        """
        if not self._stores_name_parts() or not hasattr(self, "_get_inverse_name"):
            return name
        parts = self._get_inverse_name(name)
        return self._get_computed_name(parts["lastname"], parts["firstname"])

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and all(
            arch.xpath(f"//field[@name='{name}'][not(ancestor::field)]")
            for name in STORED_PARTS
        ):
            for field in arch.xpath(
                "//div[@name='client_person']/field[@name='client_first_name'"
                " or @name='client_last_name']"
            ):
                field.set("invisible", "1")
        return arch, view
