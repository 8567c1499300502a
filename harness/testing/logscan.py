"""Finds unexpected lines in Odoo's log: a test run with one fails.

A line that a test expects is not logged at all: `assertLogs` and `mute_logger` capture
it. Lines that Odoo or a library logs on every run are in `log_allowed.txt`, one regular
expression per line, with the reason above it. It is searched in the line with the last
line of its traceback, so that an expression can name the exception.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ALLOWED = Path(__file__).with_name("log_allowed.txt")
START = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ")
TRACEBACK = re.compile(r"^Traceback \(most recent call last\)")
LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?:\x1b\[[0-9;]*m)*(?P<level>WARNING|ERROR|CRITICAL)(?:\x1b\[[0-9;]*m)* "
    r"(?P<rest>.*)$"
)


def read_allowed(path: Path = ALLOWED) -> list[re.Pattern[str]]:
    """Return the expressions of the list of allowed lines."""
    lines = (line.strip() for line in path.read_text().splitlines())
    return [re.compile(line) for line in lines if line and not line.startswith("#")]


def unexpected(
    lines: Iterable[str], allowed: Iterable[re.Pattern[str]]
) -> Iterator[str]:
    """Yield the warnings and errors among *lines* that no expression allows.

    With the exception, if one was logged: the last line of its traceback.
    """
    expressions = list(allowed)
    for entry in _entries(lines):
        found = LINE.match(entry[0])
        if found:
            is_traceback = any(map(TRACEBACK.match, entry))
            error = f" ({entry[-1].strip()})" if is_traceback else ""
            line = f"{found['rest']}{error}"
            if not any(one.search(line) for one in expressions):
                yield f"{found['level']} {line}"


def _entries(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines of each entry of a log."""
    entry: list[str] = []
    for line in lines:
        if entry and START.match(line):
            yield entry
            entry = []
        entry.append(line)
    if entry:
        yield entry


def scan(paths: Iterable[Path]) -> list[str]:
    """Return the unexpected lines in the logs *paths*, with the name of their log."""
    allowed = read_allowed()
    found: dict[str, None] = {}
    for path in paths:
        if path.exists():
            with path.open(errors="replace") as handle:
                lines = unexpected(handle, allowed)
                found.update((f"{path.stem}: {line}", None) for line in lines)
    return list(found)
