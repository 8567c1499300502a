from odoo.tests import tagged

from ...common import ContactCase
from ...common_import import ImportCase

HEADER = (
    "reference;name;contact_first_name;contact_last_name;contact_email;contact_phone;"
    "contact_mobile;contact_job;contact_role\n"
)
ANNE = "Anne;de la Tour;anne@example.com;0478000001;0612345678;Bursar;Escort"


class ImportContactCase(ImportCase, ContactCase):
    """Helpers to import one client with a main contact."""

    def take(self, cells, reference="T-0002", header=HEADER, **values):
        """:return: the import of one row, and its outcome"""
        record = self.run_import(f"{header}{reference};Zed;{cells}\n", **values)
        names = ("created", "updated", "unchanged", "skipped", "rejected")
        return record, names[self.counts(record).index(1)]

    def lines_of(self, reference):
        """:return: list of (name, email, main contact) of the contacts of a client"""
        lines = self.client(reference).client_contact_ids
        return sorted((li.name, li.email or "", li.is_main) for li in lines)


@tagged("post_install", "-at_install", "client_neighbours")
class TestImportContact(ImportContactCase):
    """The main contact of a client, in columns of the client's row."""

    def test_a_new_client_gets_its_main_contact(self):
        _record, outcome = self.take(ANNE, "NEW-1")
        self.assertEqual(outcome, "created")
        client = self.client("NEW-1")
        line = client.client_contact_ids
        self.assertTrue(line.is_main)
        self.assertEqual(line.role_ids, self.escort)
        person = line.contact_id
        self.assertEqual(person.name, "Anne de la Tour")
        self.assertEqual(person.client_last_name, "de la Tour")
        self.assertEqual(person.email, "anne@example.com")
        self.assertEqual(person.phone, "0478000001")
        self.assertEqual(person.mobile, "0612345678")
        self.assertEqual(person.function, "Bursar")
        self.assertEqual((person.parent_id, person.type), (client, "contact"))
        self.assertFalse(person.client_status)

    def test_the_same_again_is_unchanged(self):
        for reference in ("NEW-1", "T-0002"):
            self.take(ANNE, reference)
            self.assertEqual(self.take(ANNE, reference)[1], "unchanged")
            self.assertEqual(len(self.client(reference).client_contact_ids), 1)

    def test_a_name_with_odd_spaces_is_unchanged_too(self):
        cells = "Anne  Marie;de  la Tour;;;;;"
        self.take(cells)
        self.assertEqual(self.take(cells)[1], "unchanged")

    def test_the_check_says_the_same_and_writes_nothing(self):
        persons = self.Partner.search_count([])
        text = f"{HEADER}T-0002;Zed;{ANNE}\nT-0002;Zed;{ANNE}\nNEW-1;Z;;;;1;;;\n"
        record = self.make(text)
        record.check()
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 1))
        self.assertEqual(self.Partner.search_count([]), persons)
        self.assertFalse(self.school.client_contact_ids)
        record.run()
        self.assertEqual(self.counts(record), (0, 1, 1, 0, 1))

    def test_the_check_shows_old_and_new(self):
        self.take(ANNE)
        record = self.make(HEADER + "T-0002;Zed;;;new@example.com;;;;Traveler\n")
        record.check()
        changes = {
            change["label"]: (change["old"], change["new"])
            for change in record.preview_ids.changes
        }
        self.assertEqual(
            changes,
            {
                "Contact Email": ("anne@example.com", "new@example.com"),
                "Contact Roles": ("Escort", "Traveler"),
            },
        )

    def test_the_check_says_who_becomes_the_main_contact(self):
        self.take(ANNE)
        paul = self.line(self.school, last_name="Petit", email="paul@example.com")
        for cells, shown in (
            (
                "Paul;Roux;;1;;;",
                [
                    ("Main Contact", "Anne de la Tour", "Paul Roux (new)"),
                    ("Contact Phone", "", "1"),
                ],
            ),
            (
                ";;paul@example.com;1;;;",
                [
                    ("Main Contact", "Anne de la Tour", paul.name),
                    ("Contact Email", "", "paul@example.com"),
                    ("Contact Phone", "", "1"),
                ],
            ),
            ("Anne;;;1;;;", [("Contact Phone", "0478000001", "1")]),
        ):
            with self.subTest(cells):
                record = self.make(f"{HEADER}T-0002;Zed;{cells}\n")
                record.check()
                lines = record.preview_ids.changes
                self.assertEqual(
                    [(line["label"], line["old"], line["new"]) for line in lines],
                    shown,
                )

    def test_a_contact_is_found_by_the_email_when_the_last_name_changed(self):
        self.take(ANNE)
        self.assertEqual(self.take("Anne;Martin;ANNE@example.com;;;;")[1], "updated")
        self.assertEqual(
            self.lines_of("T-0002"), [("Anne Martin", "ANNE@example.com", True)]
        )

    def test_a_contact_is_found_by_the_name_when_the_email_changed(self):
        self.take(ANNE)
        self.take("anne;DE LA TOUR;new@example.com;;;;")
        self.assertEqual(
            self.lines_of("T-0002"), [("anne DE LA TOUR", "new@example.com", True)]
        )

    def test_two_persons_who_share_an_email_stay_two(self):
        self.take("Anne;Roux;office@example.com;1;;;")
        self.take("Paul;Roux;office@example.com;2;;;")
        self.assertEqual(
            self.lines_of("T-0002"),
            [
                ("Anne Roux", "office@example.com", False),
                ("Paul Roux", "office@example.com", True),
            ],
        )
        self.take("Anne;Roux;office@example.com;1;;;")
        self.assertEqual(len(self.school.client_contact_ids), 2)
        self.assertEqual(self.school.client_main_contact_id.name, "Anne Roux")

    def test_a_row_that_names_nobody_speaks_of_the_main_contact(self):
        self.take(ANNE)
        self.take("Paul;Petit;paul@example.com;;;;")
        self.take(";;;999;;;")
        lines = self.school.client_contact_ids
        self.assertEqual(lines.filtered("is_main").phone, "999")
        self.take(";;anne@example.com;111;;;")
        self.assertEqual(lines.filtered("is_main").name, "Anne de la Tour")
        self.assertEqual(lines.filtered("is_main").phone, "111")

    def test_somebody_else_becomes_the_main_contact_and_the_former_one_stays(self):
        self.take(ANNE)
        anne = self.school.client_contact_ids
        anne.note = "Knows everybody"
        self.take("Paul;Petit;;;;;")
        self.assertEqual(
            self.lines_of("T-0002"),
            [("Anne de la Tour", "anne@example.com", False), ("Paul Petit", "", True)],
        )
        self.assertEqual(anne.role_ids, self.escort)
        self.assertEqual(anne.note, "Knows everybody")

    def test_nobody_is_made_of_a_role_or_an_email_alone(self):
        for cells in (";;;;;;Escort", ";;a@example.com;;;;", ";;;12;;;"):
            for reference in ("NEW-1", "T-0002"):
                with self.subTest(cells, reference=reference):
                    record, outcome = self.take(cells, reference)
                    self.assertEqual(outcome, "rejected")
                    self.assertEqual(self.codes(record), [(2, "row_contact_no_name")])
        self.assertFalse(self.client("NEW-1"))

    def test_empty_cells_leave_the_contact_alone(self):
        self.take(ANNE)
        self.school.name = "Before"
        self.assertEqual(self.take(";;;;;;", clear_empty=True)[1], "updated")
        self.assertEqual(self.school.name, "Zed")
        self.assertEqual(self.take(";;;;;;", clear_empty=True)[1], "unchanged")
        line = self.school.client_contact_ids
        self.assertEqual((line.phone, line.role_ids), ("0478000001", self.escort))

    def test_empty_cells_of_a_contact_who_is_named_clear_with_the_option(self):
        self.take(ANNE)
        self.take("Anne;;;;;;", clear_empty=True)
        line = self.school.client_contact_ids
        self.assertEqual(line.name, "Anne de la Tour")
        self.assertFalse(line.email or line.phone or line.mobile or line.function)
        self.assertFalse(line.role_ids)

    def test_the_mark_clears_and_a_name_cannot_be_cleared(self):
        self.take(ANNE)
        self.take(";;;=;;;=")
        line = self.school.client_contact_ids
        self.assertFalse(line.phone or line.role_ids)
        self.assertEqual(line.mobile, "0612345678")
        record, outcome = self.take("=;;;;;;")
        self.assertEqual(
            (outcome, self.codes(record)), ("rejected", [(2, "cell_clear")])
        )

    def test_bad_cells_reject_the_row(self):
        for cells, code in (
            ("Anne;Roux;anne at home;;;;", "cell_email"),
            ("Anne;Roux;;;;;Escort, Cook", "cell_unknown"),
        ):
            with self.subTest(code):
                record, outcome = self.take(cells)
                self.assertEqual(
                    (outcome, self.codes(record)), ("rejected", [(2, code)])
                )
        self.assertFalse(self.school.client_contact_ids)

    def test_several_roles_replace_those_of_before_in_any_language(self):
        self.take(ANNE)
        self.take("Anne;de la Tour;;;;;traveler, ACCOUNTING contact")
        roles = self.school.client_contact_ids.role_ids
        self.assertEqual(roles, self.traveller | self.accounting)

    def test_headers_in_three_languages(self):
        for header in (
            "reference;naam;voornaam contact;achternaam contact;e-mail contactpersoon",
            "référence;nom;prénom du contact;nom du contact;e-mail du contact",
        ):
            record = self.make(f"{header}\nT-0002;Zed;Anne;Roux;a@example.com\n")
            record.check()
            self.assertFalse(record.problem_ids)
            keys = [target["key"] for target in record.columns_summary]
            self.assertEqual(
                keys[2:], ["contact_first_name", "contact_last_name", "contact_email"]
            )

    def test_modes_hold_for_the_contact_too(self):
        self.assertEqual(self.take(ANNE, mode="create_skip")[1], "skipped")
        self.assertEqual(self.take(ANNE, mode="create")[1], "rejected")
        self.assertFalse(self.school.client_contact_ids)
        self.assertEqual(self.take(ANNE, mode="update")[1], "updated")

    def test_a_contact_whom_odoo_has_already_gets_the_line(self):
        anne = self.Partner.create(
            {"name": "Anne de la Tour", "parent_id": self.school.id}
        )
        self.take(ANNE)
        line = self.school.client_contact_ids
        self.assertEqual((line.contact_id, line.is_main), (anne, True))
        self.assertEqual(anne.phone, "0478000001")
        self.assertEqual(self.take(ANNE)[1], "unchanged")

    def test_the_person_of_another_client_is_left_alone(self):
        other = self.line(
            self.family,
            first_name="Anne",
            last_name="de la Tour",
            email="anne@example.com",
        )
        self.take(ANNE)
        self.assertNotEqual(self.school.client_main_contact_id, other.contact_id)
        self.assertFalse(other.phone)

    def test_no_address_changes_by_a_contact(self):
        self.school.write({"street": "1 rue Neuve", "city": "Lyon"})
        self.take("Anne;Roux;;;;;Traveler")
        person = self.school.client_main_contact_id
        self.assertEqual((person.type, person.street), ("other", False))
        self.assertEqual(self.school.street, "1 rue Neuve")

    def test_what_a_main_contact_must_have_blocks_no_import(self):
        self.assertTrue(self.company.client_main_email)
        self.assertEqual(self.take("Anne;;;;;;")[1], "updated")

    def test_a_row_whose_contact_odoo_refuses_is_rejected_whole(self):
        rows = "".join(f"N-{n};Client {n};Anne;Roux;;;;;\n" for n in range(8))
        kind = type(self.env["client.contact"])

        def refuse(lines, vals_list):
            if any(vals.get("first_name") == "Bad" for vals in vals_list):
                raise ValueError("no")
            return create(lines, vals_list)

        create = kind.create
        self.patch(kind, "create", refuse)
        with self.assertLogs("odoo.addons.client_extension", "ERROR"):
            record = self.run_import(f"{HEADER}{rows}N-9;Bad;Bad;Roux;;;;;\n")
        self.assertEqual(self.counts(record), (8, 0, 0, 0, 1))
        self.assertFalse(self.client("N-9"))

    def test_a_hidden_person_is_neither_shown_nor_written(self):
        hidden = self.line(self.school, first_name="Anne", last_name="de la Tour")
        hidden.contact_id.company_id = self.make_company()
        record = self.make(f"{HEADER}T-0002;Zed;{ANNE}\n")
        record.check()
        shown = {change["old"] for change in record.preview_ids.changes}
        self.assertEqual(shown, {"", "Collège Jean Moulin"})
        record.run()
        self.assertFalse(hidden.contact_id.phone)

    def test_the_export_brings_back_the_same(self):
        self.take(ANNE)
        data = b"".join(
            self.env["client.export"]
            .with_user(self.importer)
            .iter_csv([("ref", "=", "T-0002")])
        )
        text = data.decode("utf-8-sig")
        self.assertIn(ANNE, text)
        record = self.run_import(text)
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 0))


