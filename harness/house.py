"""The limits of the code base: the size of folders, files, functions and models.

`./dev lint` prints the figures and rejects what exceeds a limit, so that a method is
easy to find: it is defined once, in a file that is named after its model.
"""

import ast
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path, PurePosixPath
from statistics import median, quantiles

from .paths import ROOT

MOST_FILES = 20
"""Python files in a folder, `__init__.py` not counted."""
MOST_OF_A_MODEL = 3
"""Files of one model in a room."""
MOST_LINES, MOST_TEST_LINES = 400, 500
FEWEST_LINES = 40
"""A shorter file belongs to its neighbour, when both are of one model."""
USUAL_LINES = 200
FUNCTION_MEDIAN, FUNCTION_P90 = 8, 25
ONCE_A_ROOM = {"create", "write", "unlink", "copy", "default_get"}
"""All other methods of a model are defined once in an add-on."""
MODEL_FOLDERS = {"models", "wizards"}

NOT_YET: tuple[str, ...] = ()
"""What has not got there yet: lint counts what is beyond a bar, and refuses nothing."""


@dataclass(frozen=True)
class Source:
    """A file of the checkout: its path from the root, and its text."""

    path: PurePosixPath
    text: str

    @property
    def is_test(self) -> bool:
        """Whether it is a test file."""
        return "tests" in self.path.parts

    @property
    def is_python(self) -> bool:
        """Whether it is counted as a Python file."""
        return self.path.suffix == ".py" and self.path.name != "__init__.py"

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of its Python."""
        return ast.parse(self.text)


@dataclass(frozen=True)
class Part:
    """A class that defines or extends a model of Odoo."""

    model: str
    path: PurePosixPath
    methods: tuple[str, ...]

    @property
    def addon(self) -> str:
        """The add-on that it belongs to."""
        return self.path.parts[1]

    @property
    def room(self) -> str:
        """The folder that it is in."""
        return str(self.path.parent)


@dataclass(frozen=True)
class Fault:
    """A limit that is exceeded, and the files or folders responsible."""

    places: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        """Return the line that lint prints."""
        return f"{self.places[0]}: {self.text}"

    def is_in(self, folders: Iterable[str]) -> bool:
        """Return whether one of its paths is in one of these folders."""
        return any(
            PurePosixPath(place).is_relative_to(folder)
            for place in self.places
            for folder in folders
        )


def sources(root: Path = ROOT) -> list[Source]:
    """Return the Python and JavaScript files that git knows below *root*."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.py", "*.js"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    names = sorted(filter(None, os.fsdecode(listed.stdout).split("\0")))
    return [
        Source(PurePosixPath(name), (root / name).read_text(errors="replace"))
        for name in names
        if (root / name).is_file()
    ]


def models_of(source: Source) -> Iterator[Part]:
    """Yield the models in the models or wizards of an add-on's file."""
    parts = source.path.parts
    if parts[0] != "addons" or len(parts) < 4 or parts[2] not in MODEL_FOLDERS:
        return
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef) and (model := model_name(node)):
            methods = (d.name for d in node.body if isinstance(d, ast.FunctionDef))
            yield Part(model, source.path, tuple(methods))


def model_name(node: ast.ClassDef) -> str:
    """Return the model of a class: its `_name`, or the first that it inherits."""
    found = {}
    for line in node.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            name = line.targets[0].id
            if name in ("_name", "_inherit"):
                value = ast.literal_eval(line.value)
                found[name] = value if isinstance(value, str) else value[0]
    return str(found.get("_name") or found.get("_inherit") or "")


def full_folders(files: Sequence[Source]) -> Iterator[Fault]:
    """Yield the folders with too many Python files."""
    counts: dict[str, int] = defaultdict(int)
    for source in files:
        counts[str(source.path.parent)] += source.is_python
    for folder, count in counts.items():
        if count > MOST_FILES:
            yield Fault((folder,), f"{count} Python files, {MOST_FILES} at most.")


def long_files(files: Sequence[Source]) -> Iterator[Fault]:
    """Yield the files that are too long."""
    for source in files:
        most = MOST_TEST_LINES if source.is_test else MOST_LINES
        if source.lines > most:
            text = f"{source.lines} lines, {most} at most: make two of it."
            yield Fault((str(source.path),), text)


def wrong_names(parts: Sequence[Part]) -> Iterator[Fault]:
    """Yield the files that are not named after a model in them."""
    for path, in_file in groupby(parts, lambda part: part.path):
        names = [part.model.replace(".", "_") for part in in_file]
        if not any(f"{path.stem}_".startswith(f"{name}_") for name in names):
            yield Fault((str(path),), f"is about {names[0]}: name it after that.")


