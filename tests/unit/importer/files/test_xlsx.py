"""XLSX: every kind of cell becomes the text that its user sees."""

import datetime
import io

import openpyxl
import pytest
from importer.problems import FileProblem
from importer.types import Row
from make_workbook import (
    HEADER,
    MAIN,
    OFFICE,
    lines,
    opened,
    relations,
    worksheet,
    xlsx,
)


def one(cell: str, **more: object) -> Row:
    """The row of one cell below the header ``reference``."""
    data = xlsx(f'{HEADER}<row r="2">{cell}</row>', **more)  # type: ignore[arg-type]
    [row] = opened(data).rows()
    return row


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A2"><v>42</v></c>', "42"),
        ('<c r="A2" t="n"><v>42.0</v></c>', "42"),
        ('<c r="A2"><v>0.1</v></c>', "0.1"),
        ('<c r="A2"><v>0.30000000000000004</v></c>', "0.30000000000000004"),
        ('<c r="A2"><v>3.3999999999999999</v></c>', "3.4"),
        ('<c r="A2"><v>1.2345678901234567E+19</v></c>', "12345678901234567000"),
        ('<c r="A2"><v>12345678901234567890</v></c>', "12345678901234567890"),
        ('<c r="A2"><v>1E-3</v></c>', "0.001"),
        ('<c r="A2"><v>-0.0</v></c>', "0"),
        ('<c r="A2"><v>odd</v></c>', "odd"),
        ('<c r="A2" t="b"><v>1</v></c>', "1"),
        ('<c r="A2" t="b"><v>false</v></c>', "0"),
        ('<c r="A2" t="d"><v>2024-02-29T00:00:00</v></c>', "2024-02-29"),
        ('<c r="A2" t="d"><v>2024-02-29T08:30:00</v></c>', "2024-02-29 08:30:00"),
        ('<c r="A2" t="str"><f>A1</f><v>00123</v></c>', "00123"),
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A2" t="inlineStr"><is><t>007</t></is></c>', "007"),
        ('<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        ('<c r="A2" t="inlineStr"><is><t>a&#10;b</t></is></c>', "a\nb"),
        ('<c r="A2" t="inlineStr"><is><t>a_x000D_b_x0041_</t></is></c>', "a\rbA"),
        ('<c r="A2" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>', "_x0041_"),
        ('<c r="A2" t="inlineStr"><is><t>_xD83D__xDE00_</t></is></c>', "\U0001f600"),
        (
            '<c r="A2" t="inlineStr"><is><r><t>rich </t></r><r><rPr><b/></rPr>'
            "<t>text</t></r></is></c>",
            "rich text",
        ),
        ('<c r="A2" t="inlineStr"><is><t>&lt;b&gt; &amp;</t></is></c>', "<b> &"),
        ('<c t="inlineStr"><is><t>no place</t></is></c>', "no place"),
    ],
)
def test_cell(cell: str, text: str) -> None:
    row = one(cell)
    assert (row.cells, row.faults, row.problem) == ((text,), (), None)


def test_shared_strings_without_reading_aids() -> None:
    strings = (
        "<si><t>plain</t></si>"
        "<si><r><t>two </t></r><r><t>runs</t></r></si>"
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>'
    )
    rows = "".join(f'<row r="{n + 2}"><c t="s"><v>{n}</v></c></row>' for n in range(3))
    found = lines(xlsx(HEADER + rows, strings))
    assert [cells[0] for cells in found.values()] == ["plain", "two runs", "東京"]


@pytest.mark.parametrize("number", ["3", "-1", "x", "99999999999"])
def test_a_text_that_is_not_there(number: str) -> None:
    with pytest.raises(FileProblem) as refused:
        one(f'<c t="s"><v>{number}</v></c>', strings="<si><t>a</t></si>")
    assert refused.value.problem.code == "file_workbook_broken"


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ('<c t="e"><v>#N/A</v></c>', "#N/A", "cell_error"),
        ('<c t="e"><f>B1</f><v>#REF!</v></c>', "#REF!", "cell_error"),
        ("<c><f>SUM(B1:B9)</f><v></v></c>", "", "cell_formula"),
        ("<c><f>SUM(B1:B9)</f></c>", "", "cell_formula"),
    ],
)
def test_cell_without_a_value(cell: str, text: str, code: str) -> None:
    rows = f"{HEADER}<row><c><v>7</v></c></row><row>{cell}<c><v>5</v></c></row>"
    [_seven, row] = opened(xlsx(rows)).rows()
    assert (row.cells[0], row.faults) == (text, ((0, code),))


def test_formula_that_results_in_no_text() -> None:
    row = one('<c t="str"><f>IF(1,"")</f><v></v></c><c><v>5</v></c>')
    assert (row.cells, row.faults) == (("", "5"), ())


