"""Last step: counts that always add up to the rows read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..problems import Problem
from ..types import Outcome


@dataclass(frozen=True, slots=True)
class Report:
    """How many rows had each outcome, and their problems."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0
    blank: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        """The rows read."""
        return (
            self.created + self.updated + self.unchanged + self.skipped + self.rejected
        )

    def __add__(self, other: "Report") -> "Report":
        return Report(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.skipped + other.skipped,
            self.rejected + other.rejected,
            self.blank + other.blank,
            self.problems + other.problems,
        )


def report(outcomes: Iterable[Outcome]) -> Report:
    """Count the outcomes and collect their problems."""
    outcomes = tuple(outcomes)
    kinds = Counter(outcome.kind for outcome in outcomes)
    return Report(
        created=kinds["create"],
        updated=kinds["update"],
        unchanged=kinds["unchanged"],
        skipped=kinds["skip"],
        rejected=kinds["reject"],
        blank=sum(outcome.row.row.blank_before for outcome in outcomes),
        problems=tuple(p for outcome in outcomes for p in outcome.problems),
    )
