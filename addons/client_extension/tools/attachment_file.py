"""The content of an attachment as a file, wherever Odoo keeps it."""

import io
import os
import tempfile
from pathlib import Path

from odoo.tools import SQL

from ..importer.files.decode import opener
from ..importer.problems import FileProblem, Problem

SLICE = 1 << 20


class SpooledFile:
    """A temporary file that can be opened again and again while this object lives."""

    def __init__(self, pieces):
        """:param pieces: iterable of bytes, what the file holds"""
        # Gone along with the object: iteration over it can stop at any row. It has no
        # name, so that nothing is left where the process is killed.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._file.writelines(pieces)
        self._file.flush()

    def __call__(self):
        """:return: the file, open for reading at its start"""
        return io.BufferedReader(_View(self._file))


class _View(io.RawIOBase):
    """A file that others read too, with a position of its own."""

    def __init__(self, file):
        self._file, self._position = file, 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=os.SEEK_SET):
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position}.get(whence)
        if start is None:
            start = os.fstat(self._file.fileno()).st_size
        self._position = start + offset
        return self._position

    def readinto(self, buffer):
        data = os.pread(self._file.fileno(), len(buffer), self._position)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def get_opener(attachment):
    """A callable that opens the content of an attachment without loading it in memory.

    :param attachment: ``ir.attachment``, empty or one, whose access was checked
    :return: callable that returns a binary file; content from an add-on's own storage
        is read at once
    :raise FileProblem: when the content is lost; an empty file is none
    """
    if attachment.store_fname:
        path = attachment._full_path(attachment.store_fname)
        if Path(path).is_file():
            return opener(path)
    elif attachment:
        attachment.flush_recordset(["db_datas"])
        return SpooledFile(_slices(attachment))
    content = attachment.raw or b""
    if attachment.file_size and not content:
        raise FileProblem(Problem("file_missing"))
    return opener(content)


def _slices(attachment):
    """The content stored in the database, in chunks: read at once, a file of 500,000
    rows would take three times its size in the driver's memory."""
    position = 1
    while True:
        attachment.env.cr.execute(
            SQL(
                "SELECT substring(db_datas FROM %s FOR %s) FROM ir_attachment"
                " WHERE id = %s",
                position,
                SLICE,
                attachment.id,
            )
        )
        (piece,) = attachment.env.cr.fetchone()
        if not piece:
            return
        yield bytes(piece)
        position += SLICE
