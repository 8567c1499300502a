"""The last room's files: CSV that a spreadsheet opens without running it.

``guard`` and ``unguard`` are opposites: what is written and read again is the same
text, apostrophes included, but for the space around it that an import takes off.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from ..text.fold import trim

_DANGER: Final = ("=", "+", "-", "@", "\t", "\r")
_GUARDED: Final = (*_DANGER, "'")
_PHONE: Final = re.compile(r"\+[\d \u00a0\u202f().\-/]*\d[\d \u00a0\u202f().\-/]*")
_WITH_BOM: Final = {
    "utf-8": "utf-8-sig",
    "ascii": "utf-8-sig",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
}
_PIECE: Final = 1 << 16
#: rows that are looked at, and written, together
_BATCH: Final = 100
#: stands before each cell of some rows, and after the last one
_MARK: Final = "\0"
#: a cell that begins with no letter or digit, and is no plain phone number
_DOUBTFUL: Final = re.compile(rf"{_MARK}(?!{_MARK}|\Z|[^\W_]|\+[\d ().\-/]*\d{_MARK})")


def guard(text: str) -> str:
    """A leading apostrophe where a spreadsheet, or an import, would see more.

    Both look past the space around a text, which goes where the apostrophe comes.
    Plain phone numbers stay; a text that looks guarded already gets one more.
    """
    if text[:1].isalnum():
        return text
    inner = trim(text)
    if not inner:
        return ""
    if inner.startswith(_DANGER):
        safe = _PHONE.fullmatch(inner) and not text.startswith(_DANGER[4:])
    else:
        safe = unguard(inner) == inner and not text.startswith(_DANGER)
    if safe:
        return text
    return f"'{text}" if text.startswith(_GUARDED) else f"'{inner}"


def _guard_rows(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Guard each cell; one look tells of most rows that none of theirs needs it."""
    text = _MARK.join(("", *chain.from_iterable(rows), ""))
    usual = text.count(_MARK) == sum(map(len, rows)) + 1
    if usual and not _DOUBTFUL.search(text):
        return rows
    return [
        [cell if not cell or cell[0].isalnum() else guard(cell) for cell in row]
        for row in rows
    ]


def unguard(text: str) -> str:
    """Take the apostrophe of :func:`guard` off again (``'s-Hertogenbosch`` stays)."""
    # LF: what an import makes of a CR
    if text.startswith("'") and text[1:].startswith((*_GUARDED, "\n")):
        return text[1:]
    return text


def unwrap(text: str) -> str:
    """A formula that is nothing but a text, with which a sheet keeps its zeros."""
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return trim(text[2:-1].replace('""', '"'))
    return text


def write_csv(
    rows: Iterable[Sequence[str]],
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
    guarded: bool = True,
) -> Iterator[bytes]:
    """RFC 4180 lines, in pieces of bytes that end with a row."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    encoder = codecs.getincrementalencoder(encoding)(errors="replace")
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        writer.writerows(_guard_rows(batch) if guarded else batch)
        if buffer.tell() > _PIECE:
            yield encoder.encode(buffer.getvalue())
            buffer.seek(0)
            buffer.truncate()
    yield encoder.encode(buffer.getvalue(), final=True)


def write_rejects(
    header: Sequence[str],
    rows: Iterable[tuple[Sequence[str], int, str]],
    skip: Iterable[int] = (),
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> Iterator[bytes]:
    """The rejected rows as they came, plus ``line`` and ``error``.

    ``skip`` are the positions of such columns in a file that is itself one of
    rejected rows. An encoding that cannot hold the sentences becomes UTF-8. The rows
    of a workbook, which has neither encoding nor separator, are guarded: what is a
    text there could be run as a formula here.
    """
    gone = frozenset(skip)
    own_guard = str if encoding else _guard_again

    def kept(cells: Sequence[str]) -> list[str]:
        kept = (cell for index, cell in enumerate(cells) if index not in gone)
        return [own_guard(cell) for cell in kept]

    def lines() -> Iterator[list[str]]:
        yield [*kept(header), "line", "error"]
        for cells, line, error in rows:
            # cells beyond the header go after the two, so that nothing shifts
            own, more = cells[: len(header)], cells[len(header) :]
            yield [*kept(own), str(line), guard(error), *map(own_guard, more)]

    encoding = with_bom(encoding or "utf-8")
    yield from write_csv(lines(), delimiter or ";", encoding, guarded=False)


def _guard_again(text: str) -> str:
    """The cell of a text file that is read as this one of a workbook is."""
    text = unwrap(trim(text))
    return text if text == "=" else guard(unguard(text))


def with_bom(encoding: str) -> str:
    """The encoding a spreadsheet recognises by itself."""
    return _WITH_BOM.get(encoding, encoding)
