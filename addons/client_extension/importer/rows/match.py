"""Fifth room: which stored partner does a row speak of?

The index comes from one query for many rows; the text has to be the same, and
several partners with one reference are a problem, never a guess.
"""

from array import array
from collections.abc import Iterable
from hashlib import blake2b
from itertools import pairwise
from typing import Final

from ..problems import Problem
from ..types import CleanRow, Index, Match

_PARTS: Final = 64


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
            {"clients": clients, "count": str(len(found))},
        )
        return Match(row, None, problem)
    if found and found[0].is_hidden:
        return Match(row, is_taken=True)
    return Match(row, found[0] if found else None)


class Repeated:
    """The references that a file bears more than once, by their digests.

    Of 64 bits, two of a million references share one with a chance of one in 37
    millions, and then a row takes longer and ends the same.
    """

    def __init__(self, digests: Iterable[int] = ()) -> None:
        self._digests = frozenset(digests)

    def __contains__(self, reference: object) -> bool:
        return bool(self._digests) and _digest(str(reference)) in self._digests


def repeated(references: Iterable[str]) -> Repeated:
    """Find the references that come again, in eight bytes for each of them.

    They are sorted by parts, so that no more than one part is a list of numbers.
    """
    parts = [array("Q") for _ in range(_PARTS)]
    for reference in references:
        digest = _digest(reference)
        parts[digest % _PARTS].append(digest)
    again = (
        digest
        for part in parts
        for digest, following in pairwise(sorted(part))
        if digest == following
    )
    return Repeated(again)


def _digest(reference: str) -> int:
    # Not hash(), which is another in each process: a run has to take the same
    # references for repeated as the check before it.
    text = reference.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
