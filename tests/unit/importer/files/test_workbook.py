"""Workbooks that are damaged, locked, old or made to do harm: one clear problem."""

import io
import json
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import importer
import pytest
from importer.files.decode import decode, opener
from importer.files.package import Package
from importer.files.read import read
from importer.problems import FileProblem
from importer.rows.clean import clean
from importer.rows.columns import map_columns
from importer.types import CleanOptions, Lookups
from make_workbook import (
    HEADER,
    lines,
    ods,
    ods_row,
    opened,
    xlsx,
    zipped,
)

FOLDER = Path(importer.__file__).parents[1] / "tests" / "fixtures" / "sheets"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
GOOD = xlsx(f"{HEADER}<row><c><v>1</v></c></row>")
ROW = "<row><c><v>1</v></c></row>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 22 + b"\x09\0" + b"\0" * 16


def refused(data: bytes) -> tuple[str, str]:
    """The code of the problem, and the kind of file that it names."""
    with pytest.raises(FileProblem) as caught:
        opened(data)
    return caught.value.problem.code, caught.value.problem.params.get("kind", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file(path: Path) -> None:
    expected = json.loads(path.with_suffix(path.suffix + ".json").read_text())
    try:
        sheet = opened(path.read_bytes())
    except FileProblem as problem:
        assert {"problem": problem.problem.code, **problem.problem.params} == expected
        return
    rows = list(sheet.rows())
    assert {
        "sheet": sheet.name,
        "others": list(sheet.others),
        "header": list(sheet.header),
        "rows": [{"line": row.line, "cells": list(row.cells)} for row in rows],
        "faults": [list(f) for row in rows for f in row.faults],
    } == expected
    assert list(sheet.rows()) == rows, "a sheet can be read again"


def test_kinds_by_their_content() -> None:
    assert refused(zipped({"a.txt": "x"})) == ("file_not_text", "ZIP")
    assert refused(zipped({"word/document.xml": "x"})) == (
        "file_workbook_format",
        "DOCX",
    )
    assert refused(zipped({"xl/workbook.bin": b"x"})) == (
        "file_workbook_format",
        "XLSB",
    )
    numbers = zipped({"Index/Document.iwa": "x"})
    assert refused(numbers) == ("file_workbook_format", "Numbers")
    writer = zipped({"mimetype": "application/vnd.oasis.opendocument.text"})
    assert refused(writer) == ("file_workbook_format", "OpenDocument")
    html = b"\xef\xbb\xbf \r\n<HTML><table><tr><td>reference"
    assert refused(html) == ("file_workbook_format", "HTML")
    assert refused(b"<?xml version='1.0'?><Workbook/>")[1] == "XML"


def test_old_and_locked() -> None:
    assert refused(OLE + b"\0" * 2048) == ("file_workbook_format", "XLS")
    directory = "EncryptedPackage".encode("utf-16-le")
    locked = OLE + b"\2\0\0\0" + b"\0" * 460 + b"\0" * 1024 + directory
    assert refused(locked) == ("file_workbook_password", "")
    flags = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := flags.find(mark, start + 1)) >= 0:
            flags[start + place] |= 1
    assert refused(bytes(flags)) == ("file_workbook_password", "")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize(
    "content",
    [
        "",
        "<a",
        "<a><b></a>",
        "\0\1\2",
        '<!DOCTYPE a [<!ENTITY e "eeee">]><a>&e;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>&undefined;</a>",
        "<a>" * 30_000,
    ],
)
def test_damaged_parts(part: str, content: str) -> None:
    assert refused(xlsx("", more={part: content}))[0] == "file_workbook_broken"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="5"/><row r="5"/>',
        '<row r="x"/>',
        '<row r="2"><c r="2"/></row>',
        '<row r="9"/><row r="3"/>',
    ],
)
def test_damaged_rows(rows: str) -> None:
    assert refused(xlsx(HEADER + rows + ROW))[0] == "file_workbook_broken"


def test_cut_off() -> None:
    for data in (GOOD[:-30], GOOD[: len(GOOD) // 2], GOOD[:40]):
        assert refused(data)[0] == "file_workbook_broken"
    start = GOOD.index(b"xl/worksheets/sheet1.xml") + 30
    spoilt = GOOD[:start] + b"\xff\xff\xff" + GOOD[start + 3 :]
    assert refused(spoilt)[0] == "file_workbook_broken"


def test_parts_that_are_missing() -> None:
    assert refused(zipped({"xl/other.xml": "x"}))[0] == "file_workbook_broken"
    ods_without = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})
    assert refused(ods_without)[0] == "file_workbook_broken"
    more = {"xl/_rels/workbook.xml.rels": "<Relationships/>"}
    assert refused(xlsx("", more=more))[0] == "file_workbook_broken"


