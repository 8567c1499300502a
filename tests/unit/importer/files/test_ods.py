"""ODS: every kind of cell becomes the text that its user sees."""

import time

import pytest
from importer.files.sheet_row import SheetRow
from importer.problems import FileProblem
from importer.types import Row
from make_workbook import lines, ods, ods_of, ods_row, opened

HEADER = ods_row("reference", "name")


def cell(attributes: str, content: str = "") -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def one(content: str) -> Row:
    """The row of one cell, beside another, below a header."""
    return next(opened(ods(HEADER + row(content) + ods_row("x", "y"))).rows())


@pytest.mark.parametrize(
    ("attributes", "shown", "text"),
    [
        ('office:value-type="float" office:value="42"', "42", "42"),
        ('office:value-type="float" office:value="1250.5"', "1 250,50", "1250.5"),
        ('office:value-type="float" office:value="1250"', "1 250", "1250"),
        ('office:value-type="float" office:value="42"', "00042", "00042"),
        ('office:value-type="float" office:value="612345678"', "06 12 34", "612345678"),
        (
            'office:value-type="float" office:value="612345678"',
            "06 12 34 56 78",
            "06 12 34 56 78",
        ),
        ('office:value-type="float" office:value="33612"', "+33612", "+33612"),
        ('office:value-type="float" office:value="1234"', "12-34", "12-34"),
        ('office:value-type="float" office:value="0"', "0", "0"),
        ('office:value-type="float" office:value="1.5E+16"', "x", "15000000000000000"),
        ('office:value-type="float" office:value=""', "seen", "seen"),
        ('office:value-type="percentage" office:value="0.155"', "15,5 %", "0.155"),
        ('office:value-type="currency" office:value="12"', "12,00 €", "12"),
        (
            'office:value-type="date" office:date-value="2024-01-05"',
            "05/01/24",
            "2024-01-05",
        ),
        (
            'office:value-type="date" office:date-value="2024-01-05T14:30:00"',
            "x",
            "2024-01-05 14:30:00",
        ),
        (
            'office:value-type="date" office:date-value="2024-01-05T00:00:00"',
            "x",
            "2024-01-05",
        ),
        ('office:value-type="time" office:time-value="PT26H30M00S"', "x", "26:30"),
        ('office:value-type="time" office:time-value="PT08H30M05S"', "x", "08:30:05"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR", "1"),
        ('office:value-type="boolean" office:boolean-value="false"', "FAUX", "0"),
        ('office:value-type="string"', "00123", "00123"),
        ('office:value-type="string" office:string-value="kept"', "", "kept"),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"', "", "2"),
    ],
)
def test_cell(attributes: str, shown: str, text: str) -> None:
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    found = one(cell(attributes, paragraph))
    assert (found.cells[0], found.faults, found.problem) == (text, (), None)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
        ("<text:p>a<text:line-break/>b<text:tab/>c</text:p>", "a\nb\tc"),
        ('<text:p>a<text:s text:c="3"/>b<text:s/>c</text:p>', "a   b c"),
        ("<text:p>  a \n\t b  </text:p>", "a b"),
        ("<text:p>a <text:span>b<text:a>c</text:a></text:span></text:p>", "a bc"),
        (
            "<office:annotation><text:p>remark</text:p></office:annotation>"
            "<text:p>text</text:p>",
            "text",
        ),
        ("<drawing:frame><text:p>box</text:p></drawing:frame><text:p>t</text:p>", "t"),
        (
            "<text:p>t</text:p><table:table><table:table-row><table:table-cell>"
            "<text:p>inner</text:p></table:table-cell></table:table-row></table:table>",
            "t",
        ),
        ("<text:p>&lt;b&gt; &amp; é</text:p>", "<b> & é"),
        ('<text:p><text:s text:c="99999999999"/>a</text:p>', " " * 32767 + "a"),
    ],
)
def test_text(content: str, text: str) -> None:
    assert one(cell('office:value-type="string"', content)).cells[0] == text


@pytest.mark.parametrize(
    ("attributes", "shown", "code"),
    [
        ('table:formula="of:=NA()" calcext:value-type="error"', "#N/A", "cell_error"),
        ('table:formula="x" office:value-type="float"', "#REF!", "cell_error"),
        ('table:formula="x" office:value-type="float"', "#DIV/0!", "cell_error"),
        ('table:formula="x" office:value-type="string"', "Err:502", "cell_error"),
        ('table:formula="x"', "", "cell_formula"),
    ],
)
def test_cell_without_a_value(attributes: str, shown: str, code: str) -> None:
    found = one(cell(attributes, f"<text:p>{shown}</text:p>" if shown else ""))
    assert (found.cells[0], found.faults) == (shown, ((0, code),))


