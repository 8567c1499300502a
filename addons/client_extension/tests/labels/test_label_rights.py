from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import Form, tagged

from ..common_label import LabelCase

OTHERS = ("user", "importer", "accountant", "employee", "portal")


@tagged("post_install", "-at_install")
class TestLabelRights(LabelCase):
    """Which users can add labels, change them, or only fill in values."""

    def allow_users(self):
        settings = self.env["res.config.settings"].create({})
        settings.client_users_add_labels = True
        settings.execute()

    def test_a_manager_adds_and_others_do_not(self):
        self.assertTrue(self.add("Dormitory", user="manager"))
        for name in OTHERS:
            with self.subTest(name), self.assertRaises(AccessError):
                self.add(f"By {name}", user=name)
        self.assertEqual(len(self.items()), 1)

    def test_the_setting_lets_users_add_and_nothing_else(self):
        self.allow_users()
        school = self.school
        label = self.add("Bunks", user="user", partner_id=school.id, value_char="4")
        self.assertEqual(school.client_properties[label.key], "4")
        self.assertTrue(self.add("Rooms", user="importer"))
        mine = label.with_user(self.users["user"])
        for change in (
            lambda: mine.write({"name": "x"}),
            lambda: mine.action_remove(),
            lambda: mine.write({"active": False}),
            lambda: mine.action_clear(),
            lambda: mine.create({"name": "y"}),
            lambda: mine.unlink(),
        ):
            with self.assertRaises(AccessError):
                change()
        for name in ("accountant", "employee", "portal"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.add(f"By {name}", user=name)

    def test_the_form_knows_what_its_user_may(self):
        def rights(name):
            return self.school.with_user(self.users[name]).client_label_right

        self.assertEqual(rights("manager"), "manage")
        for name in ("user", "importer", "accountant", "employee"):
            self.assertFalse(rights(name))
        self.allow_users()
        self.env.invalidate_all()
        self.assertEqual((rights("user"), rights("manager")), ("add", "manage"))
        self.assertFalse(rights("accountant"))

    def test_an_administrator_without_the_app_changes_labels_by_odoos_own_way(self):
        item = {"name": "aaaa", "string": "Board", "type": "char"}
        admin = self.env.ref("base.user_admin")
        definition = self.definition.with_user(admin).sudo(False)
        definition.write({"properties_definition": [item]})
        self.assertEqual(self.Label.search([]).name, "Board")

    def test_over_rpc_a_user_changes_no_label_with_a_client(self):
        label = self.add("Dormitory")
        school = self.school.with_user(self.users["user"])
        shown = school.read(["client_properties"])[0]["client_properties"]
        shown[0].update(string="Hacked", definition_changed=True)
        with self.assertRaises(AccessError):
            school.write({"client_properties": shown})
        shown[0].update(definition_deleted=True)
        with self.assertRaises(AccessError):
            school.write({"client_properties": shown})
        self.assertEqual((label.name, label.active), ("Dormitory", True))

    def test_the_value_of_the_dialog_follows_the_rules_of_the_client(self):
        self.allow_users()
        self.agency.members_only = True
        self.school.client_business_unit_id = self.agency
        with self.assertRaises(AccessError):
            self.add("Bunks", user="user", partner_id=self.school.id, value_char="4")
        elsewhere = self.Partner.create(
            {
                "name": "Elsewhere",
                "client_status": "client",
                "company_id": self.make_company().id,
            }
        )
        with self.assertRaises(AccessError):
            self.add("Rooms", user="user", partner_id=elsewhere.id, value_char="4")

    def test_nobody_confirms_the_dialog_of_somebody_else(self):
        self.allow_users()
        dialog = self.env["client.label.add"].with_user(self.users["manager"])
        dialog = dialog.create({"name": "Mine"})
        with self.assertRaises(AccessError):
            dialog.with_user(self.users["user"]).action_confirm()

    def test_labels_are_those_of_all_companies(self):
        label = self.add("Dormitory")
        company = self.make_company()
        self.users["user"].write({"company_ids": [(4, company.id)]})
        school = self.school.with_user(self.users["user"]).with_company(company)
        shown = school.read(["client_properties"])[0]["client_properties"]
        self.assertEqual([item["name"] for item in shown], [label.key])

    def test_hooks_cannot_be_called_over_rpc(self):
        for name in ("_pull", "_push", "_cron_clear", "_get_kept_keys"):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.Label, name)
        for name in ("_merge_client_properties", "_update_client_properties"):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.Partner, name)

    def test_a_user_cannot_pass_the_guards_by_a_context(self):
        self.allow_users()
        label = self.add("Dormitory", user="user")
        forced = label.with_context(client_labels_pulling=True)
        with self.assertRaises(UserError):
            forced.with_user(self.users["user"]).write({"kind": "html"})

    def test_a_context_takes_no_guard_away_from_a_manager(self):
        label = self.add("Dormitory").with_user(self.users["manager"])
        for value in (True, 1, "x"):
            with self.assertRaises(UserError):
                label.with_context(client_labels_pulling=value).write({"key": "c1"})

    def test_how_many_clients_of_all_companies_have_a_value_is_for_managers(self):
        label = self.add("Dormitory")
        self.assertEqual(label.with_user(self.users["manager"]).client_count, 0)
        for name in ("user", "importer", "accountant", "employee"):
            with self.subTest(name), self.assertRaises(AccessError):
                label.with_user(self.users[name]).read(["client_count"])

    def test_a_manager_cannot_delete_a_label_past_the_question(self):
        label = self.add("Dormitory").with_user(self.users["manager"])
        with self.assertRaises(AccessError):
            label.unlink()

    def test_the_dialogs_form_asks_for_the_value_of_its_kind(self):
        dialog = self.env["client.label.add"].with_user(self.users["manager"])
        dialog = dialog.with_context(default_partner_id=self.school.id)
        with Form(dialog) as form:
            form.name = "Bunks"
            form.kind = "integer"
            form.value_number = "4"
        form.record.action_confirm()
        key = self.items()[0]["name"]
        self.assertEqual(self.school.client_properties[key], 4)
