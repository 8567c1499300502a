"""The XLSX files we write, which grow while they are sent.

How to use: ``write_xlsx(rows)`` yields the file in pieces of bytes; the first row is
the header. How it works: every cell is a text in the cell itself (``inlineStr``,
ECMA-376 part 1, 18.3.1.53), so a row is complete as soon as it is known, and the zip
never needs to seek back. Only the first rows are kept, to compute the width of the
columns.

A text is never a formula here, whatever it begins with, so it needs no guard against a
spreadsheet; ``mark`` only protects texts that the import would interpret.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ..text.fold import trim
from .write_csv import unguard, unwrap

#: maximum rows of a sheet, including the header
MOST_ROWS: Final = 1_048_576
#: maximum characters of a cell; a longer text makes Excel call the file damaged
MOST_CHARACTERS: Final = 32_767
_SAMPLE: Final = 100
_PIECE: Final = 1 << 16
_NARROWEST, _WIDEST = 9, 50
#: what XML cannot hold, or what would be read as an escape sequence (22.9.2.19)
_ESCAPED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    f' ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet"'
    ' Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>",
    # style 1: text, so that later input stays text too; style 2: the header
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0"'
    ' borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>",
}
_VIEW: Final = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)


def mark(text: str) -> str:
    """Add an apostrophe if the import would remove one, or clear the field.

    The import reads a text without the space around it.
    """
    inner = trim(text)
    taken = inner == "=" or unguard(unwrap(inner)) != inner
    return f"'{inner}" if taken else text


def write_xlsx(rows: Iterable[Sequence[str]], name: str = "Clients") -> Iterator[bytes]:
    """Yield a workbook of one sheet in pieces of bytes, its header bold and frozen.

    A text that does not fit in a cell is left empty: a truncated text would be imported
    as the new value, while an empty cell keeps the old one.
    """
    rows = iter(rows)
    sample = list(islice(rows, _SAMPLE))
    out = _Pieces()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in _PARTS.items():
            package.writestr(path, _HEAD + content)
        package.writestr("xl/workbook.xml", _HEAD + _workbook(name))
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in _sheet(sample, chain(sample, rows)):
                part.write(piece.encode())
                if out.size > _PIECE:
                    yield out.take()
    yield out.take()


def _workbook(name: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/>'
        f"</bookViews><sheets><sheet name={quoteattr(sheet_name(name))}"
        ' sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def sheet_name(name: str) -> str:
    """Return a name valid in Excel: 31 characters, none of ``[]:*?/\\``."""
    name = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip("' ")[:31].strip("' ")
    return name or "1"


def _sheet(sample: list[Sequence[str]], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{_VIEW}<cols>'
    for number, width in enumerate(_widths(sample), 1):
        column = f'min="{number}" max="{number}" width="{width}"'
        yield f'<col {column} style="1" customWidth="1"/>'
    yield "</cols><sheetData>"
    letters = [_letters(number) for number in range(len(sample[0]))]
    for line, row in enumerate(rows, 1):
        style = 2 if line == 1 else 1
        kind = f'{line}" s="{style}" t="inlineStr"'
        cells = [
            f'<c r="{letter}{kind}><is>{_text(text)}</is></c>'
            for letter, text in zip(letters, row, strict=True)
            if text and _fits(text)
        ]
        yield f'<row r="{line}">{"".join(cells)}</row>'
    # no green corner on each number stored as text
    yield (
        "</sheetData><ignoredErrors><ignoredError"
        f' sqref="A1:{letters[-1]}{MOST_ROWS}" numberStoredAsText="1"/>'
        "</ignoredErrors></worksheet>"
    )


def _fits(text: str) -> bool:
    """Whether the text fits in a cell, in the units that Excel counts."""
    if len(text) < MOST_CHARACTERS // 2:
        return True
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 < MOST_CHARACTERS


def _text(text: str) -> str:
    text = mark(text)
    if not text.isprintable() or "_x" in text:
        text = _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _widths(sample: list[Sequence[str]]) -> Iterator[int]:
    """Return column widths from the longest line of the first rows, within limits."""
    for texts in zip(*sample, strict=True):
        longest = max(len(line) for text in texts for line in (text or " ").split("\n"))
        yield min(max(longest + 2, _NARROWEST), _WIDEST)


def _letters(position: int) -> str:
    """Return the column letters of a position: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Pieces(io.RawIOBase):
    """The output of a zip whose target cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        """Yes, and neither readable nor seekable."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Add a piece."""
        self._pieces.append(bytes(data))
        self.size += len(data)
        return len(data)

    def take(self) -> bytes:
        """Return what was written since the last call."""
        data = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return data
