"""Small files made to fill the memory or the disk, or to keep a worker busy.

Each is a few kB, and named after what it abuses. The tests read them under a limit of
memory; `./dev bench fuzz` damages them further.
"""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns"
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_SHEET: Final = "xl/worksheets/sheet1.xml"
_HEADER: Final = '<row r="1"><c t="str"><v>reference</v></c></row>'
_ROW: Final = '<row r="2"><c t="str"><v>1</v></c></row>'
_MB: Final = 1 << 20

Parts = Mapping[str, str | bytes]


def packed(parts: Parts, methods: Mapping[str, int] | None = None) -> bytes:
    """Return a zip of these parts, some packed with another method than deflate."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, (methods or {}).get(name))
    return buffer.getvalue()


def book(rows: str = _HEADER + _ROW, **more: str | bytes) -> dict[str, str | bytes]:
    """Return the parts of an XLSX file; ``more`` are named after their files."""
    paths = {"sheet": _SHEET, "strings": "xl/sharedStrings.xml"}
    paths |= {"styles": "xl/styles.xml", "book": "xl/workbook.xml"}
    tabs = '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets>'
    return {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{tabs}'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>',
        _SHEET: sheet(rows),
        **{paths[name]: content for name, content in more.items()},
    }


def sheet(rows: str) -> str:
    """Return the part of a sheet."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def table(rows: str, spaces: str = "") -> dict[str, str | bytes]:
    """Return the parts of an ODS file of one table."""
    known = ("office", "table", "text", "style")
    names = " ".join(f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in known)
    return {
        "mimetype": _ODS,
        "content.xml": f"<office:document-content {names} {spaces}><office:body>"
        f'<office:spreadsheet><table:table table:name="One">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
    }


def table_row(text: str, attributes: str = "", cell: str = "") -> str:
    """Return a row of one cell."""
    return (
        f'<table:table-row {attributes}><table:table-cell office:value-type="string"'
        f" {cell}><text:p>{text}</text:p></table:table-cell></table:table-row>"
    )


_TABLE_HEAD: Final = table_row("reference") + table_row("1")


def _lying(method: int) -> bytes:
    """240 MB in a part that says that it has 64 bytes."""
    parts = book()
    head, tail = sheet(_HEADER + _ROW).split("</worksheet>")[0], "</worksheet>"
    parts[_SHEET] = head + " " * (240 * _MB) + tail
    data = bytearray(packed(parts, {_SHEET: method}))
    size, said = len(parts[_SHEET]).to_bytes(4, "little"), (64).to_bytes(4, "little")
    return bytes(data).replace(size, said)


def _spaces() -> str:
    """Names whose namespace has 500 kB."""
    names = "".join(f"<a:n{number}/>" for number in range(4000))
    return f'<worksheet xmlns:a="{"x" * 500_000}">{names}</worksheet>'


def _attributes() -> str:
    """One element with 4,000 attributes whose namespace has 200 kB."""
    names = " ".join(f'a:n{number}=""' for number in range(4000))
    return f'<worksheet xmlns:a="{"x" * 200_000}" {names}/>'


def _names() -> str:
    """Half a million different names of elements."""
    return sheet("".join(f"<n{number}/>" for number in range(500_000)))


