from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...common_import import ImportCase

COUNT = 12


@tagged("post_install", "-at_install")
class TestImportCreate(ImportCase):
    """New clients go through Odoo's own ``create()``, so add-ons are called."""

    def text(self):
        return "reference;name;type;email;phone;country\n" + "".join(
            f"NEW{n};Client {n};{('individual', 'company')[n % 2]};"
            f"E{n}@Example.com;0470 12 34 {n:02};BE\n"
            for n in range(COUNT)
        )

    def clients(self):
        found = self.Partner.search([("ref", "=like", "NEW%")], order="id")
        self.assertEqual(len(found), COUNT)
        return found

    def patch_partner(self, name, function):
        """Replace by `function(origin, records, *args)`, as another add-on would."""
        partners = type(self.env["res.partner"])
        origin = getattr(partners, name)

        def patched(records, *args):
            return function(origin, records, *args)

        patched.__module__ = "odoo.addons.another.models.res_partner"
        self.patch(partners, name, patched)

    def test_a_new_client_has_what_odoo_makes_of_its_columns(self):
        self.run_import(self.text())
        self.env.flush_all()
        self.env.invalidate_all()
        for number, client in enumerate(self.clients()):
            self.assertEqual(client.commercial_partner_id, client)
            self.assertEqual(client.complete_name, f"Client {number}")
            self.assertEqual(client.email_normalized, f"e{number}@example.com")
            self.assertEqual(client.phone_sanitized, f"+324701234{number:02}")
            company = client.is_company and client.name
            self.assertEqual(client.commercial_company_name, company)

    def test_an_image_that_nobody_has_is_not_made_smaller(self):
        with patch.object(fields.Image, "write") as write:
            self.run_import(self.text())
            self.env.flush_all()
        write.assert_not_called()

    def test_what_an_addon_computes_is_computed_of_stored_clients(self):
        asked = []

        def compute(origin, records):
            asked.extend(records.ids)
            for record in records:
                record.complete_name = f"{record.id}"

        self.patch_partner("_compute_complete_name", compute)
        self.run_import(self.text())
        self.env.flush_all()
        clients = self.clients()
        self.assertLessEqual(set(clients.ids), set(asked))
        for client in clients:
            self.assertEqual(client.complete_name, f"{client.id}")

    def test_an_addon_may_look_at_other_columns(self):
        def complete(origin, record):
            return f"{origin(record)} ({record.ref}, {record.country_id.code})"

        self.patch_partner("_get_complete_name", complete)
        self.run_import(self.text())
        self.env.invalidate_all()
        for number, client in enumerate(self.clients()):
            name = f"Client {number} (NEW{number}, BE)"
            self.assertEqual(client.complete_name, name)

    def test_a_rule_of_automation_hears_of_each_computation(self):
        heard = {}

        def compute(origin, records, field):
            heard.setdefault(field.name, set()).update(records.ids)
            return origin(records, field)

        self.patch_partner("_compute_field_value", compute)
        self.run_import(self.text())
        self.env.flush_all()
        clients = set(self.clients().ids)
        for name in ("complete_name", "commercial_partner_id", "phone_sanitized"):
            self.assertLessEqual(clients, heard[name])

    def test_a_constraint_on_what_is_computed_is_asked(self):
        asked = []

        def check(records):
            asked.extend(records.ids)

        check._constrains = ("client_other_phone_sanitized",)
        partners = type(self.env["res.partner"])
        checks = [*self.Partner._constraint_methods, check]
        self.patch(partners, "_constraint_methods", checks)
        self.run_import(self.text())
        self.env.flush_all()
        self.assertLessEqual(set(self.clients().ids), set(asked))

    def test_a_default_is_not_computed(self):
        self.env["ir.default"].set("res.partner", "lang", "en_US")
        self.run_import(self.text())
        self.assertEqual(set(self.clients().mapped("lang")), {"en_US"})

    def test_an_addon_hears_of_each_new_client(self):
        asked = []

        def sync(origin, record, values):
            asked.append(record.ref)
            return origin(record, values)

        self.patch_partner("_fields_sync", sync)
        self.run_import(self.text())
        self.assertLessEqual({f"NEW{n}" for n in range(COUNT)}, set(asked))

    def test_a_default_link_is_made(self):
        field = self.Partner._fields["category_id"]
        self.patch(field, "default", lambda _model: [Command.set(self.vip.ids)])
        self.run_import(self.text())
        for client in self.clients():
            self.assertEqual(client.category_id, self.vip)

    @mute_logger("odoo.sql_db")
    def test_an_addon_that_needs_a_stored_client_gets_one(self):
        def complete(origin, record):
            record.env.cr.execute("SELECT %s + 0", [record.id])
            return f"{origin(record)} {record.env.cr.fetchone()[0]}"

        self.patch_partner("_get_complete_name", complete)
        self.run_import(self.text())
        self.env.flush_all()
        for number, client in enumerate(self.clients()):
            self.assertEqual(client.complete_name, f"Client {number} {client.id}")
            self.assertEqual(client.commercial_partner_id, client)