def test_date_of_1904() -> None:
    row = one(
        '<c s="0"><v>0</v></c>',
        styles=[14],
        settings='<workbookPr date1904="1"/>',
    )
    assert row.cells == ("1904-01-01",)


def test_written_by_openpyxl() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["reference", "name", "since", "met", "flag", "zip", "share"])
    day, moment = datetime.date(2024, 1, 5), datetime.datetime(2024, 1, 5, 14, 30)
    sheet.append(["00123", 'Anne "A"\nB', day, moment, True, 1000, 0.155])
    sheet["F2"].number_format = "00000"
    sheet["G2"].number_format = "0.0%"
    sheet.merge_cells("A3:B3")
    sheet["A3"] = "merged"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    found = opened(saved(book))
    assert found.name == "Sheet"
    assert [row.cells for row in found.rows()] == [
        (
            "00123",
            'Anne "A"\nB',
            "2024-01-05",
            "2024-01-05 14:30:00",
            "1",
            "01000",
            "0.155",
        ),
        ("merged", "", "", "", "", "", ""),
    ]


def test_lines_are_those_of_the_spreadsheet() -> None:
    rows = (
        HEADER.replace('r="1"', 'r="3"', 1).replace("A1", "A3")
        + '<row r="4"/><row r="7"><c r="A7" s="1"/></row>'
        '<row r="9"><c r="A9"><v>1</v></c></row><row><c><v>2</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    found = list(opened(xlsx(rows, styles=[0, 0])).rows())
    assert [(row.line, row.number, row.blank_before) for row in found] == [
        (9, 1, 5),
        (10, 2, 0),
    ]


def test_columns_are_those_of_the_spreadsheet() -> None:
    row = (
        '<row r="1"><c r="A1" t="str"><v>reference</v></c>'
        '<c r="AB1" t="str"><v>far</v></c><c r="AC1" s="3"/></row>'
        '<row r="2"><c r="AB2"><v>2</v></c></row>'
        '<row r="3"><c r="AC3"><v>3</v></c></row>'
    )
    found = opened(xlsx(row))
    assert (len(found.header), found.header[27]) == (28, "far")
    near, wide = found.rows()
    assert near.cells[27] == "2"
    assert wide.problem and wide.problem.code == "row_extra_cells"
    assert wide.problem.value == "3"


def test_another_prefix_and_the_strict_namespace() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    rows = (
        '<x:row><x:c t="str"><x:v>reference</x:v></x:c></x:row>'
        "<x:row><x:c><x:v>5</x:v></x:c></x:row>"
    )
    part = f'<x:worksheet xmlns:x="{strict}"><x:sheetData>{rows}</x:sheetData>'
    data = xlsx("", more={"xl/worksheets/sheet1.xml": f"{part}</x:worksheet>"})
    assert lines(data) == {2: ("5",)}


def tabs(*states: str, filled: tuple[int, ...]) -> bytes:
    """A workbook of so many sheets, those of ``filled`` with a row."""
    names = [f"worksheet{number}" for number in range(len(states))]
    sheets = "".join(
        f'<sheet name="T{n}" sheetId="{n + 1}" state="{state}" r:id="worksheet{n}"/>'
        for n, state in enumerate(states)
    )
    kinds = relations({name: f"worksheets/{name}.xml" for name in names})
    rows = HEADER + "<row><c><v>%s</v></c></row>"
    return xlsx(
        "",
        more={
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
            f"<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": kinds,
            **{
                f"xl/worksheets/{name}.xml": worksheet(rows % n if n in filled else "")
                for n, name in enumerate(names)
            },
        },
    )


@pytest.mark.parametrize(
    ("states", "filled", "name", "others"),
    [
        (("visible", "visible"), (0, 1), "T0", ("T1",)),
        (("visible", "visible", "visible"), (1,), "T1", ()),
        (("hidden", "visible"), (0, 1), "T1", ("T0",)),
        (("veryHidden", "visible"), (0,), "T0", ()),
    ],
)
def test_the_first_sheet_with_content_is_read(
    states: tuple[str, ...], filled: tuple[int, ...], name: str, others: tuple[str, ...]
) -> None:
    found = opened(tabs(*states, filled=filled))
    assert (found.name, found.others) == (name, others)
    assert [row.cells for row in found.rows()] == [(name[1:],)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [("", "file_empty"), (HEADER, "file_no_rows"), ("<row><c/></row>", "file_empty")],
)
def test_nothing_in_it(rows: str, code: str) -> None:
    with pytest.raises(FileProblem) as refused:
        opened(xlsx(rows))
    assert refused.value.problem.code == code
