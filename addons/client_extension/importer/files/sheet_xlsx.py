"""XLSX (and XLSM, macros ignored): the rows of one sheet, read as a stream.

ECMA-376 part 1: 18.2 workbook, 18.3 worksheets, 18.4 shared strings, 18.8 styles.
Elements are recognized by their local name, so that the transitional and the strict
namespace, with any prefix, are the same.
"""

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from ..text.number_text import Formatter, formatter, iso_text, number_text
from ..types import Row
from .package import Package
from .shared_strings import SharedStrings, SharedStringsHandler, unescape
from .sheet_row import MOST_TABS, ROW_LIMIT, SheetRow, Tab
from .xml_stream import Handler, LocalNames, broken

_TEXTS: Final = ("v", "t")
_FLAGS: Final = {"true": "1", "false": "0"}
_MAIN: Final = "/officeDocument"
_SHEET: Final = "/worksheet"
#: more than a workbook has: relations of a part, styles of cells, and formats, whose
#: codes have 255 characters at most in Excel
_MOST_RELATIONS: Final = 20_000
_MOST_STYLES: Final = 100_000
_MOST_FORMATS: Final = 10_000
_LONGEST_FORMAT: Final = 512
_LETTERS: Final = 3


class Xlsx:
    """A workbook: its tabs, and the non-empty rows of each."""

    def __init__(self, package: Package) -> None:
        self.package = package
        book = _Relations(package, "").path_of(_MAIN, "xl/workbook.xml")
        relations = _Relations(package, book)
        self._relations = relations
        self._book = _Book(relations)
        package.show(book, self._book)
        self.tabs = [tab for tab, _path in self._book.tabs]
        if not self.tabs:
            raise broken()

    def rows(self, index: int) -> Iterator[Row]:
        """The non-empty rows of a tab, as texts."""
        handler = _Cells(self.strings, self._formatters)
        for _ in self.package.walk(self._book.tabs[index][1], handler):
            yield from handler.row.take()

    @cached_property
    def strings(self) -> SharedStrings:
        """The texts that cells refer to by number."""
        strings = SharedStrings()
        path = self._relations.path_of("/sharedStrings", "xl/sharedStrings.xml")
        self.package.show(path, SharedStringsHandler(strings))
        return strings

    @cached_property
    def _formatters(self) -> list[Formatter]:
        styles = _Styles()
        path = self._relations.path_of("/styles", "xl/styles.xml")
        self.package.show(path, styles)
        return [formatter(n, styles.codes, self._book.from_1904) for n in styles.cells]


class _Relations(Handler):
    """How the parts of a package relate to one of them (part 2, 6.5)."""

    def __init__(self, package: Package, source: str) -> None:
        self.found: dict[str, tuple[str, str]] = {}  # id -> path and kind
        self._folder, name = posixpath.split(source)
        package.show(posixpath.join(self._folder, "_rels", f"{name}.rels"), self)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A relation begins; a target is relative to the part that contains it."""
        self.depth += 1
        if name.endswith(" Relationship"):
            target = posixpath.join("/", self._folder, attributes.get("Target", ""))
            path = posixpath.normpath(target).lstrip("/")
            kind = "/" + attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = path, kind
            if len(self.found) > _MOST_RELATIONS:
                raise broken()

    def path_of(self, kind: str, default: str) -> str:
        """Return the path of the only part of a kind."""
        return next((p for p, k in self.found.values() if k == kind), default)


class _Book(Handler):
    """The tabs and the epoch (18.2.19, 18.2.28)."""

    def __init__(self, relations: _Relations) -> None:
        self.tabs: list[tuple[Tab, str]] = []
        self.from_1904 = False
        self._relations = relations.found
        self._names = LocalNames()
        self._paths: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A setting of the workbook or a tab begins; charts are tabs without rows."""
        self.depth += 1
        local = self._names[name]
        if local == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true", "on")
        elif local == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            path, kind = self._relations.get(key, ("", ""))
            if kind == _SHEET:
                hidden = attributes.get("state", "visible") != "visible"
                self.tabs.append((Tab(attributes.get("name", ""), hidden), path))
                if path in self._paths or len(self.tabs) > MOST_TABS:
                    raise broken()
                self._paths.add(path)


