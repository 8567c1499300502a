from odoo import api, models
from odoo.fields import Domain

#: group of fields -> setting of the company that protects it
SETTINGS = {
    "vat": "client_protect_vat",
    "registry": "client_protect_registry",
    "receivable": "client_protect_receivable",
    "address": "client_protect_address",
}


class ClientImportProtection(models.AbstractModel):
    """Says which values of clients with posted invoices an import may not overwrite.

    Odoo prints an invoice again with the data that its customer has today: a tax ID or
    an address that an import replaces changes documents that were sent long ago.
    """

    _name = "client.import.protection"
    _description = "Protected Values of Client Imports"

    @api.model
    def _get_protected_fields(self):
        """The fields of ``res.partner`` that are on invoices, by what protects them.

        The fields of one group change together or not at all.

        :return: dict: name of a group -> tuple of names of fields; overridden by
            bridges that store more of it, along with :meth:`_is_protected`
        """
        return {
            "vat": ("vat",),
            "registry": ("company_registry",),
            "receivable": ("property_account_receivable_id",),
            "address": ("street", "street2", "zip", "city", "state_id", "country_id"),
        }

    @api.model
    def _is_protected(self, company, group):
        """Whether the settings protect a group of fields.

        :param company: the ``res.company`` of the import
        :param str group: name of a group of :meth:`_get_protected_fields`
        :return: bool; overridden by bridges with groups of their own
        """
        # Superuser: a setting of the import's own company, which is not confidential.
        return group not in SETTINGS or company.sudo()[SETTINGS[group]]

    @api.model
    def _get_kept(self, client_import, asked):
        """Which values an import may not overwrite.

        :param client_import: the ``client.import``
        :param dict asked: id of a client -> names of the groups of fields that a row
            would overwrite
        :return: dict: id of a client -> set of the groups that are kept
        """
        invoiced = self._get_invoiced(client_import, list(asked))
        kept = {}
        for partner_id, is_here in invoiced.items():
            names = set(asked[partner_id])
            if not is_here:
                # Each company has its own account: this one has no invoice on it.
                names.discard("receivable")
            kept[partner_id] = names
        addressed = [id_ for id_, names in kept.items() if "address" in names]
        for partner_id in self._get_invoiced_elsewhere(addressed):
            kept[partner_id].discard("address")
        return {partner_id: names for partner_id, names in kept.items() if names}

    @api.model
    def _get_invoiced(self, client_import, ids):
        """The clients that have posted invoices, or whose contacts have.

        Tax ID, number and address of a client are the same in all companies, so the
        invoices of each company count.

        :param client_import: the ``client.import``
        :param list ids: of clients, which are commercial entities
        :return: dict: id of a client -> bool, whether an invoice is of the company of
            the import
        """
        # Superuser: users who import may have no right on invoices, nor on those of
        # other companies; they learn no more than that there is one.
        moves = self.env["account.move"].sudo().with_context(active_test=False)
        domain = (
            Domain("state", "=", "posted")
            & Domain("move_type", "in", moves.get_sale_types(include_receipts=True))
            & Domain("partner_id", "any", [("commercial_partner_id", "in", ids)])
        )
        groups = moves._read_group(
            domain, ["partner_id.commercial_partner_id", "company_id"]
        )
        found = {}
        for partner, company in groups:
            is_here = company == client_import.company_id
            found[partner.id] = found.get(partner.id, False) or is_here
        return found

    @api.model
    def _get_invoiced_elsewhere(self, ids):
        """:return: set of the clients that have an invoice address of their own: their
        main address is not on invoices"""
        if not ids:
            return set()
        # Superuser: an address of a client that the user changes; nothing of it is
        # read.
        addresses = self.env["res.partner"].sudo()
        domain = Domain("parent_id", "in", ids) & Domain("type", "=", "invoice")
        found = addresses._read_group(domain, ["parent_id"])
        return {partner.id for (partner,) in found}
