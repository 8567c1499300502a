"""ODS: the rows of one table, read as a stream.

OASIS ODF 1.3 part 3: 9.1 tables, 19.385 and 19.386 values of cells, 6.1 text. Only
``content.xml`` is read: values are in attributes, and the text that a user sees is in
paragraphs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from ..problems import file_problem
from ..text.number_text import clock_text, iso_text, number_text
from ..types import Row
from .package import Package
from .sheet_row import MOST_TABS, ROW_LIMIT, SheetRow, Tab
from .xml_stream import Handler, broken

CONTENT: Final = "content.xml"
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE: Final = f"{_ODF}office:1.0 "
_TABLE: Final = f"{_ODF}table:1.0 "
_TEXT: Final = f"{_ODF}text:1.0 "
_STYLE: Final = f"{_ODF}style:1.0 "
#: LibreOffice's own namespace marks the cells that hold an error
_CALC_TYPE: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:"
_CALC_TYPE_NAME: Final = f"{_CALC_TYPE}1.0 value-type"
_A_TABLE: Final = f"{_TABLE}table"
_A_ROW: Final = f"{_TABLE}table-row"
_A_PARAGRAPH: Final = f"{_TEXT}p"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
#: elements whose paragraphs are not text of the cell
_ASIDE: Final = (
    f"{_OFFICE}annotation",
    f"{_TABLE}shapes",
    f"{_TABLE}dde-link",
    f"{_TEXT}ruby-text",
    f"{_ODF}drawing:1.0 ",
)
_ERROR: Final = re.compile(r"#(N/A|NAME\?|[A-Z]+[!/][A-Z0-9]*[!?]?)|(Err|Fehler):\d{3}")
_CLOCK: Final = re.compile(r"PT(\d+)H(\d+)M(\d+)")
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
#: a text that contains a sign, and the sign's placeholder while blanks are stripped
_SIGNS: Final = {f"{_TEXT}s": "\0", f"{_TEXT}tab": "\1", f"{_TEXT}line-break": "\2"}
_SHOWN: Final = str.maketrans({"\0": " ", "\1": "\t", "\2": "\n"})
#: attributes that only cells with content have
_CONTENT: Final = frozenset({f"{_OFFICE}value-type", f"{_TABLE}formula"})
_NUMBERS: Final = ("float", "percentage", "currency")
_MOST_SPACES: Final = 32_767


class _Aside(dict[str, bool]):
    """Whether an element is one of _ASIDE, cached by name."""

    def __missing__(self, name: str) -> bool:
        if len(self) > 1000:
            self.clear()
        self[name] = name.startswith(_ASIDE)
        return self[name]


_IS_ASIDE: Final = _Aside()


class Ods:
    """A workbook: its tables, and the non-empty rows of each."""

    def __init__(self, package: Package) -> None:
        self.package = package
        _refuse_encrypted(package)
        if CONTENT not in package:
            raise broken()
        found = _Tables()
        package.show(CONTENT, found)
        self.tabs = found.tabs

    def rows(self, index: int) -> Iterator[Row]:
        """The non-empty rows of a table, as texts."""
        handler = _Cells(index)
        for _ in self.package.walk(CONTENT, handler):
            yield from handler.row.take()
            if handler.is_past:
                return


class _Encrypted(Handler):
    """Whether a part is encrypted (part 2, 4.8), according to the manifest."""

    found = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An entry of the manifest, or its encryption, begins."""
        self.depth += 1
        if name.endswith(" encryption-data"):
            self.found = True


def _refuse_encrypted(package: Package) -> None:
    manifest = _Encrypted()
    package.show("META-INF/manifest.xml", manifest)
    if manifest.found:
        raise file_problem("file_workbook_password")


