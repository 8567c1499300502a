"""Fifth step: find the stored partner of a row.

The index comes from one query for many rows; the text has to be the same, and several
partners with one reference are a problem, never a guess.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain, pairwise
from typing import Final

from ..files.uneven import LINES_NAMED, name_lines
from ..problems import Problem, file_problem
from ..types import CleanRow, Index, Match

_PARTS: Final = 64
#: so many references, of so many characters, are compared as they are
_FEW: Final = 10_000
_FEW_SIZE: Final = 1_000_000
#: repeated references that are named
MOST_NAMED: Final = 1000
#: rows with one reference; each of them is processed after the one before it
MOST_SAME: Final = 10_000


def match(row: CleanRow, index: Index) -> Match:
    """Find the row's partner: none, one, or several (which is a problem)."""
    found = index.get(row.reference, ())
    if len(found) > 1:
        clients = ", ".join(candidate.label for candidate in found)
        problem = Problem(
            "match_several",
            row.row.line,
            "reference",
            row.reference,
            {
                "clients": clients,
                "count": str(len(found)),
                "ids": ",".join(str(candidate.id) for candidate in found),
            },
        )
        return Match(row, None, problem)
    if found and found[0].is_hidden:
        return Match(row, is_taken=True)
    return Match(row, found[0] if found else None)


class Repeated:
    """The references that occur more than once in a file, by their digests.

    With 64 bits, the chance that two of a million references share a digest is one in
    37 millions; such a row only takes longer, with the same result.
    """

    def __init__(self, digests: Iterable[int] = (), count: int = 0) -> None:
        self._digests = frozenset(digests)
        #: how many rows have a reference that an earlier row has too
        self.count = count

    def __contains__(self, reference: object) -> bool:
        return bool(self._digests) and _digest(str(reference)) in self._digests

    def __len__(self) -> int:
        return len(self._digests)


def repeated(references: Iterable[str]) -> Repeated:
    """Find the references that occur more than once, with eight bytes for each of many.

    They are sorted in parts, so that only one part at a time is a list of numbers.
    Raises a FileProblem when one of them occurs so often that it is none.
    """
    references = iter(references)
    few, are_all = _take_few(references)
    if are_all and len(set(few)) == len(few):
        return Repeated()
    parts = [array("Q") for _ in range(_PARTS)]
    for reference in chain(few, references):
        digest = _digest(reference)
        parts[digest % _PARTS].append(digest)
    again: Counter[int] = Counter()
    for part in parts:
        again.update(
            one for one, following in pairwise(sorted(part)) if one == following
        )
    most = max(again.values(), default=0) + 1
    if most > MOST_SAME:
        raise file_problem("file_repeated", count=str(most), most=str(MOST_SAME))
    return Repeated(again, again.total())


def _take_few(references: Iterator[str]) -> tuple[list[str], bool]:
    """Take the first references; return them, and whether there are no others."""
    few, size = [], 0
    for reference in references:
        few.append(reference)
        size += len(reference)
        if len(few) == _FEW or size > _FEW_SIZE:
            return few, False
    return few, True


def repeated_problems(
    places: Iterable[tuple[str, int]], again: Repeated, column: str = "reference"
) -> list[Problem]:
    """Return warnings that name the repeated references of a file, and their lines.

    ``places``: the reference and the line of each row, in file order. Only the first
    references and lines are named, so that memory does not grow with the file.
    """
    named: dict[str, list[int]] = {}
    counts: Counter[str] = Counter()
    for reference, line in places if again else ():
        if reference not in again:
            continue
        if reference not in named and len(named) == MOST_NAMED:
            continue
        lines = named.setdefault(reference, [])
        counts[reference] += 1
        if len(lines) < LINES_NAMED:
            lines.append(line)
    problems = [
        Problem(
            "row_repeated",
            lines[1],
            column,
            reference,
            {"lines": name_lines(lines, counts[reference])},
            warning=True,
        )
        for reference, lines in named.items()
        if len(lines) > 1
    ]
    if (left := len(again) - len(named)) > 0:
        params = {"count": str(left)}
        problems.append(
            Problem("row_repeated_more", column=column, params=params, warning=True)
        )
    return problems


def _digest(reference: str) -> int:
    # Not hash(), which differs in each process: a run has to find the same repeated
    # references as the check before it.
    text = reference.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
