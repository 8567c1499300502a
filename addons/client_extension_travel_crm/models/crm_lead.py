from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

ENQUIRERS = "sales_team.group_sale_salesman,client_extension_travel.group_travel_user"
DATES = ("client_date_from", "client_date_to")


class CrmLead(models.Model):
    """An enquiry: an opportunity becomes a trip, which follows it."""

    _inherit = "crm.lead"

    client_trip_id = fields.Many2one(
        "client.trip",
        string="Trip or Stay",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=ENQUIRERS,
        help="The trip or stay that this opportunity became.",
    )
    client_date_from = fields.Date(string="Travel From")
    client_date_to = fields.Date(string="Travel To")
    client_adults = fields.Integer(string="Adults")
    client_children = fields.Integer(string="Children", help="Children and infants.")

    _client_dates_in_order = models.Constraint(
        "CHECK(client_date_to >= client_date_from)",
        "A trip cannot end before it begins.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        if any(values.get("client_trip_id") for values in vals_list):
            leads._client_check_trip()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if vals.get("client_trip_id"):
            self._client_check_trip()
        return result

    def _client_check_trip(self):
        """:raise AccessError: when the user may not read the trip of these leads"""
        # Users cannot link records that they are not allowed to see.
        self.client_trip_id.check_access("read")

    def _merge_get_fields(self):
        mine = ["client_trip_id", "client_adults", "client_children"]
        return [*super()._merge_get_fields(), *mine]

    def _merge_get_fields_specific(self):
        # Both dates are those of one lead: of two, they may not be in order.
        return {
            **super()._merge_get_fields_specific(),
            **dict.fromkeys(DATES, lambda name, leads: leads._client_dated()[name]),
        }

    def _client_dated(self):
        """:return: the first of these leads that says when, or the first one"""
        dated = self.filtered(lambda lead: any(lead[name] for name in DATES))
        return (dated or self)[:1]

    # Won and lost

    def _handle_won_lost(self, old_status_by_lead, new_status_by_lead):
        result = super()._handle_won_lost(old_status_by_lead, new_status_by_lead)

        def reached(lead, status):
            old = old_status_by_lead.get(lead.id, {})
            new = new_status_by_lead.get(lead.id, {})
            return new.get(status) and not old.get(status)

        # Superuser: salespeople have no right to write trips. Nothing but the state of
        # the trip is written.
        for lead in self.sudo().filtered("client_trip_id"):
            if reached(lead, "is_won"):
                lead._client_win_trip()
            elif reached(lead, "is_lost"):
                lead._client_lose_trip()
        return result

    def _client_win_trip(self):
        """Confirm the trip of this opportunity, which is won, if that is possible.

        Called in superuser mode; overridden to leave that to the order, for example.
        """
        self.ensure_one()
        if self.client_trip_id.state in ("enquiry", "quoted", "option"):
            about = self.env._("Opportunity “%s” is won.", self.name)
            self.client_trip_id._move_if_possible("confirmed", about)

    def _client_lose_trip(self):
        """Cancel the trip of this opportunity, which is lost: while nothing is promised
        to the client, and no other opportunity of the trip is open or won.

        Called in superuser mode; overridden to cancel trips in another way.
        """
        self.ensure_one()
        trip = self.client_trip_id
        others = trip.client_lead_ids.filtered(lambda one: one.won_status != "lost")
        if trip.state in ("enquiry", "quoted") and not others - self:
            about = self.env._("Opportunity “%s” is lost.", self.name)
            trip._move_if_possible("cancelled", about)

    # Actions

    def action_client_new_trip(self):
        """Prepare the trip that this enquiry becomes. Its customer is found or made as
        when a lead is converted.

        :return: dict, a window action
        :raise AccessError: when the user may not change the lead or create trips
        :raise UserError: when the lead became a trip already, or names no customer
        """
        self.ensure_one()
        self.check_access("write")
        self.env["client.trip"].check_access("create")
        if self.client_trip_id:
            raise UserError(
                self.env._(
                    "“%(lead)s” is already linked to %(trip)s.",
                    lead=self.name,
                    trip=self.client_trip_id.display_name,
                )
            )
        values = self._prepare_client_trip(self._client_assign_customer())
        client = self.env["res.partner"].browse(values["client_id"])
        return client._get_client_new_action(
            "client.trip",
            self.env._("New Trip"),
            {
                **{f"default_{name}": value for name, value in values.items()},
                "default_client_lead_ids": [Command.link(self.id)],
            },
        )

    def _client_assign_customer(self):
        """Find or make the customer of this lead, a prospect at least.

        :return: ``res.partner``: the client, or the company of the contact
        :raise UserError: when the lead says nothing about its customer
        """
        known = self._find_matching_partner()
        if not (known or self.contact_name or self.partner_name or self.email_from):
            raise UserError(
                self.env._(
                    "Enter a customer, a contact name or an email address first."
                )
            )
        self._handle_partner_assignment(force_partner_id=known.id)
        partner = self.partner_id
        return partner if partner.client_status else partner.commercial_partner_id

    def _prepare_client_trip(self, client):
        """What a trip takes over from this enquiry.

        :param client: ``res.partner``
        :return: dict, values of ``client.trip``; overridden to take over more
        """
        self.ensure_one()
        return {
            "client_id": client.id,
            "title": self.name,
            "company_id": (self.company_id or self.env.company).id,
            "user_id": (self.user_id or self.env.user).id,
            "date_from": self.client_date_from,
            "date_to": self.client_date_to,
            "adults": self.client_adults,
            "children": self.client_children,
        }

    def action_client_view_trip(self):
        """Open the trip of this opportunity.

        :return: dict, a window action
        """
        self.ensure_one()
        self.check_access("read")
        self.client_trip_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Trip or Stay"),
            "res_model": "client.trip",
            "res_id": self.client_trip_id.id,
            "views": [(False, "form")],
        }
