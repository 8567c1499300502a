from odoo import fields, models


class CrmLead(models.Model):
    """Leads make prospects, won opportunities make clients."""

    _inherit = "crm.lead"

    def write(self, vals):
        has_customer = bool(vals.get("partner_id"))
        result = super().write(vals)
        if has_customer:
            self.filtered(lambda lead: lead.won_status == "won")._client_won()
        return result

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)

        def is_new(lead):
            old = old_status_by_lead.get(lead.id, {})
            new = new_status_by_lead.get(lead.id, {})
            return new.get("is_won") and not old.get("is_won")

        self.filtered(is_new)._client_won()
        return result

    def _handle_partner_assignment(
        self, force_partner_id=False, create_missing=True, with_parent=None
    ):
        """Make prospects of the customers that leads are given when they are
        converted."""
        result = super()._handle_partner_assignment(
            force_partner_id=force_partner_id,
            create_missing=create_missing,
            with_parent=with_parent,
        )
        for lead in self:
            lead._client_make_prospect()
        self.filtered(lambda lead: lead.won_status == "won")._client_won()
        return result

    # Prospects

    def _client_make_prospect(self):
        """Make a prospect of the customer of this lead, unless it has a status, is one
        of the users, or has the reference of another client."""
        # Superuser: a salesperson converts leads without being a user of the Clients
        # app, and only empty fields are filled.
        partner = self.partner_id.commercial_partner_id.sudo()
        if not partner or partner.client_status or not partner.partner_share:
            return
        if partner.ref and partner._get_client_reference_owners(partner):
            return
        values = self._prepare_client_values()
        partner.write({k: v for k, v in values.items() if v and not partner[k]})

    def _prepare_client_values(self):
        """What the lead knows about the prospect that it is made into.

        Its type and its unit are the defaults of the database; an add-on whose leads
        have them adds them here.

        :return: dict, values of ``res.partner``; only empty fields are filled
        """
        self.ensure_one()
        return {"client_status": "prospect", "client_source_id": self.source_id.id}

    # Clients

    def _client_won(self):
        """Make clients of the prospects whose opportunities these won ones are."""
        for lead in self.filtered(lambda lead: lead.type == "opportunity"):
            company = lead.company_id or self.env.company
            if company.client_won_status:
                lead._client_status_partners()._client_became_client(
                    lead, since=lead._get_client_won_date()
                )

    def _get_client_won_date(self):
        """:return: date on which the opportunity was won, or False"""
        if not self.date_closed:
            return False
        return fields.Datetime.context_timestamp(self, self.date_closed).date()

    def _client_status_partners(self):
        """The partners whose status this opportunity may change.

        :return: ``res.partner`` recordset in superuser mode; overridden where an
            opportunity has more parties than its customer
        """
        self.ensure_one()
        partners = self.partner_id | self.partner_id.commercial_partner_id
        # Salespeople may not have write access to a client of another unit, and only
        # the status is written.
        return partners.sudo()
