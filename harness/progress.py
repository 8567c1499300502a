"""A bar that moves on the terminal while something long goes on."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .say import duration, step

WIDTH = 30
OFTEN = 0.2


class Bar:
    """How much is done; drawn on one line of the standard error, now and then."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.start = time.monotonic()
        self.drawn = 0.0

    def tell(self, done: int, total: int) -> None:
        """Take note of what is done; the last call is always drawn."""
        now = time.monotonic()
        if done < total and now - self.drawn < OFTEN:
            return
        self.drawn = now
        self.draw(line(self.title, done, total, now - self.start))

    def draw(self, text: str) -> None:
        """Put *text* in the place of what was there."""
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def line(title: str, done: int, total: int, seconds: float) -> str:
    """Return the bar as text: how far, how fast, how long still."""
    share = min(done / total, 1) if total else 0
    full = round(share * WIDTH)
    speed = done / seconds if seconds else 0
    text = f"  {title} [{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}"
    text += f" {done:,} of {total:,} rows"
    if not speed:
        return text
    left = duration((total - done) / speed) if done < total else ""
    return f"{text}, {speed:,.0f} rows/s" + (f", {left} left" if left else "")


@contextmanager
def progress(title: str, wanted: bool = True) -> Iterator[Bar | None]:
    """Give a bar where a person looks on, else nothing but the usual step."""
    if not wanted or not sys.stderr.isatty():
        with step(title):
            yield None
        return
    bar = Bar(title)
    bar.draw(f"  {title} ...")
    try:
        yield bar
    finally:
        bar.draw("")
