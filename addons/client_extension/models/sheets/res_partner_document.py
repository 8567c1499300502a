from odoo import models


class ResPartner(models.Model):
    """What the invoices and quotations of a client print about the client."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _get_client_document_references(self, company):
        """The data of the client that a document prints in its information block.

        Called on the customer of the document, in the language of the document.

        :param company: ``res.company`` of the document, whose settings apply
        :return: list of ``(label, value)``, both str; empty if every setting is off or
            the document is for no client; overridden to print more
        """
        printed = {
            "client_print_reference": (self.env._("Client Reference"), "ref"),
            "client_print_type": (self.env._("Client Type"), "client_type_id"),
            "client_print_unit": (
                self.env._("Business Unit"),
                "client_business_unit_id",
            ),
            "client_print_contact": (
                self.env._("Main Contact"),
                "client_main_contact_id",
            ),
        }
        chosen = [pair for setting, pair in printed.items() if company[setting]]
        client = self._find_client_of_document() if chosen else self.browse()
        references = [
            (label, client._get_client_document_value(name, company))
            for label, name in (chosen if client else [])
        ]
        return [(label, value) for label, value in references if value]

    def _get_client_document_value(self, name, company):
        """:return: str, what a document of a company prints of a field of this client,
        or a false value"""
        value = self[name]
        if name == "client_business_unit_id":
            # A shared client may be in a unit of another company.
            companies = [False, *company.sudo().parent_ids.ids]
            value = value.filtered_domain([("company_id", "in", companies)])
        elif name == "client_main_contact_id":
            # Who is archived is no longer there to be asked.
            value = value.filtered("active")
        return value if name == "ref" else value.name

    def _find_client_of_document(self):
        """:return: ``res.partner`` in superuser mode: this partner or a parent
        that is a client or a prospect, the nearest one; empty if there is none"""
        # Superuser: who prints a document may read it, but may not see the client, such
        # as a customer on the portal or a user outside a closed unit. Only the data
        # that the company chose to print is read.
        partner = self.sudo()
        while partner and not partner.client_status:
            partner = partner.parent_id
        return partner
