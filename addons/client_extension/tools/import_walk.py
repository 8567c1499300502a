"""A file that is being imported, on its way from room to room."""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from ..importer.clean import text_of
from ..importer.plan import Ledger
from ..importer.quick import Cleaner
from ..importer.read import Sheet
from ..importer.types import CleanOptions, ColumnMap, Lookups, PlanOptions


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
    cleaner: Cleaner | None = None

    def clean(self, row):
        """:return: ``CleanRow`` of a row, as the tables and labels are now"""
        if not self.cleaner or not self.cleaner.holds(self.lookups, self.clean_options):
            self.cleaner = Cleaner(self.columns, self.lookups, self.clean_options)
        return self.cleaner.clean(row)

    def reference_of(self, row):
        """:return: str, the reference of a row, or the one that its client has now"""
        reference = text_of(row.cells[self._place])
        return self.successors.get(reference, reference)

    @cached_property
    def _place(self):
        return self.columns.index_of("reference")
