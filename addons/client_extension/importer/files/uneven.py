"""Rows that are not as the header has them, or whose cells have invisible signs.

They are counted, and said once.
"""

from collections.abc import Iterable, Sequence

from ..problems import Problem
from ..text.fold import trim
from ..text.letters import has_signs
from ..types import Row

#: lines of such rows that are named
LINES_NAMED = 10


class UnevenRows:
    """Counts the odd rows of a file, and keeps the first lines of each sort."""

    def __init__(self, header: Sequence[str]) -> None:
        self._width = len(header)
        named = [place for place, text in enumerate(header, 1) if text.strip()]
        #: cells up to the last column with a name
        self._named = max(named, default=0)
        self._short: list[int] = []
        self._wide: list[int] = []
        self._short_count = self._wide_count = 0
        self._signed: list[int] = []
        self._signed_count = 0
        self._widths: set[int] = set()

    def add(self, row: Row) -> None:
        """Note a row that is not as wide as the header."""
        if row.problem:
            return
        if self._width - row.missing < self._named:
            self._short_count += 1
            if len(self._short) < LINES_NAMED:
                self._short.append(row.line)
        elif not row.missing:
            self._wide_count += 1
            self._widths.add(len(row.cells))
            if len(self._wide) < LINES_NAMED:
                self._wide.append(row.line)

    def add_signs(self, row: Row) -> None:
        """Note a row if there are invisible signs inside its cells, not around them."""
        if not row.problem and any(has_signs(trim(cell)) for cell in row.cells):
            self._signed_count += 1
            if len(self._signed) < LINES_NAMED:
                self._signed.append(row.line)

    def get_problems(self, row_count: int) -> list[Problem]:
        """Return the warnings about a file with so many rows.

        A separator at the end of each row is no part of it.
        """
        problems = []
        if self._short_count:
            problems.append(_warn("row_short", self._short, self._short_count))
        is_habit = self._wide_count == row_count and len(self._widths) == 1
        if self._wide_count and not is_habit:
            problems.append(_warn("row_wide", self._wide, self._wide_count))
        if self._signed_count:
            problems.append(_warn("row_signs", self._signed, self._signed_count))
        return problems


def _warn(code: str, lines: Sequence[int], count: int) -> Problem:
    params = {"count": str(count), "lines": name_lines(lines, count)}
    return Problem(code, lines[0], params=params, warning=True)


def name_lines(lines: Iterable[int], count: int) -> str:
    """Return the numbers of some lines as a text; the others of ``count`` are dots."""
    shown = [str(line) for line in lines]
    return ", ".join([*shown, "…"] if len(shown) < count else shown)
