from odoo.tests import tagged

from .test_bulk import COUNT, BulkCase


@tagged("post_install", "-at_install")
class TestBulkAutomation(BulkCase):
    """A rule of automation acts on each new client, once."""

    def setUp(self):
        super().setUp()
        if "base.automation" not in self.env:
            self.skipTest("Odoo's Automation Rules are not installed")
        model = self.env["ir.model"]._get("res.partner")
        self.rule = self.env["base.automation"].create(
            {
                "name": "Note who came",
                "model_id": model.id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [],
            }
        )
        self.rule.action_server_ids = self.env["ir.actions.server"].create(
            {
                "name": "Note who came",
                "model_id": model.id,
                "base_automation_id": self.rule.id,
                "state": "code",
                "code": "for r in records.filtered(lambda r: not r.function):\n"
                "    r.write({'function': 'Seen ' + r.ref})",
            }
        )
        self.addCleanup(self.rule._unregister_hook)

    def test_a_rule_acts_on_each_client(self):
        for client in self.import_equals():
            self.assertEqual(client.function, f"Seen {client.ref}")
        self.copied.assert_not_called()

    def test_a_rule_acts_once(self):
        number = self.env["ir.actions.server"].create(
            {
                "name": "Count who came",
                "model_id": self.rule.model_id.id,
                "base_automation_id": self.rule.id,
                "state": "code",
                "code": "for r in records:\n    env['res.partner.category'].create("
                "{'name': 'Seen ' + r.ref})",
            }
        )
        self.rule.write(
            {"trigger": "on_create", "action_server_ids": [(6, 0, number.ids)]}
        )
        self.import_equals()
        seen = self.env["res.partner.category"].search([("name", "=like", "Seen EQ-%")])
        self.assertEqual(len(seen), COUNT)
