"""The file of rejected rows."""

from itertools import islice

from ....importer.text.fold import fold_header
from ....importer.writers.write_csv import write_rejects

#: headers that such a file adds to those of the file it came from
LINE_ERROR = {"line", "error"}


def get_rejects(client_import, sheet, columns, most=None):
    """The rejected rows as they came, each with its error.

    :param client_import: the ``client.import``
    :param sheet: ``importer.files.read.Sheet`` of the file
    :param columns: ``importer.types.ColumnMap`` of the file
    :param most: how many there are, where the rest of the file need not be read
    :return: bytes of a CSV file
    """
    problems = client_import.env["client.import.problem"]
    refused = problems._get_refused_lines(client_import)
    rows = ((row.cells, row.line) for row in sheet.rows() if row.line in refused)
    gone = [
        target.index
        for target in columns.targets
        if target.role == "ignored" and fold_header(target.header) in LINE_ERROR
    ]
    rows = problems._with_errors(client_import, islice(rows, most))
    return b"".join(
        write_rejects(sheet.header, rows, gone, sheet.delimiter, sheet.encoding)
    )
