from contextlib import suppress

from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import Form, tagged

from ..common import ClientCase

VIEWS = ["list", "kanban", "form", "pivot", "graph", "activity", "search"]
STOCK = [
    "base.view_partner_form",
    "base.view_partner_tree",
    "base.res_partner_kanban_view",
    "base.view_res_partner_filter",
]


@tagged("post_install", "-at_install", "client_neighbours")
class TestViews(ClientCase):
    """The screens open for the users they are made for, and only they are changed."""

    def get_views(self, user):
        """:return: all views of the Clients action, as the web client receives them"""
        action = self.env.ref("client_extension.res_partner_action")
        by_type = {mode: view_id for view_id, mode in action.views}
        by_type["search"] = action.search_view_id.id
        views = [(by_type[view_type], view_type) for view_type in VIEWS]
        return self.as_user(user).get_views(views, {"toolbar": True})

    def test_every_view_opens_for_every_role(self):
        for user in ("user", "importer", "manager", "accountant", "employee"):
            with self.subTest(user=user):
                self.assertEqual(set(self.get_views(user)["views"]), set(VIEWS))

    def test_the_views_of_stock_contacts_are_not_extended(self):
        for xml_id in STOCK:
            view_id = self.env.ref(xml_id).id
            domain = [("inherit_id", "child_of", view_id), ("mode", "=", "extension")]
            extensions = self.env["ir.ui.view"].search(domain)
            ours = [
                view.xml_id
                for view in extensions
                if "client_ext" in view.xml_id and not self.extends_primary(view)
            ]
            self.assertFalse(ours)
            # An add-on may give it as bytes.
            arch = etree.fromstring(self.Partner.get_view(view_id)["arch"])
            text = etree.tostring(arch, encoding="unicode")
            self.assertNotIn("client_", text.replace("client_order_ref", ""))

    def extends_primary(self, view):
        """:return: whether it is a view of our own, built on stock, that it extends"""
        parent = view.inherit_id
        while parent.inherit_id and parent.mode == "extension":
            parent = parent.inherit_id
        return bool(parent.inherit_id)

    def test_stock_contacts_open_as_before(self):
        default = self.Partner.get_views([(False, "form"), (False, "list")])
        self.assertNotIn("client_status", default["views"]["form"]["arch"])
        self.assertNotIn("client_status", default["views"]["list"]["arch"])

    def test_only_a_manager_may_change_the_dates(self):
        for user, readonly in (("manager", False), ("user", True)):
            arch = self.get_views(user)["views"]["form"]["arch"]
            [field] = etree.fromstring(arch).xpath("//field[@name='client_since']")
            self.assertEqual(self.is_readonly(field), readonly)

    def is_readonly(self, field):
        """:return: whether a field of a form is always readonly, also where an add-on
        makes it so in more cases"""
        readonly = field.get("readonly") or ""
        return readonly in ("1", "True") or readonly.startswith(("(1) or", "(True) or"))

    def test_one_click_is_for_users_of_the_app(self):
        button = 'name="action_client_mark_client"'
        for view in ("list", "kanban", "form"):
            self.assertIn(button, self.get_views("user")["views"][view]["arch"])
            arch = self.get_views("accountant")["views"][view]["arch"]
            self.assertNotIn(button, arch)

    def test_a_menu_for_users_and_accountants_alone(self):
        root = self.env.ref("client_extension.client_menu_root")
        for user in ("user", "importer", "manager", "accountant"):
            menus = self.env["ir.ui.menu"].with_user(self.users[user])
            self.assertIn(root.id, menus._visible_menu_ids(), user)
        menus = self.env["ir.ui.menu"].with_user(self.users["employee"])
        self.assertNotIn(root.id, menus._visible_menu_ids())

    def test_a_new_client_needs_only_a_name(self):
        partner = self.as_user("user").with_context(default_client_status="prospect")
        with Form(partner, view="client_extension.res_partner_view_form") as form:
            self.type_name(form, "Famille Roche")
            with form.child_ids.new() as contact:
                self.type_name(contact, "Julie Roche")
        client = form.record
        self.assertEqual(client.client_status, "prospect")
        self.assertEqual(client.user_id, self.users["user"])
        self.assertFalse(client.child_ids.client_status, "a contact is no client")

    def test_an_accountant_sees_the_receivable_account(self):
        """Accounting users can edit it, users who only invoice can read it."""
        accountant, everything = self.users["accountant"], "account.group_account_user"
        shown = (
            "//page[@name='accounting']//field[@name='property_account_receivable_id']"
        )
        view = self.env.ref("client_extension.res_partner_view_form")
        for readonly in (True, False):
            arch = self.as_user("accountant").get_view(view.id)["arch"]
            [field] = etree.fromstring(arch).xpath(shown)
            self.assertEqual(self.is_readonly(field), readonly)
            form = Form(self.family.with_user(accountant), view)
            self.assertTrue(form.property_account_receivable_id)
            accountant.group_ids += self.env.ref(everything)
        arch = self.as_user("user").get_view(view.id)["arch"]
        self.assertFalse(etree.fromstring(arch).xpath(shown))

    def test_a_mobile_that_another_addon_shows_is_not_shown_twice(self):
        """OCA's partner_mobile adds it to Odoo's own form, on which ours is based."""
        mobile = "//field[@name='mobile'][not(ancestor::field)]"
        view = self.env.ref("client_extension.res_partner_view_form")
        shown = etree.fromstring(self.Partner.get_view(view.id)["arch"]).xpath(mobile)
        self.assertEqual(len(shown), 1)
        self.env["ir.ui.view"].create(
            {
                "name": "another mobile",
                "model": "res.partner",
                "inherit_id": self.env.ref("base.view_partner_form").id,
                "arch": "<field name='function' position='after'>"
                "<field name='mobile' string='Another'/></field>",
            }
        )
        shown = etree.fromstring(self.Partner.get_view(view.id)["arch"]).xpath(mobile)
        others = [field for field in shown if field.get("string") == "Another"]
        self.assertEqual(len(others), 1)
        self.assertFalse(shown[0].getparent().get("name") == "client_mobile")

    def test_labels_are_those_of_the_clients_country(self):
        self.school.country_id = self.env.ref("base.nl")
        self.school.country_id.vat_label = "BTW"
        self.assertEqual(self.school.client_vat_label, "BTW")
        self.school.country_id.vat_label = False
        self.school.invalidate_recordset(["client_vat_label"])
        self.assertEqual(self.school.client_vat_label, "Tax ID")
        self.company.country_id = self.france
        self.france.vat_label = "TVA"
        self.school.country_id = False
        self.assertEqual(self.school.client_vat_label, "TVA", "no country: the house's")

    def test_the_type_says_whether_it_is_a_person_or_a_company(self):
        types = self.env["client.type"].create(
            [{"name": kind, "kind": kind} for kind in ("group", "organisation")]
        )
        person, company = types
        view = "client_extension.res_partner_view_form"
        with Form(self.as_user("user"), view=view) as form:
            form.client_type_id = company
            self.assertEqual(form.company_type, "company")
            form.client_type_id = person
            self.assertEqual(form.company_type, "person")
            form.client_type_id = company
            form.name = "Lycée Ampère"
        self.assertTrue(form.record.is_company)
        with Form(form.record, view=view) as form:
            form.client_type_id = person
        self.assertTrue(form.record.is_company, "one that exists stays what it is")

    def test_a_company_client_has_a_parent_company_too(self):
        view = "client_extension.res_partner_view_form"
        with Form(self.as_user("user"), view=view) as form:
            form.company_type = "company"
            form.name = "Horizon Lyon"
            form.parent_id = self.school
        self.assertTrue(form.record.is_company)
        self.assertEqual(form.record.parent_id, self.school)

    def test_the_reference_says_when_it_comes_by_itself(self):
        self.company.client_auto_reference = False
        self.assertFalse(self.family.client_reference_placeholder)
        self.company.client_auto_reference = True
        self.family.invalidate_recordset(["client_reference_placeholder"])
        self.assertEqual(self.family.client_reference_placeholder, "Next number")


