"""Sorts the tests that the user asks for into the parts that run them."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..paths import ROOT
from ..say import Fail
from .shards import is_browser_test

UNIT = "tests/unit"
LIFE = "tests/life"


@dataclass
class Selection:
    """Test paths (or node ids) relative to the checkout, by the part they run in."""

    unit: list[str] = field(default_factory=list)
    life: list[str] = field(default_factory=list)
    addons: list[str] = field(default_factory=list)
    narrowed: bool = False


def select(paths: Sequence[str], fast: bool, root: Path = ROOT) -> Selection:
    """Return the tests in *paths*, or all tests if there are none."""
    wanted = [_relative(path, root) for path in paths]
    chosen = Selection(narrowed=bool(wanted))
    for path in wanted or [UNIT, LIFE, "addons"]:
        if path.startswith(UNIT):
            chosen.unit += _existing(root, path)
        elif path.startswith(LIFE):
            chosen.life += [] if fast else _files(root, path, "life")
        elif path.startswith("addons"):
            chosen.addons += _addon_files(root, path, fast)
        elif path in ("tests", "."):
            whole = select((), fast, root)
            chosen = Selection(whole.unit, whole.life, whole.addons, True)
        else:
            raise Fail(f"{path} holds no tests: name something in tests/ or addons/.")
    return chosen


def lacks(tag: str, tags: Container[str], path: Path) -> bool:
    """Return whether a class with *tags* lacks a *tag* that others in its file have."""
    return tag not in tags and tag in path.read_text()


def _relative(path: str, root: Path) -> str:
    """Return the node id *path* relative to the checkout."""
    name, mark, rest = path.partition("::")
    full = root / name
    if not full.exists():
        full = Path(name).absolute()
    if not full.exists() or not full.resolve().is_relative_to(root):
        raise Fail(f"There is no {name} in the checkout.")
    return str(full.resolve().relative_to(root)) + mark + rest


def _existing(root: Path, path: str) -> list[str]:
    """Return a list of *path* if it exists."""
    return [path] if (root / path.partition("::")[0]).exists() else []


def _addon_files(root: Path, path: str, fast: bool) -> list[str]:
    """Return the test files at or below *path*; a node id stays as it is."""
    files = _files(root, path, "tests")
    if fast and "::" not in path:
        files = [name for name in files if not is_browser_test(root / name)]
    return files


def _files(root: Path, path: str, folder: str) -> list[str]:
    """Return the test files in a *folder* at or below *path*, or a node id."""
    if "::" in path:
        return [path]
    full = root / path
    found: Iterable[Path] = [full] if full.is_file() else full.rglob("test_*.py")
    files = sorted(one for one in found if folder in one.relative_to(root).parts[:-1])
    return [str(one.relative_to(root)) for one in files]
