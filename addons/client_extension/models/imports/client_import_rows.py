from dataclasses import replace

from odoo import models

from ...importer.problems import Problem
from ...importer.rows.match import match
from ...importer.rows.plan import plan
from ...importer.rows.report import Report
from ...importer.types import KeyedRow, Match
from ...tools.garbage import collector_paused

CHUNK = 1000
#: in the map that a check leaves: row whose match was no single partner
MATCH_PROBLEM, MATCH_ANY = -2, -1


class ClientImport(models.Model):
    """Cuts the rows into chunks, and says what becomes of each."""

    _inherit = "client.import"

    def _chunks(self, walk, skip=0):
        """Rows in pieces, none of which has a reference twice.

        :param skip: number of the last row that is done already
        :return: iterator of lists of ``importer.types.KeyedRow``
        """
        chunks = self._cut(walk, skip)
        while True:
            with collector_paused():
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    def _cut(self, walk, skip):
        chunk, references = [], set()
        for row in walk.sheet.rows():
            if row.number <= skip:
                continue
            reference = walk.reference_of(row)
            again = reference in references and not walk.clean(row).is_unusable
            if again or len(chunk) >= CHUNK:
                yield chunk
                chunk, references = [], set()
            chunk.append(KeyedRow(row, reference))
            if reference:
                references.add(reference)
        if chunk:
            yield chunk

    @collector_paused()
    def _skip_unchanged(self, walk, rows):
        """Tell the rows that change nothing, as far as a look at them can.

        :param rows: list of ``importer.types.KeyedRow``
        :return: pair (``Report`` of these rows, list of the others)
        """
        found = self.env["client.import.unchanged"]._get_unchanged(self, walk, rows)
        same = {
            number
            for number, partner_id in found.items()
            if not walk.expected or self._is_expected(walk, number, partner_id)
        }
        if not same:
            return Report(), rows
        rest = [named for named in rows if named.row.number not in same]
        blank = sum(row.blank_before for row, _ref in rows if row.number in same)
        return Report(unchanged=len(same), blank=blank), rest

    @collector_paused()
    def _plan(self, walk, rows, matches=None):
        """Walk the middle rooms: clean, match, plan.

        :param rows: list of ``importer.types.KeyedRow``
        :param matches: ``array`` that a check fills; nothing is written then
        :return: list of ``importer.types.Outcome``
        """
        cleaned = [walk.clean(row) for row, _reference in rows]
        references = sorted({row.reference for row in cleaned if not row.is_unusable})
        index = self._get_index(walk, references) if references else {}
        cleaned = self.env["client.import.resolve"]._resolve(walk, cleaned, index)
        return [self._plan_row(walk, row, index, matches) for row in cleaned]

    def _get_index(self, walk, references):
        room = self.env["client.import.index"]
        return room._get_index(self, references, walk.columns, walk.labels)

    def _plan_row(self, walk, row, index, matches):
        found = match(row, index)
        if matches is None:
            found = self._compare(walk, found)
        else:
            matches.append(self._get_match(walk, found))
        outcome = plan(found, walk.plan_options, walk.ledger)
        if matches is not None:
            walk.ledger.remember(outcome, virtual=True)
        return self._with_headers(walk, outcome) if outcome.problems else outcome

    def _with_headers(self, walk, outcome):
        """Name the columns of problems as the file does."""
        problems = (
            problem
            if problem.layer == "cell"
            else replace(problem, column=walk.columns.header_of(problem.column))
            for problem in outcome.problems
        )
        return outcome._replace(problems=tuple(problems))

    def _get_match(self, walk, found):
        """:return: int, what a check remembers of one match"""
        if found.row.refused or found.row.reference in walk.ledger.repeated:
            return MATCH_ANY
        if found.problem:
            return MATCH_PROBLEM
        return found.candidate.id if found.candidate else 0

    def _compare(self, walk, found):
        """A match that is not the one of the check is a problem, never a guess."""
        row = found.row.row
        is_expected = self._is_expected(walk, row.number, self._get_match(walk, found))
        if is_expected or found.row.refused:
            return found
        reference = found.row.reference
        problem = Problem("match_changed", row.line, "reference", reference)
        return Match(found.row, None, problem)

    def _is_expected(self, walk, number, found):
        """:return: bool, whether a check, if there was one, found the same for a row"""
        if number > len(walk.expected):
            return True
        return walk.expected[number - 1] in (MATCH_ANY, found)