@tagged("post_install", "-at_install")
class TestSearchPanel(ClientCase):
    def test_categories_are_counted_as_odoo_counts_them(self):
        vip, group = self.env["res.partner.category"].create(
            [{"name": "Panel VIP"}, {"name": "Panel group"}]
        )
        self.family.category_id = vip | group
        self.school.category_id = group
        self.school.client_business_unit_id = self.desk
        found = self.as_user("user").search_panel_select_multi_range(
            "category_id",
            enable_counters=True,
            expand=True,
            search_domain=[("client_status", "!=", False)],
            filter_domain=[("client_status", "=", "prospect")],
        )
        counts = {value["id"]: value["__count"] for value in found["values"]}
        self.assertEqual((counts[vip.id], counts[group.id]), (1, 1))
        found = self.as_user("user").search_panel_select_multi_range(
            "category_id",
            enable_counters=True,
            expand=True,
            category_domain=[("client_business_unit_id", "child_of", self.desk.ids)],
        )
        counts = {value["id"]: value["__count"] for value in found["values"]}
        self.assertEqual((counts[vip.id], counts[group.id]), (0, 1))
        found = self.as_user("user").search_panel_select_multi_range(
            "category_id", enable_counters=True, expand=True
        )
        counts = {value["id"]: value["__count"] for value in found["values"]}
        self.assertEqual((counts[vip.id], counts[group.id]), (1, 2))

    def test_many_categories_cost_no_more_queries(self):
        partner = self.as_user("user")
        kwargs = {"enable_counters": True, "expand": True}
        self.env["res.partner.category"].create([{"name": f"C{i}"} for i in range(30)])
        partner.search_panel_select_multi_range("category_id", **kwargs)
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            partner.search_panel_select_multi_range("category_id", **kwargs)

    def test_a_unit_counts_the_clients_of_its_sub_units(self):
        self.family.client_business_unit_id = self.desk
        found = self.as_user("user").search_panel_select_range(
            "client_business_unit_id",
            enable_counters=True,
            expand=True,
            hierarchize=True,
            search_domain=[("client_status", "!=", False)],
        )
        counts = {value["id"]: value["__count"] for value in found["values"]}
        self.assertEqual((counts[self.agency.id], counts[self.desk.id]), (1, 1))
        self.assertEqual(self.agency.client_count, 1)
        action = self.agency.action_view_clients()
        self.assertEqual(self.Partner.search(action["domain"]), self.family)


