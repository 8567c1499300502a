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
        # It goes with the object: a walk over it may be left at any row.
        self._file = tempfile.NamedTemporaryFile()  # noqa: SIM115
        self._file.writelines(pieces)
        self._file.flush()

    def __call__(self):
        """:return: the file, open for reading at its start"""
        return Path(self._file.name).open("rb")


def get_opener(attachment):
    """What opens the content of an attachment, with none of it in memory.

    :param attachment: ``ir.attachment``, none or one, whose access was checked
    :return: callable that returns a binary file; an add-on's own storage is read whole
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
    """What the database holds, in pieces: a whole file of 500,000 rows weighs three
    times its size on its way through the driver."""
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
