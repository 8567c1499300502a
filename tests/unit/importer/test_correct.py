"""Which rejected row each corrected row is."""

import pytest
from importer.files.decode import decode, opener
from importer.files.read import read
from importer.rows.columns import IGNORE, map_columns
from importer.rows.correct import Rejected, corrected, line_column, merge_rejects

REJECTED = Rejected({3: "A", 5: "B", 6: "B", 8: ""}, [2, 3, 4, 5, 6, 8])


def sheet_of(text):
    return read(decode(opener(text.encode())), ";")


def correct(text, rejected=REJECTED):
    sheet = sheet_of(text)
    ignored = {"line": IGNORE, "error": IGNORE}
    return corrected(sheet, map_columns(sheet.header, mapping=ignored), rejected)


def lines(text, rejected=REJECTED):
    return [(row.number, row.line) for row in correct(text, rejected).rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reference;line;error\nA;3;x\nnew;8;y\n", [(1, 3), (2, 8)]),
        # the order of the file is that of the rows
        ("line;reference\n5;B\n3;A\n", [(1, 5), (2, 3)]),
        # in already, or taken by the row above
        ("line;reference\n4;X\n3;A\n3;A\n", [(1, 3)]),
        # nobody has seen these before
        ("line;reference\n;N\n3;A\n99;M\nx;O\n", [(1, 9), (2, 3), (3, 10), (4, 11)]),
        # by reference, each rejected row once
        ("reference;name\nB;1\nB;2\nB;3\nA;4\n", [(1, 5), (2, 6), (3, 9), (4, 3)]),
        # the whole file again
        ("reference\nz\nA\ny\nB\nB\nC\n", [(1, 3), (2, 5), (3, 6), (4, 8)]),
    ],
)
def test_lines(text, expected):
    assert lines(text) == expected


def test_rows_start_again():
    sheet = correct("line;reference\n5;B\n;N\n")
    assert list(sheet.rows()) == list(sheet.rows())


def test_a_file_of_which_every_row_was_rejected_is_matched_by_reference():
    rejected = Rejected({2: "A", 3: "B"}, [2, 3])
    assert lines("reference\nB\nA\n", rejected) == [(1, 3), (2, 2)]


def test_a_problem_moves_with_its_row():
    [row] = correct("line;reference\n5;B;more\n").rows()
    assert (row.line, row.problem.line) == (5, 5)


def test_the_last_column_called_line_is_ours():
    assert line_column(("line", "reference", "Line", "error")) == 2
    assert line_column(("reference",)) is None


OLD = "reference;name;city;line;error\nA;a;Lyon;3;x\nB;b;Nice;5;y\nC;c;Pau;6;z;more\n"


def merge(text, left, done=99):
    old, new = sheet_of(OLD), correct(text)
    header, rows = merge_rejects(old, new, frozenset(left), done)
    return header, list(rows)


def test_what_is_still_rejected():
    header, rows = merge(
        "line;reference;name;city\n3;A;corrected;Lyon\n5;B;vain;\n", {5, 6}
    )
    assert header == ("reference", "name", "city")
    assert rows == [(("B", "vain", ""), 5), (("C", "c", "Pau", "more"), 6)]


def test_columns_that_went_and_came():
    header, rows = merge("phone;Name;line;reference\n1;vain;5;B\n", {3, 5})
    assert header == ("reference", "name", "city", "phone")
    assert rows == [(("A", "a", "Lyon", ""), 3), (("B", "vain", "", "1"), 5)]


def test_rows_that_were_not_reached_stay_as_they_were():
    _header, rows = merge("line;reference;name\n5;B;late\n", {3, 5}, done=0)
    assert rows == [(("A", "a", "Lyon"), 3), (("B", "b", "Nice"), 5)]


def test_new_rows_come_last():
    _header, rows = merge("line;reference;name\n;N;new\n", {3, 9})
    assert rows == [(("A", "a", "Lyon"), 3), (("N", "new", ""), 9)]
