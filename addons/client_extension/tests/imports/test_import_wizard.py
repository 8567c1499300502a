import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, tagged

from ..common import ClientCase

GOOD = "reference;name;email\nW-1;Élise;elise@example.com\nW-2;Hugo;hugo@example.com\n"
BAD_ROW = GOOD + "W-3;Nora;nobody\n"
ADDITIONAL = "reference;name;phnoe\nW-1;Élise;12\n"


class WizardCase(ClientCase):
    """Fills in the wizard as one of the users."""

    @classmethod
    def open_wizard(cls, text, user="importer", **answers):
        """:return: the wizard, with a file of this text and these options"""
        content = text.encode() if isinstance(text, str) else text
        return (
            cls.env["client.import.wizard"]
            .with_user(cls.users[user])
            .create(
                {
                    "file": base64.b64encode(content),
                    "file_name": "clients.csv",
                    **answers,
                }
            )
        )

    def opened(self, action):
        """:return: the record that an action opens, as its user"""
        return self.env[action["res_model"]].browse(action["res_id"])


@tagged("post_install", "-at_install")
class TestImportWizard(WizardCase):
    def test_import_at_once(self):
        done = self.opened(self.open_wizard(GOOD).action_import())
        self.assertEqual(done._name, "client.import")
        self.assertEqual(done.state, "done")
        self.assertEqual(done.created_count, 2)
        self.assertEqual(done.user_id, self.users["importer"])

    def test_check_does_nothing_yet(self):
        checked = self.opened(self.open_wizard(BAD_ROW).action_check())
        self.assertEqual(checked.state, "checked")
        self.assertEqual((checked.created_count, checked.rejected_count), (2, 1))
        self.assertFalse(self.Partner.search([("ref", "=", "W-1")]))
        self.assertIn("Rows that would be rejected: 1.", checked.next_step)

    def test_long_file_goes_to_the_background(self):
        self.env["ir.config_parameter"].set_param("client_extension.import_limit", 1)
        queued = self.opened(self.open_wizard(GOOD).action_import())
        self.assertEqual(queued.state, "queued")
        self.assertIn("background", queued.next_step)
        self.assertFalse(self.Partner.search([("ref", "=", "W-1")]))

    def test_answers_reach_the_import(self):
        vip = self.env["res.partner.category"].create({"name": "VIP"})
        wizard = self.open_wizard(
            "reference#name\nW-1#Élise\n".encode("cp1252"),
            separator="other",
            other_separator="#",
            encoding="cp1252",
            mode="create",
            default_status="prospect",
            category_ids=vip.ids,
            business_unit_id=self.desk.id,
            clear_empty=True,
            warn_cells=True,
        )
        done = self.opened(wizard.action_import())
        self.assertEqual((done.delimiter, done.encoding), ("#", "cp1252"))
        self.assertEqual(done.mode, "create")
        self.assertTrue(done.clear_empty and done.warn_cells)
        client = self.Partner.search([("ref", "=", "W-1")])
        self.assertEqual(client.name, "Élise")
        self.assertEqual(client.client_status, "prospect")
        self.assertEqual(client.category_id, vip)
        self.assertEqual(client.client_business_unit_id, self.desk)

    def test_refused_file_is_one_sentence_and_nothing_else(self):
        before = self.env["client.import"].search_count([])
        for text in (
            "reference;name;Name\n1;É;É\n",
            "reference\n",
            b"\x89PNG\r\n\x1a\n",
        ):
            for method in ("action_import", "action_check"):
                with self.subTest(text=text, method=method):
                    wizard = self.open_wizard(text)
                    again = self.opened(getattr(wizard, method)())
                    self.assertEqual(again, wizard)
                    self.assertTrue(wizard.problem.endswith("."))
        self.assertEqual(self.env["client.import"].search_count([]), before)

    def test_another_file_takes_the_sentence_away(self):
        wizard = self.open_wizard("reference;name\n")
        wizard.action_import()
        with Form(wizard) as form:
            form.file = base64.b64encode(GOOD.encode())
        self.assertFalse(wizard.problem)

    def test_without_a_file(self):
        wizard = self.env["client.import.wizard"].create({})
        with self.assertRaises(UserError):
            wizard.action_import()

    def test_the_usual_mode_comes_first(self):
        mode = self.env["client.import.wizard"]._fields["mode"]
        self.assertEqual(mode.get_values(self.env)[0], "create_update")

    def test_only_importers(self):
        for user in ("user", "accountant", "employee", "portal"):
            with self.subTest(user), self.assertRaises(AccessError):
                self.open_wizard(GOOD, user)