def cut_models(parts: Sequence[Part], files: Sequence[Source]) -> Iterator[Fault]:
    """Yield the models split into too many or too small files in a folder."""
    lines = {source.path: source.lines for source in files}
    together: dict[tuple[str, str], set[PurePosixPath]] = defaultdict(set)
    for part in parts:
        together[part.room, part.model].add(part.path)
    for (room, model), paths in together.items():
        if len(paths) > MOST_OF_A_MODEL:
            text = f"{len(paths)} files of {model}, {MOST_OF_A_MODEL} at most."
            yield Fault((room, *map(str, sorted(paths))), text)
        for path in sorted(paths) if len(paths) > 1 else ():
            if lines[path] < FEWEST_LINES:
                text = f"{lines[path]} lines of {model}: move them to its other file."
                yield Fault((str(path),), text)


def double_methods(parts: Sequence[Part]) -> Iterator[Fault]:
    """Yield the methods that one add-on defines more than once for a model."""
    places: dict[tuple[str, str, str], list[Part]] = defaultdict(list)
    for part in parts:
        for method in part.methods:
            places[part.addon, part.model, method].append(part)
    for (_addon, model, method), found in places.items():
        free = len({part.room for part in found}) if method in ONCE_A_ROOM else 1
        if len(found) > free:
            paths = tuple(dict.fromkeys(str(part.path) for part in found))
            others = ", ".join(paths[1:]) or "the same file"
            yield Fault(paths, f"{model}.{method} is in {others} too: make one of it.")


def function_lengths(files: Sequence[Source]) -> list[int]:
    """Return the lines of each function that is not a test, without decorators."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (node.end_lineno or node.lineno) - node.lineno + 1
        for source in files
        if source.is_python and not source.is_test
        for node in ast.walk(source.tree)
        if isinstance(node, kinds)
    ]


def spread(lengths: Sequence[int]) -> tuple[float, float]:
    """Return the median and the 90th percentile."""
    if len(lengths) < 2:
        return (float(sum(lengths)),) * 2
    return median(lengths), quantiles(lengths, n=10, method="inclusive")[-1]


def long_functions(files: Sequence[Source]) -> Iterator[Fault]:
    """Yield a fault if the functions of all files are too long on the whole."""
    middle, high = spread(function_lengths(files))
    for name, value, most in (
        ("median", middle, FUNCTION_MEDIAN),
        ("90th percentile", high, FUNCTION_P90),
    ):
        if value > most:
            text = f"{name} of the functions is {value:g} lines, {most} at most."
            yield Fault((".",), text)


def find_faults(files: Sequence[Source]) -> list[Fault]:
    """Return all faults."""
    parts = [p for source in files if source.is_python for p in models_of(source)]
    return [
        *full_folders(files),
        *long_files(files),
        *wrong_names(parts),
        *cut_models(parts, files),
        *double_methods(parts),
        *long_functions(files),
    ]


def figures(files: Sequence[Source]) -> list[str]:
    """Return the figures that lint prints, one line per theme."""
    python = [source for source in files if source.is_python and not source.is_test]
    lengths = sorted(source.lines for source in python) or [0]
    usual = sum(length < USUAL_LINES for length in lengths) / len(lengths)
    middle, high = spread(function_lengths(files))
    paths: dict[str, set[PurePosixPath]] = defaultdict(set)
    for source in python:
        for part in models_of(source):
            paths[f"{part.model} of {part.addon}"].add(part.path)
    most = sorted(paths, key=lambda name: -len(paths[name]))[:3]
    return [
        f"{len(lengths)} Python files without tests: median {median(lengths):g} lines, "
        f"{usual:.0%} under {USUAL_LINES}, longest {lengths[-1]}",
        f"functions: median {middle:g} lines, 90th percentile {high:g}",
        "most files for a model: "
        + ", ".join(f"{name} {len(paths[name])}" for name in most),
    ]


def check(
    root: Path = ROOT, not_yet: Sequence[str] = NOT_YET
) -> tuple[list[str], list[str]]:
    """Check the checkout against the limits.

    :return: the figures to print, and the faults; faults in a folder of *not_yet* are
        only printed as figures
    """
    files = sources(root)
    faults = find_faults(files)
    refused = [fault for fault in faults if not fault.is_in(not_yet)]
    said = figures(files)
    for folder in not_yet:
        count = sum(fault.is_in([folder]) for fault in faults)
        said.append(f"not yet: {folder}, beyond a bar: {count}")
    return said, [str(fault) for fault in refused]
