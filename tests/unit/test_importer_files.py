"""Odd files: each CSV in the folder has what is expected of it beside it."""

import json
from pathlib import Path

import pytest
from importer.decode import decode, opener
from importer.problems import FileProblem
from importer.read import read

FOLDER = Path(__file__).parents[1] / "fixtures" / "csv"
FILES = sorted(FOLDER.glob("*.csv"))


def test_the_folder_is_there() -> None:
    assert len(FILES) >= 25


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    given = expected.pop("given", {})
    try:
        sheet = read(
            decode(opener(path), given.get("encoding", "")), given.get("delimiter", "")
        )
    except FileProblem as refused:
        assert refused.problem.code == expected["problem"]
        assert refused.problem.line == expected.get("line", refused.problem.line)
        if "params" in expected:
            assert refused.problem.params == expected["params"]
        return
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
    }
    if "blank" in expected:
        found["blank"] = [row.blank_before for row in rows]
    assert found == expected
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert list(sheet.rows()) == rows, "a sheet can be read again"
