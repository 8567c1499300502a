"""Splits the rows of a file into chunks that workers can process in parallel."""

import json
import sqlite3
import zlib
from contextlib import closing
from dataclasses import asdict
from operator import attrgetter

from odoo.addons.client_extension.importer.files.table import Sheet
from odoo.addons.client_extension.importer.problems import Problem
from odoo.addons.client_extension.importer.types import Row

#: rows that are written to disk together
BATCH = 1000


def share(rows, reference_of, repeated, size):
    """Split rows into independent chunks of about the given size.

    All rows of a repeated reference are in one chunk, in file order. They are kept on
    disk until the last of them is read, so that memory does not grow with them.

    :param rows: iterable of ``importer.types.Row``
    :param reference_of: function that takes a row and returns its reference
    :param repeated: set of the references that may occur again
    :param size: int, number of rows
    :return: iterator of lists of rows
    """
    chunk = []
    with closing(sqlite3.connect("")) as spool:
        spool.execute("CREATE TABLE spool (reference BLOB, number INTEGER, row TEXT)")
        waiting = []
        for row in rows:
            reference = reference_of(row)
            if reference in repeated:
                key = reference.encode("utf-8", "surrogatepass")
                waiting.append((key, row.number, json.dumps(_plain(row))))
                if len(waiting) >= BATCH:
                    _put(spool, waiting)
                continue
            chunk.append(row)
            if len(chunk) >= size:
                yield chunk
                chunk = []
        _put(spool, waiting)
        for together in _groups(spool):
            if chunk and len(chunk) + len(together) > size:
                yield sorted(chunk, key=attrgetter("number"))
                chunk = []
            chunk += together
    if chunk:
        yield sorted(chunk, key=attrgetter("number"))


def pack(sheet, rows):
    """:return: bytes, some rows of a sheet with what is needed to interpret them"""
    parts = {
        "header": sheet.header,
        "delimiter": sheet.delimiter,
        "encoding": sheet.encoding,
        "rows": [_plain(row) for row in rows],
    }
    return zlib.compress(json.dumps(parts).encode(), 1)


def unpack(data):
    """:return: the ``Sheet`` of :func:`pack`, with only these rows"""
    parts = json.loads(zlib.decompress(data))
    rows = [_row(plain) for plain in parts["rows"]]
    return Sheet(
        tuple(parts["header"]),
        parts["delimiter"],
        parts["encoding"],
        lambda: iter(rows),
    )


def _put(spool, waiting):
    spool.executemany("INSERT INTO spool VALUES (?, ?, ?)", waiting)
    waiting.clear()


def _groups(spool):
    """:return: iterator of lists, each with the rows of one reference"""
    found = spool.execute("SELECT reference, row FROM spool ORDER BY reference, number")
    together, last = [], None
    for reference, text in found:
        if together and reference != last:
            yield together
            together = []
        last = reference
        together.append(_row(json.loads(text)))
    if together:
        yield together


def _plain(row):
    problem = row.problem and asdict(row.problem)
    return [row.line, row.number, row.cells, problem, row.blank_before, row.faults]


def _row(plain):
    line, number, cells, problem, blank_before, faults = plain
    return Row(
        line,
        number,
        tuple(cells),
        problem and Problem(**problem),
        blank_before,
        tuple((place, code) for place, code in faults),
    )
