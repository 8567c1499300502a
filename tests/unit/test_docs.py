"""The documentation names what the code offers."""

import ast
import re
from pathlib import Path

import pytest
import tomllib

from harness import lint

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


@pytest.mark.parametrize("name", ["client_import", "client_export"])
def test_every_option_of_a_command_is_documented(name):
    command = ADDONS / "client_extension" / "cli" / f"{name}.py"
    options = re.findall(r"""["'](--[a-z]+)["'],""", command.read_text())
    assert len(options) > 4
    docs = (ROOT / "docs" / "import.md").read_text()
    assert f"odoo-bin {name} " in docs
    for option in set(options) - {"--config", "--database"}:
        assert f"| `{option}" in docs


def test_the_modes_of_the_command_are_those_of_an_import():
    command = ADDONS / "client_extension" / "cli" / "client_import.py"
    modes = re.search(r"^MODES = (\(.*\))$", command.read_text(), re.M)[1]
    docs = (ROOT / "docs" / "import.md").read_text()
    for mode in ast.literal_eval(modes):
        assert f"`{mode}`" in docs


def test_every_addon_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for manifest in ADDONS.glob("*/__manifest__.py"):
        assert f"`{manifest.parent.name}`" in readme


def test_every_addon_is_in_the_changelog():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    paths = {one["path"] for one in settings["tool"]["towncrier"]["section"]}
    for manifest in ADDONS.glob("*/__manifest__.py"):
        assert f"{manifest.parent.name}/readme/newsfragments" in paths


def test_every_addon_can_be_built():
    for manifest in ADDONS.glob("*/__manifest__.py"):
        settings = tomllib.loads((manifest.parent / "pyproject.toml").read_text())
        assert settings["build-system"]["build-backend"] == "whool.buildapi"


def test_the_hooks_of_git_are_the_linters():
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    found = re.findall(r"entry: ./dev lint (\w+)", hooks)
    assert found == [check.__name__ for check in lint.CHECKS]