@tagged("post_install", "-at_install", "client_neighbours")
class TestQueryCeilings(ClientCase):
    """The maximum cost of opening a screen, however many clients it shows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Partner.create(
            [
                {
                    "name": f"Client {number}",
                    "client_status": "client",
                    "client_business_unit_id": cls.desk.id,
                    "user_id": cls.users["user"].id,
                    "email": f"client{number}@example.com",
                }
                for number in range(80)
            ]
        )

    def specification(self, view):
        """:return: dict, the fields that the web client reads for one of our views"""
        xml_id = f"client_extension.res_partner_view_{view}"
        view_id = self.env.ref(xml_id).id
        arch = etree.fromstring(self.as_user("user").get_view(view_id, view)["arch"])
        # The list reads a figure only while its column is shown; all are hidden.
        shown = "not(ancestor::field) and not(contains(@options, 'client_figure'))"
        names = arch.xpath(f"//field[{shown}]/@name")
        fields = self.Partner._fields
        nested = {"fields": {"display_name": {}}}
        return {
            name: nested if fields[name].type in ("many2one", "many2many") else {}
            for name in names
            if fields[name].type != "one2many"
        }

    def open_page(self, view, ceiling):
        partner = self.as_user("user")
        specification = self.specification(view)
        domain = [("client_status", "!=", False)]
        partner.web_search_read(domain, specification, limit=80)
        self.env.invalidate_all()
        with self.assertQueryCount(ceiling):
            page = partner.web_search_read(domain, specification, limit=80)
        self.assertEqual(len(page["records"]), 80)

    def test_the_list(self):
        self.open_page("list", 25)

    def test_the_cards(self):
        self.open_page("kanban", 24)

    def test_the_form(self):
        client = self.school.with_user(self.users["user"])
        specification = self.specification("form")
        client.web_read(specification)
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            client.web_read(specification)


@tagged("post_install", "-at_install", "client_neighbours")
class TestEveryModel(ClientCase):
    """Each model of our add-ons can be made anew in a form, as a user may ask for."""

    def get_models(self):
        """:return: list of the models that our add-ons define"""
        for model in self.env.values():
            ours = str(model._original_module).startswith("client_extension")
            if ours and not model._abstract and model._auto:
                yield model

    def test_a_new_record_has_a_name(self):
        found = list(self.get_models())
        self.assertIn("client.import.problem", [model._name for model in found])
        for model in found:
            with self.subTest(model=model._name):
                needed = model._fields["display_name"].get_depends(model)[0]
                names = [name.partition(".")[0] for name in needed]
                spec = {name: {} for name in (*names, "display_name")}
                values = model.onchange({}, [], spec)["value"]
                self.assertIn("display_name", values)

    def test_a_new_record_computes_all_its_fields(self):
        for model in self.get_models():
            for name, field in model._fields.items():
                if field.compute and not field.related:
                    with self.subTest(model=model._name, field=name):
                        model.new({})[name]

    def test_a_form_opens(self):
        for model in self.get_models():
            form = self.env["ir.ui.view"].default_view(model._name, "form")
            arch = form and self.env["ir.ui.view"].browse(form).arch
            if arch and etree.fromstring(arch).get("create") not in ("0", "false"):
                with self.subTest(model=model._name), suppress(UserError):
                    Form(model)

    def test_a_dialog_is_of_who_opened_it(self):
        rules = self.env["ir.rule"].with_user(self.users["user"])
        for model in self.get_models():
            if model._transient:
                domain = Domain(rules._compute_domain(model._name, "read"))
                used = {one.field_expr for one in domain.iter_conditions()}
                with self.subTest(model=model._name):
                    self.assertIn("create_uid", used)
