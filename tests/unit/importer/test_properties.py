"""What must hold for any text at all."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from importer.files.decode import decode, opener
from importer.files.read import read
from importer.problems import FileProblem
from importer.rows.clean import CLEAR, clean, text_of
from importer.rows.columns import map_columns
from importer.rows.match import match, repeated
from importer.rows.plan import Ledger, plan
from importer.rows.report import report
from importer.text.fold import as_cell, fold, one_line, trim
from importer.types import MODES, Candidate, CleanOptions, Lookups, PlanOptions
from importer.writers.write_csv import guard, unguard, write_csv, write_rejects

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)
FULL_WIDTH = "\uff1d\uff0b\uff0d\uff20"
NASTY = st.text(FULL_WIDTH + "'=+-@\t\r;,\"a1 \n\u00a0\ufeff", max_size=8)
CELL = st.one_of(TEXT, NASTY)
KNOWN = {"1": (Candidate(1, "One", values={"name": "x"}),)}
TWINS = {"a": (Candidate(2, "Two"), Candidate(3, "Three"))}


@given(CELL)
def test_a_stored_text_comes_back_whatever_is_around_it(text: str) -> None:
    assert text_of(guard(text)) == as_cell(text)
    assert text_of(guard(text), guarded=True) != CLEAR, "no stored text clears"


PHONE = st.text("+1 ()-.a\u00a0_\0", max_size=6)


@given(st.lists(st.tuples(CELL | PHONE, PHONE), max_size=4))
def test_the_cells_of_many_rows_are_guarded_as_each_of_them(rows) -> None:
    guarded = [[guard(cell) for cell in row] for row in rows]
    assert list(write_csv(rows)) == list(write_csv(guarded, guarded=False))


@given(CELL)
def test_guarded_text_is_no_formula(text: str) -> None:
    written = guard(text)
    assert not written.startswith(("\t", "\r"))
    written = trim(written)
    assert not written.startswith(("=", "-", "@", *FULL_WIDTH))
    if written.startswith("+"):
        assert not any(map(str.isalpha, written))
        assert "=" not in written


@given(CELL)
def test_a_text_on_one_line_keeps_its_words(text: str) -> None:
    line = one_line(text)
    assert line.split(" ") == text.split() or not line
    assert fold(line) == fold(text)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1), st.sampled_from(";,\t|"))
@settings(max_examples=200)
def test_what_is_written_is_read_again(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    rows = [("end", *row[1:]) if not any(map(trim, row)) else row for row in rows]
    header = ("reference", "name", "city")
    data = b"".join(write_csv([header, *rows], delimiter))
    sheet = read(decode(opener(data)), delimiter)
    assert sheet.header == header
    found = [row.cells for row in sheet.rows()]
    assert [tuple(map(text_of, cells)) for cells in found] == [
        tuple(map(as_cell, row)) for row in rows
    ]


@given(CELL.map(text_of))
def test_a_trimmed_cell_comes_back(text: str) -> None:
    assert text_of(guard(text)) == text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "1", "2", "a", "="]),
            CELL,
            st.sampled_from(["", "1", "perhaps"]),
        ),
        min_size=1,
    ),
    st.sampled_from(MODES),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=300)
def test_counts_add_up(
    rows: list[tuple[str, str, str]], mode: str, clear: bool, warn: bool
) -> None:
    data = b"".join(write_csv([("reference", "name", "active"), *rows], guarded=False))
    try:
        sheet = read(decode(opener(data)), ";")
    except FileProblem as refused:
        assert refused.problem.code == "file_no_rows"
        return
    columns = map_columns(sheet.header)
    options = CleanOptions(clear_empty=clear, warn_cells=warn)
    cleaned = [clean(row, columns, Lookups(), options) for row in sheet.rows()]
    ledger = Ledger(repeated(row.reference for row in cleaned))
    outcomes = []
    for row in cleaned:
        found = match(row, KNOWN | TWINS)
        outcomes.append(plan(found, PlanOptions(mode), ledger))
        ledger.remember(outcomes[-1], virtual=True)
    counted = report(outcomes)
    assert counted.rows == len(cleaned)
    assert counted.rejected <= len(counted.problems)


@example([("", "\t'\t0")], ";")
@given(st.lists(st.tuples(CELL, CELL), min_size=1), st.sampled_from(";,\t|"))
def test_rejected_rows_come_back_as_they_came(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    rows = [row if any(map(str.strip, row)) else ("end", row[1]) for row in rows]
    refused = [(cells, number, "=no") for number, cells in enumerate(rows)]
    data = b"".join(write_rejects(("reference", "x"), refused, delimiter=delimiter))
    sheet = read(decode(opener(data)), delimiter)
    for row, came in zip(sheet.rows(), rows, strict=True):
        for back, cell in zip(row.cells, came, strict=False):
            assert text_of(back) == text_of(cell)
            clears = [text_of(text, guarded=True) == CLEAR for text in (back, cell)]
            assert clears[0] == clears[1]
            is_guarded = as_cell(back) == guard(text_of(cell))
            assert back == cell or is_guarded or all(clears)
            assert clears[0] or not trim(back).startswith(("=", "-", "@", *FULL_WIDTH))
    assert [row.cells[2:] for row in sheet.rows()] == [
        (str(number), "'=no") for number in range(len(rows))
    ]
    roles = [target.role for target in map_columns(sheet.header).targets]
    assert roles == ["standard", "additional", "ignored", "ignored"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("+33(0)6.12-34", "+33(0)6.12-34"),
        ("+1+2", "'+1+2"),
        ("+cmd", "'+cmd"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" = ", "'="),
        (" '=x ", "''=x"),
        ("\n-5", "'-5"),
        ("'\tx", "''\tx"),
        ("\uff1d1+1", "'\uff1d1+1"),
        (" \uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20x", "'\uff20x"),
        ("'\uff20x", "''\uff20x"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'=x", "''=x"),
        ("''", "'''"),
        ("'", "'"),
        ("", ""),
        ("plain", "plain"),
    ],
)
def test_guard(text: str, written: str) -> None:
    assert guard(text) == written
    assert unguard(written) == text.strip(" \n")


def test_formulas_of_rejected_rows_are_guarded() -> None:
    rows = [(('=HYPERLINK("x")', " +1+1", "=", "+32 2 123", " A "), 2, "why")]
    data = b"".join(write_rejects(("reference", "=a", "b", "c", "d"), rows))
    assert data.decode("utf-8-sig").splitlines() == [
        "reference;'=a;b;c;d;line;error",
        '"\'=HYPERLINK(""x"")";\'+1+1;=;+32 2 123; A ;2;why',
    ]


def test_rejects_of_rejects_do_not_pile_up() -> None:
    rows = [(("1", "A", "9", "old", "B"), 2, "new")]
    header = ("reference", "name", "line", "error", "city")
    data = b"".join(write_rejects(header, rows, skip=(2, 3), encoding="utf-8"))
    assert data.decode("utf-8-sig") == (
        "reference;name;city;line;error\r\n1;A;B;2;new\r\n"
    )


def test_rejects_in_the_encoding_of_the_file() -> None:
    rows = [(("1", "Zoë"), 2, "l\u2019œuvre \u2192")]
    data = b"".join(write_rejects(("reference", "name"), rows, encoding="cp1252"))
    assert data.decode("cp1252").endswith("1;Zoë;2;l\u2019œuvre ?\r\n")
