"""The zip around a workbook: its type, and access to its parts.

XLSX is ECMA-376 part 2 (Open Packaging Conventions), ODS is OASIS ODF 1.3 part 2. The
type is read from the package itself, not from the file name.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Final, cast

from ..problems import file_problem
from ..types import Opener
from .xml_stream import PIECE, Handler, broken, walk

ODS_MIMETYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
#: the limit of an unpacked part: 64 MB or 250 times its packed size, whichever is
#: larger, but not above 512 MB, or 20 times its packed size. Sheets that hold only
#: formats reach 120 times, sheets with data 15 times.
_SMALL: Final = 1 << 26
_RATIO: Final = 250
_LARGE: Final = 1 << 29
_LARGE_RATIO: Final = 20
#: OPC (part 2, 7.3.5) and ODF (part 2, 2.2) allow no other methods; Python unpacks
#: others without a limit
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: bytes of the directory, which zipfile reads in one piece: 20,000 parts
_DIRECTORY: Final = 1 << 21
#: what ``zipfile`` raises on a damaged file
DAMAGE: Final = (
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
        with open_zip(source) as package:
            names = [_plain(name) for name in package.namelist()]
            if mimetype := _mimetype(package, names):
                return mimetype
    except DAMAGE as error:
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
            _check_method(package.getinfo(name))
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


@contextmanager
def open_zip(source: Opener) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose directory is not too large to be read.

    Raises a FileProblem if it is, and what ``zipfile`` raises.
    """
    with (
        source() as stream,
        zipfile.ZipFile(cast(BinaryIO, _Source(stream))) as package,
    ):
        yield package


class _Source:
    """The bytes of a zip, never many of them in one piece."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek, self.tell = stream.seek, stream.tell
        self.seekable = stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Return some of the bytes, or refuse the file."""
        if size > _DIRECTORY:
            raise file_problem("file_workbook_size", value="ZIP")
        return self._stream.read(size)


class _Counted:
    """A part that is refused as soon as more was unpacked than it may have."""

    def __init__(self, part: IO[bytes], name: str, most: int) -> None:
        self._part, self._name, self._left = part, name, most

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        data = self._part.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise file_problem("file_workbook_size", value=self._name)
        return data


def _check_method(info: zipfile.ZipInfo) -> None:
    if info.compress_type not in _METHODS:
        raise broken()


def _plain(name: str) -> str:
    """Normalize a part name: case-insensitive (part 2, 6.2.2.3), with ``/``."""
    return name.replace("\\", "/").lower()


class Package:
    """The parts of a workbook; each is opened again every time it is read."""

    def __init__(self, source: Opener) -> None:
        self.source = source
        #: bytes of sheets that may still be unpacked; None: all
        self.left: int | None = None
        try:
            with source() as stream:
                self._size = stream.seek(0, 2)
            with open_zip(source) as package:
                self.infos = {_plain(i.filename): i for i in package.infolist()}
        except DAMAGE as error:
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
        _check_method(info)
        most = self._get_limit(info)
        if info.file_size > most:
            raise file_problem("file_workbook_size", value=name)
        try:
            with open_zip(self.source) as package, package.open(info) as part:
                yield cast(BinaryIO, _Counted(part, name, most))
        except DAMAGE as error:
            raise broken() from error

    def _get_limit(self, info: zipfile.ZipInfo) -> int:
        """Return the bytes that a part may have; its sizes are only what it says."""
        packed = min(info.compress_size, self._size)
        limit = max(_SMALL, _RATIO * packed)
        return min(limit, max(_LARGE, _LARGE_RATIO * packed))

    def walk(self, name: str, handler: Handler) -> Iterator[None]:
        """Pass a sheet to a handler, yielding after each piece of it."""
        with self.part(name) as part:
            for _ in walk(part, handler):
                if self.left is not None:
                    self.left -= PIECE
                    if self.left < 0:
                        raise file_problem("file_workbook_size", value=name)
                yield

    def show(self, name: str, handler: Handler) -> None:
        """Pass another part to a handler as a whole, if the part exists."""
        if name in self:
            with self.part(name) as part:
                for _ in walk(part, handler):
                    pass
