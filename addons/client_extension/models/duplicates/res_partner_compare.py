from odoo import api, models
from odoo.exceptions import UserError

#: more do not fit beside each other, and nobody could tell what becomes of them
MAX_COMPARED = 20


class ResPartner(models.Model):
    """From a client to its duplicates: compare, merge, or say that they are two."""

    _inherit = "res.partner"

    # Actions

    def action_client_compare(self):
        """Put these clients side by side, to be merged.

        :return: action of the page on which one chooses what stays
        """
        self._check_client_user()
        partners = self.exists()
        if not 1 < len(partners) <= MAX_COMPARED:
            raise UserError(
                self.env._("Select 2 to %s clients to compare.", MAX_COMPARED)
            )
        partners.check_access("read")
        wizard = self.env["client.merge.wizard"].create(
            {"partner_ids": [(6, 0, partners.ids)]}
        )
        return wizard._get_action()

    def action_client_not_duplicates(self):
        """Remember that these clients are not the same: no warning of them again."""
        partners = self.exists()
        partners._check_client_not_duplicates()
        # Superuser: the user may write each of the clients.
        self.env["client.not.duplicate"].sudo()._add_all(partners)
        groups = self.env["client.duplicate.group"].sudo()
        found = groups.search([("partner_ids", "in", partners.ids)])
        found._forget_told_apart()
        return True

    def _check_client_not_duplicates(self):
        """:raise AccessError: when the user may not say so of each of these"""
        self._check_client_user()
        if not 1 < len(self.exists()) <= MAX_COMPARED:
            raise UserError(
                self.env._("Select 2 to %s clients to compare.", MAX_COMPARED)
            )
        self.check_access("write")

    # Comparison

    @api.model
    def _get_client_merge_rows(self):
        """What is compared, and chosen together, before clients are merged.

        :return: dict: key -> pair (its name or None for that of the field, names of
            the fields that are taken from one of the clients, all or none);
            overridden to let users choose fields of one's own
        """
        _ = self.env._
        address = ["street", "street2", "zip", "city", "state_id", "country_id"]
        return {
            "name": (_("Name"), ["name", "client_name_parts", "client_civility"]),
            "is_company": (_("Is a Company"), ["is_company"]),
            "ref": (_("Reference"), ["ref"]),
            "client_type_id": (None, ["client_type_id"]),
            "user_id": (_("Client Manager"), ["user_id"]),
            "client_business_unit_id": (
                _("Business Unit"),
                ["client_business_unit_id"],
            ),
            "client_source_id": (_("Source"), ["client_source_id"]),
            "address": (_("Address"), address),
            "phone": (None, ["phone"]),
            "mobile": (None, ["mobile"]),
            "email": (None, ["email"]),
            "website": (_("Website"), ["website"]),
            "vat": (None, ["vat"]),
            "company_registry": (None, ["company_registry"]),
            "lang": (None, ["lang"]),
            "function": (None, ["function"]),
            "comment": (None, ["comment"]),
        }

    @api.model
    def _get_client_merge_names(self):
        """:return: dict: key of a row -> its name"""
        fields_ = self.fields_get(attributes=["string"])
        return {
            key: name or fields_[names[0]]["string"]
            for key, (name, names) in self._get_client_merge_rows().items()
            if names[0] in fields_
        }
