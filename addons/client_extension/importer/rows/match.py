"""Fifth room: which stored partner does a row speak of?

The index comes from one query for many rows; the text has to be the same, and
several partners with one reference are a problem, never a guess.
"""

from collections.abc import Iterable
from hashlib import blake2b
from itertools import chain, islice
from typing import Final

from ..problems import Problem
from ..types import CleanRow, Index, Match

_BITS: Final = 1 << 26
#: so many are compared as they are
_EXACT: Final = 10_000


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


def repeated(references: Iterable[str]) -> frozenset[str]:
    """The references that a file bears twice, and perhaps a few others.

    Works in 8 MB whatever the size of the file: beyond some thousands it is a bit map,
    which may take one reference in many thousands for another. That costs time and
    nothing else.
    """
    references = iter(references)
    # a dict, for it has an order: see below
    seen: dict[str, None] = {}
    again = set()
    for reference in islice(references, _EXACT):
        if reference in seen:
            again.add(reference)
        seen[reference] = None
    for more in references:
        again |= _repeated(chain(seen, [more], references))
    return frozenset(again)


def _repeated(references: Iterable[str]) -> set[str]:
    bits = bytearray(_BITS // 8)
    again = set()
    for reference in references:
        # Not hash(), nor the order of a set, which are others in each process: a run
        # has to take the same references for repeated as the check before it.
        digest = blake2b(reference.encode("utf-8", "surrogatepass"), digest_size=8)
        number = int.from_bytes(digest.digest(), "big")
        first, second = number % _BITS, (number >> 32) % _BITS
        first_bit, second_bit = 1 << (first & 7), 1 << (second & 7)
        first >>= 3
        second >>= 3
        if bits[first] & first_bit and bits[second] & second_bit:
            again.add(reference)
        bits[first] |= first_bit
        bits[second] |= second_bit
    return again
