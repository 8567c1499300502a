"""What all rows of a file that is being imported have in common."""

from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from ....importer.files.read import Sheet
from ....importer.files.uneven import UnevenRows
from ....importer.problems import Problem
from ....importer.rows.clean import reference_of
from ....importer.rows.fast_clean import FastCleaner
from ....importer.rows.plan import Ledger
from ....importer.rows.unchanged import UnchangedDetector
from ....importer.text.fold import fold_header
from ....importer.types import (
    CleanOptions,
    ColumnMap,
    KeyedRow,
    Lookups,
    Match,
    New,
    PlanOptions,
)

#: rows that are planned and written together
CHUNK = 1000
#: cells that are planned and written together: fewer rows, if they are very wide
CHUNK_CELLS = 500_000
#: rows of a file that are kept between the first pass and the second, and the cells and
#: characters that they may have: a few MB
KEPT = 10_000
KEPT_SIZE = 5_000_000
#: in the matches that a check leaves: rows that did not match a single partner
MATCH_PROBLEM, MATCH_ANY = -2, -1


class FirstPass:
    """Reads the references of all rows of a file, before any row is processed."""

    def __init__(self, sheet, columns):
        """:param sheet: ``Sheet``
        :param columns: ``ColumnMap``"""
        self.count = 0
        self.uneven = UnevenRows(sheet.header)
        self._sheet = sheet
        self._place = columns.index_of("reference")
        self._rows = []
        self._size = 0

    def references(self):
        """:return: iterator of the references, in file order"""
        place, rows = self._place, self._rows
        width, is_text = len(self._sheet.header), bool(self._sheet.delimiter)
        for row in self._sheet.rows():
            self.count += 1
            # The rows of a workbook end where their last cell is.
            if is_text and (row.missing or len(row.cells) != width):
                self.uneven.add(row)
            if len(rows) < KEPT and self._size < KEPT_SIZE:
                rows.append(row)
                self._size += len(row.cells) + sum(map(len, row.cells))
            # A row with a problem is never imported, so it is not repeated either.
            if row.problem is None and (reference := reference_of(row.cells[place])):
                yield reference

    def get_warnings(self):
        """:return: list of ``importer.problems.Problem`` about the rows"""
        return self.uneven.get_problems(self.count)

    def get_sheet(self):
        """:return: ``Sheet`` of the same rows; a short one is not read again"""
        if self.count > len(self._rows):
            return self._sheet
        return replace(self._sheet, rows=lambda: iter(self._rows))


