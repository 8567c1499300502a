"""Python's collector of garbage, out of the way where there is none to collect."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_STATE = {"pauses": 0, "was_enabled": False}


@contextmanager
def collector_paused() -> Iterator[None]:
    """Make many small objects that live on, without a look at each of them every time.

    The rows of a chunk are tuples and dicts that refer to nothing above them: the
    collector finds nothing, which costs more than to understand them. It is one for
    the whole process, so a pause is for milliseconds at a time, never around the ORM's
    writes: what other threads leave behind waits that long. It begins again when the
    last of those who paused it is done, if it was on at all.
    """
    with _LOCK:
        if not _STATE["pauses"]:
            _STATE["was_enabled"] = gc.isenabled()
            gc.disable()
        _STATE["pauses"] += 1
    try:
        yield
    finally:
        with _LOCK:
            _STATE["pauses"] -= 1
            if not _STATE["pauses"] and _STATE["was_enabled"]:
                gc.enable()