@tagged("post_install", "-at_install")
class TestImportContactCost(ImportContactCase):
    """Contacts cost queries per chunk, and a file without contacts costs none."""

    def rows(self, count, phone="1"):
        return HEADER + "".join(
            f"S{i:04};Client {i};Anne;Roux {i};a{i}@example.com;{phone};;;Escort\n"
            for i in range(count)
        )

    def queries(self, text):
        record = self.make(text)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record.run()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, self.counts(record)

    def test_queries_of_new_contacts(self):
        self.needs_batches()
        self.queries(self.rows(1))
        few, _counts = self.queries(self.rows(101))
        new, counts = self.queries(self.rows(301))
        self.assertEqual(counts, (200, 0, 101, 0, 0))
        # Odoo queries once for each child that it creates.
        self.assertLess(few, 230)
        self.assertLess(new, 400)

    def test_queries_of_contacts_who_exist(self):
        self.queries(self.rows(301))
        same, counts = self.queries(self.rows(301))
        self.assertEqual(counts, (0, 0, 301, 0, 0))
        changed, counts = self.queries(self.rows(301, "2"))
        self.assertEqual(counts, (0, 301, 0, 0, 0))
        # CRM queries twice for each child that is changed.
        self.assertLess(changed, 800)
        self.assertLess(same, 70)
