"""Odd files: each CSV in the folder has what is expected of it beside it.

``TestImportFiles`` of the add-on takes the same files through Odoo. ``given`` is what
the user says of the file; ``import`` holds the counts, the problems, what becomes of
the columns, and what some of the clients hold then (``+label`` for additional data);
``said`` in it holds the warnings about the whole file, which only an import has.
"""

import json
from pathlib import Path
from typing import Any

import importer
import pytest
from importer.files.decode import decode, opener
from importer.files.read import Sheet, read
from importer.problems import FileProblem, Problem
from importer.rows.clean import clean
from importer.rows.columns import header_test, map_columns
from importer.rows.match import match, repeated
from importer.rows.plan import Ledger, plan
from importer.rows.report import report
from importer.types import CleanOptions, Lookups, Outcome, PlanOptions

FOLDER = Path(importer.__file__).parents[1] / "tests" / "fixtures" / "csv"
FILES = sorted(FOLDER.glob("*.csv"))
COUNTRIES = ("be", "belgium", "de", "france", "nederland")
LOOKUPS = Lookups(
    {"country": dict.fromkeys(COUNTRIES, (1,)), "business_unit": {}},
    creatable=frozenset({"category"}),
)
KINDS = ("created", "updated", "unchanged", "skipped", "rejected")


def test_the_folder_is_there() -> None:
    assert len(FILES) >= 100
    assert {p.stem for p in FILES} == {p.stem for p in FOLDER.glob("*.json")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    given = expected.pop("given", {})
    try:
        sheet = read(
            decode(opener(path), given.get("encoding", "")),
            given.get("delimiter", ""),
            header_test(mapping=given.get("mapping")),
        )
        assert_rows(sheet, expected)
        outcomes = walk(sheet, given)
    except FileProblem as refused:
        assert_refused(refused.problem, expected)
    else:
        assert_import(outcomes, sheet, given, expected["import"])


def assert_refused(problem: Problem, expected: dict[str, Any]) -> None:
    assert problem.code == expected["problem"]
    assert problem.line == expected.get("line", problem.line)
    assert problem.params == expected.get("params", problem.params)


def assert_rows(sheet: Sheet, expected: dict[str, Any]) -> None:
    rows = list(sheet.rows())
    found = {
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header": list(sheet.header),
        "rows": [
            {"line": row.line, "cells": list(row.cells)}
            | ({"problem": row.problem.code} if row.problem else {})
            for row in rows
        ],
        "blank": [row.blank_before for row in rows],
    }
    assert {key: value for key, value in found.items() if key in expected} == {
        key: value for key, value in expected.items() if key in found
    }
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert list(sheet.rows()) == rows, "a sheet can be read again"


def walk(sheet: Sheet, given: dict[str, Any]) -> list[Outcome]:
    """Take the rows through the other rooms, into an empty database."""
    columns = map_columns(sheet.header, mapping=given.get("mapping"))
    options = CleanOptions(
        given.get("clear_empty", False), given.get("warn_cells", False)
    )
    rows = [clean(row, columns, LOOKUPS, options) for row in sheet.rows()]
    ledger = Ledger(repeated(row.reference for row in rows))
    mode = PlanOptions(given.get("mode", "create_update"))
    outcomes = []
    for row in rows:
        outcomes.append(plan(match(row, {}), mode, ledger))
        ledger.remember(outcomes[-1], virtual=True)
    return outcomes


def assert_import(
    outcomes: list[Outcome],
    sheet: Sheet,
    given: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    counted = report(outcomes)
    assert [getattr(counted, kind) for kind in KINDS] == expected["counts"]
    problems = [[problem.line, problem.code] for problem in counted.problems]
    assert problems == expected.get("problems", [])
    columns = map_columns(sheet.header, mapping=given.get("mapping"))
    roles = [f"{target.role}:{target.key}" for target in columns.targets]
    assert roles == expected.get("columns", roles)
    held: dict[str, dict[str, Any]] = {}
    for outcome in outcomes:
        client = held.setdefault(outcome.row.reference, {})
        client.update({key: new for key, (_old, new) in outcome.changes.items()})
        labels = outcome.additional.items()
        client.update({f"+{label}": new for label, (_old, new) in labels})
    for reference, values in expected.get("clients", {}).items():
        client = held[reference]
        found = {key: client.get(key, "") for key in values}
        assert found == values
