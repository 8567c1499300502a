import logging
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, ormcache

from ...importer.text.fold import fold_header
from ...tools.pace import get_next_size
from ...tools.scheduled_action import find_cron, get_idle_reason
from ...tools.setting_number import get_days
from ...tools.transient_error import is_end_of_time

_logger = logging.getLogger(__name__)

# Odoo's kinds of properties, in the words of the Clients app.
KINDS = [
    ("char", "Text"),
    ("integer", "Number"),
    ("float", "Number with Decimals"),
    ("date", "Date"),
    ("boolean", "Yes/No"),
    ("selection", "Choice"),
    ("text", "Long Text"),
    ("datetime", "Date and Time"),
    ("monetary", "Amount"),
    ("tags", "Tags"),
    ("many2one", "Link"),
    ("many2many", "Links"),
    ("html", "Formatted Text"),
    ("separator", "Heading"),
]
#: the kind of a heading, which is not a label but stands between labels
HEADING = "separator"
CRON = "client_extension.client_label_cron"
USERS_ADD = "client_extension.users_add_labels"
DAYS_KEPT = "client_extension.label_days"
MANAGER = "client_extension.group_client_manager"
USER = "client_extension.group_client_user"
CLEAR_CHUNK = 500
#: seconds that a chunk should take
CLEAR_SECONDS = 20
#: values that count as empty, as in ``is_filled``; for a yes/no label ``false`` is an
#: answer
EMPTY = ["null", "false", '""', "[]"]
EMPTY_FLAG = ["null"]


