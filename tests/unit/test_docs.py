"""The documentation names what the code offers."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDONS = ROOT / "addons"


def hooks():
    """:return: names of the methods whose docstring says that they are overridden"""
    for path in sorted(ADDONS.glob("*/[mwc]*/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and "overrid" in (
                ast.get_docstring(node) or ""
            ):
                yield node.name


@pytest.mark.parametrize("name", sorted(set(hooks())))
def test_every_hook_is_documented(name):
    assert f"{name}`" in (ROOT / "docs" / "extending.md").read_text()


def test_every_addon_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for manifest in ADDONS.glob("*/__manifest__.py"):
        assert f"`{manifest.parent.name}`" in readme
