import io
from unittest.mock import patch

import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.client_extension.tests.common_import import ImportCase

from ..wizards import privacy_lookup_wizard

NAME, EMAIL = "Ines Weber", "ines.weber@example.com"
FILE = (
    "reference;name;email\n"
    "L-1;Ines Weber;ines.weber@example.com\n"
    "L-2;Paul Adam;paul.adam@example.com\n"
)


@tagged("post_install", "-at_install")
class TestPrivacyLookup(ImportCase):
    """What an administrator finds of a person, and can take away."""

    def lookup(self, name=NAME, email=EMAIL):
        """:return: the wizard after the lookup, by an administrator"""
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": name, "email": email}
        )
        wizard.action_lookup()
        return wizard

    def found(self, wizard, model):
        """:return: the records of a model that a wizard has found"""
        lines = wizard.line_ids.filtered(lambda line: line.res_model == model)
        self.assertEqual(len(lines), len(set(lines.mapped("res_id"))), "each once")
        return self.env[model].browse(lines.mapped("res_id"))

    def line(self, wizard, record):
        return wizard.line_ids.filtered(
            lambda line: (line.res_model, line.res_id) == (record._name, record.id)
        )

    def test_the_file_and_the_change_log_of_a_client(self):
        record = self.run_import(FILE)
        other = self.run_import("reference;name\nL-9;Nobody Else\n")
        wizard = self.lookup()
        self.assertIn(record, self.found(wizard, "client.import"))
        self.assertNotIn(other, self.found(wizard, "client.import"))
        changes = self.found(wizard, "client.import.change")
        self.assertEqual(changes.import_id, record)
        self.assertEqual(changes.partner_id, self.client("L-1"))

    def test_the_change_log_of_a_client_who_had_another_name(self):
        record = self.run_import("reference;name\nL-1;Before\nL-2;Another\n")
        client = self.client("L-1")
        client.write({"name": NAME, "email": EMAIL})
        changes = self.found(self.lookup(), "client.import.change")
        self.assertEqual(changes.import_id, record)
        self.assertEqual(changes.partner_id, client)

    def test_what_was_typed_over_a_rejected_row(self):
        record = self.run_import("reference;name;email\n;Nobody Else;nobody\n")
        (row,) = record.get_rejected_rows()["rows"]
        typed = {"0": "L-1", "1": NAME, "2": EMAIL}
        self.assertNotIn(record, self.found(self.lookup(), "client.import"))
        record.correct_rows([{**row, "cells": typed}])
        self.assertIn(record, self.found(self.lookup(), "client.import"))

    def test_a_word_with_its_meaning(self):
        record = self.make(f"reference;name;manager\nL-1;A;{NAME}\n")
        record.check()
        answers = {"manager": {NAME: ""}}
        record.value_answers = answers
        mappings = self.env["client.import.mapping"].with_user(self.importer)
        both = {"manager": {NAME: "", "Paul": ""}}
        mapping = mappings.create({"name": "Weekly", "value_answers": both})
        other = mappings.create({"name": "Other"})
        record.with_context(bin_size=False).file = self.encode("reference\nL-2\n")
        wizard = self.lookup()
        self.assertIn(record, self.found(wizard, "client.import"))
        self.assertIn(mapping, self.found(wizard, "client.import.mapping"))
        self.assertNotIn(other, self.found(wizard, "client.import.mapping"))
        for one in (record, mapping):
            self.line(wizard, one).action_unlink()
        self.assertFalse(record.value_answers)
        self.assertEqual(mapping.value_answers, {"manager": {"Paul": ""}})

    def test_a_client_who_is_deleted_is_still_in_the_file(self):
        record = self.run_import(FILE)
        self.client("L-1").unlink()
        wizard = self.lookup()
        self.assertIn(record, self.found(wizard, "client.import"))
        self.assertFalse(self.found(wizard, "client.import.change"))

    def test_checked_rows_and_problems(self):
        checked = self.make(FILE.replace("ines.weber@", "ines.weber at "))
        checked.check()
        wizard = self.lookup()
        previews = self.found(wizard, "client.import.preview")
        self.assertEqual(previews.mapped("reference"), ["L-1"])
        wizard = self.lookup(NAME, "ines.weber@x.com")
        self.assertFalse(self.found(wizard, "client.import.problem"))
        bad = self.run_import(f"reference;name;country\nL-1;A;{EMAIL}\n")
        wizard = self.lookup()
        self.assertEqual(
            self.found(wizard, "client.import.problem"), bad.problem_ids.sudo()
        )

    def test_the_contact_of_a_client(self):
        record = self.run_import(
            "reference;name;type;contact_first_name;contact_last_name;contact_email\n"
            f"L-5;Weber Travel;company;Ines;Weber;{EMAIL}\n"
        )
        wizard = self.lookup()
        self.assertIn(record, self.found(wizard, "client.import"))
        self.assertEqual(self.found(wizard, "client.import.change").import_id, record)

    def test_a_workbook(self):
        data = io.BytesIO()
        with xlsxwriter.Workbook(data) as book:
            sheet = book.add_worksheet()
            for place, line in enumerate(FILE.splitlines()):
                sheet.write_row(place, 0, line.split(";"))
        record = self.make(data.getvalue(), file_name="clients.xlsx")
        self.assertIn(record, self.found(self.lookup(), "client.import"))
        wizard = self.lookup("Somebody Else", "somebody@example.com")
        self.assertNotIn(record, self.found(wizard, "client.import"))

    def test_upper_case_and_wildcards_are_texts(self):
        record = self.run_import(FILE)
        wizard = self.lookup("INES WEBER", "Ines.Weber@Example.com")
        self.assertIn(record, self.found(wizard, "client.import"))
        wizard = self.lookup("Somebody Else", "ines_weber@example.com")
        self.assertNotIn(record, self.found(wizard, "client.import"))
        self.assertFalse(self.found(wizard, "client.import.change"))

    def test_a_file_that_there_is_no_time_for_is_listed(self):
        record = self.run_import("reference;name\nL-9;Nobody Else\n")
        with patch.object(privacy_lookup_wizard, "PACE", -1):
            self.assertIn(record, self.found(self.lookup(), "client.import"))

    def test_what_was_cleared_is_not_found(self):
        record = self.run_import(FILE)
        record.action_clear()
        record.sudo().change_ids._clear_values()
        self.client("L-1").unlink()
        wizard = self.lookup()
        for model in privacy_lookup_wizard.COLUMNS:
            with self.subTest(model):
                self.assertFalse(self.found(wizard, model))

    # Delete

    def test_delete_clears_an_import_and_keeps_its_figures(self):
        record = self.run_import(FILE)
        wizard = self.lookup()
        line = self.line(wizard, record)
        line.action_unlink()
        self.assertTrue(line.is_unlinked)
        self.assertTrue(record.exists())
        self.assertFalse(record.file)
        self.assertEqual(record.created_count, 2)
        self.assertIn("Cleared", wizard.execution_details)
        self.assertNotIn(NAME, wizard.log_id.execution_details)

    def test_delete_clears_one_line_of_a_change_log(self):
        record = self.run_import(FILE)
        wizard = self.lookup()
        change = self.found(wizard, "client.import.change")
        self.line(wizard, change).action_unlink()
        self.assertTrue(change.exists())
        self.assertFalse(change.new_values)
        others = record.sudo().change_ids - change
        self.assertIn("Paul Adam", str(others.new_values))

    def test_delete_all(self):
        checked = self.make(FILE)
        checked.check()
        record = self.run_import(FILE)
        wizard = self.lookup()
        wizard.line_ids.action_unlink_all()
        self.assertTrue(all(wizard.line_ids.mapped("is_unlinked")))
        wizard = self.lookup()
        for model in privacy_lookup_wizard.COLUMNS:
            with self.subTest(model):
                self.assertFalse(self.found(wizard, model))
        self.assertFalse(self.client("L-1"))
        self.assertTrue(self.client("L-2"))
        self.assertEqual(record.created_count, 2)

    def test_nothing_is_deleted_twice(self):
        self.run_import(FILE)
        wizard = self.lookup()
        line = wizard.line_ids.filtered(
            lambda found: found.res_model == "client.import"
        )[:1]
        line.action_unlink()
        with self.assertRaises(UserError):
            line.action_unlink()

    def test_administrators_only(self):
        self.run_import(FILE)
        wizard = self.lookup()
        line = wizard.line_ids.filtered(
            lambda found: found.res_model == "client.import"
        )[:1]
        manager = new_test_user(
            self.env, "privacy_manager", "client_extension.group_client_manager"
        )
        with self.assertRaises(AccessError):
            line.with_user(manager).action_unlink()
        with self.assertRaises(AccessError):
            wizard.with_user(manager).action_lookup()