class ClientLabel(models.Model):
    """A label of the additional data: every client can have a value for it.

    Odoo's definition of the Properties field is made from the active ones. A removed
    one is hidden. Clients keep their values in case it is restored: ``res.partner``
    preserves them on each write until the label is deleted permanently.
    """

    _name = "client.label"
    _description = "Label of Additional Data"
    _order = "sequence, id"

    name = fields.Char(string="Label", required=True)
    key = fields.Char(
        required=True,
        readonly=True,
        export_string_translation=False,
        help="The technical name under which values are stored. It never changes.",
    )
    kind = fields.Selection(KINDS, string="Type", required=True, default="char")
    sequence = fields.Integer()
    choice_ids = fields.One2many("client.label.choice", "label_id", string="Choices")
    on_cards = fields.Boolean(help="Show the value on the client's card.")
    extra = fields.Json(
        export_string_translation=False,
        help="Other settings of the property definition: a default value, the "
        "model of a link...",
    )
    active = fields.Boolean(default=True)
    removed_date = fields.Datetime(string="Removed On", readonly=True)
    removed_uid = fields.Many2one("res.users", string="Removed by", readonly=True)
    clear_size = fields.Integer(
        default=CLEAR_CHUNK,
        readonly=True,
        export_string_translation=False,
        help="Number of clients whose values are deleted together next.",
    )
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

    _key_uniq = models.Constraint("UNIQUE(key)", "The key of a label must be unique.")

    @api.depends("key")
    def _compute_client_count(self):
        counts = self._count_holders()
        for label in self:
            label.client_count = counts.get(label.key, 0)

    @api.constrains("name", "active")
    def _check_name(self):
        # Definitions written by Odoo's own screens, or by an older version, stay as is.
        if self._is_pulling():
            return
        for label in self.filtered(lambda one: one.active and one.kind != HEADING):
            if twin := self._find_twin(label.name, but=label):
                raise ValidationError(self._get_twin_sentence(twin))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_pulling():
            last = self.search([], order="sequence DESC", limit=1).sequence
            taken = set()
            for vals in vals_list:
                vals["name"] = self._clean_name(vals.get("name"))
            self._claim_names(vals["name"] for vals in vals_list)
            for number, vals in enumerate(vals_list, 1):
                vals["key"] = self._get_new_key(vals["name"], taken)
                vals.setdefault("sequence", last + number)
        labels = super().create(vals_list)
        labels._push()
        return labels

    def write(self, vals):
        if not self._is_pulling():
            if {"key", "kind"} & vals.keys():
                raise UserError(
                    self.env._(
                        "The type of a label cannot be changed because "
                        "clients have values of that type. Add a new "
                        "label instead."
                    )
                )
            if "name" in vals:
                vals = {**vals, "name": self._clean_name(vals["name"])}
                self._claim_names([vals["name"]])
        if "active" in vals:
            vals = {**self._prepare_removal(vals["active"]), **vals}
        result = super().write(vals)
        self._push()
        if {"active", "is_cleared"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    @api.model
    def _prepare_removal(self, active):
        """:return: dict for ``write``: who removed a label and when, or nobody"""
        return {
            "removed_date": not active and fields.Datetime.now(),
            "removed_uid": not active and self.env.uid,
            "is_cleared": False,
        }

    def unlink(self):
        result = super().unlink()
        self._push()
        self.env.registry.clear_cache()
        return result

    @api.model
    def _claim_names(self, names):
        """Make two transactions that give the same name to labels meet: the second one
        is tried again, and then refused by name.

        :param names: iterable of str
        """
        keys = [f"client.label {fold_header(name)}" for name in names]
        self.env["client.reference.claim"]._claim(keys)

    # Rights

    @api.model
    def _get_right(self):
        """:return: ``manage``, ``add`` or False: what the user is allowed to do with
        labels"""
        if self.env.user.has_group(MANAGER):
            return "manage"
        # Superuser: all users may know whether they can add labels.
        allowed = self.env["ir.config_parameter"].sudo().get_param(USERS_ADD)
        return "add" if allowed and self.env.user.has_group(USER) else False

    # Tools

    @api.model
    def _find_twin(self, name, but=None, active=True):
        """:return: ``client.label`` with this name, ignoring case and accents"""
        folded = fold_header(name or "")
        # A heading has no values, so a label can have the same name.
        domain = [("active", "=", active), ("kind", "!=", HEADING)]
        others = self.with_context(active_test=False).search(domain)
        if but:
            others -= but
        return others.filtered(lambda other: fold_header(other.name) == folded)[:1]

    @api.model
    def _get_twin_sentence(self, twin):
        return self.env._("There is already a label named “%s”.", twin.name)

    @api.model
    def _clean_name(self, name):
        cleaned = " ".join((name or "").split())
        if not cleaned:
            raise ValidationError(self.env._("Enter a name for the label."))
        return cleaned

    # Actions

    def action_remove(self):
        """Ask for confirmation before the labels are removed."""
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_label_remove_action"
        )
        labels = self.filtered("active")
        return {**action, "context": {"default_label_ids": labels.ids}}

    def action_restore(self):
        """Restore removed labels, with the values that clients had."""
        self.check_access("write")
        self.filtered(lambda label: not label.active).write({"active": True})

    def action_clear(self):
        """Delete removed labels permanently; their values are deleted in the
        background."""
        self.check_access("write")
        self.filtered(lambda label: not label.active).write({"is_cleared": True})
        if reason := get_idle_reason(self.env, CRON):
            raise UserError(reason)
        find_cron(self.env, CRON)._trigger()

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
        # Superuser: the keys are only compared, not shown.
        domain = [("active", "=", False), ("is_cleared", "=", False)]
        labels = self.sudo().search(domain)
        return frozenset(labels.mapped("key"))

    # Cron

    @api.model
    def _cron_clear(self):
        """Delete the labels that were deleted permanently or removed long ago."""
        self._expire()
        commit = self.env["ir.cron"]._commit_progress
        labels = self.search([("active", "=", False), ("is_cleared", "=", True)])
        commit(remaining=len(labels))
        for label in labels:
            try:
                has_time = label._delete_for_good()
            except Exception as error:
                if is_end_of_time(error) or self.env.cr._cnx.closed:
                    raise
                self.env.cr.rollback()
                # The others do not wait for it; it is tried again tomorrow.
                _logger.exception("The label %d is not deleted", label.id)
                has_time = commit(1)
            if not has_time:
                return
        commit(remaining=0)

    def _delete_for_good(self):
        """Delete a label and its values in chunks, each committed.

        :return: bool, whether there is time for another label
        """
        commit = self.env["ir.cron"]._commit_progress
        while partners := self._get_holders(self.clear_size or 1):
            self._clear_values(partners)
            if not commit():
                return False
        self.unlink()
        return bool(commit(1))

    def _clear_values(self, partners):
        """Delete the values of some clients, and decide how many are next.

        A worker that is killed cannot note anything any more, so half of the number
        is noted, and committed, before. What is too slow for one client alone, or what
        another app refuses, is done without the rules of other apps.

        :param partners: ``res.partner`` that have a value
        """
        self.ensure_one()
        size, started = self.clear_size, time.monotonic()
        if not size:
            partners.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner"
                    " SET client_properties = client_properties - %s::text"
                    " WHERE id IN %s",
                    self.key,
                    partners._ids,
                )
            )
            partners.invalidate_recordset(["client_properties"])
            self.clear_size = 1
            return
        self.clear_size = size // 2
        self._commit_clearing()
        try:
            with self.env.cr.savepoint():
                partners._drop_client_property(self.key)
        except Exception as error:
            if is_end_of_time(error) or self.env.cr._cnx.closed:
                raise
            _logger.info("Values of the label %d are not deleted: %s", self.id, error)
            return
        spent = time.monotonic() - started
        self.clear_size = get_next_size(
            len(partners), spent, CLEAR_SECONDS, CLEAR_CHUNK
        )

    def _commit_clearing(self):
        """Commit the note of what is begun; tests, which never commit, replace it."""
        left = self.search_count([("active", "=", False), ("is_cleared", "=", True)])
        # Counted as progress: Odoo lets a cron rest for its interval that was stopped
        # three times without any.
        self.env["ir.cron"]._commit_progress(1, remaining=left)

    @api.model
    def _expire(self):
        days = get_days(self.env, DAYS_KEPT, 90)
        if days <= 0:
            return
        limit = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("active", "=", False), ("removed_date", "<", limit)])
        old.write({"is_cleared": True})

    def _get_holders(self, limit):
        """:return: the ``res.partner`` that have a value under the key of this label"""
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
