"""Pauses Python's garbage collector where there is no garbage to collect."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LOCK = threading.Lock()
_STATE = {"pauses": 0, "was_enabled": False}


@contextmanager
def collector_paused() -> Iterator[None]:
    """Create many small, lasting objects without repeated garbage collection.

    The rows of a chunk are tuples and dicts without reference cycles: the collector
    finds nothing, and takes longer than reading them. There is one collector for the
    whole process, so a pause lasts milliseconds and is never around the ORM's writes:
    the garbage of other threads waits that long. The collector resumes when the last
    pause ends, if it was on before.
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
