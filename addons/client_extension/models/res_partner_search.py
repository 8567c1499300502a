import re

from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    client_search = fields.Char(
        compute="_compute_client_search",
        search="_search_client_search",
        export_string_translation=False,
    )

    def _compute_client_search(self):
        self.client_search = False

    @api.model
    def _search_client_search(self, operator, value):
        if operator != "ilike" or not isinstance(value, str):
            return NotImplemented
        return self._get_client_search_domain(value.strip())

    @api.model
    def _get_client_search_domain(self, text):
        """What the search box of the Clients app looks in.

        :param text: what the user typed, without surrounding space
        :return: ``Domain``; overridden by bridges that add a place to look in
        """
        names = ("complete_name", "ref", "email", "vat", "city", "company_registry")
        domain = Domain.OR(Domain(name, "ilike", text) for name in names)
        domain |= Domain("child_ids.name", "ilike", text)
        domain |= Domain("client_contact_ids.contact_id.name", "ilike", text)
        digits = re.sub(r"\D", "", text)
        if len(digits) >= self._phone_search_min_length:
            # As dialled in the country: without the 0 it is a part of the full number.
            national = re.fullmatch(r"0([1-9]\d{5,})", digits)
            phone = national[1] if national else text
            domain |= Domain("phone_mobile_search", "ilike", phone)
        return domain | self._get_client_former_domain("ilike", text)