@tagged("post_install", "-at_install")
class TestImportScreens(WizardCase):
    def test_every_state_says_what_comes_next(self):
        done = self.opened(self.open_wizard(BAD_ROW).action_import())
        self.assertEqual(done.state, "done_with_problems")
        self.assertIn("Rejected rows: 1.", done.next_step)
        for state, _label in done._fields["state"].selection:
            with self.subTest(state):
                done.sudo().state = state
                self.assertTrue(done.next_step)

    def test_skipped_rows_are_not_said_to_be_in(self):
        text = "reference;name\nT-0002;Other name\n"
        done = self.opened(self.open_wizard(text, mode="create_skip").action_import())
        self.assertEqual((done.state, done.skipped_count), ("done", 1))
        self.assertIn("as you chose: 1.", done.next_step)

    def test_what_became_of_each_column(self):
        done = self.opened(self.open_wizard(ADDITIONAL).action_check())
        self.assertIn("Reference", done.columns_html)
        self.assertIn("Additional data", done.columns_html)
        self.assertIn("Did you mean “phone”?", done.columns_html)
        shown = done.columns_html.index
        self.assertLess(shown("phnoe"), shown("reference"), "what surprises is first")

    def test_a_header_is_never_markup(self):
        text = "reference;name;<img src=x onerror=alert(1)>\nW-1;x;y\n"
        done = self.opened(self.open_wizard(text).action_check())
        self.assertNotIn("<img", done.columns_html)

    def test_downloads(self):
        done = self.opened(self.open_wizard(BAD_ROW).action_import())
        url = done.action_download_rejects()["url"]
        self.assertIn(f"/client.import/{done.id}/rejects_file", url)
        self.assertIn("clients-rejected.csv", url)

    def test_the_names_of_the_columns(self):
        text = "reference;name;type;status\nW-1;x;company;client\n"
        done = self.opened(self.open_wizard(text).action_check())
        self.assertIn("Individual or company", done.columns_html)
        self.assertIn("Client Status", done.columns_html)

    def test_importers_see_their_own_imports(self):
        mine = self.opened(self.open_wizard(GOOD).action_check())
        other = self.opened(self.open_wizard(GOOD, "manager").action_check())
        seen = self.env["client.import"].with_user(self.users["importer"]).search([])
        self.assertIn(mine, seen)
        self.assertNotIn(other, seen)
        seen = self.env["client.import"].with_user(self.users["manager"]).search([])
        self.assertLessEqual(mine | other, seen)


@tagged("post_install", "-at_install")
class TestImportDownloads(HttpCase, WizardCase):
    def test_rejected_rows_and_file(self):
        done = self.opened(self.open_wizard(BAD_ROW).action_import())
        self.authenticate("clients_importer", "clients_importer")
        rejects = self.url_open(done.action_download_rejects()["url"])
        self.assertIn("clients-rejected.csv", rejects.headers["Content-Disposition"])
        lines = rejects.content.decode("utf-8-sig").splitlines()
        self.assertEqual(lines[0], "reference;name;email;line;error")
        self.assertTrue(lines[1].startswith("W-3;Nora;nobody;4;"))
        self.assertEqual(len(lines), 2)
        file = self.url_open(f"/web/content/client.import/{done.id}/file")
        self.assertEqual(file.content.decode(), BAD_ROW)

    def test_not_those_of_somebody_else(self):
        done = self.opened(self.open_wizard(BAD_ROW, "manager").action_import())
        url = done.action_download_rejects()["url"]
        for login in ("clients_importer", "clients_employee"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404)
