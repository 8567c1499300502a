from odoo.tests import Form, tagged

from ..imports.engine.test_import_contact import ANNE, HEADER, ImportContactCase

PAST = "2020-01-31"


@tagged("post_install", "-at_install")
class TestContactEnded(ImportContactCase):
    """A contact who left is no longer the main contact of a client, anywhere."""

    def ended(self, **values):
        """A main contact of the school who left."""
        names = {"first_name": "Anne", "last_name": "de la Tour"}
        return self.line(
            self.school,
            **names,
            email="anne@example.com",
            is_main=True,
            date_end=PAST,
            **values,
        )

    def test_a_client_whose_main_contact_left_has_none(self):
        line = self.ended(role_ids=self.escort.ids)
        school = self.school
        self.assertFalse(school.client_main_contact_id)
        self.assertFalse(school.client_has_main_contact)
        self.assertFalse(school.client_contact_email or school.client_contact_role_ids)
        line.date_end = False
        self.assertEqual(school.client_main_contact_id, line.contact_id)
        self.assertTrue(school.client_has_main_contact)
        self.assertEqual(school.client_contact_email, "anne@example.com")
        line.date_end = PAST
        self.assertFalse(school.client_main_contact_id)
        self.assertFalse(school.client_contact_email)

    def test_searches_say_the_same(self):
        line = self.ended()
        for domain, found in (
            ([("client_main_contact_id", "=", line.contact_id.id)], False),
            ([("client_main_contact_id", "ilike", "tour")], False),
            ([("client_main_contact_id", "=", False)], True),
            ([("client_main_contact_id", "!=", False)], False),
        ):
            with self.subTest(domain):
                ids = [("id", "=", self.school.id)]
                self.assertEqual(bool(self.Partner.search(ids + domain)), found)

    def test_the_next_contact_takes_the_place(self):
        left = self.ended()
        line = self.line(self.school, last_name="Petit")
        self.assertTrue(line.is_main)
        self.assertFalse(left.is_main)
        self.assertFalse(self.line(self.school, last_name="Blanc").is_main)

    def test_a_merge_keeps_the_main_contact_who_is_there(self):
        self.ended()
        other = self.Partner.create({"name": "Collège", "is_company": True})
        line = self.line(other, last_name="Petit")
        self.school._client_merge(other)
        self.assertEqual(self.school.client_main_contact_id, line.contact_id)

    def test_one_who_left_takes_no_place(self):
        main = self.line(self.school, last_name="Petit")
        self.line(self.school, last_name="Roux", date_end=PAST)
        self.assertEqual(self.school.client_main_contact_id, main.contact_id)

    def test_files_of_clients_and_of_contacts_say_the_same(self):
        self.ended()
        _header, row = self.exported().splitlines()
        self.assertNotIn("anne@example.com", row)
        exports = self.env["client.contact.export"].with_user(self.importer)
        data = b"".join(exports.iter_file("csv", [("client_id", "=", self.school.id)]))
        lines = data.decode("utf-8-sig").splitlines()
        main = lines[0].split(";").index("main")
        self.assertEqual(lines[1].split(";")[main], "0")

    def exported(self):
        exports = self.env["client.export"].with_user(self.importer)
        data = b"".join(exports.iter_csv([("ref", "=", "T-0002")]))
        return data.decode("utf-8-sig")

    def test_the_export_brings_back_the_same(self):
        self.ended()
        record = self.run_import(self.exported())
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))
        self.line(self.school, last_name="Petit", email="paul@example.com")
        record = self.run_import(self.exported())
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))

    def test_a_row_that_names_nobody_does_not_speak_of_one_who_left(self):
        line = self.ended()
        for cells in (";;new@example.com;;;;", ";;anne@example.com;999;;;"):
            with self.subTest(cells):
                record, outcome = self.take(cells)
                self.assertEqual(outcome, "rejected")
                self.assertEqual(self.codes(record), [(2, "row_contact_no_name")])
        self.assertEqual((line.email, line.phone), ("anne@example.com", False))

    def test_it_speaks_of_the_one_who_is_there(self):
        left = self.ended()
        paul = self.line(self.school, last_name="Petit", email="paul@example.com")
        self.take(";;new@example.com;;;;")
        self.assertEqual(
            (left.email, paul.email), ("anne@example.com", "new@example.com")
        )

    def test_of_two_with_one_name_the_one_who_is_there_is_meant(self):
        left = self.ended()
        twin = self.line(
            self.school, first_name="Anne", last_name="de la Tour", is_main=False
        )
        self.take("Anne;de la Tour;;999;;;")
        self.assertEqual((left.phone, twin.phone), (False, "999"))
        self.assertEqual(self.school.client_main_contact_id, twin.contact_id)

    def test_one_who_left_and_is_named_is_back(self):
        line = self.ended()
        record = self.make(f"{HEADER}T-0002;Zed;{ANNE}\n")
        record.check()
        shown = {change["label"]: change for change in record.preview_ids.changes}
        self.assertIn("Main Contact", shown)
        self.take(ANNE)
        self.assertEqual(self.school.client_contact_ids, line)
        self.assertFalse(line.date_end)
        self.assertEqual(self.school.client_main_contact_id, line.contact_id)
        self.assertEqual(self.take(ANNE)[1], "unchanged")

    def test_the_same_row_twice_in_a_file_counts_as_two_imports(self):
        self.ended()
        record = self.run_import(f"{HEADER}T-0002;Zed;{ANNE}\nT-0002;Zed;{ANNE}\n")
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 0))

    def test_the_undo_ends_the_line_again(self):
        line = self.ended()
        record, _outcome = self.take(ANNE)
        record.undo()
        self.assertEqual(str(line.date_end), PAST)
        self.assertTrue(line.is_main)
        self.assertFalse(line.phone)
        self.assertEqual(line.role_ids, self.escort.browse())


