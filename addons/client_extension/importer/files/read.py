"""Second step: text into rows, with the line numbers an editor shows.

The csv module does the parsing. An unclosed quote only costs its own row, not the rest
of the file: the lines that it absorbed are read again.
"""

import csv
import re
import threading
from collections import deque
from collections.abc import Iterator
from itertools import chain, islice
from typing import Final, TextIO

from ..problems import Problem, file_problem
from ..types import Decoded, Row
from .decode import open_text
from .odd_row import LONGEST, has_spaced_quote, read_spaced, read_whole_line
from .table import (
    TITLES,
    HeaderTest,
    Sheet,
    check_header,
    filled,
    fit,
    header_place,
    spellings,
)
from .workbook import read_workbook

_CANDIDATES: Final = (";", ",", "\t", "|")
_NAMES: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEP_LINE: Final = re.compile(r'^"?sep=(.)"?[\r\n]*$', re.IGNORECASE)
_BOM: Final = "\ufeff"
_SAMPLE: Final = 50
#: maximum characters of one row; a longer one surely has an unclosed quote
_ROW_LIMIT: Final = 4 * 1024 * 1024
#: longer lines are left to csv and its limit
_PLAIN_LIMIT: Final = 65_536
#: csv's limit is one number for the whole process
_LIMIT_LOCK: Final = threading.Lock()


class _TooLong(Exception):
    """A row is so long that its quote must be unclosed."""


class _Lines:
    """The physical lines; keeps the lines of the row being read."""

    def __init__(self, stream: Iterator[str]) -> None:
        self.stream = stream
        self.again: deque[str] = deque()
        self.taken: list[str] = []
        self.size = 0
        self.line = 1  # number of the first line in `taken`

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.size > _ROW_LIMIT and len(self.taken) > 1:
            raise _TooLong
        text = self.again.popleft() if self.again else next(self.stream)
        self.taken.append(text)
        self.size += len(text)
        return text

    def plain(self, delimiter: str) -> tuple[str, ...] | None:
        """Return the cells of the next line if it has no quotes; else None, unread."""
        if self.again:
            self.again[0] = _without_mark(self.again[0])
            return None
        text = next(self.stream, None)
        if text is None:
            return None
        if '"' in text or len(text) > _PLAIN_LIMIT:
            self.again.append(_without_mark(text))
            return None
        self.line += 1
        return tuple(text.rstrip("\r\n").split(delimiter))

    def usual(
        self, delimiter: str, header: tuple[str, ...]
    ) -> Iterator[tuple[str, ...]]:
        """Yield the cells of the next lines, as long as they are ordinary.

        Each has as many cells as the header, has no quotes, and begins with a letter or
        a digit, but not like a header: most lines of most files.
        """
        width, words = len(header), spellings(header)
        for text in () if self.again else self.stream:
            if '"' not in text and len(text) <= _PLAIN_LIMIT:
                cells = tuple(text.rstrip("\r\n").split(delimiter))
                cell = cells[0]
                if len(cells) == width and cell[:1].isalnum() and cell not in words:
                    self.line += 1
                    yield cells
                    continue
            self.again.append(text)
            return

    def done(self) -> None:
        """The row is complete."""
        self.line += len(self.taken)
        self.taken.clear()
        self.size = 0

    def back(self, keep: int) -> None:
        """Give back all lines of this row except the first ``keep``."""
        self.again.extendleft(reversed(self.taken[keep:]))
        del self.taken[keep:]
        self.size = sum(map(len, self.taken))


