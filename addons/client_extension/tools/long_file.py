"""Finds files that take too long to read while a user waits."""

import zipfile

from ..importer.files.package import DAMAGE, open_zip
from ..importer.problems import FileProblem

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
            return _get_unpacked_size(source) > LONG
    return size > LONG


def _get_unpacked_size(source):
    """:return: int, the bytes that the parts of a zip say they have; 0 if it is
    damaged or too large, which is said when it is read"""
    try:
        with open_zip(source) as package:
            return sum(part.file_size for part in package.infolist())
    except (*DAMAGE, FileProblem):
        return 0
