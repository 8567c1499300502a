"""A set of many line numbers of a file, in little memory."""

from collections.abc import Iterable


class LineSet:
    """A set of line numbers.

    It uses one byte per line of the file: for a large file with many rejected rows, a
    ``set`` would take a hundred times as much.
    """

    def __init__(self, lines: Iterable[int] = ()) -> None:
        self._marks = bytearray()
        for line in lines:
            if line >= len(self._marks):
                self._marks.extend(bytes(max(line + 1, 4096)))
            self._marks[line] = 1

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and self._marks[line : line + 1] == b"\1"