def read(
    decoded: Decoded, delimiter: str = "", is_header: HeaderTest | None = None
) -> Sheet:
    """Find the separator and the header; rows are read only on request.

    ``is_header`` tells the header from title lines above it. Raises a FileProblem when
    there is no header, no row, or no such separator.
    """
    if decoded.workbook:
        return read_workbook(decoded, is_header)
    with open_text(decoded) as stream:
        sep = _sep_line(stream)
    given = _given(delimiter)
    found = given or sep or _find(decoded, bool(sep), is_header)
    with open_text(decoded) as stream:
        records = filter(filled, _records(_start(stream, bool(sep)), found))
        head = list(islice(records, TITLES + 1))
    if not head:
        raise file_problem("file_empty")
    place = header_place(head, is_header)
    header = head[place]
    check_header(header)
    if place + 1 == len(head):
        raise file_problem("file_no_rows")

    def rows() -> Iterator[Row]:
        with open_text(decoded) as stream:
            lines = _start(stream, bool(sep))
            records = _records(lines, found)
            next(record for record in records if record.line == header.line)
            yield from _rows(lines, records, found, header.cells)

    return Sheet(
        header.cells,
        found,
        decoded.encoding,
        rows,
        titles=place,
        may_have_signs=decoded.may_have_signs,
        question=decoded.question,
        may_have_broken=decoded.may_have_broken,
    )


def _without_mark(text: str) -> str:
    """Return a line without the byte order mark before its quote.

    A file that was put behind another one brings its mark.
    """
    return text[1:] if text.startswith(f'{_BOM}"') else text


