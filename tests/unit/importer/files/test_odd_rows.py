"""Rows cut in other places than CSV has them: read, rejected, never shifted."""

from collections.abc import Callable

import pytest
from importer.files.decode import decode, opener
from importer.files.odd_row import read_spaced
from importer.files.read import Sheet, read
from importer.problems import FileProblem
from importer.rows.columns import header_test

Make = Callable[..., Sheet]
HEAD = "reference,name,city,phone\n"


def rows(text: str) -> list[tuple[tuple[str, ...], str, int]]:
    """Cells, problem and added cells of each row."""
    sheet = read(decode(opener(text.encode())), "", header_test())
    return [
        (r.cells, r.problem.code if r.problem else "", r.missing) for r in sheet.rows()
    ]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('Q1, "Dupont, Jean", Lyon,', ("Q1", "Dupont, Jean", " Lyon", "")),
        ('Q1, "Dupont, Jean" , Lyon ,04', ("Q1", "Dupont, Jean", " Lyon ", "04")),
        ('"Q1" ,"Dupont, Jean","Lyon", "04"', ("Q1", "Dupont, Jean", "Lyon", "04")),
        ('Q1,\t"Le ""Coq"", bar", "", 1', ("Q1", 'Le "Coq", bar', "", " 1")),
        ('Q1, "Rue A\nbus 2", "Lyon", 1', ("Q1", "Rue A\nbus 2", "Lyon", " 1")),
        # a quote inside a text is part of it
        ('Q1, le "Coq" d\'or,Lyon,1', ("Q1", ' le "Coq" d\'or', "Lyon", "1")),
        ('Q1, "Coq" d\'or,Lyon,1', ("Q1", ' "Coq" d\'or', "Lyon", "1")),
        ('Q1,5" pipe,3" pipe,1', ("Q1", '5" pipe', '3" pipe', "1")),
    ],
)
def test_spaces_beside_quotes(line: str, cells: tuple[str, ...]) -> None:
    assert rows(f"{HEAD}{line}\n") == [(cells, "", 0)]
    assert rows(f"{HEAD}{line}\nQ2,B,C,D\n")[1] == (("Q2", "B", "C", "D"), "", 0)


def test_a_row_in_spaced_quotes_that_is_short() -> None:
    assert rows(f'{HEAD}Q1, "Dupont, Jean", Lyon\n') == [
        (("Q1", "Dupont, Jean", " Lyon", ""), "", 1)
    ]


@pytest.mark.parametrize(
    "line",
    [
        'Q1,M. "Dupont, Jean",Lyon',
        'Q1, chez "Au Bon, Coin" ,Lyon',
        'Q1,"Dupont, Jean,Lyon,1',
        "Q1,A,B,C,D",
    ],
)
def test_a_row_that_is_surely_cut_is_rejected(line: str) -> None:
    found = rows(f"{HEAD}{line}\nQ2,B,C,D\n")
    assert found[0][1] in ("row_cut", "row_quote", "row_extra_cells")
    assert found[-1] == (("Q2", "B", "C", "D"), "", 0)


def test_a_row_split_by_a_line_break_is_rejected() -> None:
    found = rows(f"{HEAD}Q1,Dupont\nJean,Lyon,04\nQ2,B,C,D\nQ3,Du\npo\nnt,C,D\n")
    assert [(row[0][0], row[1]) for row in found] == [
        ("Q1", "row_cut"),
        ("Jean", "row_cut"),
        ("Q2", ""),
        ("Q3", "row_cut"),
        ("po", "row_cut"),
        ("nt", "row_cut"),
    ]


def test_short_rows_of_a_program_that_drops_empty_cells() -> None:
    found = rows(f"{HEAD}Q1,A\nQ2,B,C\nQ3,D\nQ4\nQ5,E,F,G\nQ6,A,B\nQ7,A")
    assert [(row[0][0], row[1], row[2]) for row in found] == [
        ("Q1", "", 2),
        ("Q2", "", 1),
        ("Q3", "", 2),
        ("Q4", "", 3),
        ("Q5", "", 0),
        ("Q6", "", 1),
        ("Q7", "", 2),
    ]


def test_short_rows_around_empty_lines_stay_in_order() -> None:
    found = rows(f"{HEAD}Q1,A\n\nB,C,D\nQ2,B\nB,A\n\nQ3,D,E,F\n")
    assert [row[0][0] for row in found] == ["Q1", "B", "Q2", "B", "Q3"]
    assert not any(row[1] for row in found)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_whole_lines_in_quotes(delimiter: str, mark: str) -> None:
    text = (
        '"reference,name,city"\n"K1,Boulangerie,Lille"\n"K2,""Dupont, Jean"",Lens"\n'
        'K3,Plain,Arras\n"K4,Short"\n'
    ).replace(",", delimiter)
    found = rows(mark + text)
    assert [row[0] for row in found] == [
        ("K1", "Boulangerie", "Lille"),
        ("K2", f"Dupont{delimiter} Jean", "Lens"),
        ("K3", "Plain", "Arras"),
        ("K4", "Short", ""),
    ]
    assert not any(row[1] for row in found)


def test_some_lines_in_quotes() -> None:
    found = rows(
        'reference,name,city\n"K1,Boulangerie,Lille"\nK2,B,Lens\n"K3,""A"",X"\n'
    )
    assert [row[0] for row in found] == [
        ("K1", "Boulangerie", "Lille"),
        ("K2", "B", "Lens"),
        ("K3", "A", "X"),
    ]


def test_a_separator_in_the_only_column_is_no_line_in_quotes(sheet: Make) -> None:
    assert [r.cells for r in sheet('reference\n"a;b"\nc\n').rows()] == [
        ("a;b",),
        ("c",),
    ]


@pytest.mark.parametrize(
    "header",
    ["reference;name", '"reference";"name"', "Reference;NAME ", '"Reference";name'],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_header_of_a_second_file(header: str, mark: str) -> None:
    found = rows(f'\ufeff"reference";"name"\n"B1";"Un"\n{mark}{header}\nB2;Deux\n')
    assert [row[1] for row in found] == ["", "row_header", ""]


@pytest.mark.parametrize("quote", ["", '"'])
def test_the_header_of_a_second_file_in_another_order(quote: str) -> None:
    other = f"{quote}name{quote};{quote}reference{quote}"
    with pytest.raises(FileProblem) as refused:
        rows(f"reference;name\nB1;Un\n{other}\nDeux;B2\n")
    assert refused.value.problem.code == "header_order"
    assert refused.value.problem.line == 3


def test_a_client_named_like_a_column_is_no_header() -> None:
    found = rows("reference;name\nname;Name\nreference;Other\n")
    assert [row[1] for row in found] == ["", ""]


def test_quotes_without_end_take_linear_time() -> None:
    assert read_spaced('"' * 60_001, ",") is None
    assert read_spaced(' "a' * 20_000, ",") is None
    found = rows(HEAD + ' "a\n' * 3000)
    assert len(found) == 3000
