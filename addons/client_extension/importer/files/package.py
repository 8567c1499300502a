"""The zip around a workbook: what kind it is, and its parts one by one.

XLSX is ECMA-376 part 2 (Open Packaging Conventions), ODS is OASIS ODF 1.3 part 2.
A package says itself what it holds; the name of the file says nothing.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from ..problems import file_problem
from ..types import Opener
from .xml_stream import Handler, broken, walk

ODS_MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
#: what a part may become: as large as a sheet of 16 GB, or 64 MB whatever it was,
#: or 250 times what it was. Sheets of nothing but formats reach 120 times.
_LARGEST: Final = 1 << 34
_SMALL: Final = 1 << 26
_RATIO: Final = 250
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    ValueError,  # a place in the file that is none
)
#: a name in the package -> what it is
_KINDS: Final = (
    ("xl/workbook.bin", "XLSB"),
    ("xl/", "XLSX"),
    ("word/", "DOCX"),
    ("ppt/", "PPTX"),
    ("index/document.iwa", "Numbers"),
    ("index.zip", "Numbers"),
)
_SAID: Final = 1 << 14
_OLE_DIRECTORY: Final = 48
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def zip_kind(source: Opener) -> str:
    """XLSX, ODS, or what else a zip is: XLSB, DOCX, OpenDocument, Numbers, ZIP."""
    try:
        with source() as stream, zipfile.ZipFile(stream) as package:
            names = [_plain(name) for name in package.namelist()]
            if mimetype := _mimetype(package, names):
                return mimetype
    except _DAMAGE as error:
        raise broken() from error
    except RuntimeError:  # a zip with a password of its own
        raise file_problem("file_workbook_password") from None
    for mark, kind in _KINDS:
        if any(name.startswith(mark) for name in names):
            return kind
    return "ZIP"


def _mimetype(package: zipfile.ZipFile, names: list[str]) -> str:
    """What OpenDocument it is; some programs say so in the manifest only."""
    for name in ("mimetype", "META-INF/manifest.xml"):
        if _plain(name) in names:
            with package.open(name) as part:
                said = part.read(_SAID)
            if ODS_MIMETYPE in said:
                return "ODS"
            if b"opendocument" in said:
                return "OpenDocument"
    return ""


def is_encrypted_ole(source: Opener) -> bool:
    """Whether an OLE file is no old workbook but a new one with a password.

    MS-OFFCRYPTO 2.3.4.10: its directory holds a stream EncryptedPackage. MS-CFB
    2.2: the sector of the directory is at offset 48, the size of one at 30.
    """
    with source() as stream:
        head = stream.read(512)
        size = 1 << min(int.from_bytes(head[30:32], "little"), 16)
        sector = int.from_bytes(head[_OLE_DIRECTORY:][:4], "little")
        stream.seek((sector + 1) * size)
        return _ENCRYPTED in stream.read(size)


def _plain(name: str) -> str:
    """A name as parts are told apart: without case (part 2, 6.2.2.3), with ``/``."""
    return name.replace("\\", "/").lower()


class Package:
    """The parts of a workbook, each opened anew when it is read."""

    def __init__(self, source: Opener) -> None:
        self.source = source
        try:
            with source() as stream, zipfile.ZipFile(stream) as package:
                self.infos = {_plain(i.filename): i for i in package.infolist()}
        except _DAMAGE as error:
            raise broken() from error

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self.infos

    @contextmanager
    def part(self, name: str) -> Iterator[BinaryIO]:
        """One part, unpacked while it is read.

        Raises a FileProblem when it is missing, damaged, locked or a bomb.
        """
        info = self.infos.get(_plain(name))
        if info is None:
            raise broken()
        if info.flag_bits & 1:
            raise file_problem("file_workbook_password")
        limit = max(_SMALL, _RATIO * info.compress_size)
        if info.file_size > min(limit, _LARGEST):
            raise file_problem("file_workbook_size", value=name)
        try:
            # zipfile unpacks no byte more than `file_size`
            with (
                self.source() as stream,
                zipfile.ZipFile(stream) as package,
                package.open(info) as part,
            ):
                yield part  # type: ignore[misc]
        except _DAMAGE as error:
            raise broken() from error

    def walk(self, name: str, handler: Handler) -> Iterator[None]:
        """Show a part to a handler, with a pause after each piece of it."""
        with self.part(name) as part:
            yield from walk(part, handler)

    def show(self, name: str, handler: Handler) -> None:
        """Show a whole part to a handler, where there is such a part."""
        if name in self:
            for _ in self.walk(name, handler):
                pass
