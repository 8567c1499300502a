from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, ormcache

PARAMETER = "client_extension.label_days"
CLEAR_CHUNK = 500
#: values that say nothing, as ``tools.property_value`` has it; of a label that asks
#: for yes or no ``false`` is an answer
EMPTY = ["null", "false", '""', "[]"]
EMPTY_FLAG = ["null"]


class ClientLabel(models.Model):
    """A removed label is out of sight; clients keep their values for its return.

    The values stay where they are: ``res.partner`` carries them over each write
    until the label is cleared for good.
    """

    _inherit = "client.label"

    removed_date = fields.Datetime(string="Removed On", readonly=True)
    removed_uid = fields.Many2one("res.users", string="Removed by", readonly=True)
    is_cleared = fields.Boolean(
        readonly=True,
        export_string_translation=False,
        help="The label and its values are being deleted in the background.",
    )
    client_count = fields.Integer(
        string="Clients",
        compute="_compute_client_count",
        groups="client_extension.group_client_manager",
        help="Number of clients with a value, in all companies.",
    )

    @api.depends("key")
    def _compute_client_count(self):
        counts = self._count_holders()
        for label in self:
            label.client_count = counts.get(label.key, 0)

    def write(self, vals):
        if "active" in vals:
            removed = {
                "removed_date": not vals["active"] and fields.Datetime.now(),
                "removed_uid": not vals["active"] and self.env.uid,
                "is_cleared": False,
            }
            vals = {**removed, **vals}
        result = super().write(vals)
        if {"active", "is_cleared"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self._push()
        self.env.registry.clear_cache()
        return result

    # Actions

    def action_remove(self):
        """Ask before the labels are removed."""
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_label_remove_action"
        )
        labels = self.filtered("active")
        return {**action, "context": {"default_label_ids": labels.ids}}

    def action_restore(self):
        """Bring removed labels back, with the values that clients had."""
        self.check_access("write")
        self.filtered(lambda label: not label.active).write({"active": True})

    def action_clear(self):
        """Delete removed labels for good; their values go in the background."""
        self.check_access("write")
        self.filtered(lambda label: not label.active).write({"is_cleared": True})
        # Superuser: a cron is not for users to start, and this is what it is for.
        self.env.ref("client_extension.client_label_cron").sudo()._trigger()

    # Values

    def _count_holders(self):
        """:return: dict: key -> how many clients of all companies have a value"""
        flags = [label.key for label in self if label.kind == "boolean" and label.key]
        keys = [label.key for label in self if label.kind != "boolean" and label.key]
        if not (keys or flags):
            return {}
        self.env["res.partner"].flush_model(["client_properties"])
        self.env.cr.execute(
            SQL(
                """
                SELECT label.key, COUNT(*)
                  FROM res_partner
                  JOIN unnest(%s::text[], %s::bool[]) AS label(key, is_flag)
                    ON (client_properties -> label.key)::text
                       <> ALL(CASE WHEN label.is_flag THEN %s ELSE %s END)
                 GROUP BY label.key
                """,
                flags + keys,
                [True] * len(flags) + [False] * len(keys),
                EMPTY_FLAG,
                EMPTY,
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    @ormcache()
    def _get_kept_keys(self):
        """:return: frozenset, the keys of removed labels whose values are kept"""
        # Superuser: the keys are compared, not shown.
        domain = [("active", "=", False), ("is_cleared", "=", False)]
        labels = self.sudo().search(domain)
        return frozenset(labels.mapped("key"))

    # Cron

    @api.model
    def _cron_clear(self):
        """Delete what was cleared for good, and what was removed long ago."""
        self._expire()
        commit = self.env["ir.cron"]._commit_progress
        domain = [("active", "=", False), ("is_cleared", "=", True)]
        labels = self.search(domain)
        commit(remaining=len(labels))
        for label in labels:
            while partners := label._get_holders(CLEAR_CHUNK):
                partners._drop_client_property(label.key)
                if not commit():
                    return
            label.unlink()
            if not commit(1):
                return

    @api.model
    def _expire(self):
        days = int(self.env["ir.config_parameter"].sudo().get_param(PARAMETER, 90))
        if days <= 0:
            return
        limit = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("active", "=", False), ("removed_date", "<", limit)])
        old.write({"is_cleared": True})

    def _get_holders(self, limit):
        """:return: ``res.partner`` that have something under the key of this label"""
        self.ensure_one()
        partners = self.env["res.partner"]
        partners.flush_model(["client_properties"])
        self.env.cr.execute(
            SQL(
                "SELECT id FROM res_partner WHERE jsonb_exists(client_properties, %s)"
                " ORDER BY id LIMIT %s",
                self.key,
                limit,
            )
        )
        return partners.browse(row[0] for row in self.env.cr.fetchall())
