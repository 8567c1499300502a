"""Small workbooks from the XML of their rows, and their rows as texts."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from importer.files.decode import decode, opener
from importer.files.read import Sheet, read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>reference</t></is></c></row>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def xlsx(
    rows: str,
    strings: str = "",
    formats: Mapping[int, str] | None = None,
    styles: Iterable[int] = (),
    settings: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """An XLSX file of one sheet, with the XML of its rows and shared strings.

    ``formats`` maps a number to a format code, ``styles`` gives each style of cells
    the number of its format; ``more`` are parts that are added or replaced.
    """
    codes = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in (formats or {}).items()
    )
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in styles)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{settings}'
            '<sheets><sheet name="One" sheetId="1" r:id="worksheet"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                {
                    "worksheet": "worksheets/sheet1.xml",
                    "sharedStrings": "sharedStrings.xml",
                    "styles": "/xl/styles.xml",
                }
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
            f"<cellXfs>{cells}</cellXfs></styleSheet>",
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": worksheet(rows),
            **(more or {}),
        }
    )


def worksheet(rows: str) -> str:
    """The part of a sheet."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def relations(targets: Mapping[str, str]) -> str:
    """What a part is to others: kind (with a number, if several) -> path."""
    found = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind.rstrip("0123456789")}"'
        f' Target="{path}"/>'
        for kind, path in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


def ods(rows: str, before: str = "", after: str = "", manifest: str = "") -> bytes:
    """An ODS file of one table, with the XML of its rows."""
    table = f'<table:table table:name="One">{rows}</table:table>'
    return ods_of(before + table + after, manifest=manifest)


def ods_of(tables: str, styles: str = "", manifest: str = "") -> bytes:
    """An ODS file of these tables."""
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"'
        for name in ("office", "table", "text", "style", "drawing")
    )
    content = (
        f'<office:document-content {spaces} xmlns:calcext="{CALCEXT}">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": ODS,
            "content.xml": content,
            "META-INF/manifest.xml": manifest or "<manifest/>",
        }
    )


def ods_row(*texts: str, attributes: str = "") -> str:
    """A row of texts."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
        "</table:table-cell>"
        for text in texts
    )
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def opened(data: bytes) -> Sheet:
    """The sheet that an import reads."""
    return read(decode(opener(data)))


def lines(data: bytes) -> dict[int, Sequence[str]]:
    """The rows of that sheet by their line, without the header."""
    return {row.line: row.cells for row in opened(data).rows()}
