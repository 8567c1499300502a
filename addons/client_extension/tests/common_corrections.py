"""What the tests of corrected rows share."""

import base64
import csv
import io

from .common_undo import UndoCase

ROWS = (
    "reference;name;email;city;status\n"
    "M1;Un;un@example.com;Lyon;client\n"
    "M2;Deux;nobody;Nice;client\n"
    ";Trois;;Pau;client\n"
    "M4;Quatre;four@example.com;Brest;warm\n"
)
#: keys of the columns of these rows
REFERENCE, NAME, EMAIL, CITY, STATUS = "01234"


class CorrectionCase(UndoCase):
    """Rejected rows that are corrected as the page of their import does it."""

    def rows(self, record, *args):
        """:return: dict: line -> what the page shows of a row"""
        return {row["line"]: row for row in record.get_rejected_rows(*args)["rows"]}

    def type(self, record, line, **cells):
        """Type over cells of a row; names of columns as in ``ROWS``.

        :return: dict: line -> the rows that were checked
        """
        keys = {"reference": REFERENCE, "name": NAME, "email": EMAIL}
        keys |= {"city": CITY, "status": STATUS}
        typed = {keys[name]: text for name, text in cells.items()}
        return self.send(record, line, typed)

    def send(self, record, line, cells):
        version = self.rows(record, 0, 1000)[line]["version"]
        sent = {"line": line, "version": version, "cells": cells}
        return {row["line"]: row for row in record.correct_rows([sent])["rows"]}

    def texts(self, row):
        """:return: str: what is wrong with a row"""
        return " ".join(message["text"] for message in row["messages"])

    def rejects(self, record):
        """:return: list of dicts, the rows of the file of rejected rows"""
        data = base64.b64decode(record.with_context(bin_size=False).rejects_file)
        text = data.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))