def test_bomb() -> None:
    """70 MB of blanks in 70 kB: refused before a byte of it is unpacked."""
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        with zipfile.ZipFile(io.BytesIO(GOOD)) as good:
            for name in good.namelist():
                if "sheet1" not in name:
                    package.writestr(name, good.read(name))
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<a>")
            for _ in range(70):
                part.write(b" " * (1 << 20))
            part.write(b"</a>")
    assert len(buffer.getvalue()) < 200_000
    start = time.monotonic()
    assert refused(buffer.getvalue())[0] == "file_workbook_size"
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("packed", "said", "is_read"),
    [
        # 64 MB of any part, 250 times its packed size up to 512 MB, then 20 times
        (1_000, 60, True),
        (1_000, 70, False),
        (1_000_000, 200, True),
        (1_000_000, 300, False),
        (3_000_000, 500, True),
        (3_000_000, 600, False),
        (40_000_000, 700, True),
        (40_000_000, 900, False),
    ],
)
def test_what_a_part_may_have(packed: int, said: int, is_read: bool) -> None:
    """What it says it has is enough to refuse it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("xl/sharedStrings.xml", b"x" * packed)
    data = bytearray(buffer.getvalue())
    sizes = slice(*(data.rindex(b"PK\1\2") + place for place in (24, 28)))
    data[sizes] = (said << 20).to_bytes(4, "little")
    found = Package(opener(bytes(data)))
    if is_read:
        with found.part("xl/sharedStrings.xml") as part:
            assert part.read(1) == b"x"
        return
    with (
        pytest.raises(FileProblem) as caught,
        found.part("xl/sharedStrings.xml"),
    ):
        pass
    assert caught.value.problem.code == "file_workbook_size"


def test_a_row_too_long_costs_itself() -> None:
    texts = "".join(f"<c t='str'><v>{'x' * 30_000}</v></c>" for _ in range(150))
    first, long, last = opened(xlsx(f"{HEADER}{ROW}<row>{texts}</row>{ROW}")).rows()
    assert (first.problem, last.problem) == (None, None)
    assert long.problem and (long.problem.code, long.line) == ("row_too_long", 3)


def test_names_of_parts_without_case() -> None:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        for name in package.namelist():
            parts[name.upper().replace("/", "\\")] = package.read(name)
    assert lines(zipped(parts)) == {2: ("1",)}


def test_macros_are_no_matter() -> None:
    assert lines(xlsx(HEADER + ROW, more={"xl/vbaProject.bin": "x"})) == {2: ("1",)}


def test_without_styles_and_strings() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert lines(zipped(parts)) == {2: ("1",)}


def test_formatted_to_the_last_row() -> None:
    """200,000 rows of formats below the last one are read once, not each time."""
    formats = '<row r="%d" s="1"><c r="A%d" s="1"/></row>'
    empty = "".join(formats % (n, n) for n in range(3, 200_003))
    sheet = opened(xlsx(f'{HEADER}<row r="2"><c r="A2"><v>1</v></c></row>{empty}'))
    assert [row.line for row in sheet.rows()] == [2]
    start = time.monotonic()
    assert [row.line for row in sheet.rows()] == [2]
    assert time.monotonic() - start < 0.1


def test_a_large_sheet_is_opened_without_reading_it() -> None:
    """What is damaged further down is found where it stands."""
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(2, 5000))
    sheet = opened(xlsx(f"{HEADER}{rows}<c></row>"))
    assert sheet.header == ("reference",)
    with pytest.raises(FileProblem) as caught:
        list(sheet.rows())
    assert caught.value.problem.code == "file_workbook_broken"


@pytest.mark.parametrize(
    ("header", "options", "problems"),
    [
        ("name", CleanOptions(), [("cell_error", "name", "#N/A", False)]),
        ("name", CleanOptions(warn_cells=True), [("cell_error", "name", "#N/A", True)]),
        ("state", CleanOptions(), [("cell_error", "state", "#N/A", False)]),
        ("Colour", CleanOptions(), [("cell_error", "Colour", "#N/A", False)]),
        ("error", CleanOptions(), []),
    ],
)
def test_errors_are_problems_of_their_cells(
    header: str, options: CleanOptions, problems: list[tuple[str, str, str, bool]]
) -> None:
    titles = "".join(f"<c t='str'><v>{h}</v></c>" for h in ("reference", header))
    [row] = opened(
        xlsx(f"<row>{titles}</row><row><c><v>1</v></c><c t='e'><v>#N/A</v></c></row>")
    ).rows()
    found = clean(row, map_columns(("reference", header)), Lookups(), options)
    assert [(p.code, p.column, p.value, p.warning) for p in found.problems] == problems


def test_an_error_for_a_reference_rejects_the_row() -> None:
    error = "<row><c t='e'><v>#REF!</v></c></row>"
    [row] = opened(xlsx(HEADER + error)).rows()
    options = CleanOptions(warn_cells=True)
    found = clean(row, map_columns(("reference",)), Lookups(), options)
    [problem] = found.problems
    assert (problem.code, problem.column, problem.value) == (
        "cell_error",
        "reference",
        "#REF!",
    )
    assert found.refused


def xlsx_of(count: int) -> bytes:
    """So many rows of two texts, each text another one."""
    line = '<row><c t="s"><v>{}</v></c><c t="s"><v>{}</v></c></row>'
    rows = "".join(line.format(n * 2, n * 2 + 1) for n in range(count))
    strings = "".join(f"<si><t>the text number {n}</t></si>" for n in range(count * 2))
    return xlsx(rows, strings)


def ods_of_rows(count: int) -> bytes:
    return ods("".join(ods_row(f"the text number {n}") for n in range(count)))


@pytest.mark.parametrize("make", [xlsx_of, ods_of_rows])
def test_memory_is_flat(make: Callable[[int], bytes], tmp_path: Path) -> None:
    peaks = []
    for count in (2_000, 20_000):
        path = tmp_path / f"{count}"
        path.write_bytes(make(count))
        tracemalloc.start()
        sheet = read(decode(opener(path)))
        assert sum(1 for _ in sheet.rows()) == count - 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 1 << 20, peaks
