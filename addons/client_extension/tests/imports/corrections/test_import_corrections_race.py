import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...common_race import RaceCase

#: two rows, both rejected, so that nothing else is committed
ROWS = "reference;name;email\nRACE-C1;Un;nobody\nRACE-C2;Deux;nobody\n"


@tagged("post_install", "-at_install")
class TestImportCorrectionsRace(RaceCase):
    """Two transactions that correct rows of one import at the same time."""

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            record = env["client.import"].create(
                {"file": base64.b64encode(ROWS.encode()), "file_name": "race.csv"}
            )
            record.run()
            self.commit(record)
            self.import_id = record.id
            self.rows = {r["line"]: r for r in record.get_rejected_rows()["rows"]}

    def type(self, line, email):
        """:return: function that types an address, as the page was read before"""
        sent = {**self.rows[line], "cells": {"2": email}}

        def call(env):
            env["client.import"].browse(self.import_id).correct_rows([sent])

        return call

    def typed(self):
        """:return: dict: line -> address that is kept"""
        with self.transaction() as env:
            found = env["client.import"].browse(self.import_id).corrections or {}
            return {line: typed["cells"]["2"] for line, typed in found.items()}

    def test_different_rows_are_both_kept(self):
        again = self.race(self.type(2, "one@example.com"), self.type(3, "two@x.com"))
        self.assertTrue(again, "done again, with what the first one has kept")
        self.assertEqual(self.typed(), {"2": "one@example.com", "3": "two@x.com"})

    def test_the_same_row_is_refused_to_the_second(self):
        with self.assertRaisesRegex(UserError, "another user"):
            self.race(self.type(2, "one@example.com"), self.type(2, "two@example.com"))
        self.assertEqual(self.typed(), {"2": "one@example.com"})

    def test_a_double_click_imports_once(self):
        with self.transaction() as env:
            self.type(2, "one@example.com")(env)
        with self.transaction() as first, self.transaction() as second:
            first["client.import"].browse(self.import_id).import_corrected()
            first.flush_all()
            record = second["client.import"].browse(self.import_id)
            with self.assertRaisesRegex(UserError, "another user"):
                record.import_corrected()
            # Nothing of this is to stay in the database.
            first.cr.rollback()
        self.assertEqual(self.typed(), {"2": "one@example.com"})
