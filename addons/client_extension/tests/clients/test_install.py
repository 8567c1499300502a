from odoo import Command
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path
from odoo.tools.safe_eval import safe_eval
from odoo.tools.sql import index_exists

from ...hooks import _make_clients_of_customers
from ..common import ClientCase


@tagged("post_install", "-at_install")
class TestInstall(ClientCase):
    """What the installation does to existing partners."""

    def old_customer(self, invoiced=None, **values):
        partner = self.Partner.create({"name": "Old", **values})
        # Written afterwards: an add-on may set another one on creation.
        partner.customer_rank = 1
        if invoiced:
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": invoiced,
                    "invoice_line_ids": [
                        Command.create({"name": "a", "price_unit": 9})
                    ],
                }
            )
            invoice.action_post()
        return partner

    def test_customers_become_clients_from_their_first_invoice(self):
        partner = self.old_customer("2023-05-06")
        self.old_customer("2021-02-03", parent_id=partner.id)
        _make_clients_of_customers(self.env)
        self.assertEqual(partner.client_status, "client")
        self.assertEqual(str(partner.client_since), "2021-02-03")

    def test_a_customer_without_an_invoice_is_a_client_without_a_date(self):
        partner = self.old_customer()
        _make_clients_of_customers(self.env)
        self.assertEqual(partner.client_status, "client")
        self.assertFalse(partner.client_since)

    def test_who_was_invoiced_is_a_client_whatever_the_rank(self):
        partner = self.old_customer("2023-05-06")
        partner.customer_rank = 0
        _make_clients_of_customers(self.env)
        self.assertEqual(partner.client_status, "client")
        self.assertEqual(str(partner.client_since), "2023-05-06")

    def test_archived_customers_are_clients_too(self):
        partner = self.old_customer(active=False)
        _make_clients_of_customers(self.env)
        self.assertEqual(partner.client_status, "client")

    def test_contacts_suppliers_and_prospects_stay_as_they_are(self):
        parent = self.Partner.create({"name": "Parent"})
        contact = self.old_customer(parent_id=parent.id)
        _make_clients_of_customers(self.env)
        self.assertFalse(contact.client_status)
        self.assertFalse(self.supplier.client_status)
        self.assertEqual(self.family.client_status, "prospect")

    def test_nothing_else_of_a_customer_changes(self):
        partner = self.old_customer("2023-05-06")
        columns = [
            name
            for name, field in partner._fields.items()
            if field.store and name not in ("client_status", "client_since")
        ]
        before = partner.read(columns)
        messages = partner.message_ids
        _make_clients_of_customers(self.env)
        self.assertEqual(partner.read(columns), before)
        self.assertEqual(partner.message_ids, messages)

    def test_a_second_pass_changes_nothing(self):
        self.old_customer()
        self.assertGreaterEqual(_make_clients_of_customers(self.env), 1)
        self.assertEqual(_make_clients_of_customers(self.env), 0)

    def test_the_index_on_names_as_they_are_spelled_goes(self):
        path = "client_extension/migrations/19.0.2.0.0/pre-folding.py"
        migration = load_script(file_path(path), "pre_folding")
        for _time in range(2):
            migration.migrate(self.env.cr, "19.0.1.0.0")
        self.env.cr.execute(
            SQL("CREATE INDEX %s ON res_partner (name)", SQL(migration.NAME_INDEX))
        )
        migration.migrate(self.env.cr, "19.0.1.0.0")
        self.assertFalse(index_exists(self.env.cr, migration.NAME_INDEX))

    def test_saved_filters_of_imports_ask_for_the_task(self):
        path = "client_extension/migrations/19.0.2.0.0/pre-imports.py"
        migration = load_script(file_path(path), "pre_imports")
        saved = self.env["ir.filters"].create(
            {
                "name": "Mine, moving",
                "model_id": "client.import",
                "user_ids": [],
                "domain": """["|", ("is_checking", "=", True), '&', """
                """('is_undoing', '!=', True), ["user_id", "=", uid]]""",
                "context": "{'group_by': ['is_mending', 'state']}",
                "sort": '["is_checking desc"]',
            }
        )
        other = self.env["ir.filters"].create(
            {
                "name": "Of somebody else",
                "model_id": "res.partner",
                "user_ids": [],
                "domain": '[("is_checking", "=", True)]',
            }
        )
        for _time in range(2):
            migration._correct_filters(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual(
            saved.domain,
            """["|", ("task", "=", "check"), '&', ("task", "!=", "undo"), """
            """["user_id", "=", uid]]""",
        )
        self.assertEqual(saved.context, "{'group_by': ['task', 'state']}")
        self.assertEqual(saved.sort, '["task desc"]')
        self.assertEqual(other.domain, '[("is_checking", "=", True)]')
        domain = safe_eval(saved.domain, {"uid": self.env.uid})
        self.env["client.import"].search(domain, order="task desc")
