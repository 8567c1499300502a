from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ...common_corrections import EMAIL, ROWS, STATUS, CorrectionCase


@tagged("post_install", "-at_install")
class TestImportCorrectionsShared(CorrectionCase):
    """Who may correct, two users at once, and how long it is kept."""

    def test_two_users_at_once(self):
        record = self.run_import(ROWS)
        manager = record.with_user(self.users["manager"])
        seen = self.rows(record)[3]["version"]
        self.type(manager, 3, email="manager@example.com")
        sent = {"line": 3, "version": seen, "cells": {EMAIL: "importer@example.com"}}
        with self.assertRaisesRegex(UserError, "another user"):
            record.correct_rows([sent])
        self.assertEqual(self.rows(record)[3]["typed"], {EMAIL: "manager@example.com"})
        # Other rows are free.
        self.type(record, 5, status="client")
        # Not even where the first one has taken it back, or imported it.
        seen = self.rows(record)[3]["version"]
        self.send(manager, 3, {})
        self.type(manager, 3, email="again@example.com")
        with self.assertRaisesRegex(UserError, "another user"):
            record.correct_rows([{**sent, "version": seen}])
        manager.import_corrected()
        with self.assertRaisesRegex(UserError, "no longer rejected"):
            record.correct_rows([{**sent, "version": seen}])
        self.assertEqual(self.client("M2").email, "again@example.com")

    def test_a_row_that_was_imported_in_between_is_refused(self):
        record = self.run_import(ROWS)
        before = self.rows(record)[5]["version"]
        record._as_engine().ended_at = "2020-01-01 00:00:00"
        self.type(record, 5, status="cold")
        record.import_corrected()
        sent = {"line": 5, "version": before, "cells": {STATUS: "client"}}
        record._as_engine().ended_at = "2020-01-02 00:00:00"
        with self.assertRaisesRegex(UserError, "another user"):
            record.correct_rows([sent])

    def test_who_may(self):
        record = self.run_import(ROWS)
        row = self.rows(record)[3]
        sent = [{"line": 3, "version": row["version"], "cells": {EMAIL: ""}}]
        other = new_test_user(
            self.env, "corrections_other", "client_extension.group_client_importer"
        )
        company = self.env["res.company"].create({"name": "Another company"})
        stranger = self.users["manager"].copy(
            {
                "login": "corrections_stranger",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
            }
        )
        names = ("user", "accountant", "employee", "portal")
        for user in (*(self.users[name] for name in names), other, stranger):
            theirs = record.with_user(user)
            for call in (
                theirs.get_rejected_columns,
                theirs.get_rejected_rows,
                lambda theirs=theirs: theirs.correct_rows(sent),
                theirs.import_corrected,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        self.assertFalse(record.corrections)
        with self.assertRaises(AccessError):
            record.corrections = {}

    def test_only_an_import_with_rejected_rows(self):
        done = self.run_import("reference;name\nM1;A\n")
        warned = self.run_import("reference;email\nM1;nobody\n", warn_cells=True)
        self.assertEqual(warned.state, "done_with_problems")
        checked = self.make(ROWS)
        checked.check()
        for record in (done, warned, checked, self.make(ROWS)):
            self.assertFalse(record.can_correct)
            with self.subTest(record.state), self.assertRaises(UserError):
                record.get_rejected_rows()
        cleared = self.run_import(ROWS)
        cleared.action_clear()
        with self.assertRaisesRegex(UserError, "has been deleted"):
            cleared.get_rejected_rows()

    def test_what_users_send_is_checked(self):
        record = self.run_import(ROWS)
        version = self.rows(record)[3]["version"]
        good = {"line": 3, "version": version, "cells": {EMAIL: "a@example.com"}}
        for wrong in (
            {"line": 2},
            {"line": "3"},
            {"line": [3]},
            {"cells": {EMAIL: 1}},
            {"cells": {"9": "x"}},
            {"cells": {"+0": "x"}},
            {"cells": ["x"]},
            {"version": None},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                record.correct_rows([{**good, **wrong}])
        with self.assertRaises(UserError):
            record.correct_rows(["x"])
        with self.assertRaises(ValidationError):
            record.correct_rows([{**good, "cells": {EMAIL: "a\0b"}}])
        self.assertFalse(record.corrections)

    def test_too_many_new_labels_are_said_and_not_recorded(self):
        record = self.run_import("reference;name;email;New\nL1;A;nobody;x\n")
        columns = type(self.env["client.import.columns"])
        problems = self.codes(record)
        with (
            patch.object(columns, "_get_label_limit", lambda model: 0),
            patch.object(columns, "_count_new_labels", lambda model, found: 9),
        ):
            shown = self.send(record, 2, {"2": ""})[2]
        self.assertEqual(shown["outcome"], "reject")
        self.assertIn("9", self.texts(shown))
        self.assertEqual(self.codes(record), problems)

    # How long

    def test_it_goes_with_the_file(self):
        record = self.run_import(ROWS)
        self.type(record, 3, email="somebody@example.com")
        self.assertIn("somebody@example.com", str(record.corrections))
        record.action_clear()
        self.assertFalse(record.corrections)

    def test_it_goes_with_the_client(self):
        record = self.run_import(ROWS)
        self.type(record, 3, reference="M1", email="somebody@example.com")
        self.type(record, 5, status="client")
        other = self.env["res.company"].create({"name": "Another company"})
        elsewhere, own = self.env["res.partner"].create(
            [
                {"name": "Elsewhere", "ref": "M1", "company_id": other.id},
                {"name": "Without a reference"},
            ]
        )
        (elsewhere + own).unlink()
        self.assertIn("3", record.corrections)
        self.client("M1").unlink()
        self.assertEqual(list(record.corrections), ["5"])
        self.assertEqual(self.rows(record)[3]["typed"], {})
