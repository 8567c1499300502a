from odoo import api, fields, models
from odoo.tools import format_date

from ...importer.kinds.registry import label_kind
from ...importer.rows.contact import KEYS, NAMES, find, name_of
from ...importer.text.fold import fold_header
from ...importer.types import New

#: days for which the rows of a check are kept
PREVIEW_DAYS = 7
#: rows of each outcome that a check keeps for display
PREVIEW_LIMIT = 1000
#: characters of a value, and of a whole row, that a check shows
VALUE_SHOWN, SUMMARY_SHOWN = 300, 2000
#: what :attr:`ImportContext.shown` counts rows with protected values as
PROTECTED = "protected"
#: outcome -> field of its count, in the order in which the rows are shown
OUTCOMES = {
    "update": "updated_count",
    "create": "created_count",
    "reject": "rejected_count",
    "skip": "skipped_count",
    "unchanged": "unchanged_count",
}
RANKS = {outcome: rank for rank, outcome in enumerate(OUTCOMES)}
#: columns that a checked row shows separately from its changes
BESIDE = {"create": ("reference", "name")}


class ClientImportPreview(models.Model):
    """What a check found for one row; deleted when the file is imported."""

    _name = "client.import.preview"
    _description = "Checked Row"
    _order = "rank, line, id"
    _rec_name = "reference"

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    rank = fields.Integer(export_string_translation=False)
    line = fields.Integer(
        help="The line number shown by a text editor, or the row number in a "
        "spreadsheet."
    )
    reference = fields.Char()
    name = fields.Char()
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", ondelete="set null"
    )
    outcome = fields.Selection(
        [
            ("update", "Updated"),
            ("create", "Created"),
            ("reject", "Rejected"),
            ("skip", "Skipped"),
            ("unchanged", "Unchanged"),
        ],
        required=True,
    )
    changes = fields.Json(export_string_translation=False)
    is_protected = fields.Boolean(
        string="Protected Values",
        help="The row would overwrite data of a client with posted invoices.",
    )
    summary = fields.Text(string="Planned Changes")
    note = fields.Char(string="Problem")

    # Actions

    def action_open_client(self):
        """Open the client of the row."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.res_partner_action"
        )
        return {**action, "res_id": self.partner_id.id, "views": [(False, "form")]}

    # Keep

    @api.autovacuum
    def _gc_previews(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=PREVIEW_DAYS)
        # Superuser: the previews of all users expire.
        self.sudo().search([("create_date", "<", limit)]).unlink()

    @api.model
    def _keep_outcomes(self, client_import, context, outcomes):
        """Keep the first rows of each outcome, in readable form.

        :param client_import: the ``client.import``
        :param context: the ``ImportContext``, which counts them
        :param outcomes: list of ``importer.types.Outcome``
        """
        kept = []
        for outcome in outcomes:
            # Rows with protected values are shown, however many others there are.
            counted = {outcome.kind, PROTECTED} if outcome.kept else {outcome.kind}
            if any(context.shown[kind] < PREVIEW_LIMIT for kind in counted):
                context.shown.update(counted)
                kept.append(outcome)
        if not kept:
            return
        found = self._get_previews(kept, context.columns, context.labels)
        # Superuser: users can only read the rows of a check.
        self.sudo().create(
            [
                {"import_id": client_import.id, "rank": RANKS[vals["outcome"]], **vals}
                for vals in found
            ]
        )

    # Wording

    @api.model
    def _get_previews(self, outcomes, columns, labels):
        """Describe some rows, with one query per model of linked records.

        :param outcomes: list of ``importer.types.Outcome``
        :param columns: ``importer.types.ColumnMap`` of the file
        :param labels: what ``client.import.columns._get_labels`` returned
        :return: list of dict of values for ``client.import.preview``
        """
        shown = [(outcome, self._get_shown(outcome)) for outcome in outcomes]
        names = self._get_names(shown, columns)
        headings = self._get_headings(columns)
        problems = [p for outcome in outcomes for p in outcome.problems]
        notes = iter(self._get_notes(problems))
        found = []
        for outcome, changes in shown:
            lines = [
                {
                    "label": headings[key],
                    "old": self._get_text(columns.columns[key], old, names),
                    "new": self._get_text(columns.columns[key], new, names),
                    **({"is_kept": True} if key in outcome.kept else {}),
                }
                for key, (old, new) in changes.items()
            ]
            lines += [
                self._get_label_line(label, pair, labels)
                for label, pair in outcome.additional.items()
            ]
            note = " ".join(next(notes) for _problem in outcome.problems)
            found.append(self._prepare_preview(outcome, lines, note))
        return found

    @api.model
    def _prepare_preview(self, outcome, lines, note):
        """:return: dict of values for ``client.import.preview``"""
        row, candidate = outcome.row, outcome.candidate
        if pair := self._get_new_main(outcome):
            old, new = pair
            line = {"label": self.env._("Main Contact"), "old": old, "new": new}
            lines = [line, *lines]
        name = (candidate and candidate.values.get("name")) or row.values.get("name")
        return {
            "line": row.row.line,
            "reference": row.reference,
            "name": _short(name or ""),
            "partner_id": candidate.id or False if candidate else False,
            "outcome": outcome.kind,
            "changes": lines,
            "is_protected": bool(outcome.kept),
            "summary": "\n".join(map(_sentence, lines))[:SUMMARY_SHOWN],
            "note": note,
        }

    @api.model
    def _get_shown(self, outcome):
        """:return: dict of the changes that the row does not already show separately,
        and of those that are not made"""
        if outcome.kept:
            outcome = outcome._replace(
                kind="update", changes={**outcome.kept, **outcome.changes}
            )
        if outcome.kind not in ("create", "update"):
            return {}
        gone = BESIDE.get(outcome.kind, ())
        shown = {k: pair for k, pair in outcome.changes.items() if k not in gone}
        if not self._get_new_main(outcome):
            return shown
        # Another person becomes the main contact: this is not a change of name.
        return {
            key: (None if key in KEYS else old, new)
            for key, (old, new) in shown.items()
            if key not in NAMES
        }

    @api.model
    def _get_new_main(self, outcome):
        """:return: pair of names, old and new, or None if the contact is the same"""
        changed = not KEYS.isdisjoint(outcome.changes)
        if outcome.kind not in ("create", "update") or not changed:
            return None
        contacts = outcome.candidate.contacts if outcome.candidate else ()
        main = next((c for c in contacts if c.is_main), None)
        found = find(outcome.row.values, contacts)
        if found and found is main:
            return None
        old = name_of(main.first, main.last) if main else ""
        if found:
            return old, name_of(found.first, found.last)
        new = name_of(*(outcome.row.values.get(key) for key in NAMES))
        return old, self.env._("%s (new)", new)

    @api.model
    def _get_headings(self, columns):
        """:return: dict: column key -> label of its field on the screens"""
        names = [column.field for column in columns.columns.values()]
        labels = self.env["res.partner"].fields_get(names, ["string"])
        imports = self.env["client.import"]
        return {
            key: imports._get_column_name(column, labels)
            for key, column in columns.columns.items()
        }

    @api.model
    def _get_notes(self, problems):
        pairs = [
            (
                problem.code,
                {
                    "line": problem.line or "",
                    "column": problem.column,
                    "value": _short(problem.value),
                    **problem.params,
                },
            )
            for problem in problems
        ]
        return self.env["client.import.problem"]._get_messages(pairs)

    @api.model
    def _get_names(self, shown, columns):
        """:return: dict: (model, id) -> display name of the records in the changes"""
        ids = {}
        for _outcome, changes in shown:
            for key, pair in changes.items():
                model = self._get_field(columns.columns[key]).comodel_name
                for value in pair if model else ():
                    ids.setdefault(model, set()).update(_ids(value))
        return {
            (model, record.id): record.display_name
            for model, found in ids.items()
            for record in self._browse_readable(model, found)
        }

    @api.model
    def _browse_readable(self, model, ids):
        records = self.env[model].with_context(active_test=False).browse(sorted(ids))
        records = records.exists()
        if model == "res.users":
            # Superuser: names of client managers, which every client shows anyway.
            return records.sudo()
        return records._filtered_access("read")

    @api.model
    def _get_field(self, column):
        return self.env["res.partner"]._fields[column.field]

    @api.model
    def _get_text(self, column, value, names):
        """:return: str, one value in readable form"""
        _ = self.env._
        field = self._get_field(column)
        if isinstance(value, frozenset):
            texts = (self._get_link(field, item, names) for item in value)
            return ", ".join(sorted(texts))
        if value is None or value == "":
            return ""
        if column.kind == "type":
            return _("Company") if value else _("Individual")
        if field.type == "boolean":
            return _("Yes") if value else _("No")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.comodel_name:
            return self._get_link(field, value, names)
        return _short(value)

    @api.model
    def _get_link(self, field, item, names):
        if isinstance(item, New):
            return self.env._("%s (new)", item.name)
        return names.get((field.comodel_name, item)) or self.env._("(hidden)")

    @api.model
    def _get_label_line(self, text, pair, labels):
        """:return: dict that describes one change of additional data"""
        _name, label, definition = labels.get(fold_header(text), (None, None, {}))
        old, new = (self._get_label_text(value, label, definition) for value in pair)
        return {
            "label": definition.get("string") or text,
            "old": old,
            "new": new,
            "is_new_label": not definition,
        }

    @api.model
    def _get_label_text(self, text, label, definition):
        kind = definition.get("type")
        if not text:
            return ""
        if kind == "boolean":
            return (
                self.env._("Yes") if label_kind(label).read(text) else self.env._("No")
            )
        if kind == "date":
            return format_date(self.env, text)
        if kind == "selection":
            return dict(definition.get("selection") or []).get(text, text)
        return _short(text)


def _ids(value):
    items = value if isinstance(value, frozenset) else (value,)
    return {item for item in items if isinstance(item, int) and item}


def _short(text):
    text = str(text)
    return text if len(text) <= VALUE_SHOWN else f"{text[:VALUE_SHOWN]}…"


def _sentence(line):
    arrow = f"{line['old']} → {line['new']}" if line["old"] else line["new"]
    return f"{line['label']}: {arrow}"
