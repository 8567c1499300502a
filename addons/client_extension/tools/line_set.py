"""Many lines of a file, in little memory."""

from collections.abc import Iterable


class LineSet:
    """Says whether a line is among those that it was given.

    A byte for each line of the file: as a ``set``, the lines of a large file of which
    many rows are refused would take a hundred times as much.
    """

    def __init__(self, lines: Iterable[int] = ()) -> None:
        self._marks = bytearray()
        for line in lines:
            if line >= len(self._marks):
                self._marks.extend(bytes(max(line + 1, 4096)))
            self._marks[line] = 1

    def __contains__(self, line: object) -> bool:
        return isinstance(line, int) and self._marks[line : line + 1] == b"\1"
