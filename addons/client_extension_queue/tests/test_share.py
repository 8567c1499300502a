from odoo.tests import BaseCase

from odoo.addons.client_extension.importer.files.table import Sheet
from odoo.addons.client_extension.importer.problems import Problem
from odoo.addons.client_extension.importer.types import Row

from ..tools.share import pack, share, unpack


def make(references):
    return [
        Row(number + 1, number, (reference, "é"))
        for number, reference in enumerate(references, 1)
    ]


def cut(references, size):
    """:return: list of chunks, each as a list of (number, reference)"""
    repeated = {r for r in references if references.count(r) > 1}
    chunks = share(make(references), lambda row: row.cells[0], repeated, size)
    return [[(row.number, row.cells[0]) for row in chunk] for chunk in chunks]


class TestShare(BaseCase):
    """Rows in chunks that wait for nobody."""

    def test_rows_without_repetition_stay_in_order(self):
        chunks = cut(list("abcdefg"), 3)
        self.assertEqual([len(chunk) for chunk in chunks], [3, 3, 1])
        self.assertEqual([n for c in chunks for n, _r in c], list(range(1, 8)))

    def test_a_reference_that_repeats_is_in_one_chunk_in_file_order(self):
        references = [*"axbycz", *"xyz", *"zyx", *"def"]
        chunks = cut(references, 4)
        for letter in "xyz":
            holders = [c for c in chunks if any(r == letter for _n, r in c)]
            self.assertEqual(len(holders), 1, letter)
        for chunk in chunks:
            numbers = [number for number, _reference in chunk]
            self.assertEqual(numbers, sorted(numbers))
        found = sorted(n for chunk in chunks for n, _r in chunk)
        self.assertEqual(found, list(range(1, len(references) + 1)))

    def test_one_reference_alone_may_be_longer_than_a_chunk(self):
        chunks = cut(["a"] * 5 + ["b", "b"], 3)
        self.assertEqual(sorted(len(chunk) for chunk in chunks), [2, 5])

    def test_letters_that_no_encoding_has(self):
        self.assertEqual(len(cut(["\udcff", "\udcff", "\0", "\0"], 2)), 2)

    def test_what_is_packed_comes_back_as_it_was(self):
        rows = [
            Row(2, 1, ("001", "a\nb;\0\udcff"), None, 3, ((1, "cell_error"),)),
            Row(9, 4, ("", ""), Problem("row_quote", 9, value='"', params={"a": "b"})),
        ]
        sheet = Sheet(("référence", "name"), ";", "cp1252", lambda: iter(()))
        found = unpack(pack(sheet, rows))
        self.assertEqual((found.header, found.delimiter), (sheet.header, ";"))
        self.assertEqual(found.encoding, "cp1252")
        self.assertEqual(list(found.rows()), rows)
        self.assertEqual(list(found.rows()), rows, "it can be read again")