def test_a_text_that_looks_like_an_error_is_a_text() -> None:
    found = one(cell('office:value-type="string"', "<text:p>#N/A</text:p>"))
    assert (found.cells[0], found.faults) == ("#N/A", ())


def test_repeated_cells_and_rows() -> None:
    twice = 'table:number-columns-repeated="2" office:value-type="string"'
    rows = (
        row(cell(twice.replace("2", "1"), "<text:p>reference</text:p>"), ods_cell("b"))
        + row(cell(twice, "<text:p>x</text:p>"))
        + '<table:table-row table:number-rows-repeated="3"/>'
        + ods_row("y", attributes='table:number-rows-repeated="2"')
        + ods_row("z")
    )
    found = list(opened(ods(rows)).rows())
    assert [(r.line, r.cells, r.blank_before) for r in found] == [
        (2, ("x", "x"), 0),
        (6, ("y", ""), 3),
        (7, ("y", ""), 0),
        (8, ("z", ""), 0),
    ]


def ods_cell(text: str) -> str:
    return cell('office:value-type="string"', f"<text:p>{text}</text:p>")


def test_repeated_to_the_end_of_the_sheet_costs_nothing() -> None:
    empty = cell('table:number-columns-repeated="16384"')
    many = 'table:number-rows-repeated="1048574"'
    rows = f"{HEADER}{ods_row('1', 'A')}<table:table-row {many}>{empty}"
    start = time.monotonic()
    assert lines(ods(f"{rows}</table:table-row>")) == {2: ("1", "A")}
    assert time.monotonic() - start < 1


def test_a_row_repeated_without_end_ends_where_sheets_do() -> None:
    found = SheetRow()
    found.begin(1_048_570)
    found.add("1")
    found.end(99_999_999_999)
    assert [r.line for r in found.take()] == list(range(1_048_570, 1_048_577))


def test_a_cell_repeated_without_end_ends_where_sheets_do() -> None:
    endless = 'office:value-type="string" table:number-columns-repeated="99999999999"'
    [found] = opened(ods(HEADER + row(cell(endless, "<text:p>a</text:p>")))).rows()
    assert len(found.cells) == 16_384
    assert found.problem and found.problem.code == "row_extra_cells"


def test_under_a_merged_cell_nothing_is_seen() -> None:
    covered = "<table:covered-table-cell><text:p>under</text:p>"
    rows = row(ods_cell("1"), f"{covered}</table:covered-table-cell>", ods_cell("c"))
    found = lines(ods(ods_row("reference", "b", "c") + rows))
    assert found == {2: ("1", "", "c")}


def test_rows_in_groups_and_of_the_print_header() -> None:
    rows = (
        f"<table:table-header-rows>{HEADER}</table:table-header-rows>"
        f"<table:table-row-group>{ods_row('1', 'A')}</table:table-row-group>"
    )
    assert lines(ods(rows)) == {2: ("1", "A")}


def table(name: str, rows: str, style: str = "shown") -> str:
    names = f'table:name="{name}" table:style-name="{style}"'
    return f"<table:table {names}>{rows}</table:table>"


def test_the_first_table_with_content_is_read() -> None:
    hidden = (
        '<style:style style:name="gone" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    tables = (
        table("Lists", ods_row("secret"), "gone")
        + table("Empty", "<table:table-row><table:table-cell/></table:table-row>")
        + table("Clients", HEADER + ods_row("1", "A"))
        + table("Notes", ods_row("note"))
    )
    found = opened(ods_of(tables, hidden))
    assert (found.name, found.others) == ("Clients", ("Notes", "Lists"))
    assert [r.cells for r in found.rows()] == [("1", "A")]


def test_with_a_password() -> None:
    manifest = '<m:manifest xmlns:m="u"><m:file-entry><m:encryption-data/>'
    with pytest.raises(FileProblem) as refused:
        opened(ods(HEADER, manifest=f"{manifest}</m:file-entry></m:manifest>"))
    assert refused.value.problem.code == "file_workbook_password"
