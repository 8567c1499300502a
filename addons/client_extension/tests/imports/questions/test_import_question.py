from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ...common_import import ImportCase

GREEK = "reference;name\nQG1;Γιώργος Παπαδόπουλος\nQG2;Μαρία Νικολάου\n"
FRENCH = "reference;name\nQF1;Hélène Lefèvre\nQF2;François Noël\n"
STARTS = ("run", "enqueue", "action_import")


@tagged("post_install", "-at_install")
class TestImportQuestion(ImportCase):
    """A file that can be read in two ways: found, said, asked, and kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["client.label"].create({"name": "Since", "kind": "date"})

    def since(self, *dates):
        rows = "".join(f"QD{place};A;{day}\n" for place, day in enumerate(dates))
        return f"reference;name;Since\n{rows}"

    def stored(self, reference):
        client = self.client(reference)
        return client.client_properties[self.label("since")]

    def keys(self, record):
        return [question["key"] for question in record.file_questions or []]

    def check(self, text, **values):
        record = self.make(text, **values)
        record.check()
        self.assertEqual(record.state, "checked")
        return record

    # Encoding

    def test_an_encoding_that_is_not_certain_is_asked(self):
        record = self.check(GREEK, encoding="cp1253")
        self.assertEqual(self.codes(record), [(0, "file_encoding_asked")])
        [question] = record.file_questions
        self.assertTrue(question["is_open"])
        choices = dict(question["choices"])
        self.assertIn("Γιώργος", choices["cp1253"])
        self.assertIn("Ãéþñãïò", choices["cp1252"])
        for start in STARTS:
            with self.assertRaisesRegex(UserError, "encoding of the file"):
                getattr(record, start)()
        self.assertEqual(record.state, "checked")
        record.file_answers = {"encoding": "cp1253"}
        record.run()
        self.assertEqual(record.state, "done")
        self.assertEqual(self.client("QG1").name, "Γιώργος Παπαδόπουλος")

    def test_without_an_answer_nothing_is_written(self):
        for encoding in ("cp1253", "mac_roman", "cp850"):
            text = GREEK if encoding == "cp1253" else FRENCH
            for start in STARTS:
                record = self.make(text, encoding=encoding)
                getattr(record, start)()
                with self.subTest(f"{encoding} {start}"):
                    self.assertEqual(record.state, "failed")
                    self.assertEqual(self.codes(record), [(0, "file_encoding_asked")])
                    self.assertTrue(record.can_map, "asked on its page")
                    self.assertEqual(self.keys(record), ["encoding"])
        self.assertFalse(self.client("QG1") + self.client("QF1"))

    def test_a_usual_encoding_is_said(self):
        record = self.check(FRENCH, encoding="cp1252")
        self.assertIn("Hélène · Lefèvre", record.file_questions[0]["title"])
        record.run()
        self.assertEqual(self.client("QF1").name, "Hélène Lefèvre")
        self.assertEqual(record.state, "done")
        self.assertFalse(self.keys(self.check(FRENCH)))

    def test_the_rejected_rows_keep_the_encoding(self):
        text = f"{GREEK}QG3;Άλφα;x\n".replace("name", "name;email", 1)
        record = self.make(text, encoding="cp1253")
        record.file_answers = {"encoding": "cp1253"}
        record.run()
        self.assertEqual(record.rejected_count, 1)
        fixed = "reference;name;email;line\nQG3;Άλφα;a@mail.example;4\n"
        record.correct(self.encode(fixed, "cp1253"))
        self.assertEqual(self.client("QG3").name, "Άλφα")

    # Dates

    def test_american_dates_are_read_in_one_order(self):
        record = self.check(self.since("04/11/2026", "12/31/2026", "01/02/2026"))
        self.assertEqual(self.codes(record), [(0, "header_dates_found")])
        self.assertIn("04/11/2026 → 2026-04-11", record.problem_ids.message)
        record.run()
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 0))
        self.assertEqual(self.stored("QD0"), "2026-04-11")

    def test_dates_of_one_order_can_be_set(self):
        record = self.check(self.since("04/11/2026", "01/02/2026"))
        self.assertEqual(self.codes(record), [(0, "header_dates_found")])
        with Form(record) as form:
            form.file_answers = {"dates:Since": "month"}
        self.assertEqual(record.state, "draft")
        self.assertTrue(record.mapping_pending)
        record.check()
        self.assertFalse(record.mapping_pending)
        self.assertFalse(record.problem_ids)
        record.run()
        self.assertEqual((record.state, self.stored("QD1")), ("done", "2026-01-02"))

    def test_european_dates_are_not_asked(self):
        record = self.check(self.since("04/11/2026", "31/12/2026", "1.2.2026"))
        self.assertFalse(record.problem_ids)
        record.run()
        self.assertEqual(self.stored("QD0"), "2026-11-04")

    def test_a_column_with_both_orders_is_a_question(self):
        text = self.since("13/01/2026", "01/13/2026", "01/02/2026")
        record = self.make(text)
        record.run()
        self.assertEqual(record.state, "failed")
        self.assertEqual(self.codes(record), [(0, "header_dates_asked")])
        record = self.check(text)
        with self.assertRaisesRegex(UserError, "two orders: 13/01/2026, 01/13/2026"):
            record.run()
        record.file_answers = {"dates:Since": "day"}
        record.run()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 1))

    # Words for nothing

    def test_words_for_nothing_are_empty_where_no_text_is_expected(self):
        text = (
            "reference;name;country;phone;email;Since;category\n"
            "QN1;A;NULL;N/A;None;#N/A;NULL\nQN2;B; NULL;\\N;N/A;null;\nQN3;C;;;;;\n"
        )
        record = self.check(text)
        self.assertEqual({c for _line, c in self.codes(record)}, {"cell_null"})
        found = {p.column: p.params["count"] for p in record.problem_ids}
        self.assertEqual(
            found,
            {"country": "2", "phone": "2", "email": "2", "Since": "2", "category": "1"},
        )
        record.run()
        self.assertEqual(self.counts(record), (3, 0, 0, 0, 0))
        client = self.client("QN1")
        self.assertFalse(client.country_id or client.phone or client.email)
        self.assertFalse(client.category_id)

    def test_a_word_that_is_a_value_stays(self):
        self.env["res.partner.category"].create({"name": "N/A"})
        record = self.run_import("reference;name;category\nQV1;A;N/A\n")
        self.assertEqual(self.client("QV1").category_id.name, "N/A")
        self.assertEqual(record.state, "done")

    def test_in_a_column_of_text_it_is_offered(self):
        text = "reference;name;city;Motto\nQT1;NULL;NULL;N/A\nQT2;B;Spa;x\n"
        record = self.check(text)
        self.assertEqual({c for _line, c in self.codes(record)}, {"header_nulls"})
        self.assertEqual(self.keys(record), ["nulls:name", "nulls:city", "nulls:Motto"])
        record.file_answers = {"nulls:city": "empty", "nulls:Motto": "empty"}
        record.run()
        client = self.client("QT1")
        self.assertEqual((client.name, client.city), ("NULL", False))
        self.assertFalse(client.client_properties.get(self.label("motto")))

    # Kept

    def test_the_mapping_keeps_the_answers(self):
        record = self.check(self.since("04/11/2026"))
        record.file_answers = {"dates:Since": "month"}
        record.check()
        mappings = self.env["client.import.mapping"].with_user(self.importer)
        mapping = mappings._save(record, "Since")
        self.assertEqual(mapping.file_answers, {"dates:Since": "month"})
        values = mapping._prepare_import()
        del values["encoding"]
        again = self.make(self.since("05/06/2026"), **values)
        again.run()
        self.assertEqual((again.state, self.stored("QD0")), ("done", "2026-05-06"))

    def test_another_file_is_asked_about_again(self):
        record = self.make(self.since("1/2/2026"), file_answers={"dates:Since": "day"})
        record.file = self.encode(self.since("1/2/2026"))
        self.assertFalse(record.file_answers)

    def test_wrong_answers_are_refused(self):
        for answers in (["encoding"], {"encoding": 1}, {"encoding": "x" * 2000}):
            with self.assertRaises(ValidationError):
                self.make("reference;name\n", file_answers=answers)

    def test_what_can_be_answered_is_known(self):
        is_answer = self.env["client.import"]._is_file_answer
        for question, answers in {
            "encoding": ("cp1253", "mac-roman", "UTF-8"),
            "signs": ("drop", "keep"),
            "dates:Since": ("day", "month"),
            "nulls:a:b": ("text", "empty"),
        }.items():
            for answer in answers:
                self.assertTrue(is_answer(question, answer), (question, answer))
            for answer in ("", "perhaps", "utf-7"):
                self.assertFalse(is_answer(question, answer), (question, answer))
        for question in ("", "dates", "dates:", "signs:Since", "encoding:a", "other"):
            self.assertFalse(is_answer(question, "day"), question)

    def test_nothing_of_the_file_is_left_when_it_is_deleted(self):
        record = self.check(FRENCH, encoding="cp1252")
        record.action_clear()
        self.assertFalse(record.question_summary)
        self.assertFalse(record.file_questions)

    # Invisible signs

    def test_invisible_signs_are_said_and_not_stored(self):
        record = self.run_import(
            "reference;name;email\n\u202aQS1\u202c;Zo\u200bë;zoe\u200b@mail.example\n"
        )
        self.assertEqual(self.codes(record), [(2, "row_signs")])
        client = self.client("QS1")
        self.assertEqual((client.name, client.email), ("Zoë", "zoe@mail.example"))
        again = self.run_import("reference;name\nQ\u00adS1;Zo\u200bë\n")
        self.assertEqual(self.counts(again), (0, 0, 1, 0, 0))
