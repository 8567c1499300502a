"""A progress bar in the terminal for long operations."""

import sys
import time
from contextlib import contextmanager

WIDTH = 30
OFTEN = 0.2


class Bar:
    """The progress, drawn from time to time on one line of the standard error."""

    def __init__(self, title):
        self.title = title
        self.start = time.monotonic()
        self.drawn = 0.0

    def tell(self, done, total):
        """Update the progress; the last call is always drawn."""
        now = time.monotonic()
        if done < total and now - self.drawn < OFTEN:
            return
        self.drawn = now
        self.draw(line(self.title, done, total, now - self.start))

    def draw(self, text):
        """Replace the current line by `text`."""
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def line(title, done, total, seconds):
    """:return: str, the bar as text: progress, speed, time left"""
    share = min(done / total, 1) if total else 0
    full = round(share * WIDTH)
    speed = done / seconds if seconds else 0
    text = f"  {title} [{'#' * full}{'.' * (WIDTH - full)}] {share:4.0%}"
    text += f" {done:,} of {total:,} rows"
    if not speed:
        return text
    left = duration((total - done) / speed) if done < total else ""
    return f"{text}, {speed:,.0f} rows/s" + (f", {left} left" if left else "")


def duration(seconds):
    """:return: str, `seconds` in readable form: `4.2 s`, `3 min 07 s`"""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


@contextmanager
def progress(title, wanted=True):
    """A progress bar, if there is a terminal to show it.

    :return: the ``Bar``; None if the standard error is not a terminal
    """
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    bar = Bar(title)
    bar.draw(f"  {title} ...")
    try:
        yield bar
    finally:
        bar.draw("")
