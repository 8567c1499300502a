from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from ..common import ClientCase

EMPLOYEES = ("user", "importer", "manager", "accountant", "employee")


@tagged("post_install", "-at_install")
class TestRights(ClientCase):
    """What each group is allowed to do, in the app and over RPC."""

    def may(self, name, record, operation):
        return record.with_user(self.users[name]).has_access(operation)

    def test_each_group_implies_the_one_before(self):
        for name, groups in (
            ("user", ["user"]),
            ("importer", ["user", "importer"]),
            ("manager", ["user", "importer", "manager"]),
        ):
            for group in ("user", "importer", "manager"):
                has = self.users[name].has_group(
                    f"client_extension.group_client_{group}"
                )
                self.assertEqual(has, group in groups, (name, group))

    def test_users_of_the_app_create_and_change_clients(self):
        for name in ("user", "importer", "manager"):
            with self.subTest(name):
                client = self.as_user(name).create(
                    {"name": "New", "client_status": "prospect", "is_company": True}
                )
                client.write({"city": "Lyon", "is_company": False, "active": False})
                self.assertFalse(client.is_company)

    def test_the_app_gives_no_other_employee_the_right_to_write(self):
        self.assertFalse(self.may("employee", self.family, "write"))
        self.assertFalse(self.may("portal", self.family, "read"))

    def test_only_a_manager_deletes_clients(self):
        self.assertFalse(self.may("user", self.family, "unlink"))
        self.assertTrue(self.may("manager", self.family, "unlink"))

    def test_everybody_in_the_house_reads_the_lists_and_managers_change_them(self):
        records = (self.agency, self.env.ref("client_extension.client_type_family"))
        for record in records:
            for name in EMPLOYEES:
                self.assertTrue(self.may(name, record, "read"), (name, record))
                writes = self.may(name, record, "write")
                self.assertEqual(writes, name == "manager", (name, record))
            self.assertFalse(self.may("portal", record, "read"))

    def test_managers_change_the_labels_of_our_additional_data_only(self):
        definition = self.Partner._get_client_properties_definition()
        label = [{"name": "a" * 16, "string": "SAP code", "type": "char"}]
        ours = definition.with_user(self.users["manager"])
        ours.sudo(False).write({"properties_definition": label})
        stock = definition._get_definition_for_property_field(
            "res.partner", "properties"
        )
        with self.assertRaises(AccessError):
            stock.with_user(self.users["manager"]).sudo(False).write(
                {"properties_definition": label}
            )
        for name in ("user", "importer", "employee", "accountant"):
            with self.subTest(name), self.assertRaises(AccessError):
                definition.with_user(self.users[name]).sudo(False).write(
                    {"properties_definition": []}
                )

    def test_administrators_keep_every_definition(self):
        admin = self.env.ref("base.user_admin")
        stock = self.env["properties.base.definition"].sudo()
        stock = stock._get_definition_for_property_field("res.partner", "properties")
        self.assertTrue(stock.with_user(admin).sudo(False).has_access("write"))

    def test_every_button_refuses_who_has_no_access(self):
        for name in ("employee", "accountant", "portal"):
            for method in ("action_client_mark_client", "action_client_mark_prospect"):
                with self.subTest((name, method)), self.assertRaises(AccessError):
                    getattr(self.family.with_user(self.users[name]), method)()
        self.assertEqual(self.family.client_status, "prospect")

    def test_a_portal_user_reads_no_classification_of_the_own_record(self):
        portal = self.users["portal"]
        partner = portal.partner_id
        partner.write(
            {"client_status": "client", "client_business_unit_id": self.agency.id}
        )
        self.agency.members_only = True
        own = partner.with_user(portal)
        own.invalidate_recordset()
        told = own.read(["name", "email", "phone", "mobile", "street", "vat", "ref"])[0]
        self.assertEqual(told["name"], partner.name)
        self.assertEqual(own.search([("id", "=", own.id)]), own)
        open_to_all = {
            *("client_civility", "client_first_name", "client_last_name"),
            *("client_name_parts", "client_has_name_parts", "client_search"),
        }
        named = {name for name in own.fields_get() if name.startswith("client_")}
        self.assertLessEqual(named, open_to_all)
        for name in (
            "client_status",
            "client_since",
            "client_prospect_date",
            "client_type_id",
            "client_business_unit_id",
            "client_source_id",
            "client_properties",
            "client_other_phone_sanitized",
        ):
            for record in (own, portal.with_user(portal)):
                with self.subTest(name), self.assertRaises(AccessError):
                    record.read([name])
            with self.subTest(name), self.assertRaises(AccessError):
                own.search([(name, "!=", False)])

    def test_a_portal_user_still_uses_the_portal(self):
        portal = self.users["portal"]
        own = portal.partner_id.with_user(portal)
        self.assertTrue(own.name and own.display_name and own.commercial_partner_id)
        portal.with_user(portal).write({"signature": "x"})
        own.sudo().write({"street": "1 rue Neuve", "phone": "0478000009"})
        address = own.sudo().create(
            {"name": "Home", "parent_id": own.id, "type": "delivery"}
        )
        self.assertEqual(address.with_user(portal).name, "Home")
        values = {"login": "new@example.com", "name": "New", "email": "new@example.com"}
        user = self.env["res.users"].sudo()._create_user_from_template(values)
        self.assertTrue(user.partner_id)

    def test_over_rpc_a_stranger_changes_nothing(self):
        employee = self.users["employee"]
        for method, args in (
            ("write", [self.family.ids, {"client_status": "client"}]),
            ("action_client_mark_client", [self.family.ids]),
            ("client_find_duplicates", [{"name": "Famille"}]),
            ("create", [{"name": "x", "client_status": "client"}]),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self.call(employee, method, args)

    def test_hooks_cannot_be_called_over_rpc(self):
        for name in (
            "_client_became_client",
            "_prepare_client_references",
            "_get_client_duplicates",
            "_get_client_properties_definition",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.Partner, name)

    def call(self, user, method, args):
        """Call like the RPC layer: public methods only, ids first."""
        partners = self.Partner.with_user(user)
        function = get_public_method(partners, method)
        if getattr(function, "_api_model", False):
            return getattr(partners, method)(*args)
        return getattr(partners.browse(args[0]), method)(*args[1:])