def _given(delimiter: str) -> str:
    if not delimiter:
        return ""
    delimiter = _NAMES.get(delimiter.lower(), delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise file_problem("file_delimiter", value=delimiter)
    return delimiter


def _sep_line(stream: TextIO) -> str:
    """The separator of a first line like ``sep=;`` that spreadsheets write."""
    match = _SEP_LINE.match(stream.readline(16).lstrip(_BOM))
    return match[1] if match else ""


def _start(stream: TextIO, skip: bool) -> _Lines:
    # some programs put a second byte order mark before a file that already had one
    first = next(stream, "").lstrip(_BOM)
    lines = _Lines(chain([first] if first else [], stream))
    if skip:
        next(lines)
        lines.done()
    return lines


def _find(decoded: Decoded, skip: bool, is_header: HeaderTest | None) -> str:
    """Choose the separator that finds a header and cuts rows into most, even cells.

    Rows may be short, or contain another separator as often as the right one, so a
    header with known column names decides first.
    """
    scores = []
    for delimiter in _CANDIDATES:
        with open_text(decoded) as stream:
            records = filter(filled, _records(_start(stream, skip), delimiter))
            sample = list(islice(records, _SAMPLE))
        sample = sample[header_place(sample, is_header) :]
        width = len(sample[0].cells) if sample else 0
        even = sum(len(r.cells) == width and not r.problem for r in sample)
        known = bool(sample and is_header and is_header(sample[0].cells))
        share = round(even / (len(sample) or 1), 1)
        scores.append((known, width > 1, share, width))
    best = max(scores)
    return _CANDIDATES[scores.index(best)]


def _rows(
    lines: _Lines, records: Iterator[Row], delimiter: str, header: tuple[str, ...]
) -> Iterator[Row]:
    """Yield rows padded to the header, with suspicious ones marked.

    ``records`` are the records of the same lines, for the lines that are not ordinary.
    """
    number = blank = 0
    later: deque[Row] = deque()
    while True:
        for cells in () if later else lines.usual(delimiter, header):
            number += 1
            yield Row(lines.line - 1, number, cells, None, blank)
            blank = 0
        record = later.popleft() if later else next(records, None)
        if record is None:
            return
        if not filled(record):
            blank += 1
            continue
        if 1 < len(record.cells) < len(header) and not (record.problem or later):
            record, later = _join(record, records, len(header))
        number += 1
        yield fit(record, number, blank, header)
        blank = 0


def _join(record: Row, records: Iterator[Row], width: int) -> tuple[Row, deque[Row]]:
    """Read the short rows after a short one, in case a line break split a row.

    They are its parts if together they have the cells of one row, and only the first
    of them begins with a reference like others, with a digit.

    :return: the row, and the rows that were read after it
    """
    later: deque[Row] = deque()
    count, last = len(record.cells), record
    while count < width and any(map(str.isdigit, record.cells[0])):
        part = next(records, None)
        if part is None:
            break
        later.append(part)
        is_next = part.line == last.line + 1 and not part.problem and filled(part)
        if not is_next or any(map(str.isdigit, part.cells[0])):
            return record, later
        count, last = count + len(part.cells) - 1, part
    if count != width or not later:
        return record, later
    marked = [_cut(part) for part in (record, *later)]
    return marked[0], deque(marked[1:])


def _cut(record: Row) -> Row:
    return record._replace(problem=Problem("row_cut", record.line))


def _records(lines: _Lines, delimiter: str) -> Iterator[Row]:
    """Yield all lines of the table, including empty ones.

    Lines that were absorbed by an unclosed quote are marked ``row_in_quote``.
    """
    until = first = widest = 0
    is_whole = False  # the header was in quotes as a whole
    while True:
        line, cells = lines.line, lines.plain(delimiter)
        if cells is None:
            try:
                cells = _quoted(lines, delimiter)
            except StopIteration:
                return
            except (csv.Error, _TooLong):
                if line >= until:
                    first = line
                until = max(until, line + len(lines.taken))
                yield _broken(lines, delimiter)
                continue
            lines.done()
            if len(cells) == 1 and widest != 1:
                whole = read_whole_line(cells[0], delimiter) or cells
                # a sentence below the table may contain a separator too
                if len(whole) >= widest or is_whole:
                    is_whole, cells = is_whole or not widest, whole
        widest = max(widest, len(cells))
        yield Row(line, 0, cells, _doubt(line, until, first))


def _quoted(lines: _Lines, delimiter: str) -> tuple[str, ...]:
    """Return the cells of the next row, which has quotes, with all of its lines taken.

    Raises ``StopIteration`` at the end of the file, and ``csv.Error`` or ``_TooLong``
    if its quotes make no sense.
    """
    try:
        cells = tuple(next(csv.reader(lines, delimiter=delimiter, strict=True)))
    except (csv.Error, _TooLong):
        found = _spaced(lines, delimiter) or _again(lines, delimiter)
        if not found:
            raise
        return found
    if any('"' in cell and cell.lstrip()[:1] == '"' for cell in cells):
        return _spaced(lines, delimiter) or cells
    return cells


def _spaced(lines: _Lines, delimiter: str) -> tuple[str, ...] | None:
    """Read the row again with spaces around its quotes; None if it is not such a row.

    Its lines are then taken as before.
    """
    taken = len(lines.taken)
    lines.back(0)
    text, found = "", None
    while len(text) <= LONGEST:
        try:
            text += next(lines)
        except (StopIteration, _TooLong):
            break
        if text.count('"') % 2 == 0:
            found = has_spaced_quote(text) and read_spaced(text, delimiter)
            break
    if found:
        return found
    lines.back(0)
    for _line in range(taken):
        next(lines)
    return None


def _doubt(line: int, until: int, first: int) -> Problem | None:
    if line >= until:
        return None
    return Problem("row_in_quote", line, params={"first": str(first)})


def _again(lines: _Lines, delimiter: str) -> tuple[str, ...] | None:
    """Read the row again if only csv's limit on the size of a cell stopped it."""
    if lines.size <= csv.field_size_limit() or lines.size > _ROW_LIMIT:
        return None
    lines.back(0)
    with _LIMIT_LOCK:
        limit = csv.field_size_limit(_ROW_LIMIT * 2)
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
        except (csv.Error, _TooLong, StopIteration):
            return None
        finally:
            csv.field_size_limit(limit)
    return tuple(cells)


def _broken(lines: _Lines, delimiter: str) -> Row:
    """Return the first line of a row with a bad quote; the others are read again."""
    lines.back(1)
    line, text = lines.line, lines.taken[0].rstrip("\r\n")
    lines.done()
    cells = tuple(text.split(delimiter))
    return Row(line, 0, cells, Problem("row_quote", line, value=text[:200]))
