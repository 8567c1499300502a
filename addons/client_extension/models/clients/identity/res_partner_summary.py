from odoo import api, fields, models
from odoo.tools import format_date


class ResPartner(models.Model):
    """The line under the name on the form: what says at once which client it is."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_summary = fields.Char(
        string="Summary",
        compute="_compute_client_summary",
        groups="base.group_user",
    )

    # The linked records themselves, not their names: a unit that is renamed looks for
    # no partner.
    @api.depends(
        *("ref", "client_type_id", "client_business_unit_id", "user_id"),
        *("zip", "city", "country_id"),
        *("client_status", "client_since", "client_prospect_date"),
    )
    @api.depends_context("lang")
    def _compute_client_summary(self):
        for partner in self:
            parts = partner._get_client_summary_parts()
            partner.client_summary = " · ".join(filter(None, parts)) or False

    def _get_client_summary_parts(self):
        """What the line under the name of one partner consists of.

        :return: list of str or false values, which are left out; overridden to show
            more, in the language of the user
        """
        self.ensure_one()
        # Superuser: only the names of linked records are read, which Odoo shows to
        # every user who can read the partner.
        partner = self.sudo()
        town = " ".join(filter(None, [partner.zip, partner.city]))
        place = ", ".join(filter(None, [town, partner.country_id.name]))
        return [
            partner.ref,
            partner.client_type_id.name,
            partner.client_business_unit_id.complete_name,
            partner.user_id.name,
            place,
            self._get_client_since_text(),
        ]

    def _get_client_since_text(self):
        """:return: str, the month in which this partner became what it is, or False"""
        if self.client_status == "client" and self.client_since:
            month = format_date(self.env, self.client_since, date_format="MMM yyyy")
            return self.env._("client since %(month)s", month=month)
        if self.client_status == "prospect" and self.client_prospect_date:
            since = self.client_prospect_date
            month = format_date(self.env, since, date_format="MMM yyyy")
            return self.env._("prospect since %(month)s", month=month)
        return False