def _directory() -> bytes:
    """A zip of 300,000 empty parts, of which only the directory is read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/a", "")
    data = buffer.getvalue()
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    one, count = data[start:end], 300_000
    directory = one * count
    tail = bytearray(data[end:])
    tail[8:12] = (0xFFFF).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return data[:start] + directory + bytes(tail)


def _texts() -> dict[str, str | bytes]:
    """60 MB of shared texts of 1 MB each."""
    item = f"<si><t>{'x' * (_MB - 20)}</t></si>"
    strings = f'<sst xmlns="{_MAIN}">{item * 60}</sst>'
    return book(_HEADER + '<row><c t="s"><v>1</v></c></row>', strings=strings)


def _cells(cell: str, count: int) -> dict[str, str | bytes]:
    return book(f'{_HEADER}<row r="2">{cell * count}</row>{_ROW.replace("2", "3")}')


def _wide() -> dict[str, str | bytes]:
    rows = "".join('<row><c r="XFD1" t="str"><v>x</v></c></row>' for _ in range(20_000))
    return book(_HEADER + rows)


def _tabs(count: int) -> dict[str, str | bytes]:
    tabs = "".join(
        f'<sheet name="{number}" sheetId="{number}" r:id="r1"/>'
        for number in range(1, count + 1)
    )
    empty = '<row><c s="0"/></row>' * 100_000
    return book(
        empty,
        book=f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{tabs}</sheets>'
        "</workbook>",
    )


def _tables(count: int) -> dict[str, str | bytes]:
    empty = "<table:table-row><table:table-cell/></table:table-row>" * 100
    more = "".join(
        f'</table:table><table:table table:name="{number}">{empty}'
        for number in range(count)
    )
    return table(_TABLE_HEAD + more)


def _styles(code: str = "0", count: int = 1) -> dict[str, str | bytes]:
    return book(
        f'{_HEADER}<row r="2"><c s="0"><v>1</v></c></row>',
        styles=f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="200"'
        f' formatCode="{code}"/></numFmts><cellXfs>{"<xf/>" * (count - 1)}'
        '<xf numFmtId="200"/></cellXfs></styleSheet>',
    )


def _csv(cell: str, count: int = 1) -> bytes:
    return ("reference;name\n" + f"1;{cell}\n" * count).encode()


#: name -> function that makes the file
FILES: Final[Mapping[str, Callable[[], bytes]]] = {
    # memory and disk
    "bzip2": lambda: _lying(zipfile.ZIP_BZIP2),
    "lzma": lambda: _lying(zipfile.ZIP_LZMA),
    "bzip2 of a few bytes": lambda: packed(book(), {_SHEET: zipfile.ZIP_BZIP2}),
    "namespace": lambda: packed({**book(), _SHEET: _spaces()}),
    "namespaces of attributes": lambda: packed({**book(), _SHEET: _attributes()}),
    "names": lambda: packed({**book(), _SHEET: _names()}),
    "names in ODS": lambda: packed({"mimetype": _ODS, "content.xml": _names()}),
    "namespace in ODS": lambda: packed({"mimetype": _ODS, "content.xml": _spaces()}),
    "one tag": lambda: packed(
        {**book(), _SHEET: f'<worksheet a="{"x" * (60 * _MB)}"/>'}
    ),
    "directory": _directory,
    "long texts": lambda: packed(_texts()),
    "wide rows": lambda: packed(_wide()),
    "faults of one row": lambda: packed(
        _cells('<c r="A2" t="e"><v>#N/A</v></c>', 1_000_000)
    ),
    "styles": lambda: packed(_styles(count=5_000_000)),
    "relations": lambda: packed(
        {
            **book(),
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            + "".join(f'<Relationship Id="{n}"/>' for n in range(1_000_000))
            + "</Relationships>",
        }
    ),
    "tables": lambda: packed(
        {**table(_TABLE_HEAD + "</table:table><table:table>" * 1_000_000)}
    ),
    "blanks of ODS": lambda: packed(
        table(_TABLE_HEAD + table_row('<text:s text:c="32767"/>' * 200_000))
    ),
    # time
    "letters of a column": lambda: packed(
        book(f'{_HEADER}<row r="2"><c r="{"A" * 300_000}2"><v>1</v></c></row>')
    ),
    "brackets": lambda: packed(_styles("[" * 100_000)),
    "tabs": lambda: packed(_tabs(200)),
    "tables with content": lambda: packed(_tables(900)),
    "runs of a text": lambda: packed(
        _cells(f'<c t="inlineStr"><is>{"<r><t>ab</t></r>" * 500_000}</is></c>', 1)
    ),
    "repeated row": lambda: packed(
        table(
            table_row("reference")
            + table_row("1", 'table:number-rows-repeated="1000000"')
        )
    ),
    "one reference": lambda: _csv("x", 20_000),
    "spaces by turns": lambda: _csv("x" + " \u200b" * 100_000 + "x"),
    "spaces by turns at the ends": lambda: _csv(" \u200b" * 400_000),
    "line breaks": lambda: (
        'reference;category\n1;"a;' + "\n" * 60_000 + ';b"\n'
    ).encode(),
    "digits": lambda: ("reference;number\n1;" + "1" * 60_000 + "x\n").encode(),
    "columns": lambda: (
        "reference;"
        + ";".join(f"adresse {number} xyz" for number in range(20_000))
        + "\n1\n"
    ).encode(),
}
#: files that are small, and read in a moment now: what fuzzing starts from
SEEDS: Final = (
    *("namespace", "namespaces of attributes", "letters of a column", "brackets"),
    *("tabs", "tables with content", "repeated row", "spaces by turns", "line breaks"),
    *("digits", "bzip2 of a few bytes"),
)
