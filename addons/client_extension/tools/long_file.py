"""Finds files that take too long to read while a user waits."""

import zipfile
from contextlib import suppress

#: bytes of text that are read, and rows checked, while the user waits: a few seconds
LONG = 5_000_000


def is_long(source):
    """Whether reading a file takes longer than a user likes to wait.

    :param source: what ``importer.files.decode.opener`` returned
    :return: bool; for a workbook, the uncompressed size counts
    """
    with source() as stream:
        size = stream.seek(0, 2)
        if size <= LONG and zipfile.is_zipfile(stream):
            with suppress(zipfile.BadZipFile), zipfile.ZipFile(stream) as package:
                size = sum(part.file_size for part in package.infolist())
    return size > LONG
