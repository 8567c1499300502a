from odoo import api, fields, models


class EventEvent(models.Model):
    _inherit = "event.event"

    # For employees only: the events of a website can be read by everybody.
    client_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain=[("client_status", "!=", False)],
        groups="base.group_user",
        help="The client for whom this event takes place.",
    )

    @api.constrains("client_id", "company_id")
    def _check_client_company(self):
        self._check_company(["client_id"])
