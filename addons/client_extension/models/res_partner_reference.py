from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if self._get_new_client_status(vals) and not vals.get("ref"):
                vals.update(self._prepare_client_reference(vals.get("company_id")))
        return super().create(vals_list)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("client_status"):
            for partner in self.filtered(lambda p: p.client_status and not p.ref):
                if values := self._prepare_client_reference(partner.company_id.id):
                    partner.write(values)
        return result

    @api.model
    def _prepare_client_reference(self, company_id):
        """The reference of a client that has none.

        :param company_id: id of the client's company, or a false value for all
        :return: ``{"ref": next free number}``, or ``{}`` where the company does not
            number its clients; overridden to number them another way
        """
        company = self.env["res.company"].browse(company_id or self.env.company.id)
        # Read as superuser: the setting is no secret, and the numbers belong to
        # the sequence and not to the user who takes one.
        company = company.sudo()
        if not company.client_auto_reference:
            return {}
        sequence = self.env["ir.sequence"].sudo().with_company(company)
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        while reference := sequence.next_by_code("client.reference"):
            if not partners.search_count([("ref", "=", reference)], limit=1):
                return {"ref": reference}
        return {}

    @api.constrains("ref", "company_id")
    def _check_client_reference(self):
        clients = self.filtered(lambda p: p.client_status and p.ref)
        if not clients:
            return
        taken = self._get_client_reference_owners(clients)
        for client in clients:
            for other in taken.get(client.ref, self.browse()):
                if other != client and client._shares_client_references(other):
                    raise ValidationError(client._client_reference_error(other))

    @api.model
    def _get_client_reference_owners(self, clients):
        """Who has the references of these clients, in one query.

        :param clients: ``res.partner`` recordset
        :return: ``{reference: recordset in superuser mode}``
        """
        domain = Domain("ref", "in", clients.mapped("ref")) & Domain(
            "client_status", "!=", False
        )
        # Superuser: a client that the user may not see has its reference all the
        # same. Its name is not told (see _client_reference_error).
        partners = self.sudo().with_context(active_test=False)
        return partners.search_fetch(domain, ["ref", "company_id"]).grouped("ref")

    def _shares_client_references(self, other):
        """Whether two clients draw their references from the same company.

        :param other: one ``res.partner``
        :return: bool; a client of all companies meets those of the user's companies
        """
        self.ensure_one()
        if self.company_id and other.company_id:
            return self.company_id == other.company_id
        company = self.company_id or other.company_id
        return not company or company in self.env.companies

    def _client_reference_error(self, other):
        """:return: the sentence that says which client has this reference already"""
        self.ensure_one()
        # Odoo checks constraints as superuser: ask what the user themselves may see.
        if other.sudo(False).has_access("read"):
            return self.env._(
                "The reference %(reference)s is already that of %(client)s.",
                reference=self.ref,
                client=other.display_name,
            )
        return self.env._(
            "The reference %(reference)s is already that of a client whom you may "
            "not see.",
            reference=self.ref,
        )
