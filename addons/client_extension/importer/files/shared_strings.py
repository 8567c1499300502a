"""The texts of an XLSX file, which its cells refer to by number.

ECMA-376 part 1, 18.4: every distinct text is in one part, and any cell may refer to any
of them. A list of them would grow with the file, so they are kept on disk in blocks,
and the most recently used blocks stay in memory.
"""

import re
import tempfile
from array import array
from typing import Final

from .xml_stream import Handler, LocalNames, broken

_BLOCK: Final = 64
_KEPT: Final = 64
#: maximum characters of the blocks that stay in memory
_KEPT_SIZE: Final = 1 << 22
_IN_MEMORY: Final = 1 << 20
#: maximum characters of one text; spreadsheets allow 32,767
_LONGEST: Final = 1 << 17
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class SharedStrings:
    """Texts by number, in constant memory."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        self._places = array("Q", [0])
        self._filling: list[str] = []
        self._blocks: dict[int, list[str]] = {}
        self._kept_size = 0

    def append(self, text: str) -> None:
        """Add a text."""
        self._filling.append(text)
        if len(self._filling) == _BLOCK:
            self._store()

    def __getitem__(self, number: int) -> str:
        place, position = divmod(number, _BLOCK)
        block = self._blocks.get(place)
        if block is None:
            block = self._load(place)
        return block[position]

    def _store(self) -> None:
        self._file.seek(0, 2)
        self._file.write("\0".join(self._filling).encode("utf-8", "replace"))
        self._places.append(self._file.tell())
        self._filling = []

    def _load(self, place: int) -> list[str]:
        if place == len(self._places) - 1:
            return self._filling
        if place < 0 or place >= len(self._places):
            raise LookupError(f"no text {place * _BLOCK}")
        start, end = self._places[place : place + 2]
        self._file.seek(start)
        block = self._file.read(end - start).decode("utf-8").split("\0")
        self._keep(place, block)
        return block

    def _keep(self, place: int, block: list[str]) -> None:
        """Keep a block in memory, instead of the oldest ones."""
        blocks = self._blocks
        self._kept_size += sum(map(len, block))
        while blocks and (len(blocks) >= _KEPT or self._kept_size > _KEPT_SIZE):
            self._kept_size -= sum(map(len, blocks.pop(next(iter(blocks)))))
        blocks[place] = block


class SharedStringsHandler(Handler):
    """Reads the texts from their part: rich text as plain, without phonetic runs."""

    def __init__(self, strings: SharedStrings) -> None:
        self._strings = strings
        self._names = LocalNames()
        self._pieces: list[str] = []
        self._size = 0
        self._in_text = False
        self._in_reading_aid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An item, a run of text or a phonetic run (18.4.6) begins."""
        self.depth += 1
        local = self._names[name]
        if local == "t":
            self._in_text = not self._in_reading_aid
        elif local == "rPh":
            self._in_reading_aid = True
        elif local == "si":
            self._pieces.clear()
            self._size = 0

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        local = self._names[name]
        if local == "t":
            self._in_text = False
        elif local == "rPh":
            self._in_reading_aid = False
        elif local == "si":
            self._strings.append(unescape("".join(self._pieces)))

    def text(self, data: str) -> None:
        """A piece of a text."""
        if self._in_text:
            self._pieces.append(data)
            self._size += len(data)
            if self._size > _LONGEST:
                raise broken()


def unescape(text: str) -> str:
    """Decode ``_x000D_`` to a character that XML cannot hold (22.9.2.19), drop NUL."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "")
