"""The content of an attachment as a file, wherever Odoo keeps it."""

import tempfile
from pathlib import Path

from odoo.tools import SQL

from ..importer.files.decode import opener

SLICE = 1 << 20


class SpooledFile:
    """A temporary file that can be opened again and again while this object lives."""

    def __init__(self, pieces):
        """:param pieces: iterable of bytes, what the file holds"""
        # Deleted along with the object: iteration over it can stop at any row.
        self._file = tempfile.NamedTemporaryFile()  # noqa: SIM115
        self._file.writelines(pieces)
        self._file.flush()

    def __call__(self):
        """:return: the file, open for reading at its start"""
        return Path(self._file.name).open("rb")


def get_opener(attachment):
    """A callable that opens the content of an attachment without loading it in memory.

    :param attachment: ``ir.attachment``, empty or one, whose access was checked
    :return: callable that returns a binary file; content from an add-on's own storage
        is read at once
    """
    if attachment.store_fname:
        path = attachment._full_path(attachment.store_fname)
        if Path(path).is_file():
            return opener(path)
    elif attachment:
        attachment.flush_recordset(["db_datas"])
        return SpooledFile(_slices(attachment))
    return opener(attachment.raw or b"")


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
