"""A column of a bridge that checks its own text."""

from dataclasses import replace

from importer.rows.clean import clean
from importer.rows.columns import STANDARD, map_columns
from importer.types import CleanOptions, CleanRow, Lookups, Row


def shout(text: str) -> str:
    if not text.isalpha():
        raise ValueError("cell.shout")
    return text.upper()


def read(cell: str, warn_cells: bool = False) -> CleanRow:
    city = next(column for column in STANDARD if column.key == "city")
    others = tuple(column for column in STANDARD if column.key != "city")
    columns = map_columns(("reference", "city"), (*others, replace(city, reader=shout)))
    row = Row(2, 1, ("1", cell))
    return clean(row, columns, Lookups({}, {}), CleanOptions(warn_cells=warn_cells))


def test_it_says_what_is_kept() -> None:
    assert read(" Namur ").values == {"city": "NAMUR"}


def test_it_refuses_with_a_code_of_its_own() -> None:
    (problem,) = read("5000").problems
    assert (problem.code, problem.layer, problem.line) == ("cell.shout", "cell", 2)
    assert (problem.column, problem.value) == ("city", "5000")


def test_a_refusal_may_be_a_warning() -> None:
    assert [p.warning for p in read("5000", warn_cells=True).problems] == [True]


def test_an_empty_cell_and_the_clearing_mark_are_not_read() -> None:
    assert read("").values == {}
    assert read("=").values == {"city": ""}
