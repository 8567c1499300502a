from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import GROUPS
from ..common_invoice import InvoiceMixin
from ..common_label import LabelCase

SHEET = "odoo.addons.client_extension.models.sheets"


@tagged("post_install", "-at_install")
class TestClientSheet(InvoiceMixin, LabelCase):
    """A sheet shows what its reader may see of a client, and no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["report.client_extension.client_sheet"]
        cls.escort = cls.env.ref("client_extension.client_contact_role_escort")
        cls.bookkeeper = new_test_user(
            cls.env,
            "clients_bookkeeper",
            f"{GROUPS['user']},account.group_account_invoice",
        )

    def sheets(self, clients, user="user"):
        """:return: list of dicts, the sheets of clients as a user prints them"""
        user = self.users.get(user, user) if isinstance(user, str) else user
        values = self.report.with_user(user)._get_report_values(clients.ids)
        return values["sheets"]

    def sheet(self, client, user="user"):
        """:return: dict, the sheet of one client"""
        [sheet] = self.sheets(client, user)
        return sheet

    def page(self, clients, user="user"):
        """:return: str, the markup of the file"""
        reports = self.env["ir.actions.report"].with_user(self.users[user])
        name = "client_extension.client_sheet"
        return reports._render_qweb_html(name, clients.ids)[0].decode()

    def add_contact(self, client, name, **values):
        person = self.Partner.create({"name": name, "email": "person@example.com"})
        return self.env["client.contact"].create(
            {"client_id": client.id, "contact_id": person.id, **values}
        )

    def close_desk(self):
        """Make the unit of the groups desk one for members only."""
        self.desk.members_only = True
        self.desk.flush_recordset()

    # Head

    def test_the_head_says_what_the_form_says(self):
        self.family.write(
            {
                "client_business_unit_id": self.desk.id,
                "user_id": self.users["manager"].id,
                "street": "3 rue des Lilas",
                "zip": "69002",
            }
        )
        sheet = self.sheet(self.family)
        head = dict(sheet["head"])
        self.assertEqual(head["Reference"], "T-0001")
        self.assertEqual(head["Business Unit"], "Agency Lyon / Groups desk")
        self.assertEqual(head["Client Manager"], self.users["manager"].name)
        self.assertIn("Prospect Since", head)
        reach = dict(sheet["reach"])
        self.assertEqual(reach["Address"], "3 rue des Lilas\n69002 Lyon\nFrance")
        self.assertEqual(reach["Mobile"], "+33 6 12 34 56 01")

    def test_an_empty_client_has_a_sheet(self):
        empty = self.Partner.create({"name": "X", "client_status": "prospect"})
        sheet = self.sheet(empty)
        self.assertEqual(
            (sheet["contacts"], sheet["data"], sheet["blocks"], sheet["note"]),
            ([], [], [], ""),
        )
        self.assertIn("X", self.page(empty))

    def test_an_invoice_address_of_its_own_is_shown(self):
        self.assertNotIn("Invoice Address", dict(self.sheet(self.school)["reach"]))
        self.school.write(
            {"client_invoice_same": False, "client_invoice_street": "1 place Carnot"}
        )
        shown = dict(self.sheet(self.school)["reach"])
        self.assertIn("1 place Carnot", shown["Invoice Address"])

    def test_notes_are_text_and_never_markup(self):
        self.family.comment = "<p>Rooms<br>at the back</p><img src='https://x.test'/>"
        self.assertEqual(self.sheet(self.family)["note"], "Rooms\nat the back")
        self.assertNotIn("x.test", self.page(self.family))

    def test_a_name_is_escaped(self):
        self.family.name = "<b>Bold</b> شركة"
        page = self.page(self.family)
        self.assertIn("&lt;b&gt;Bold&lt;/b&gt; شركة", page)

    # Rights

    def test_figures_follow_the_rights_of_the_reader(self):
        self.invoice(self.family, 123, due=-10)
        due = self.day(-10).strftime("%m/%d/%Y")
        plain = {section["key"] for section in self.sheet(self.family)["figures"]}
        self.assertNotIn("invoices", plain)
        sections = self.sheet(self.family, self.bookkeeper)["figures"]
        [invoices] = [one for one in sections if one["key"] == "invoices"]
        overview = self.family.with_user(self.bookkeeper).get_client_overview()
        [expected] = [one for one in overview["sections"] if one["key"] == "invoices"]
        since = [figure.pop("since", None) for figure in invoices["figures"]]
        self.assertEqual([text for text in since if text], ["since " + due])
        self.assertEqual(invoices, expected)

    def test_a_field_of_another_group_is_left_out(self):
        self.assertIn("ref", self.Partner._fields)
        with patch.object(self.Partner._fields["ref"], "groups", "base.group_system"):
            head = dict(self.sheet(self.family)["head"])
        self.assertNotIn("Reference", head)

    def test_a_closed_unit_stays_closed(self):
        self.family.client_business_unit_id = self.desk
        self.close_desk()
        with self.assertRaises(AccessError):
            self.sheet(self.family)
        with self.assertRaises(AccessError):
            self.sheets(self.school | self.family)
        self.assertTrue(self.sheet(self.family, "accountant"))

    def test_contacts_of_a_closed_unit_are_left_out(self):
        self.add_contact(self.family, "Shown Person")
        hidden = self.add_contact(self.family, "Hidden Person")
        hidden.contact_id.client_business_unit_id = self.desk
        self.close_desk()
        names = [contact["name"] for contact in self.sheet(self.family)["contacts"]]
        self.assertEqual(names, ["Shown Person"])

    def test_who_has_nothing_to_do_with_clients_prints_nothing(self):
        for name in ("employee", "portal"):
            with self.assertRaises(AccessError):
                self.sheet(self.family, name)

    def test_the_menu_is_for_who_may_print(self):
        bindings = self.env["ir.actions.actions"]

        def offered(name):
            found = bindings.with_user(self.users[name]).get_bindings("res.partner")
            return {action["name"] for action in found.get("report", ())}

        ours = {"Client Sheet", "Client List"}
        for name in ("user", "accountant"):
            self.assertLessEqual(ours, offered(name))
        self.assertFalse(ours & offered("employee"))

    # Contacts

    def test_contacts_with_roles_and_not_those_of_the_past(self):
        main = self.add_contact(
            self.family,
            "Ann Main",
            is_main=True,
            role_ids=[Command.link(self.escort.id)],
            note="Only mornings",
        )
        self.add_contact(self.family, "Former", date_end=self.day(-1))
        self.add_contact(self.family, "Archived").contact_id.active = False
        [contact] = self.sheet(self.family)["contacts"]
        self.assertEqual(contact["name"], main.contact_id.name)
        self.assertEqual(contact["roles"], self.escort.name)
        self.assertTrue(contact["main"])
        self.assertEqual(contact["note"], "Only mornings")

    # Additional data

    def test_additional_data_as_a_reader_expects_it(self):
        vegetarian = self.add("Vegetarian", "boolean")
        opened = self.add("Opened", "date")
        self.add("Empty")
        self.family.client_properties = {
            vegetarian.key: False,
            opened.key: "2026-03-05",
        }
        data = dict(self.sheet(self.family)["data"])
        self.assertEqual(data, {"Vegetarian": "No", "Opened": "03/05/2026"})

    def test_choices_links_and_tags_are_names(self):
        show = self.family._show_client_property
        choices = [["a", "Bus"], ["b", "Train"]]
        for item, text in (
            ({"type": "selection", "value": "b", "selection": choices}, "Train"),
            ({"type": "tags", "value": ["a", "b"], "tags": choices}, "Bus, Train"),
            ({"type": "many2one", "value": (1, "Lyon")}, "Lyon"),
            # Odoo gives no name of a record that the user may not read.
            ({"type": "many2many", "value": [(1, "Lyon"), (2, None)]}, "Lyon"),
            ({"type": "many2one", "value": (2, None)}, ""),
            ({"type": "float", "value": 1234.5}, "1,234.50"),
            ({"type": "integer", "value": 0}, "0"),
        ):
            self.assertEqual(show(item), text)

    # Blocks

    def patch_blocks(self, blocks):
        method = f"{SHEET}.res_partner_sheet.ResPartner._get_client_sheet_blocks"
        return patch(method, blocks)

    def test_a_bridge_adds_a_block(self):
        blocks = [("Repairs", "client_extension.client_sheet_test", {"word": "two"})]
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "client_extension.client_sheet_test",
                "arch": "<t t-name='x'><p>There are <t t-out='word'/></p></t>",
            }
        )
        with self.patch_blocks(lambda _client: blocks):
            [(title, text)] = self.sheet(self.family)["blocks"]
        self.assertEqual(title, "Repairs")
        self.assertIn("There are two", text)

    @mute_logger(f"{SHEET}.res_partner_sheet")
    def test_a_block_that_fails_leaves_the_rest(self):
        with self.patch_blocks(lambda _client: [("Repairs", "no.template", {})]):
            self.assertEqual(self.sheet(self.family)["blocks"], [("Repairs", None)])
            self.assertIn("could not be read", self.page(self.family))

        def fail(client):
            client.env.cr.execute("SELECT no_column FROM res_partner")

        with self.patch_blocks(fail), mute_logger("odoo.sql_db"):
            self.assertEqual(self.sheet(self.family)["blocks"], [("Other Apps", None)])

    # Many, and in which language

    def test_several_sheets_in_their_order(self):
        sheets = self.sheets(self.school | self.family)
        self.assertEqual([s["client"] for s in sheets], [self.school, self.family])
        page = self.page(self.school | self.family)
        self.assertEqual(page.count("page-break-before: always"), 1)

    def test_searches_do_not_grow_with_the_number_of_sheets(self):
        some = self.Partner.create(
            [{"name": f"C{n}", "client_status": "client"} for n in range(20)]
        )
        counted = []
        for clients in (some[:2], some[2:20]):
            self.env.invalidate_all()
            self.sheets(clients)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.sheets(clients)
            counted.append(self.env.cr.sql_log_count - before)
        few, many = counted
        # Savepoints of figures and blocks, and no more, for each of 16 clients.
        self.assertLessEqual(many - few, 16 * 4)

    def test_more_sheets_than_a_request_can_print_are_refused(self):
        name = f"{SHEET}.report_client_extension_client_sheet.MOST_SHEETS"
        with patch(name, 1), self.assertRaisesRegex(UserError, "at most 1"):
            self.sheets(self.family | self.school)

    def test_the_sheet_is_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["base"], ["fr_FR"])
        self.family.lang = "en_US"
        self.users["user"].lang = "fr_FR"
        reach = dict(self.sheet(self.family)["reach"])
        self.assertIn("Téléphone", reach)