class _Tables(Handler):
    """The tables, and which of them are hidden by their style (17.15, 20.411)."""

    def __init__(self) -> None:
        self.tabs: list[Tab] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._inside = self._aside = 0
        self._is_empty = self._in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A table, a style or a cell begins."""
        self.depth += 1
        if self._aside:
            self._aside += 1
        elif _IS_ASIDE[name]:
            self._aside = 1
        elif name == _A_TABLE:
            self._inside += 1
            if self._inside == 1:
                self._add(attributes)
        elif self._is_empty and name == _CELLS[0]:
            self._in_cell = True
            self._is_empty = _CONTENT.isdisjoint(attributes)
        elif name == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif attributes.get(f"{_TABLE}display") == "false":
            self._hidden.add(self._style)

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        if self._aside:
            self._aside -= 1
        elif name == _A_TABLE:
            self._inside -= 1
            if not self._inside and self._is_empty:
                self.tabs[-1] = replace(self.tabs[-1], is_empty=True)
                self._is_empty = False
        elif name == _CELLS[0]:
            self._in_cell = False

    def text(self, data: str) -> None:
        """A piece of a text."""
        if self._is_empty and self._in_cell and data.strip():
            self._is_empty = False

    def _add(self, attributes: dict[str, str]) -> None:
        hidden = attributes.get(f"{_TABLE}style-name") in self._hidden
        self.tabs.append(Tab(attributes.get(f"{_TABLE}name", ""), hidden))
        self._is_empty = True
        if len(self.tabs) > MOST_TABS:
            raise broken()


class _Cells(Handler):
    """The cells of one table, row by row; tables nested in its cells are ignored."""

    def __init__(self, index: int) -> None:
        self.row = SheetRow()
        self.is_past = False
        self._wanted = index
        self._table = -1
        self._inside = self._aside = self._in_paragraph = 0
        self._in_cell = False
        self._size = 0
        self._pieces: list[str] = []
        self._paragraphs: list[str] = []
        self._attributes: Mapping[str, str] = {}
        self._row_times = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A table, a row, a cell or an element inside a cell begins."""
        self.depth += 1
        if self._aside:
            self._aside += 1
        elif _IS_ASIDE[name] or (self._in_cell and name == _A_TABLE):
            self._aside = 1
        elif name == _A_TABLE:
            self._table += 1
        elif self._table == self._wanted:
            self._start_inside(name, attributes)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS:
            self._in_cell = True
            self._attributes = attributes
            self._size = 0
            self._paragraphs.clear()
        elif name == _A_PARAGRAPH:
            self._in_paragraph += self._in_cell
            self._pieces.clear()
        elif name in _SIGNS:
            times = min(int(attributes.get(f"{_TEXT}c", 1)), _MOST_SPACES)
            self._take(_SIGNS[name], times)
        elif name == _A_ROW:
            self._row_times = _times(attributes, "rows")
            self.row.begin()

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        if self._aside:
            self._aside -= 1
        elif self._table == self._wanted:
            self._end_inside(name)

    def _end_inside(self, name: str) -> None:
        if name == _A_PARAGRAPH and self._in_paragraph:
            self._in_paragraph -= 1
            self._paragraphs.append(_shown("".join(self._pieces)))
        elif name == _CELLS[0]:
            self._in_cell = False
            self.row.add(*self._cell(), _times(self._attributes, "columns"))
        elif name == _CELLS[1]:  # cells covered by a merged cell are not visible
            self._in_cell = False
            self.row.add("", "", _times(self._attributes, "columns"))
        elif name == _A_ROW:
            self.row.end(self._row_times)
        elif name == _A_TABLE:
            self.is_past = True

    def text(self, data: str) -> None:
        """A piece of a paragraph."""
        if self._in_paragraph and not self._aside:
            self._take(data)

    def _take(self, text: str, times: int = 1) -> None:
        """Keep a piece of the text, unless its row is too long already."""
        if self._size <= ROW_LIMIT:
            self._size += len(text) * times
            self._pieces.append(text * times)

    def _cell(self) -> tuple[str, str]:
        """Return the text that the user sees in the cell, and its problem code."""
        shown = "\n".join(self._paragraphs)
        get = self._attributes.get
        kind = get(f"{_OFFICE}value-type", "")
        formula = f"{_TABLE}formula" in self._attributes
        if get(_CALC_TYPE_NAME) == "error" or (formula and _ERROR.fullmatch(shown)):
            return shown, "cell_error"
        if formula and not kind and not shown:
            return "", "cell_formula"
        if kind in _NUMBERS:
            return _number(get(f"{_OFFICE}value", ""), shown), ""
        if kind == "date":
            return iso_text(get(f"{_OFFICE}date-value", shown)), ""
        if kind == "time":
            return _time(get(f"{_OFFICE}time-value", ""), shown), ""
        if kind == "boolean":
            return str(int(get(f"{_OFFICE}boolean-value") == "true")), ""
        return shown or get(f"{_OFFICE}string-value", ""), ""


def _times(attributes: Mapping[str, str], what: str) -> int:
    return max(1, int(attributes.get(f"{_TABLE}number-{what}-repeated", 1)))


def _shown(text: str) -> str:
    """Collapse runs of blanks to one, strip both ends (6.1.2); signs are kept."""
    return _BLANKS.sub(" ", text).strip(" ").translate(_SHOWN)


def _number(stored: str, shown: str) -> str:
    """Return the number, unless the shown text has its digits in another form.

    Examples are ``00042`` and ``06 12 34 56 78``: no number keeps these zeros.
    """
    try:
        text = number_text(stored)
    except ValueError:
        return shown
    digits = "".join(filter(str.isdecimal, shown))
    if not text.isdecimal() or digits.lstrip("0") != text.lstrip("0"):
        return text
    is_mask = digits.startswith("0") or shown.startswith("+") or "-" in shown
    return shown if is_mask and len(digits) > 1 else text


def _time(stored: str, shown: str) -> str:
    match = _CLOCK.match(stored)
    if not match:
        return shown
    hours, minutes, seconds = map(int, match.groups())
    return clock_text(hours * 3600 + minutes * 60 + seconds)
