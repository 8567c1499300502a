from odoo import api, fields, models
from odoo.tools.misc import formatLang

from .client_import_preview import PREVIEW_DAYS

#: rows of each outcome that a check keeps to be looked at
PREVIEW_LIMIT = 1000
#: outcome -> field of its count, in the order in which the rows are shown
OUTCOMES = {
    "update": "updated_count",
    "create": "created_count",
    "reject": "rejected_count",
    "skip": "skipped_count",
    "unchanged": "unchanged_count",
}
RANKS = {outcome: rank for rank, outcome in enumerate(OUTCOMES)}


class ClientImport(models.Model):
    """The rows of a file as a check found them, to be looked at before it acts."""

    _inherit = "client.import"

    preview_ids = fields.One2many("client.import.preview", "import_id", readonly=True)
    preview_note = fields.Char(compute="_compute_preview_note")

    @api.depends("state", "preview_ids", *OUTCOMES.values())
    @api.depends_context("lang")
    def _compute_preview_note(self):
        groups = self.env["client.import.preview"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "outcome"], ["__count"]
        )
        shown = {(record.id, outcome): count for record, outcome, count in groups}
        for record in self:
            record.preview_note = record.state == "checked" and record._get_note(
                {o: shown.get((record._origin.id, o), 0) for o in OUTCOMES}
            )

    def _get_note(self, shown):
        """:return: str, which rows are not among those shown, or False"""
        _ = self.env._
        if self.row_count and not any(shown.values()):
            return _(
                "Checked rows are kept for %s days. Check the file again to see them.",
                PREVIEW_DAYS,
            )
        parts = [
            _(
                "%(outcome)s: first %(shown)s of %(all)s",
                outcome=self._fields[OUTCOMES[outcome]]._description_string(self.env),
                shown=formatLang(self.env, count, digits=0),
                all=formatLang(self.env, self[OUTCOMES[outcome]], digits=0),
            )
            for outcome, count in shown.items()
            if count < self[OUTCOMES[outcome]]
        ]
        return bool(parts) and _("Not all rows are listed. %s.", "; ".join(parts))

    # Actions

    def action_open_previews(self):
        """Open the checked rows as a list to filter and search."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_import_preview_action"
        )
        return {**action, "domain": [("import_id", "=", self.id)]}

    # Tools

    def _reset(self, state):
        """Forget the rows of an earlier check as well."""
        self._books().preview_ids.unlink()
        return super()._reset(state)

    def _keep_preview(self, walk, outcomes):
        """Keep the first rows of each outcome in words.

        :param walk: the ``Walk``, which counts them
        :param outcomes: list of ``importer.types.Outcome``
        """
        kept = []
        for outcome in outcomes:
            if walk.shown[outcome.kind] < PREVIEW_LIMIT:
                walk.shown[outcome.kind] += 1
                kept.append(outcome)
        if kept:
            room = self.env["client.import.readable"]
            found = room._get_previews(kept, walk.columns, walk.labels)
            # Superuser for the same reason as the books.
            self.env["client.import.preview"].sudo().create(
                [
                    {"import_id": self.id, "rank": RANKS[vals["outcome"]], **vals}
                    for vals in found
                ]
            )