@tagged("post_install", "-at_install")
class TestContactFirst(ImportContactCase):
    """The list of contacts asks the same questions as the form of the client."""

    def new(self, **context):
        lines = self.Line.with_user(self.users["user"]).with_context(**context)
        return Form(lines, "client_extension.client_contact_view_form")

    def test_the_first_contact_of_a_client_is_its_main_contact(self):
        with self.new() as form:
            form.client_id = self.school
            self.assertTrue(form.is_main)
            form.client_id = self.family
            self.assertTrue(form.is_main)
            form.last_name = "Roux"
        self.assertEqual(self.family.client_main_contact_id, form.record.contact_id)

    def test_also_where_the_list_is_that_of_one_client(self):
        form = self.new(default_client_id=self.family.id)
        self.assertTrue(form.is_main)
        self.line(self.family, last_name="Roux")
        self.assertFalse(self.new(default_client_id=self.family.id).is_main)

    def test_what_it_must_have_is_asked(self):
        form = self.new(default_client_id=self.school.id)
        form.last_name = "Roux"
        with self.assertRaisesRegex(AssertionError, "email|first_name|phone"):
            form.save()

    def test_the_next_one_takes_no_place_unless_said(self):
        main = self.line(self.family, last_name="Roux")
        with self.new() as form:
            form.client_id = self.family
            self.assertFalse(form.is_main)
            form.last_name = "Petit"
        self.assertEqual(self.family.client_main_contact_id, main.contact_id)

    def test_whose_main_contact_left_is_asked_for_another(self):
        self.line(self.family, last_name="Roux", date_end=PAST)
        self.assertTrue(self.new(default_client_id=self.family.id).is_main)

    def test_who_is_there_already_does_not_become_it(self):
        line = self.line(self.family, last_name="Roux", is_main=False)
        with Form(line.with_user(self.users["user"])) as form:
            form.note = "Call after six"
        self.assertFalse(line.is_main)
