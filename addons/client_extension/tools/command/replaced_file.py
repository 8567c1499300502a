"""A file that takes the place of another one once it is complete."""

import os
from contextlib import contextmanager
from pathlib import Path

#: where Linux shows the open files of this process
OPEN_FILES = Path("/proc/self/fd")


@contextmanager
def replaced(path):
    """Write a file that replaces the one at `path` when the body ends without an error.

    It has no name before, so that nothing is left where the process is killed. Where
    the system has no such files it has a hidden name beside `path`.

    :param path: ``Path``
    :return: context of the file, open for writing bytes
    :raise OSError: when it cannot be written
    """
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with _open(part) as file:
            yield file
            file.flush()
            _give_name(file, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _open(part):
    """:return: a file in the folder of `part`, nameless if possible"""
    if OPEN_FILES.is_dir() and hasattr(os, "O_TMPFILE"):
        try:
            number = os.open(part.parent, os.O_TMPFILE | os.O_WRONLY, 0o666)
        except OSError:
            # Not every file system has them.
            return part.open("wb")
        return os.fdopen(number, "wb")
    return part.open("wb")


def _give_name(file, part):
    """Let a nameless file be found as `part`."""
    if not isinstance(file.name, int):
        return
    number = file.fileno()
    # Left by a process of the same number.
    part.unlink(missing_ok=True)
    # With a folder, which is not used, Python follows the link to the file itself.
    os.link(OPEN_FILES / str(number), part, src_dir_fd=number)
