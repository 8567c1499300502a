from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ....importer.text.fold import fold
from ..client_import import OPEN
from ..client_import_problem import VALUE_SHOWN

#: problems of a word that a list does not have, or has more than once
UNKNOWN = (
    "cell_unknown",
    "cell_several",
    "cell_status",
    "cell_type",
    "cell_flag",
    "cell_kind",
)
#: words of a file that are read, and of a column that are asked about
WORDS_READ, WORDS_ASKED = 5_000, 200
#: states in which the user can say what words mean
ANSWERABLE = (*OPEN, "done_with_problems")


class ClientImport(models.Model):
    """Asks what the words mean that a list does not have, each of them once."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    unknown_values = fields.Json(
        readonly=True,
        export_string_translation=False,
        help="The words that the last check or run did not know, with the number of "
        "their rows, and those that were answered before.",
    )
    answers_pending = fields.Boolean(
        compute="_compute_answers_pending", export_string_translation=False
    )
    can_answer = fields.Boolean(
        compute="_compute_can_answer", export_string_translation=False
    )

    @api.depends("unknown_values")
    def _compute_value_choices(self):
        return super()._compute_value_choices()

    @api.depends("value_answers", "unknown_values")
    def _compute_answers_pending(self):
        for record in self:
            given = record._get_given_answers()
            record.answers_pending = any(
                given.get((noted["column"], fold(noted["word"]))) != noted["answer"]
                for noted in record.unknown_values or []
            )

    @api.depends("can_map", "can_correct", "state")
    def _compute_can_answer(self):
        for record in self:
            is_asked = record.can_map and record.state != "failed"
            record.can_answer = is_asked or record.can_correct

    # CRUD

    def write(self, vals):
        if vals.get("file"):
            # The words of the former file.
            self._as_engine().write({"unknown_values": False})
        if "value_answers" not in vals or "cleared_at" in vals:
            # Whatever the state, they go with the file.
            return super().write(vals)
        self.check_access("write")
        self._check_state(*ANSWERABLE)
        # Other answers invalidate a check, but the columns and words are the same.
        checked = self.filtered(lambda r: r.state in OPEN and r.columns_summary)
        noted = {record: record.columns_summary for record in checked}
        for record in checked:
            record._reset("draft")
        result = super().write(vals)
        for record, summary in noted.items():
            if not vals.get("file"):
                record._as_engine().columns_summary = summary
        return result

    # Actions

    def import_rejected(self):
        """Import the rejected rows again, with what was answered since.

        Rows that are imported are no longer rejected, as with a corrected file.

        :raise UserError: when there are no rejected rows
        """
        self.ensure_one()
        self._check_importer()
        self._check_state("done_with_problems")
        self._check_file_kept()
        # The web client asks for the size only.
        rejects = self._as_engine().with_context(bin_size=False).rejects_file
        if not rejects:
            raise UserError(self.env._("This import has no rejected rows."))
        self._make_task("correct").start(rejects)
        return True

    # Words

    @api.model
    def _get_unknown_codes(self):
        """:return: tuple of the codes of problems that name a word of a list;
        overridden by bridges that have such problems of their own"""
        return UNKNOWN

    def _get_values_step(self):
        """:return: str, what to do about words that have no answer, False if there are
        none"""
        self.ensure_one()
        _ = self.env._
        asked = any(noted["is_unknown"] for noted in self.unknown_values or [])
        if not (asked and self.rejected_count):
            return False
        if self.state == "checked":
            return _(
                "Nothing has been imported yet. Rows that would be rejected: %s. Some "
                "words are not in the list of their column. Select what they mean on "
                "the Values page, then check again.",
                self.rejected_count,
            )
        if self.can_correct and not self.correction_note:
            return _(
                "Rejected rows: %s. Some words are not in the list of their column. "
                "Select what they mean on the Values page, then import these rows "
                "again. Or correct the rows on the Rejected Rows page.",
                self.rejected_count,
            )
        return self.state == "done_with_problems" and _(
            "Rejected rows: %s. Some words are not in the list of their column. Select "
            "what they mean on the Values page, then import these rows again. Or "
            "download the rows, correct them and import the corrected file here.",
            self.rejected_count,
        )

    def _must_check_answers(self):
        """:return: bool, whether the file is checked again before it is imported,
        because of other answers"""
        self.ensure_one()
        return self.answers_pending and self.state in OPEN

    def _get_given_answers(self):
        """:return: dict: (name of a column, folded word) -> the answer"""
        return {
            (name, fold(word)): answer
            for name, words in (self.value_answers or {}).items()
            for word, answer in words.items()
        }

    def _get_value_words(self):
        found = super()._get_value_words()
        for noted in self.unknown_values or []:
            shown = {"word": noted["word"], "count": noted["count"]}
            shown["is_asked"] = noted["is_unknown"]
            found.setdefault(noted["column"], {})[fold(noted["word"])] = shown
        return found

    def _find_unknown_values(self, is_part=False):
        """The words that this import does not know, and those that were answered.

        They are read from the problems: nothing is noted for a row.

        :param is_part: bool, whether only some of the rejected rows have been read with
            the answers: those that are still unknown are to be imported again
        :return: list of dict with ``column``, ``word``, ``count``, ``answer`` (None
            without one) and ``is_unknown``, False if there are none
        """
        self.ensure_one()
        given = self._get_given_answers()
        if not (self.rejected_count or self.warn_cells or given):
            return False
        found = self._count_unknown_words()
        before = {
            (noted["column"], fold(noted["word"])): noted
            for noted in self.unknown_values or []
        }
        for name, words in (self.value_answers or {}).items():
            for word, answer in words.items():
                place = (name, fold(word))
                # The count of the check that asked. A word that is unknown in spite of
                # its answer is asked about again.
                count = before.get(place, {}).get("count", 0)
                noted = {"is_unknown": False, "count": count, **found.get(place, {})}
                if is_part and noted["is_unknown"]:
                    answer = before.get(place, {}).get("answer")
                found[place] = {**noted, "column": name, "word": word, "answer": answer}
        return list(found.values()) or False

    def _count_unknown_words(self):
        """:return: dict: (name of a column, folded word) -> dict as
        :meth:`_find_unknown_values` returns it, those with most rows first"""
        lists = self.env["client.import.columns"]._get_list_columns(self)
        names = {
            target["header"]: name for name, target in lists.items() if target["header"]
        }
        domain = Domain("import_id", "=", self.id)
        domain &= Domain("code", "in", self._get_unknown_codes())
        domain &= Domain("column", "in", list(names))
        if self.state != "checked" and self.task != "check":
            # A row with a warning is imported already.
            domain &= Domain("is_warning", "=", False)
        found, asked = {}, {}
        groups = names and self._get_problems()._read_group(
            domain,
            ["column", "value"],
            ["__count"],
            order="__count DESC, value",
            limit=WORDS_READ,
        )
        for header, word, count in groups or ():
            # A longer text is cut: it is no word of a list.
            if not word or len(word) >= VALUE_SHOWN:
                continue
            place = (names[header], fold(word))
            if place in found:
                found[place]["count"] += count
            elif asked.setdefault(header, 0) < WORDS_ASKED:
                asked[header] += 1
                noted = {"column": names[header], "word": word}
                found[place] = {**noted, "count": count, "answer": None}
                found[place]["is_unknown"] = True
        return found
