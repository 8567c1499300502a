"""A file that is being imported, on its way from room to room."""

from array import array
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property

from ....importer.files.read import Sheet
from ....importer.rows.clean import reference_of
from ....importer.rows.fast_clean import FastCleaner
from ....importer.rows.plan import Ledger
from ....importer.rows.unchanged import UnchangedDetector
from ....importer.types import CleanOptions, ColumnMap, Lookups, PlanOptions

#: rows of a file that are kept from the first walk to the second: a few MB
KEPT = 10_000


class FirstWalk:
    """The walk through all rows of a file for their references, before any is done."""

    def __init__(self, sheet, columns):
        """:param sheet: ``Sheet``
        :param columns: ``ColumnMap``"""
        self.count = 0
        self._sheet = sheet
        self._place = columns.index_of("reference")
        self._rows = []

    def references(self):
        """:return: iterator of the references, in file order"""
        place, rows = self._place, self._rows
        for row in self._sheet.rows():
            self.count += 1
            if len(rows) < KEPT:
                rows.append(row)
            if reference := reference_of(row.cells[place]):
                yield reference

    def get_sheet(self):
        """:return: ``Sheet`` of the same rows, which is not read again when short"""
        if self.count > len(self._rows):
            return self._sheet
        return replace(self._sheet, rows=lambda: iter(self._rows))


@dataclass
class Walk:
    """A file on its way through the rooms."""

    sheet: Sheet
    columns: ColumnMap
    lookups: Lookups
    labels: dict
    clean_options: CleanOptions
    plan_options: PlanOptions
    ledger: Ledger
    row_count: int
    #: former reference -> the one that its client has now
    successors: dict
    #: the partner that a check found for each row, when there was a check
    expected: array
    #: how many rows of each outcome a check keeps
    shown: Counter = field(default_factory=Counter)
    _cleaner: FastCleaner | None = None
    _detector: UnchangedDetector | None = None

    def clean(self, row):
        """:return: ``CleanRow`` of a row, as the tables and labels are now, with the
        reference that its client has now"""
        cleaned = self._get_cleaner().clean(row)
        successor = self.successors.get(cleaned.reference)
        return cleaned._replace(reference=successor) if successor else cleaned

    def get_unchanged_detector(self, is_stored):
        """What tells rows that change nothing.

        :param is_stored: function that says of a column key whether its stored values
            can be read at once
        :return: ``UnchangedDetector``, None when no row of this import can be told so
        """
        cleaner = self._get_cleaner()
        if not self._detector or self._detector.cleaner is not cleaner:
            self._detector = UnchangedDetector(self.columns, cleaner, is_stored)
        detector = self._detector
        return detector if detector.is_possible(self.plan_options) else None

    def reference_of(self, row):
        """:return: str, the reference of a row, or the one that its client has now"""
        reference = reference_of(row.cells[self._place])
        return (
            self.successors.get(reference, reference) if self.successors else reference
        )

    def _get_cleaner(self):
        cleaner = self._cleaner
        if not cleaner or not cleaner.holds(self.lookups, self.clean_options):
            cleaner = FastCleaner(self.columns, self.lookups, self.clean_options)
            self._cleaner = cleaner
        return cleaner

    @cached_property
    def _place(self):
        return self.columns.index_of("reference")
