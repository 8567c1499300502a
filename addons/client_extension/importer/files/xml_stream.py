"""XML read as a stream: no tree, no DTD, no entities, constant memory.

No workbook contains what makes XML dangerous: ECMA-376 part 2 (6.2.5) forbids DTD
declarations in the parts of a package, and programs that write ODF make none.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.parsers import expat

from ..problems import FileProblem, file_problem

_PIECE: Final = 1 << 14
#: maximum bytes without an element beginning or ending
_LONGEST: Final = 1 << 26
#: maximum depth of elements; real workbooks have about ten levels
_DEEPEST: Final = 200


class LocalNames(dict[str, str]):
    """``namespace local`` -> ``local``, each name cut once."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(" ")[2]
        return local


class Handler:
    """The callbacks of :func:`walk`; names are ``namespace local``.

    ``depth`` is maintained by the classes that override ``start`` and ``end``, not by a
    call of these two: they are called for every cell of a file.
    """

    depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1

    def text(self, data: str) -> None:
        """A piece of the text between two tags."""


def walk(stream: BinaryIO, handler: Handler) -> Iterator[None]:
    """Pass a part to the handler, yielding after each piece of it.

    Raises a FileProblem when it is not XML, or is XML that no workbook contains.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    fed = 0
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece)
            fed += len(piece)
            if handler.depth > _DEEPEST or fed - parser.CurrentByteIndex > _LONGEST:
                raise broken()
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken() from error
    yield


def _refuse_doctype(*_: object) -> None:
    raise broken()


def broken() -> FileProblem:
    """Return the problem of a workbook that is damaged or malicious."""
    return file_problem("file_workbook_broken")
