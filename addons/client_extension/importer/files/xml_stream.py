"""XML read as a stream: no tree, no DTD, no entities, constant memory.

No workbook contains what makes XML dangerous: ECMA-376 part 2 (6.2.5) forbids DTD
declarations in the parts of a package, and programs that write ODF make none.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.parsers import expat

from ..problems import FileProblem, file_problem

#: bytes that are read at a time
PIECE: Final = 1 << 14
#: maximum bytes of one tag: texts are passed on in pieces
_LONGEST: Final = 1 << 19
#: maximum characters of a namespace; expat puts it before every name that has it
_LONGEST_SPACE: Final = 512
#: maximum number of different names, and of their characters; workbooks have hundreds
_MOST_NAMES: Final = 10_000
_MOST_LETTERS: Final = 1 << 20
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
    names = _Names()
    parser = expat.ParserCreate(namespace_separator=" ", intern=names.found)
    if defer := getattr(parser, "SetReparseDeferralEnabled", None):
        defer(False)  # a tag that is never complete is refused soon enough
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartNamespaceDeclHandler = _refuse_long_space
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    fed, tag = 0, b""
    try:
        while piece := stream.read(PIECE):
            parser.Parse(piece)
            fed += len(piece)
            open_size = fed - parser.CurrentByteIndex
            tag = (tag + piece)[-open_size:] if open_size else b""
            if handler.depth > _DEEPEST or _is_hostile(tag) or names.are_too_many():
                raise broken()
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken() from error
    yield


class _Names:
    """The different names of elements and attributes of one part."""

    def __init__(self) -> None:
        #: expat keeps each name here as long as it reads
        self.found: dict[str, str] = {}
        self._count = 0

    def are_too_many(self) -> bool:
        """Whether no workbook has so many names, or so long ones."""
        if len(self.found) == self._count:
            return False
        self._count = len(self.found)
        if self._count > _MOST_NAMES:
            return True
        # expat keeps the missing prefix of a namespace too
        return sum(map(len, filter(None, self.found))) > _MOST_LETTERS


def _is_hostile(tag: bytes) -> bool:
    """Whether a tag that has only begun is too long to be one of a workbook.

    A long one must not declare a namespace: expat would write that before the name of
    each of its attributes before anybody sees them.
    """
    if len(tag) <= PIECE:
        return False
    return len(tag) > _LONGEST or b"xmlns" in tag.replace(b"\0", b"")


def _refuse_long_space(_prefix: str | None, uri: str | None) -> None:
    if uri and len(uri) > _LONGEST_SPACE:
        raise broken()


def _refuse_doctype(*_: object) -> None:
    raise broken()


def broken() -> FileProblem:
    """Return the problem of a workbook that is damaged or malicious."""
    return file_problem("file_workbook_broken")
