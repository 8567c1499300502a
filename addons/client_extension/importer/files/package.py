"""The zip around a workbook: its type, and access to its parts.

XLSX is ECMA-376 part 2 (Open Packaging Conventions), ODS is OASIS ODF 1.3 part 2. The
type is read from the package itself, not from the file name.
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
#: the limit of an unpacked part: 64 MB or 250 times its packed size, whichever is
#: larger, but never above 16 GB. Sheets that hold only formats reach 120 times.
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
    ValueError,  # an offset outside the file
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
    """Return the type of a zip: XLSX, ODS, XLSB, DOCX, OpenDocument, Numbers, ZIP."""
    try:
        with source() as stream, zipfile.ZipFile(stream) as package:
            names = [_plain(name) for name in package.namelist()]
            if mimetype := _mimetype(package, names):
                return mimetype
    except _DAMAGE as error:
        raise broken() from error
    except RuntimeError:  # a zip that is itself protected by a password
        raise file_problem("file_workbook_password") from None
    for mark, kind in _KINDS:
        if any(name.startswith(mark) for name in names):
            return kind
    return "ZIP"


def _mimetype(package: zipfile.ZipFile, names: list[str]) -> str:
    """Return the OpenDocument type, which some programs give only in the manifest."""
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
    """Return whether an OLE file is a new workbook with a password, not an old one.

    MS-OFFCRYPTO 2.3.4.10: its directory holds a stream EncryptedPackage. MS-CFB 2.2:
    the sector of the directory is at offset 48, the size of a sector at 30.
    """
    with source() as stream:
        head = stream.read(512)
        size = 1 << min(int.from_bytes(head[30:32], "little"), 16)
        sector = int.from_bytes(head[_OLE_DIRECTORY:][:4], "little")
        stream.seek((sector + 1) * size)
        return _ENCRYPTED in stream.read(size)


def _plain(name: str) -> str:
    """Normalize a part name: case-insensitive (part 2, 6.2.2.3), with ``/``."""
    return name.replace("\\", "/").lower()


class Package:
    """The parts of a workbook; each is opened again every time it is read."""

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
            # zipfile unpacks no more bytes than `file_size`
            with (
                self.source() as stream,
                zipfile.ZipFile(stream) as package,
                package.open(info) as part,
            ):
                yield part  # type: ignore[misc]
        except _DAMAGE as error:
            raise broken() from error

    def walk(self, name: str, handler: Handler) -> Iterator[None]:
        """Pass a part to a handler, yielding after each piece of it."""
        with self.part(name) as part:
            yield from walk(part, handler)

    def show(self, name: str, handler: Handler) -> None:
        """Pass a whole part to a handler, if the part exists."""
        if name in self:
            for _ in self.walk(name, handler):
                pass
