import tempfile
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ...tools import attachment_file
from ...tools.attachment_file import get_opener

TEXT = b"reference;name\r\n" + b"".join(b"%d;Client\r\n" % n for n in range(50))


@tagged("post_install", "-at_install")
class TestAttachmentFile(TransactionCase):
    """A file is read in pieces wherever Odoo stores it."""

    def attachment(self, location, raw=TEXT):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("ir_attachment.location", location)
        values = {"name": "clients.csv", "raw": raw}
        return self.env["ir.attachment"].create(values)

    def read_twice(self, attachment):
        open_file = get_opener(attachment)
        with open_file() as first, open_file() as second:
            self.assertEqual(first.read(), second.read())
        with open_file() as again:
            return again.read()

    def test_on_the_disk(self):
        attachment = self.attachment("file")
        self.assertTrue(attachment.store_fname)
        self.assertEqual(self.read_twice(attachment), TEXT)

    def test_in_the_database_in_pieces(self):
        attachment = self.attachment("db")
        self.assertFalse(attachment.store_fname)
        for size in (7, len(TEXT), 1 << 22):
            with patch.object(attachment_file, "SLICE", size), self.subTest(size):
                self.assertEqual(self.read_twice(attachment), TEXT)

    def test_a_copy_of_a_file_in_the_database_has_no_name(self):
        """A worker that is killed while it is open leaves nothing."""
        attachment = self.attachment("db")
        with TemporaryDirectory() as folder, patch.object(tempfile, "tempdir", folder):
            open_file = get_opener(attachment)
            with open_file() as file:
                self.assertEqual(file.read(), TEXT)
                links = Path("/proc/self/fd").iterdir()
                targets = [str(one.readlink()) for one in links if one.is_symlink()]
                (target,) = [one for one in targets if one.startswith(folder)]
                self.assertTrue(target.endswith("(deleted)"))
                self.assertEqual(list(Path(folder).iterdir()), [])

    def test_in_a_storage_of_another_add_on(self):
        attachment = self.attachment("file")
        model = type(attachment)
        with (
            patch.object(model, "_full_path", lambda self, path: "s3://bucket/none"),
            patch.object(model, "_file_read", lambda self, path, size=None: TEXT),
        ):
            attachment.invalidate_recordset()
            self.assertEqual(self.read_twice(attachment), TEXT)

    def test_nothing(self):
        self.assertEqual(self.read_twice(self.env["ir.attachment"]), b"")
        self.assertEqual(self.read_twice(self.attachment("db", b"")), b"")
