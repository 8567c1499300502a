import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .test_export import ExportCase


@tagged("post_install", "-at_install")
class TestExportWizard(HttpCase, ExportCase):
    """The options of an export, and the file that the browser then downloads."""

    def open(self, user="importer", domain=(("ref", "like", "T-"),), ids=()):
        """:return: the dialog that one of the users opens from a list"""
        wizards = self.env["client.export.wizard"].with_user(self.users[user])
        action = wizards.action_open([list(leaf) for leaf in domain], list(ids))
        self.assertEqual(action["target"], "new")
        return wizards.browse(action["res_id"])

    def fetch(self, wizard, user="importer"):
        """:return: the answer to the browser of one of the users"""
        self.env.flush_all()
        self.authenticate(f"clients_{user}", f"clients_{user}")
        return self.url_open(f"/client_extension/export/{wizard.id}")

    def text(self, wizard, user="importer"):
        action = wizard.action_export()
        self.assertEqual(
            action["params"]["url"], f"/client_extension/export/{wizard.id}"
        )
        answer = self.fetch(wizard, user)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        return answer.content.decode(wizard.encoding)

    def test_what_the_list_shows(self):
        text = self.text(self.open(domain=[("ref", "=", "T-0001")]))
        self.assertIn("Famille Lefèvre", text)
        self.assertNotIn("Collège", text)

    def test_a_selection_may_be_archived_and_is_of_clients(self):
        self.family.active = False
        wizard = self.open(ids=(self.ours | self.supplier).ids)
        self.assertEqual((wizard.scope, wizard.selected_count), ("selection", 3))
        text = self.text(wizard)
        self.assertIn("Famille Lefèvre", text)
        self.assertIn("Collège", text)
        self.assertNotIn("Autocars", text, "no client")

    def test_a_long_selection(self):
        wizard = self.open(ids=[*range(10**8, 10**8 + 12_000), self.family.id])
        self.assertEqual(wizard.selected_count, 12_001)
        self.assertEqual(self.text(wizard).count("\r\n"), 2)

    def test_all_with_those_archived(self):
        self.family.active = False
        wizard = self.open(domain=[("ref", "=", "nobody")])
        wizard.scope = "all"
        text = self.text(wizard)
        self.assertIn("T-0002", text)
        self.assertNotIn("T-0001", text)
        wizard.with_archived = True
        self.assertIn("T-0001", self.text(wizard))

    def test_as_xlsx(self):
        wizard = self.open(domain=[("ref", "=", "T-0001")])
        wizard.write({"file_format": "xlsx", "columns": {"chosen": ["reference"]}})
        wizard.action_export()
        answer = self.fetch(wizard)
        self.assertIn(".xlsx", answer.headers["Content-Disposition"])
        self.assertIn("spreadsheetml", answer.headers["Content-Type"])
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        self.assertEqual([cell.value for cell in sheet["A"]], ["reference", "T-0001"])
        self.assertEqual(sheet.max_column, 1)

    def test_separator_encoding_and_columns(self):
        wizard = self.open(domain=[("ref", "=", "T-0001")])
        wizard.write(
            {
                "separator": "other",
                "other_separator": "~",
                "encoding": "utf-16",
                "columns": {"chosen": ["figure: client_since", "name", "reference"]},
            }
        )
        self.assertEqual(
            self.text(wizard).split("\r\n")[:2],
            ["reference~name~figure: client_since", "T-0001~Famille Lefèvre~"],
        )
        wizard.other_separator = False
        with self.assertRaises(UserError):
            wizard.action_export()

    def test_the_next_dialog_begins_with_the_same_answers(self):
        wizard = self.open()
        chosen = {"chosen": ["reference", "name"]}
        wizard.write({"file_format": "xlsx", "separator": "|", "columns": chosen})
        wizard.action_export()
        again = self.open(ids=self.family.ids)
        self.assertEqual((again.file_format, again.separator), ("xlsx", "|"))
        self.assertEqual(again.columns, chosen)
        self.assertEqual(again.scope, "selection")
        other = self.open("manager")
        self.assertEqual((other.file_format, other.columns), ("csv", False))

    def test_all_usual_columns_are_no_choice_to_keep(self):
        wizard = self.open()
        choices = wizard.column_choices
        usual = [c["header"] for g in choices for c in g["columns"] if c["usual"]]
        wizard.columns = {"chosen": usual}
        wizard.action_export()
        self.assertFalse(self.open().columns)

    def test_what_the_dialog_offers(self):
        choices = self.open().column_choices
        offered = {c["header"]: c for group in choices for c in group["columns"]}
        self.assertEqual(offered["reference"]["label"], "Client Reference")
        self.assertFalse(offered["figure: client_since"]["usual"])
        self.assertNotIn("figure: invoiced_total", offered)
        group = self.env.ref("account.group_account_invoice")
        self.users["importer"].group_ids |= group
        choices = self.open().column_choices
        labels = [c["label"] for group in choices for c in group["columns"]]
        self.assertIn("Total Invoiced", labels)

    def test_no_column_and_no_client(self):
        wizard = self.open()
        wizard.columns = {"chosen": []}
        with self.assertRaises(UserError):
            wizard.action_export()
        wizard = self.open(domain=[("ref", "=", "nobody")])
        with self.assertRaises(UserError):
            wizard.action_export()

    # Rights

    def test_who_may_not_export_is_refused(self):
        for user in ("user", "employee", "accountant", "portal"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.open(user)
        wizard = self.open()
        for user in ("user", "portal", "manager"):
            with self.subTest(user):
                self.assertEqual(self.fetch(wizard, user).status_code, 404)
        mine = self.env["client.export.wizard"].with_user(self.users["user"]).create({})
        with self.assertRaises(AccessError):
            mine.action_export()
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.fetch(mine, "user").status_code, 403)

    def test_anonymous(self):
        url = f"/client_extension/export/{self.open().id}"
        answer = self.url_open(url, allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))

    def test_a_dialog_that_is_none(self):
        wizard = self.open()
        wizard.sudo().unlink()
        self.assertEqual(self.fetch(wizard).status_code, 404)

    def test_what_is_asked_over_rpc_is_checked(self):
        wizards = self.env["client.export.wizard"].with_user(self.users["importer"])
        for domain, ids in (
            ([["nothing", "=", 1]], []),
            ([["user_ids.password", "=", "x"]], []),
            ("__import__('os')", []),
            ([], ["1); DROP TABLE"]),
        ):
            with self.subTest(domain), self.assertRaises(UserError):
                wizards.action_open(domain, ids)
        wizard = self.open()
        for columns in ({"chosen": ["nothing"]}, {"chosen": [["a"]]}):
            wizard.columns = columns
            with self.subTest(columns), self.assertRaises(UserError):
                wizard.action_export()
        wizard.write({"columns": False, "list_domain": [["user_ids.password", "=", 1]]})
        with self.assertRaises(UserError):
            wizard.action_export()
        wizard.scope = "selection"
        for ids in (["1"], "1", {"id": 1}, [True]):
            wizard.selected_ids = ids
            with self.subTest(ids), self.assertRaises(UserError):
                wizard.action_export()

    def test_companies(self):
        company = self.make_company()
        self.family.company_id = company
        wizard = self.open()
        self.assertNotIn("Lefèvre", self.text(wizard))
        wizard.sudo().company_ids = company
        self.env.invalidate_all()
        self.assertNotIn("Lefèvre", self.text(wizard), "not by asking for it")
        user = self.users["importer"]
        user.company_ids |= company
        wizards = self.env["client.export.wizard"].with_user(user)
        for on, seen in ((user.company_id, False), (user.company_ids, True)):
            opened = wizards.with_context(allowed_company_ids=on.ids)
            action = opened.action_open([["ref", "like", "T-"]])
            text = self.text(wizards.browse(action["res_id"]))
            self.assertEqual("Lefèvre" in text, seen)

    def test_members_only_unit(self):
        self.agency.members_only = True
        self.family.client_business_unit_id = self.desk
        self.assertNotIn("Lefèvre", self.text(self.open()))
