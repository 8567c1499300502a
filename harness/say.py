"""Messages to the user at the terminal: timed steps, one-sentence failures.

Everything here goes to the standard error, so that a command that prints data (`./dev
import --json`) prints nothing else to its standard output.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SLOW = 1.0


class Fail(Exception):
    """Stop here. The message is one sentence that tells the user what to do."""


def say(text: str) -> None:
    """Print one line for the user."""
    print(text, file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """Return *seconds* in a readable form: `4.2 s`, `3 min 07 s`."""
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
