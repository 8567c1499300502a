from odoo import api, fields, models
from odoo.exceptions import AccessError

from .res_partner_reference import CHECKED_LATER

STATUS_DATES = {"prospect": "client_prospect_date", "client": "client_since"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if values.get("client_status") and "user_id" in fields:
            values.setdefault("user_id", self.env.uid)
        if not self.env.user.has_group("client_extension.group_client_manager"):
            # A default is no way around _check_client_dates_writable either.
            for name in STATUS_DATES.values():
                values.pop(name, None)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [dict(vals) for vals in vals_list]
        today = self._client_status_date()
        for vals in vals_list:
            self._check_client_dates_writable(vals)
            status = self._get_new_client_status(vals)
            if status and "client_status" not in vals:
                vals.setdefault("user_id", self.env.uid)
            if status or "default_client_status" in self.env.context:
                vals["client_status"] = status
            # The form of a manager sends the date that it does not show yet: empty.
            if status in STATUS_DATES and not vals.get(STATUS_DATES[status]):
                vals[STATUS_DATES[status]] = today
        return super().create(vals_list)

    def write(self, vals):
        self._check_client_dates_writable(vals)
        status = vals.get("client_status")
        date = STATUS_DATES.get(status)
        if not date or date in vals:
            return super().write(vals)
        # A client that went back to prospect keeps the day it first became one.
        undated = self.filtered(lambda partner: not partner[date])
        result = super(ResPartner, self - undated).write(dict(vals))
        if undated:
            dated = {**vals, date: self._client_status_date()}
            result = super(ResPartner, undated).write(dated) and result
        return result

    @api.model
    def _get_new_client_status(self, vals):
        """The status with which a partner is created.

        ``default_client_status`` of the Clients menu is meant for the client, not for
        the contacts and addresses that are saved along with it.

        :param vals: values for ``create`` of one partner
        :return: ``"prospect"``, ``"client"`` or a false value
        """
        context = self.env.context
        default = context.get("default_client_status")
        if vals.get("parent_id", context.get("default_parent_id")):
            default = False
        return vals.get("client_status", default)

    def _client_status_date(self):
        """The day on which a status that is set now begins, in the user's zone."""
        return fields.Date.context_today(self)

    def _check_client_dates_writable(self, vals):
        """Only a client manager dates a status by hand.

        :param vals: values of ``create`` or ``write`` as the caller gave them
        :raise AccessError: when they date a status and the user is no manager
        """
        if self.env.su or not vals.keys() & set(STATUS_DATES.values()):
            return
        if self.env.context.get("client_references") is CHECKED_LATER:
            # Odoo's merge writes the dates that the partners had.
            return
        if not self.env.user.has_group("client_extension.group_client_manager"):
            raise AccessError(
                self.env._(
                    "Only managers of the Clients app can change the "
                    "“Prospect Since” and “Client Since” dates."
                )
            )

    # Actions

    def action_client_mark_client(self):
        """Make clients of these partners; those that are clients stay as they are."""
        self._check_client_user()
        self.filtered(lambda p: p.client_status != "client").write(
            {"client_status": "client"}
        )
        return True

    def action_client_mark_prospect(self):
        """Make prospects of these partners, whatever they were."""
        self._check_client_user()
        self.filtered(lambda p: p.client_status != "prospect").write(
            {"client_status": "prospect"}
        )
        return True

    @api.model
    def _check_client_user(self):
        """Refuse what only users of the Clients app may do.

        :raise AccessError: when the user is not in that group
        """
        if self.env.su:
            return
        if not self.env.user.has_group("client_extension.group_client_user"):
            raise AccessError(
                self.env._(
                    "You do not have access to the Clients app. Ask an administrator."
                )
            )

    # Events

    def _client_became_client(self, invoice):
        """Turn the prospects among these partners into clients.

        Called when a customer invoice is posted; bridges call it for the events of
        their own apps.

        :param invoice: the ``account.move`` that made clients of them
        """
        prospects = self.filtered(lambda p: p.client_status == "prospect")
        if not prospects:
            return
        # Who was a client before keeps the day it first became one.
        undated = prospects.filtered(lambda p: not p.client_since)
        since = invoice.invoice_date or self._client_status_date()
        undated.write({"client_status": "client", "client_since": since})
        (prospects - undated).write({"client_status": "client"})
        for partner in prospects:
            partner._message_log(
                body=self.env._(
                    "Became a client with invoice %s.", invoice.display_name
                )
            )
