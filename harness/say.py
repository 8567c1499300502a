"""What the person at the terminal reads: steps with their time, one-sentence failures.

Everything here goes to the standard error, so that a command that prints data
(`./dev import --json`) keeps its standard output for the data alone.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLOW = 1.0


class Fail(Exception):
    """Stop here. The message is one sentence that says what to do about it."""


def say(text: str) -> None:
    """Print one line for the person."""
    print(text, file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """Return *seconds* as a person would say them: `4.2 s`, `3 min 07 s`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce *title* when the body takes over a second, and its time at the end."""
    timer = threading.Timer(SLOW, say, [f"  {title} ..."])
    timer.daemon = True
    start = time.monotonic()
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    spent = time.monotonic() - start
    if spent > SLOW:
        say(f"  {title}: {duration(spent)}")
