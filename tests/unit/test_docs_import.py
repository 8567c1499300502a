"""``docs/import.md`` names what the import understands and what it says."""

import ast
import re
from pathlib import Path

from importer.files.decode import decode, opener
from importer.files.read import read
from importer.rows.columns import STANDARD, map_columns, sketch_columns
from importer.types import MODES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "import.md"


def import_docs():
    """:return: the text of docs/import.md, on one line"""
    return " ".join(DOCS.read_text(encoding="utf-8").split())


def test_every_column_and_mode_of_the_import_is_documented():
    docs = import_docs()
    for name in (*(column.key for column in STANDARD), *MODES):
        assert f"`{name}`" in docs, name


def test_every_header_in_the_docs_is_understood():
    rows = re.findall(r"^\| `(\w+)` +\|(.*)\|$", DOCS.read_text(encoding="utf-8"), re.M)
    headers = [(key, cells.split("|")) for key, cells in rows if cells.count("|") == 2]
    assert len(headers) >= 23
    for key, cells in headers:
        for name in filter(
            None, (n.strip() for cell in cells for n in cell.split(","))
        ):
            found = sketch_columns((name,), STANDARD).targets[0]
            assert (found.role, found.key) == ("standard", key), name


def test_every_file_that_is_refused_is_documented():
    source = (
        ROOT
        / "addons/client_extension/models/imports/client_import_problem_sentences.py"
    )
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Dict):
            continue
        for key, value in zip(node.keys, node.values, strict=True):
            code = getattr(key, "value", None) or ""
            if code.startswith(("file_", "header_")):
                parts = re.split(r"%\(\w+\)s", value.args[0].value)
                assert max(parts, key=len).strip() in import_docs(), code


def test_the_example_of_the_docs_is_imported_as_it_is():
    example = re.search(
        r"```\n(référence.*?)```", DOCS.read_text(encoding="utf-8"), re.S
    )[1]
    sheet = read(decode(opener(example.encode())))
    columns = map_columns(sheet.header, STANDARD)
    assert [row.cells[0] for row in sheet.rows()] == ["00042", "00043"]
    assert columns.labels == ("Pointure",)
