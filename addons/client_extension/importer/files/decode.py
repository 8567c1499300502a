"""First step: detect the encoding of the bytes, or that they are a workbook.

The whole file is read once, in pieces: an accent in the last line counts as much as one
in the first, and memory does not grow with the file.
"""

import codecs
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Final, cast

from ..problems import FileProblem, file_problem
from ..text.broken import has_broken
from ..text.letters import has_signs
from ..types import Decoded, Opener, Question
from .guess import ask_encoding
from .package import is_encrypted_ole, zip_kind

_PIECE: Final = 1 << 20
_BLANK: Final = b"\xef\xbb\xbf\xff\xfe\x00\t\n\r "
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES: Final = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"%PDF-", "PDF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7Z"),
    (b"Rar!", "RAR"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ", "XZ"),
    (b"SQLite format 3", "SQLite"),
    (b"{\\rtf", "RTF"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_WORKBOOKS: Final = ("XLSX", "ODS")
#: formats to which the programs that write them give the name .xls
_MARKUP: Final = ((b"<?xml", "XML"), (b"<html", "HTML"), (b"<table", "HTML"))
#: Python's own codecs for text, which no file is written in
_NO_ENCODINGS: Final = (
    "idna",
    "punycode",
    "raw-unicode-escape",
    "unicode-escape",
    "utf-7",
)
#: bytes that mean nothing in cp1252
_HOLES: Final = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")


def opener(source: bytes | str | os.PathLike[str]) -> Opener:
    """Return a function that opens the bytes, or the file at that path, each time."""
    if isinstance(source, bytes):
        return partial(io.BytesIO, source)
    return cast(Opener, partial(open, source, "rb"))


def decode(source: Opener, encoding: str = "", answer: str = "") -> Decoded:
    """Detect the encoding of a text file, or check the given one.

    ``answer`` is the encoding that the user chose for a file whose bytes do not tell
    it. A workbook is recognized whatever its file name is. Raises a FileProblem when
    the file is empty, neither text nor a workbook, or does not fit the encoding.
    """
    with source() as stream:
        head = stream.read(4096)
    if not head.strip(_BLANK):
        _refuse_blank(source)
    if kind := _workbook(source, head):
        return Decoded(source, "", kind)
    _refuse_signature(head)
    found = _given(head, encoding) if encoding.strip() else _found(source, head)
    if found:
        return _decoded(source, found)
    return _guessed(source, head, answer)


def _guessed(source: Opener, head: bytes, answer: str) -> Decoded:
    """Decode a file in the encoding that the user chose for it, else in a likely one.

    The answer may be that to another file with the same columns.
    """
    question = ask_encoding(source, _one_byte(source))
    if answer:
        with suppress(FileProblem):
            found = _given(head, answer)
            return _decoded(source, found, question)
    return _decoded(source, question.found, question)


def _refuse_blank(source: Opener) -> None:
    """Refuse a file of only spaces and line ends: it is empty too."""
    if not any(piece.strip(_BLANK) for piece in _pieces(source)):
        raise file_problem("file_empty")


def _refuse_signature(head: bytes) -> None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            raise file_problem("file_not_text", kind=kind)
    text = head.lstrip(_BLANK).lower()
    for mark, kind in _MARKUP:
        if text.startswith(mark):
            raise file_problem("file_workbook_format", kind=kind)


def _workbook(source: Opener, head: bytes) -> str:
    """Return the workbook if it is XLSX or ODS; refuse other kinds by their name."""
    if head.startswith(_OLE):
        if is_encrypted_ole(source):
            raise file_problem("file_workbook_password")
        raise file_problem("file_workbook_format", kind="XLS")
    if not head.startswith(_ZIP):
        return ""
    kind = zip_kind(source)
    if kind in _WORKBOOKS:
        return kind
    code = "file_not_text" if kind == "ZIP" else "file_workbook_format"
    raise file_problem(code, kind=kind)


def is_encoding(name: str) -> bool:
    """Whether a file can be read in the encoding of that name."""
    try:
        return bool(_given(b"", name))
    except FileProblem:
        return False


def _given(head: bytes, encoding: str) -> str:
    """Return Python's name of the encoding that the user gave."""
    try:
        info = codecs.lookup(encoding.strip())
        "".encode(info.name)
        if info.name.replace("_", "-") in _NO_ENCODINGS:
            raise LookupError(info.name)
    except (LookupError, ValueError, TypeError):
        raise file_problem("file_encoding_unknown", value=encoding) from None
    for bom, name in _BOMS:
        if head.startswith(bom) and info.name.startswith(name[:5]):
            return name
    return info.name


def _found(source: Opener, head: bytes) -> str:
    """Return the encoding that the bytes tell, or an empty text."""
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if name := _without_mark(head):
        return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, accents = 1, False
    for piece in _with_end(source):
        try:
            accents = not decoder.decode(piece, not piece).isascii() or accents
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            if accents or not good.isascii():
                raise file_problem(
                    "file_encoding_mixed", line + good.count(b"\n")
                ) from None
            return ""
        line += piece.count(b"\n")
    return "utf-8"


def _without_mark(head: bytes) -> str:
    """Detect UTF-16 without a byte order mark: every other byte is zero."""
    half = len(head) // 2
    for here, there, name in ((0, 1, "utf-16-le"), (1, 0, "utf-16-be")):
        if not head[here::2].count(0) and head[there::2].count(0) > half * 0.7:
            return name
    return ""


def _one_byte(source: Opener) -> str:
    """Return cp1252, or latin-1 if a byte is undefined in cp1252."""
    holes = any(hole in piece for piece in _pieces(source) for hole in _HOLES)
    return "latin-1" if holes else "cp1252"


def _decoded(
    source: Opener, encoding: str, question: Question | None = None
) -> Decoded:
    """Read the whole file in that encoding: no invalid byte, no NUL.

    The mark at its beginning is no invisible sign of its text.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line, signs, broken = 1, False, False
    for piece in _with_end(source):
        try:
            text = decoder.decode(piece, not piece)
        except (UnicodeError, ValueError):
            raise file_problem("file_encoding_wrong", line, value=encoding) from None
        if "\0" in text:
            raise file_problem("file_not_text", kind="NUL")
        signs = signs or has_signs(text)
        broken = broken or has_broken(text)
        line += text.count("\n")
    return Decoded(source, encoding, "", signs, question, broken)


def _with_end(source: Opener) -> Iterator[bytes]:
    yield from _pieces(source)
    yield b""


def _pieces(source: Opener) -> Iterator[bytes]:
    with source() as stream:
        while piece := stream.read(_PIECE):
            yield piece


def open_text(decoded: Decoded) -> io.TextIOWrapper:
    """Open the text with its line ends unchanged; closing it closes the file."""
    return io.TextIOWrapper(decoded.opener(), encoding=decoded.encoding, newline="")
