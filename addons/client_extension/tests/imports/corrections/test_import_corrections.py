from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ....models.imports.corrections import client_import as corrections
from ...common_corrections import (
    CITY,
    EMAIL,
    NAME,
    REFERENCE,
    ROWS,
    STATUS,
    CorrectionCase,
)


@tagged("post_install", "-at_install")
class TestImportCorrections(CorrectionCase):
    """Rejected rows are corrected on the page of their import."""

    # What the page shows

    def test_cells_in_question_are_marked(self):
        record = self.run_import(ROWS)
        self.assertTrue(record.can_correct)
        rows = self.rows(record)
        self.assertEqual(list(rows), [3, 4, 5])
        marked = {
            line: [key for message in row["messages"] for key in message["keys"]]
            for line, row in rows.items()
        }
        self.assertEqual(marked, {3: [EMAIL], 4: [REFERENCE], 5: [STATUS]})
        self.assertIn("nobody", self.texts(rows[3]))
        self.assertEqual(rows[3]["cells"], ["M2", "Deux", "nobody", "Nice", "client"])
        self.assertEqual({row["outcome"] for row in rows.values()}, {False})

    def test_columns_that_are_lists_offer_their_words(self):
        record = self.run_import(ROWS)
        found = record.get_rejected_columns()
        self.assertEqual(
            [(c["key"], c["header"], c["list"]) for c in found["columns"]],
            [
                (REFERENCE, "reference", False),
                (NAME, "name", False),
                (EMAIL, "email", False),
                (CITY, "city", False),
                (STATUS, "status", "status"),
            ],
        )
        names = [c["header"] for c in found["columns"] if c["is_key"]]
        self.assertEqual(names, ["reference", "name"])
        self.assertEqual(
            dict(found["choices"]["status"]),
            {"prospect": "Prospect", "client": "Client"},
        )

    def test_fifty_rows_at_a_time(self):
        bad = "".join(f"N{i:02};Client {i};nobody\n" for i in range(60))
        record = self.run_import("reference;name;email\n" + bad)
        found = record.get_rejected_rows()
        self.assertEqual((len(found["rows"]), found["count"]), (50, 60))
        self.assertEqual(list(self.rows(record, 50, 50)), list(range(52, 62)))
        self.assertFalse(self.rows(record, 60, 50))

    def test_above_a_thousand_the_file_is_the_way(self):
        record = self.run_import(ROWS)
        self.patch(corrections, "MOST", 2)
        record.invalidate_recordset()
        self.assertIn("download", record.correction_note)
        self.assertNotIn("Rejected Rows page", record.next_step)
        for call in (record.get_rejected_rows, record.get_rejected_columns):
            with self.assertRaisesRegex(UserError, "Up to 2"):
                call()
        self.patch(corrections, "MOST", 3)
        record.invalidate_recordset()
        self.assertFalse(record.correction_note)
        self.assertIn("Rejected Rows page", record.next_step)

    # One row

    def test_a_corrected_row_is_checked_at_once_and_nothing_is_imported(self):
        record = self.run_import(ROWS)
        before = self.dump()
        problems = self.codes(record)
        shown = self.type(record, 3, email="two@example.com")
        self.assertEqual(list(shown), [3])
        self.assertEqual((shown[3]["outcome"], shown[3]["messages"]), ("create", []))
        self.assertEqual(self.rows(record)[3], shown[3], "it is kept by the server")
        self.env.flush_all()
        self.assertEqual(self.dump(), before)
        self.assertEqual(self.codes(record), problems)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 3))
        self.assertEqual(record.state, "done_with_problems")
        self.assertFalse(record.correction_file)

    def test_a_row_that_is_still_wrong_says_why(self):
        record = self.run_import(ROWS)
        shown = self.type(record, 3, email="two", name="")[3]
        self.assertEqual(shown["outcome"], "reject")
        self.assertEqual([m["keys"] for m in shown["messages"]], [[EMAIL]])
        shown = self.type(record, 3, email="two@example.com", name="")[3]
        self.assertEqual([m["keys"] for m in shown["messages"]], [[NAME]])

    def test_a_word_of_a_list_and_a_date(self):
        self.env["client.label"].create({"name": "Joined", "kind": "date"})
        record = self.run_import(
            "reference;name;status;Joined\nD1;A;warm;2026-02-30\nD2;B;client;soon\n"
        )
        shown = self.send(record, 2, {"2": "client"})[2]
        self.assertEqual([m["keys"] for m in shown["messages"]], [["3"]])
        shown = self.send(record, 2, {"2": "client", "3": "28/02/2026"})[2]
        self.assertEqual(shown["outcome"], "create")
        self.send(record, 3, {"3": "2026-03-01"})
        record.import_corrected()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        values = [self.client(f"D{n}").client_properties for n in (1, 2)]
        name = self.label("joined")
        self.assertEqual([v[name] for v in values], ["2026-02-28", "2026-03-01"])

    def test_the_text_as_it_was_is_no_correction(self):
        record = self.run_import(ROWS)
        self.type(record, 3, email="two@example.com")
        self.assertTrue(record.corrections)
        shown = self.type(record, 3, email="nobody")[3]
        self.assertEqual((shown["typed"], shown["outcome"]), ({}, False))
        self.assertIn("nobody", self.texts(shown))
        self.assertFalse(record.corrections)
        with self.assertRaisesRegex(UserError, "No rejected row"):
            record.import_corrected()

    def test_an_existing_client_is_updated(self):
        record = self.run_import(ROWS)
        shown = self.type(record, 4, reference="M1")[4]
        self.assertEqual(shown["outcome"], "update")
        created = self.run_import(ROWS.replace("M1", "M9"), mode="create")
        shown = self.type(created, 4, reference="M9")[4]
        self.assertEqual(shown["outcome"], "reject")
        self.assertIn("Un", self.texts(shown))

    # Rows together

    def test_a_reference_that_stands_twice_counts_for_both_rows(self):
        record = self.run_import(ROWS, mode="create")
        self.type(record, 3, reference="M7", email="")
        shown = self.type(record, 4, reference="M7")
        self.assertEqual(list(shown), [3, 4])
        self.assertEqual([r["outcome"] for r in shown.values()], ["create", "reject"])
        self.assertIn("3", self.texts(shown[4]), "the line of the first one")
        shown = self.type(record, 3, reference="M8", email="")
        self.assertEqual(list(shown), [3, 4])
        self.assertEqual([r["outcome"] for r in shown.values()], ["create", "create"])

    def test_a_second_row_updates_what_the_first_one_creates(self):
        record = self.run_import(ROWS)
        self.type(record, 3, reference="M7", email="")
        shown = self.type(record, 4, reference="M7", city="Pau")
        self.assertEqual([r["outcome"] for r in shown.values()], ["create", "update"])
        record.import_corrected()
        self.assertEqual(self.counts(record), (2, 1, 0, 0, 1))
        self.assertEqual(self.client("M7").city, "Pau")

    # Import

    def test_corrected_rows_go_in_and_the_others_stay(self):
        record = self.run_import(ROWS)
        self.type(record, 3, email="two@example.com", city="Cannes")
        self.type(record, 5, status="cold")
        record.import_corrected()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))
        self.assertEqual(record.row_count, 4)
        client = self.client("M2")
        self.assertEqual((client.email, client.city), ("two@example.com", "Cannes"))
        self.assertEqual(record.state, "done_with_problems")
        left = self.rejects(record)
        self.assertEqual([row["line"] for row in left], ["4", "5"])
        self.assertEqual(left[1]["status"], "cold", "what was typed is not lost")
        self.assertFalse(record.corrections)
        rows = self.rows(record)
        self.assertEqual(rows[5]["cells"][4], "cold")
        self.assertIn("cold", self.texts(rows[5]))
        self.type(record, 4, reference="M3")
        self.type(record, 5, status="client")
        record.import_corrected()
        self.assertEqual((record.state, self.counts(record)), ("done", (4, 0, 0, 0, 0)))
        self.assertFalse(record.rejects_file)
        self.assertFalse(record.can_correct)

    def test_the_undo_takes_them_back(self):
        before = self.dump()
        record = self.run_import(ROWS)
        self.type(record, 3, email="")
        self.type(record, 4, reference="M1")
        record.import_corrected()
        self.assertEqual(self.counts(record), (2, 1, 0, 0, 1))
        record.undo()
        self.assert_undone(before, self.dump())
        with self.assertRaises(UserError):
            record.get_rejected_rows()

    def test_a_second_click_imports_nothing(self):
        record = self.run_import(ROWS)
        self.type(record, 3, email="")
        record.import_corrected()
        with self.assertRaisesRegex(UserError, "No rejected row"):
            record.import_corrected()
        self.type(record, 5, status="client")
        model = type(record)
        with (
            patch.object(model, "try_lock_for_update", lambda record: record.browse()),
            self.assertRaisesRegex(UserError, "another user"),
        ):
            record.import_corrected()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 2))

    def test_any_text_arrives_as_it_was_typed(self):
        record = self.make("reference,name,comment\nT1,,\nT2,,\nT3,,\nT4,,\nT5,,\n")
        record.encoding = "cp1252"
        record.run()
        texts = ['=SUM(1;2) "a", b', "Łódź; Ω", "two\nlines", "'t Hooft", "+33 1, -1"]
        for line, text in enumerate(texts, 2):
            self.send(record, line, {"1": f"Client {line}", "2": text})
        record.import_corrected()
        self.assertEqual(self.counts(record), (5, 0, 0, 0, 0))
        for number, text in enumerate(texts, 1):
            comment = self.client(f"T{number}").comment
            plain = str(comment).replace("<br>", "\n").replace("<br/>", "\n")
            plain = plain.removeprefix("<p>").removesuffix("</p>")
            self.assertEqual(plain.replace("&amp;", "&"), text)

    def test_cells_beyond_the_header(self):
        record = self.run_import("reference;name\nX1;Dupont;Jean\nX2;A;;\n")
        (row,) = record.get_rejected_rows()["rows"]
        self.assertEqual([m["keys"] for m in row["messages"]], [["+0"]])
        columns = record.get_rejected_columns()["columns"]
        self.assertEqual([c["key"] for c in columns], ["0", "1", "+0"])
        shown = self.send(record, 2, {"1": "Dupont Jean", "+0": ""})[2]
        self.assertEqual(shown["outcome"], "create")
        record.import_corrected()
        self.assertEqual(self.client("X1").name, "Dupont Jean")

    # The other ways to correct

    def test_protected_values_are_kept_as_in_the_import(self):
        partner = self.env["res.partner"].create(
            {"name": "Invoiced", "ref": "P1", "client_status": "client", "city": "Old"}
        )
        protection = type(self.env["client.import.protection"])
        record = self.run_import(
            "reference;name;city;email\nP1;Invoiced;New;nobody\nP2;Free;New;nobody\n"
        )
        kept = {partner.id: {"address"}}
        with patch.object(protection, "_get_kept", lambda *args: kept):
            shown = self.send(record, 2, {"3": "new@example.com"})[2]
            self.assertEqual(shown["outcome"], "update")
            self.assertTrue(all(m["is_warning"] for m in shown["messages"]))
            self.assertIn("New", self.texts(shown))
            record.import_corrected()
        self.assertEqual((partner.city, partner.email), ("Old", "new@example.com"))

    def test_words_that_were_answered_keep_their_meaning(self):
        record = self.run_import(
            "reference;name;email;status\nW1;A;nobody;warm\nW2;B;;warm\nW3;C;;cold\n"
        )
        record.value_answers = {"status": {"warm": "client"}}
        shown = self.send(record, 2, {"2": "one@example.com"})[2]
        self.assertEqual(shown["outcome"], "create")
        record.import_corrected()
        self.assertEqual(self.client("W1").client_status, "client")
        self.assertTrue(record.answers_pending, "W2 has not been read with the answer")
        self.send(record, 4, {"3": "prospect"})
        record.import_rejected()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 1))
        self.assertFalse(record.answers_pending)

    def test_a_corrected_file_leaves_what_was_typed_in_other_rows(self):
        record = self.run_import(ROWS)
        self.type(record, 3, email="two")
        self.type(record, 5, status="client")
        text = "line;reference;phone;email\n3;M2;+33 1;three@example.com\n"
        record.correct(self.encode(text))
        self.assertEqual(list(record.corrections), ["5"])
        self.assertEqual(self.rows(record)[5]["outcome"], "create")

    # Many rows

    def test_six_hundred_rows_wait_for_the_background(self):
        bad = "".join(f"N{i:03};Client {i};nobody\n" for i in range(600))
        record = self.run_import("reference;name;email\n" + bad)
        rows = record.get_rejected_rows(0, 1000)["rows"]
        sent = [
            {"line": row["line"], "version": row["version"], "cells": {EMAIL: ""}}
            for row in rows
        ]
        found = record.correct_rows(sent)
        self.assertEqual({row["outcome"] for row in found["rows"]}, {"create"})
        record.import_corrected()
        self.assertEqual(record.state, "queued")
        self.assertFalse(record.can_correct)
        for call in (record.get_rejected_rows, record.import_corrected):
            with self.assertRaises(UserError):
                call()
        with self.committing():
            self.env["client.import"]._cron_import()
        self.assertEqual(self.counts(record), (600, 0, 0, 0, 0))
        self.assertEqual(record.state, "done")
        self.assertFalse(record.corrections)

    def test_what_was_not_processed_when_it_is_stopped_stays_typed(self):
        record = self.run_import(ROWS)
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("client_extension.import_limit", 1)
        self.type(record, 3, email="")
        self.type(record, 5, status="client")
        record.import_corrected()
        self.assertEqual(record.state, "queued")
        record.cancel()
        self.assertEqual(record.state, "done_with_problems")
        rows = self.rows(record)
        self.assertEqual([rows[n]["outcome"] for n in (3, 5)], ["create", "create"])

    def test_one_row_costs_the_same_among_many(self):
        bad = "".join(f"N{i:03};Client {i};nobody\n" for i in range(120))
        record = self.run_import("reference;name;email\n" + bad)
        counts = []
        for line in (2, 3, 4, 121):
            self.env.flush_all()
            self.env.invalidate_all()
            version = self.rows(record, 0, 200)[line]["version"]
            sent = {"line": line, "version": version, "cells": {EMAIL: ""}}
            if line == 4:
                many = [
                    {**sent, "line": n, "cells": {EMAIL: f"a{n}@example.com"}}
                    for n in range(4, 121)
                ]
                record.correct_rows(many)
                continue
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            record.correct_rows([sent])
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1])
