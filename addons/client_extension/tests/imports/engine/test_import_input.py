from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...common_import import ImportCase

ROWS = "reference;name\nA1;Asked\n"
NOT_TEXT = ("\0", "utf-8\0", "\ud800", "x" * 100_000, 5, ["a"], {"a": 1})
NOT_FILE = ("é", "abc", "not base64 %%%", 5, ["a"], {"a": 1})
NOT_MODE = ("nonsense", "create\0", "x" * 10_000, 5, None, False, ["create"], {})
NOT_LINK = ("x", [1], {"a": 1}, True, 1.5)
NOT_LINKS = ("x", 7, [["a"]], [[9, 0, 0]], [[6, 0, "x"]], [[6, 0, ["x"]]], [{}])
NOT_MAPPING = (
    "x",
    ["a"],
    {"a": 1},
    {"a": "\0"},
    {"\ud800": "-"},
    {"a" * 2_000_000: "-"},
)


@tagged("post_install", "-at_install")
class TestImportAsked(ImportCase):
    """Anything can come over RPC: an invalid value is refused with a sentence."""

    def assert_refused(self, model, good, bad):
        """Refused when created and when written, whatever the field."""
        records = self.env[model].with_user(self.importer)
        record = records.create(good)
        if "name" in good:
            good = {**good, "name": "Another"}
        for name, values in bad.items():
            for value in values:
                with self.subTest(f"{model} {name} {value!r:.40}"):
                    with self.assertRaises(ValidationError) as caught:
                        records.create({**good, name: value})
                    self.assertLess(len(str(caught.exception)), 200)
                    self.assertNotIn("\0", str(caught.exception))
                    with self.assertRaises(ValidationError):
                        record.write({name: value})

    def test_import(self):
        bad = {
            "file": NOT_FILE,
            "file_name": NOT_TEXT,
            "delimiter": NOT_TEXT,
            "encoding": NOT_TEXT,
            "mode": NOT_MODE,
            "default_status": NOT_MODE,
            "category_ids": NOT_LINKS,
            "business_unit_id": NOT_LINK,
            "mapping_id": NOT_LINK,
            "company_id": NOT_LINK,
            "column_mapping": NOT_MAPPING,
        }
        self.assert_refused("client.import", {"file": self.encode(ROWS)}, bad)

    def test_dialog(self):
        bad = {
            "file": NOT_FILE,
            "file_name": NOT_TEXT,
            "separator": ("x", "\0", 5, ["a"]),
            "other_separator": NOT_TEXT,
            "encoding": ("idna", *NOT_TEXT),
            "mode": NOT_MODE,
            "category_ids": NOT_LINKS,
            "business_unit_id": NOT_LINK,
            "mapping_id": NOT_LINK,
        }
        self.assert_refused("client.import.wizard", {"file": self.encode(ROWS)}, bad)

    def test_mapping(self):
        column = {"header": "a", "role": "standard", "key": "name", "suggestion": ""}
        bad = {
            "name": NOT_TEXT,
            "delimiter": NOT_TEXT,
            "mode": NOT_MODE,
            "column_mapping": NOT_MAPPING,
            "columns_summary": ("x", {"a": 1}, ["x"], [{}], [{**column, "key": "\0"}]),
        }
        good = {"name": "Asked", "columns_summary": [column]}
        self.assert_refused("client.import.mapping", good, bad)

    def test_a_mapping_stays_in_the_name_of_who_kept_it(self):
        mapping = self.env["client.import.mapping"].with_user(self.importer)
        mapping = mapping.create({"name": "Asked", "user_id": self.env.uid})
        mapping.write({"user_id": self.env.uid})
        self.assertEqual(mapping.user_id, self.importer)

    def test_corrected_rows_and_the_name_of_a_mapping(self):
        record = self.run_import("reference;name\nA1;\n")
        for value in NOT_FILE:
            with self.subTest(value), self.assertRaises(UserError):
                record.correct(value)
        keep = self.env["client.import.mapping.save"].with_user(self.importer)
        keep = keep.create({"import_id": record.id, "name": "  "})
        with self.assertRaises(UserError):
            keep.action_save()

    def test_a_file_that_is_none_proposes_no_mapping(self):
        wizards = self.env["client.import.wizard"].with_user(self.importer)
        for value in ("abc", "é"):
            wizard = wizards.new({"file": value})
            wizard._onchange_file()
            self.assertFalse(wizard.mapping_id)
