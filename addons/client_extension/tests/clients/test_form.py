from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ClientCase

FORM = "client_extension.res_partner_view_form"
#: what stands above the tabs of Odoo's own form, or was there in ours
DETAILS = (
    *("company_type", "client_civility", "client_type_id", "ref", "user_id"),
    *("client_business_unit_id", "category_id", "client_source_id", "parent_id"),
    *("street", "zip", "country_id", "client_invoice_same", "function", "vat"),
    *("company_registry", "website", "lang", "properties"),
)


@tagged("post_install", "-at_install", "client_neighbours")
class TestForm(ClientCase):
    """The pages of the client form, and what stands above them."""

    def get_form(self, user="user"):
        """:return: the form as the web client receives it, as an element"""
        view = self.env.ref(FORM)
        return etree.fromstring(self.as_user(user).get_view(view.id)["arch"])

    def extend_stock_form(self, arch):
        """Extend Odoo's own form, as another add-on does."""
        self.env["ir.ui.view"].create(
            {
                "name": "another add-on",
                "model": "res.partner",
                "inherit_id": self.env.ref("base.view_partner_form").id,
                "arch": arch,
            }
        )

    def test_the_pages_come_in_the_order_of_the_work(self):
        pages = self.get_form("manager").xpath("//sheet/notebook/page/@name")
        expected = ["client_overview", "client_details", "client_contacts"]
        self.assertEqual(pages[:3], expected)
        order = [
            *("client_contacts", "client_of", "contact_addresses"),
            *("client_additional_data", "sales_purchases", "internal_notes"),
        ]
        self.assertEqual([name for name in pages if name in order], order)

    def test_a_saved_client_opens_on_the_overview_and_a_new_one_on_details(self):
        """Odoo opens the first page that is shown, unless one has the focus."""
        form = self.get_form()
        self.assertFalse(form.xpath("//sheet/notebook/page[@autofocus]"))
        overview, details = form.xpath("//sheet/notebook/page")[:2]
        self.assertEqual(overview.get("invisible"), "not id")
        self.assertFalse(details.get("invisible"))
        self.assertTrue(overview.xpath("./div[@name='client_overview']"))

    def test_what_stood_above_the_pages_is_on_details(self):
        form = self.get_form("manager")
        for name in DETAILS:
            with self.subTest(name):
                found = form.xpath(
                    "//page[@name='client_details']//field[@name=$name]", name=name
                )
                self.assertTrue(found)
        above = form.xpath(
            "//sheet//field[not(ancestor::notebook)][not(ancestor::button)]/@name"
        )
        kept = {"image_1920", "avatar_128", "name", "client_summary"}
        kept |= {"email", "phone", "mobile"}
        self.assertLessEqual(kept, set(above))
        self.assertFalse(set(above) & set(DETAILS))

    def test_what_another_addon_puts_beside_a_field_comes_along(self):
        self.extend_stock_form(
            "<data><field name='street' position='before'>"
            "<field name='barcode'/></field>"
            "<field name='website' position='after'>"
            "<field name='tz'/></field></data>"
        )
        form = self.get_form()
        for name in ("barcode", "tz"):
            found = form.xpath(
                "//page[@name='client_details']//field[@name=$name]", name=name
            )
            self.assertTrue(found, name)


@tagged("post_install", "-at_install", "client_neighbours")
class TestSummary(ClientCase):
    """The line under the name."""

    def summary(self, user="user", **context):
        client = self.family.with_user(self.users[user]).with_context(**context)
        client.invalidate_recordset(["client_summary"])
        return client.client_summary

    def test_it_says_which_client_it_is(self):
        self.family.write(
            {
                "client_type_id": self.env.ref(
                    "client_extension.client_type_family"
                ).id,
                "client_business_unit_id": self.desk.id,
                "user_id": self.users["manager"].id,
                "zip": "69002",
                "client_status": "client",
                "client_since": "2025-03-14",
            }
        )
        manager = self.users["manager"].name
        self.assertEqual(
            self.summary(),
            f"T-0001 · Family · Agency Lyon / Groups desk · {manager} · "
            "69002 Lyon, France · client since Mar 2025",
        )

    def test_what_is_empty_is_left_out(self):
        self.family.write(
            {
                "ref": False,
                "city": False,
                "user_id": False,
                "client_prospect_date": False,
            }
        )
        self.assertEqual(self.summary_without_number(), "France")
        self.family.country_id = False
        self.assertFalse(self.summary_without_number())
        self.family.client_prospect_date = "2026-01-31"
        self.assertEqual(self.summary_without_number(), "prospect since Jan 2026")

    def summary_without_number(self):
        """:return: str, the line without the number that an add-on may give a client
        as soon as it is written"""
        number, line = self.family.ref, self.summary() or ""
        return line.removeprefix(number).removeprefix(" · ") if number else line

    def test_the_month_is_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.family.write({"client_prospect_date": "2026-02-01"})
        self.assertIn("févr. 2026", self.summary(lang="fr_FR"))

    def test_a_unit_that_the_user_cannot_open_is_named(self):
        """As Odoo names it in the field of the unit."""
        unit = self.desk
        self.family.client_business_unit_id = unit
        unit.write({"members_only": True, "member_ids": [Command.clear()]})
        plain = self.family.with_user(self.users["accountant"])
        plain.invalidate_recordset()
        self.assertIn("Groups desk", plain.client_summary)

    def test_it_is_for_employees(self):
        portal = self.users["portal"]
        with self.assertRaises(AccessError):
            portal.partner_id.with_user(portal).read(["client_summary"])
