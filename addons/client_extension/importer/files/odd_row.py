"""Rows whose quotes are not where CSV has them, but whose meaning is clear."""

import csv
import re
from collections.abc import Sequence
from functools import cache
from typing import Final

#: characters of a row that is read in this way
LONGEST: Final = 65_536
#: a quote that opens a text, and one that closes it
_OPENS: Final = re.compile(r'(?:^|\s)"\S')
_CLOSES: Final = re.compile(r'\S"(?:\s|$)')


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of a cell, with or without quotes, and what ends it."""
    end = re.escape(delimiter)
    blank = rf"[^\S\r\n{end}]*"
    quoted = rf'{blank}"(?P<quoted>[^"]*(?:""[^"]*)*)"{blank}'
    bare = rf'(?P<bare>(?!{blank}")[^{end}\r\n]*)'
    return re.compile(rf"(?:{quoted}|{bare})(?P<end>{end}|[\r\n]*\Z)")


def has_spaced_quote(text: str) -> bool:
    """Whether a space is beside a quote, so that csv may read the row differently."""
    return ' "' in text or '" ' in text or '\t"' in text or '"\t' in text


def read_spaced(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Read a whole row with spaces around its quotes; None if it is not one.

    ``Q1, "Dupont, Jean", Lyon`` has three cells, as in the programs that write it.
    """
    if len(text) > LONGEST or text.count('"') % 2:
        return None
    cells, place = [], 0
    while True:
        found = _cell(delimiter).match(text, place)
        if not found:
            return None
        quoted = found["quoted"]
        cells.append(found["bare"] if quoted is None else quoted.replace('""', '"'))
        place = found.end()
        if found["end"] != delimiter:
            return tuple(cells)


def read_whole_line(text: str, delimiter: str) -> tuple[str, ...] | None:
    """Read the only cell of a line as the line that it was before it got its quotes.

    A spreadsheet saves in this way a CSV file that it opened in a single column.
    """
    if delimiter not in text:
        return None
    if '"' not in text:
        return tuple(text.split(delimiter))
    try:
        return tuple(
            next(csv.reader(text.splitlines(True), delimiter=delimiter, strict=True))
        )
    except (csv.Error, StopIteration):
        return read_spaced(text, delimiter)


def is_cut(cells: Sequence[str]) -> bool:
    """Whether a text in quotes begins in one cell and ends in a later one."""
    is_open = False
    for cell in cells:
        if cell.count('"') % 2:
            if is_open and _CLOSES.search(cell):
                return True
            is_open = is_open or bool(_OPENS.search(cell))
    return False
