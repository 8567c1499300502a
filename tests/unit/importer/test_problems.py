"""Every problem has its sentence, and every sentence its problem."""

import ast
import re
from pathlib import Path

import pytest
from importer.kinds.registry import LABEL_KINDS
from importer.problems import CODES, Problem

ROOT = Path(__file__).parents[3] / "addons" / "client_extension"
MESSAGES = ROOT / "models" / "imports" / "client_import_problem_sentences.py"
#: what a sentence may always name
ALWAYS = {"line", "column", "value"}


def sentences() -> dict[str, str]:
    """The templates by code, read from the source without Odoo."""
    found = {}
    for node in ast.walk(ast.parse(MESSAGES.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if (
                    isinstance(key, ast.Constant)
                    and isinstance(value, ast.Call)
                    and ast.unparse(value.func) == "_"
                ):
                    found[str(key.value)] = str(ast.literal_eval(value.args[0]))
    return found


def test_every_code_is_worded() -> None:
    # Some types of additional data have a sentence of their own.
    own = {*LABEL_KINDS, "selection_more"}
    assert sentences().keys() - own == CODES.keys()


@pytest.mark.parametrize("code", CODES)
def test_code_is_used_and_its_sentence_gets_what_it_names(code: str) -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for folder in ("importer", "models", "tools")
        for path in (ROOT / folder).rglob("*.py")
        if path not in (MESSAGES, ROOT / "importer" / "problems.py")
    ]
    assert any(f'"{code}"' in source for source in sources)
    for name in set(re.findall(r"%\((\w+)\)s", sentences()[code])) - ALWAYS:
        assert any(re.search(rf"\"{name}\":|\b{name}=", s) for s in sources), name


def test_layers_are_the_rooms() -> None:
    assert set(CODES.values()) == {"file", "header", "row", "cell", "match", "apply"}
    assert all(code.split("_")[0] == layer for code, layer in CODES.items())


def test_a_bridge_names_the_layer_of_its_own_code() -> None:
    assert Problem("cell.siret_digits").layer == "cell"


def test_unlisted_code_is_refused() -> None:
    with pytest.raises(ValueError, match="unlisted"):
        Problem("made_up")
