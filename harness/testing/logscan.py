"""Finds unexpected lines in Odoo's log: a test run with one fails.

A line that a test expects is not logged at all: `assertLogs` and `mute_logger` capture
it. Lines that Odoo or a library logs on every run are in `log_allowed.txt`, one regular
expression per line, with the reason above it.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ALLOWED = Path(__file__).with_name("log_allowed.txt")
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
    """Yield the warnings and errors among *lines* that no expression allows."""
    expressions = list(allowed)
    for line in lines:
        found = LINE.match(line)
        if found and not any(one.search(found["rest"]) for one in expressions):
            yield f"{found['level']} {found['rest']}"


def scan(paths: Iterable[Path]) -> list[str]:
    """Return the unexpected lines in the logs *paths*, each line once."""
    allowed = read_allowed()
    found: dict[str, None] = {}
    for path in paths:
        if path.exists():
            with path.open(errors="replace") as handle:
                found.update(dict.fromkeys(unexpected(handle, allowed)))
    return list(found)