@dataclass
class ImportContext:
    """What is needed to read, plan and write the rows of one file."""

    sheet: Sheet
    columns: ColumnMap
    lookups: Lookups
    labels: dict
    clean_options: CleanOptions
    plan_options: PlanOptions
    ledger: Ledger
    row_count: int
    #: former reference -> the current one of its client
    successors: dict
    #: the partner that a check found for each row, when there was a check
    expected: array
    #: rows of the next chunk, None for as many as possible
    size: int | None = None
    #: warnings about the file that its first pass found
    warnings: list = field(default_factory=list)
    #: how many rows of each outcome a check keeps
    shown: Counter = field(default_factory=Counter)
    _cleaner: FastCleaner | None = None
    _detector: UnchangedDetector | None = None

    @classmethod
    def make(cls, client_import, sheet, columns, ledger, row_count, expected=None):
        """Prepare what is needed to plan and write the rows of an import.

        :param client_import: the ``client.import``
        :param sheet: ``importer.files.read.Sheet`` of all rows, or of some
        :param columns: ``importer.types.ColumnMap``
        :param ledger: ``importer.rows.plan.Ledger`` of the references that repeat in it
        :param row_count: int, number of rows in the whole file
        :param expected: ``array`` of the matches that a check found, or None
        :return: ``ImportContext``
        """
        known = client_import.env["client.import.columns"]
        labels = known._get_labels()
        return cls(
            sheet,
            columns,
            known._get_lookups(client_import, columns.keys),
            labels,
            client_import._get_clean_options(labels, sheet),
            client_import._get_plan_options(labels),
            ledger,
            row_count,
            client_import._get_successors(),
            expected or array("i"),
        )

    def reload_lookups(self, client_import, outcomes):
        """Rebuild the tables when a chunk added names or labels to them.

        :param client_import: the ``client.import``
        :param outcomes: list of ``importer.types.Outcome`` of the chunk
        """
        known = client_import.env["client.import.columns"]
        if any(
            fold_header(t) not in self.labels for o in outcomes for t in o.additional
        ):
            self.labels = known._get_labels()
            self.clean_options = client_import._get_clean_options(
                self.labels, self.sheet
            )
        if any(_has_new(new) for o in outcomes for _old, new in o.changes.values()):
            self.lookups = known._get_lookups(client_import, self.columns.keys)

    # Rows

    def chunks(self, skip=0):
        """The rows in chunks, each of which has a reference only once.

        :param skip: number of the last row that is already done
        :return: iterator of lists of ``importer.types.KeyedRow``
        """
        chunk, references, cells = [], set(), 0
        for row in self.sheet.rows():
            if row.number <= skip:
                continue
            reference = self.reference_of(row)
            again = reference in references and not self.clean(row).is_unusable
            is_full = len(chunk) >= (self.size or CHUNK) or cells >= CHUNK_CELLS
            if again or is_full:
                yield chunk
                chunk, references, cells = [], set(), 0
            chunk.append(KeyedRow(row, reference))
            cells += len(row.cells)
            if reference:
                references.add(reference)
        if chunk:
            yield chunk

    def clean(self, row):
        """:return: ``CleanRow`` of a row, using the current tables and labels, with
        the current reference of its client"""
        cleaned = self._get_cleaner().clean(row)
        successor = self.successors.get(cleaned.reference)
        return cleaned._replace(reference=successor) if successor else cleaned

    def get_unchanged_detector(self, is_stored):
        """What recognizes rows that change nothing.

        :param is_stored: function that takes a column key and says whether its stored
            values can be read directly
        :return: ``UnchangedDetector``, None when this import does not allow it
        """
        cleaner = self._get_cleaner()
        if not self._detector or self._detector.cleaner is not cleaner:
            self._detector = UnchangedDetector(self.columns, cleaner, is_stored)
        detector = self._detector
        return detector if detector.is_possible(self.plan_options) else None

    def reference_of(self, row):
        """:return: str, the reference of a row, or the current one of its client"""
        reference = reference_of(row.cells[self._place])
        return (
            self.successors.get(reference, reference) if self.successors else reference
        )

    # Matches of a check

    def get_match(self, found):
        """:return: int, what a check stores for one ``importer.types.Match``"""
        if found.row.refused or found.row.reference in self.ledger.repeated:
            return MATCH_ANY
        if found.problem:
            return MATCH_PROBLEM
        return found.candidate.id if found.candidate else 0

    def compare(self, found):
        """:return: the ``importer.types.Match``, with a problem if a check found
        another partner for the row"""
        row = found.row.row
        is_expected = self.is_expected(row.number, self.get_match(found))
        if is_expected or found.row.refused:
            return found
        reference = found.row.reference
        problem = Problem("match_changed", row.line, "reference", reference)
        return Match(found.row, None, problem)

    def is_expected(self, number, found):
        """:return: bool, whether a check, if any, found the same partner for a row"""
        if number > len(self.expected):
            return True
        return self.expected[number - 1] in (MATCH_ANY, found)

    # Tools

    def with_headers(self, outcome):
        """:return: the ``Outcome``, whose problems name columns as in the file"""
        problems = (
            problem
            if problem.layer == "cell"
            else replace(problem, column=self.columns.header_of(problem.column))
            for problem in outcome.problems
        )
        return outcome._replace(problems=tuple(problems))

    def _get_cleaner(self):
        cleaner = self._cleaner
        if not cleaner or not cleaner.holds(self.lookups, self.clean_options):
            cleaner = FastCleaner(self.columns, self.lookups, self.clean_options)
            self._cleaner = cleaner
        return cleaner

    @cached_property
    def _place(self):
        return self.columns.index_of("reference")


def _has_new(value):
    items = value if isinstance(value, frozenset) else (value,)
    return any(isinstance(item, New) for item in items)