class _Styles(Handler):
    """The number format of each cell style (18.8.10, 18.8.30, 18.8.45)."""

    def __init__(self) -> None:
        self.cells: list[int] = []
        self.codes: dict[int, str] = {}
        self._names = LocalNames()
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A format or a cell style begins."""
        self.depth += 1
        local = self._names[name]
        if local == "numFmt" and "numFmtId" in attributes:
            self._add_code(attributes["numFmtId"], attributes.get("formatCode", ""))
        elif local == "cellXfs":
            self._in_cells = True
        elif local == "xf" and self._in_cells:
            self.cells.append(int(attributes.get("numFmtId", 0)))
            if len(self.cells) > _MOST_STYLES:
                raise broken()

    def _add_code(self, number: str, code: str) -> None:
        self.codes[int(number)] = code
        if len(code) > _LONGEST_FORMAT or len(self.codes) > _MOST_FORMATS:
            raise broken()

    def end(self, name: str) -> None:
        """The end of the cell styles."""
        self.depth -= 1
        if self._names[name] == "cellXfs":
            self._in_cells = False


class _Cells(Handler):
    """The cells of a sheet (18.3.1.4), row by row."""

    def __init__(self, strings: SharedStrings, formatters: list[Formatter]) -> None:
        self.row = SheetRow()
        self._strings, self._formatters = strings, formatters
        self._names = LocalNames()
        self._columns = _Columns()
        self._pieces: list[str] = []
        self._size = 0
        self._in_text = self._in_reading_aid = self._formula = False
        self._kind = self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell or an element inside a cell begins."""
        self.depth += 1
        local = self._names[name]
        if local == "c":
            get = attributes.get
            self._kind, self._style = get("t", "n"), get("s", "")
            self._size, self._formula = 0, False
            self._pieces.clear()
            if ref := get("r"):
                self.row.go_to(self._columns[ref.rstrip("0123456789")])
        elif local in _TEXTS:
            self._in_text = not self._in_reading_aid
        elif local == "row":
            self.row.begin(int(attributes.get("r", 0)))
        elif local == "f":
            self._formula = True
        elif local == "rPh":
            self._in_reading_aid = True

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        local = self._names[name]
        if local in _TEXTS:
            self._in_text = False
        elif local == "c":
            self._cell()
        elif local == "row":
            self.row.end()
        elif local == "rPh":
            self._in_reading_aid = False

    def text(self, data: str) -> None:
        """A piece of the text of a cell."""
        if self._in_text and self._size <= ROW_LIMIT:
            self._size += len(data)
            self._pieces.append(data)

    def _cell(self) -> None:
        stored, kind = "".join(self._pieces), self._kind
        if kind == "e":
            self.row.add(stored, "cell_error")
        elif stored:
            self.row.add(self._text(kind, stored))
        elif self._formula and kind == "n":
            self.row.add("", "cell_formula")
        else:
            self.row.add("")

    def _text(self, kind: str, stored: str) -> str:
        """Return the text that the user sees in a cell (18.18.11)."""
        if kind == "s":
            return self._strings[int(stored)]
        if kind in ("str", "inlineStr"):
            return unescape(stored)
        if kind == "b":
            return _FLAGS.get(stored, stored)
        if kind == "d":
            return iso_text(stored)
        try:
            if self._style:
                return self._formatters[int(self._style)](stored)
            return number_text(stored)
        except (ValueError, LookupError):
            return stored


class _Columns(dict[str, int]):
    """Letters -> position: A is 0, XFD is 16,383."""

    def __missing__(self, letters: str) -> int:
        if len(letters) > _LETTERS or not (letters.isascii() and letters.isalpha()):
            raise broken()
        position = 0
        for letter in letters.upper():
            position = position * 26 + ord(letter) - 64
        self[letters] = position - 1
        return position - 1
