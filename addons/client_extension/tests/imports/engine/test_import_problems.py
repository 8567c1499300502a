import base64
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ....importer.problems import CODES
from ....models.imports.client_import_problem import (
    ClientImportProblem,
)
from ...common_import import ImportCase

ROWS = "reference;name\nT-0002;Other\nN1;New\nT-0002;Third\nN1;Newer\n"


@tagged("post_install", "-at_install")
class TestImportProblems(ImportCase):
    """Rejected rows are reported, and the others are imported."""

    def test_modes(self):
        for mode, counts in {
            "create": (1, 0, 0, 0, 3),
            "create_skip": (1, 0, 0, 3, 0),
            "update": (0, 2, 0, 0, 2),
            "update_skip": (0, 2, 0, 2, 0),
            "create_update": (1, 3, 0, 0, 0),
        }.items():
            with self.subTest(mode), self.env.cr.savepoint() as savepoint:
                record = self.make(ROWS, mode=mode)
                record.check()
                self.assertEqual(self.counts(record), counts, "check")
                record = self.run_import(ROWS, mode=mode)
                self.assertEqual(self.counts(record), counts, "run")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_create_names_the_client_and_the_first_line(self):
        record = self.run_import(ROWS, mode="create")
        self.assertEqual(
            self.codes(record),
            [(2, "match_exists"), (4, "match_exists"), (5, "match_repeated")],
        )
        messages = record.problem_ids.mapped("message")
        self.assertIn("Collège Jean Moulin [T-0002]", messages[0])
        self.assertIn("line 3", messages[2])

    def test_several_partners_are_named(self):
        self.Partner.create({"name": "Autocars Saône", "ref": "T-0001"})
        record = self.run_import("reference;name\nT-0001;X\n")
        self.assertEqual(self.codes(record), [(2, "match_several")])
        message = record.problem_ids.message
        for name in ("Famille Lefèvre", "Autocars Rhône", "Autocars Saône"):
            self.assertIn(name, message)

    def test_cells(self):
        rows = (
            "reference;name;active;email;country;client_type;manager\n"
            "A;A;perhaps;;;;\nB;B;;nobody;;;\nC;C;;;Narnia;;\nD;D;;;;?;\n"
            "E;E;;;;;nobody\nF;F;1;f@example.com;France;Test school;clients_user\n"
        )
        record = self.run_import(rows)
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 5))
        self.assertEqual(record.state, "done_with_problems")
        problem = record.problem_ids[2]
        self.assertEqual(
            (problem.line, problem.column, problem.value, problem.layer),
            (4, "country", "Narnia", "cell"),
        )
        record = self.run_import(rows, warn_cells=True)
        self.assertEqual(self.counts(record), (5, 0, 1, 0, 0))
        self.assertEqual(set(record.problem_ids.mapped("is_warning")), {True})

    def test_a_constraint_rejects_its_row_alone(self):
        rows = ["reference;name"] + [f"B{i:02};Client {i}" for i in range(40)]
        self.agency.members_only = True
        self.Partner.create(
            {
                "name": "Secret",
                "client_status": "client",
                "ref": "B17",
                "client_business_unit_id": self.agency.id,
            }
        )
        # As if that client is created between the lookup of references and the row.
        index = type(self.env["client.import.index"])
        with patch.object(index, "_get_taken", return_value=set()):
            record = self.run_import("\n".join(rows), is_shared=True)
        self.assertEqual(self.counts(record), (39, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(19, "apply_refused")])
        self.assertIn("B17", record.problem_ids.message)
        self.assertNotIn("Secret", record.problem_ids.message)

    def test_a_partner_that_may_not_become_a_client_rejects_its_row_alone(self):
        north = self.make_company()
        twin = {"name": "Secret", "ref": "B17", "company_id": north.id}
        self.Partner.create({**twin, "client_status": "client"})
        partner = self.Partner.create({"name": "Camping", "ref": "B17"})
        record = self.run_import("reference;name\nB17;Camping\nB18;New\n")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(2, "apply_refused")])
        self.assertFalse(partner.client_status)

    def test_a_broken_add_on_rejects_its_row_alone(self):
        rows = ["reference;name"] + [f"B{i:02};Client {i}" for i in range(10)]
        partners = type(self.env["res.partner"])
        original = partners.create

        def create(records, vals_list):
            if any(vals.get("ref") == "B03" for vals in vals_list):
                raise KeyError("oops")
            return original(records, vals_list)

        self.patch(partners, "create", create)
        with mute_logger(
            "odoo.addons.client_extension.models.imports.engine.client_import_apply"
        ):
            record = self.run_import("\n".join(rows))
        self.assertEqual(self.counts(record), (9, 0, 0, 0, 1))
        self.assertEqual(self.codes(record), [(5, "apply_failed")])

    def test_bad_unit_of_another_company_is_named(self):
        other = self.make_company()
        unit = self.env["client.business.unit"].create(
            {"name": "Far unit", "company_id": other.id}
        )
        record = self.run_import(f"reference;name;business_unit\nA;A;{unit.name}\n")
        self.assertEqual(self.codes(record), [(2, "cell_unknown")])

    def test_unit_of_one_company_for_a_client_of_all_is_refused(self):
        self.make_company()
        self.env["client.business.unit"].create(
            {"name": "House unit", "company_id": self.company.id}
        )
        rows = "reference;business_unit\nT-0002;House unit\n"
        record = self.run_import(rows, mode="update")
        self.assertEqual(self.codes(record), [(2, "apply_refused")])
        self.assertIn("select a shared business unit", record.problem_ids.message)

    def test_files_that_are_refused_as_a_whole(self):
        count = self.env["res.partner"].search_count([])
        for data, code in {
            b"": "file_empty",
            b"reference;name\n": "file_no_rows",
            b"\x89PNG\r\n\x1a\n\0\0": "file_not_text",
            b"name;city\nA;B\n": "header_no_reference",
            b"reference;phone;Phone\nA;B;C\n": "header_duplicate",
        }.items():
            with self.subTest(code):
                record = self.make(data)
                record.run()
                self.assertEqual(record.state, "failed")
                self.assertEqual(record.problem_ids.mapped("code"), [code])
                self.assertTrue(record.problem_ids.message.endswith("."))
                self.assertEqual(record.row_count, 0)
        self.assertEqual(self.env["res.partner"].search_count([]), count)

    def test_rejected_rows_come_back_and_go_in_when_corrected(self):
        rows = (
            "reference;name;active;comment\r\n"
            'A1;Zoë;perhaps;"one\r\ntwo"\r\nA2;B;1;\r\n;C;1;\r\n'
        )
        record = self.run_import(rows, encoding="cp1252")
        self.assertEqual(self.counts(record), (1, 0, 0, 0, 2))
        self.assertEqual(record.rejects_file_name, "test-rejected.csv")
        data = base64.b64decode(record.with_context(bin_size=False).rejects_file)
        text = data.decode("cp1252")
        self.assertEqual(
            text,
            "reference;name;active;comment;line;error\r\n"
            'A1;Zoë;perhaps;"one\r\ntwo";2;'
            "“perhaps” is not valid here. Use yes or no.\r\n"
            ";C;1;;5;The row has no reference. Fill it in.\r\n",
        )
        corrected = text.replace("perhaps;", "oui;").replace("\r\n;C", "\r\nA3;C")
        record = self.run_import(corrected, encoding="cp1252")
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.assertEqual(self.client("A1").comment, "<p>one<br>two</p>")
        self.assertNotIn("error", self.env["client.import.columns"]._get_labels())

    def test_a_match_that_changed_since_the_check_is_no_guess(self):
        record = self.make("reference;name\nZ1;New\nT-0002;\n")
        record.check()
        self.env["res.partner"].create({"name": "Late", "ref": "Z1"})
        record.run()
        self.assertEqual(self.codes(record), [(2, "match_changed")])
        self.assertEqual(self.counts(record), (0, 0, 1, 0, 1))

    def test_every_code_renders(self):
        problems = self.env["client.import.problem"]
        self.assertIsInstance(problems, ClientImportProblem)
        for code in CODES:
            params = {"value": "100%", "column": "x", "line": 1, "kind": "PNG"}
            sentence = problems._get_sentence(code, params)
            self.assertNotEqual(sentence, code)
            self.assertNotIn("%(", sentence)
