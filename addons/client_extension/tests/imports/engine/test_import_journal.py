from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ....models.imports.engine import client_import_journal
from ...common_undo import UndoCase

ROWS = "reference;name;city;phone;code SAP\nJ1;New;Lyon;;007\nT-0002;;Nice;;008\n"

REFUSAL = "No."


@tagged("post_install", "-at_install")
class TestImportJournal(UndoCase):
    """What the change log of an import contains for each changed client."""

    def test_a_line_for_each_client_that_changed(self):
        record = self.run_import(ROWS + "T-0002;Collège Jean Moulin;Nice;;008\n;x;;;\n")
        self.assertEqual(self.counts(record), (1, 1, 1, 0, 1))
        created, updated = self.changes(record)
        self.assertEqual((created.kind, updated.kind), ("created", "updated"))
        self.assertEqual(created.partner_id, self.client("J1"))
        self.assertEqual(created.label, "New [J1]")
        self.assertEqual(updated.partner_id, self.school)
        self.assertEqual(updated.label, "Collège Jean Moulin [T-0002]")

    def test_old_and_new_values_of_what_changed_alone(self):
        label = self.label_of("code SAP")
        record = self.run_import(ROWS)
        updated = self.changes(record, kind="updated")
        self.assertEqual(updated.old_values.get("city"), None)
        self.assertEqual(updated.new_values["city"], "Nice")
        self.assertEqual(updated.new_values["client_properties"][label()], "008")
        self.assertNotIn("vat", updated.new_values)
        created = self.changes(record, kind="created")
        self.assertEqual(created.new_values["client_status"], "client")
        self.assertEqual(created.new_values["client_properties"], {label(): "007"})

    def label_of(self, text):
        return lambda: self.label(text.replace(" ", "").lower())

    def test_a_rejected_row_leaves_no_line(self):
        record = self.run_import("reference;name;email\nJ1;A;nobody\nJ2;B;b@x.com\n")
        self.assertEqual(self.changes(record).partner_id, self.client("J2"))

    def test_a_row_that_odoo_refuses_leaves_no_line(self):
        partners = type(self.env["res.partner"])
        create = partners.create

        def picky(records, vals_list):
            if any(vals.get("name") == "Bad" for vals in vals_list):
                raise UserError(REFUSAL)
            return create(records, vals_list)

        self.patch(partners, "create", picky)
        rows = "".join(f"K{i};{'Bad' if i == 3 else 'Good'}\n" for i in range(7))
        record = self.run_import("reference;name\n" + rows)
        self.assertEqual(self.counts(record), (6, 0, 0, 0, 1))
        self.assertEqual(len(self.changes(record)), 6)

    def test_a_check_notes_nothing(self):
        record = self.make(ROWS)
        record.check()
        self.assertFalse(self.changes(record))

    def test_a_client_that_is_deleted_leaves_its_line(self):
        record = self.run_import(ROWS)
        self.client("J1").unlink()
        change = self.changes(record, kind="created")
        self.assertFalse(change.partner_id)
        self.assertFalse(change.label, "no name of whom was deleted")
        self.assertEqual(record.created_count, 1)

    def test_importers_read_their_own_and_nobody_writes(self):
        record = self.run_import(ROWS)
        other = new_test_user(
            self.env, "clients_journal", "client_extension.group_client_importer"
        )
        change = self.changes(record)[0]
        for user in (self.importer, self.users["manager"]):
            self.assertTrue(change.with_user(user).read(["new_values"]))
            with self.assertRaises(AccessError):
                change.with_user(user).write({"partner_key": 1})
            with self.assertRaises(AccessError):
                change.with_user(user).unlink()
        for user in (other, self.users["user"], self.users["accountant"]):
            with self.assertRaises(AccessError):
                change.with_user(user).read(["new_values"])

    def test_lists_of_created_and_updated_clients(self):
        record = self.run_import(ROWS.replace("Lyon;", "Lyon;"))
        self.client("J1").active = False
        for name, clients in (("created", self.client("J1")), ("updated", self.school)):
            action = getattr(record, f"action_open_{name}")()
            found = self.as_user("importer").with_context(**action["context"])
            self.assertEqual(found.search(action["domain"]), clients)
            view = self.env.ref("client_extension.res_partner_view_list")
            self.assertIn((view.id, "list"), action["views"])

    def test_old_journals_are_cleared(self):
        self.patch(client_import_journal, "CLEAR_CHUNK", 1)
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("client_extension.journal_days", 30)
        old, young = self.run_import(ROWS), self.run_import(ROWS.replace("Nice", "Pau"))
        self.age(old, 31)
        self.age(young, 29)
        with self.committing() as commits:
            self.env["client.import.journal"]._cron_clear()
        self.assertEqual(commits, [0, 1, 1])
        self.assertFalse(self.changes(old))
        self.assertTrue(self.changes(young))
        self.assertFalse(old.can_undo)
        self.assertTrue(young.can_undo)
        with self.assertRaisesRegex(UserError, "deleted"):
            old.undo()

    def test_half_a_journal_is_never_undone(self):
        self.patch(client_import_journal, "CLEAR_CHUNK", 1)
        record = self.run_import(ROWS)
        self.age(record, 91)
        with self.committing(lambda count: 60.0 if count == 1 else 0.0):
            self.env["client.import.journal"]._cron_clear()
        self.assertEqual(len(self.changes(record)), 1)
        with self.assertRaisesRegex(UserError, "deleted"):
            record.undo()

    def age(self, record, days):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE client_import SET ended_at = %s WHERE id = %s",
            [fields.Datetime.now() - timedelta(days=days), record.id],
        )
        self.env.invalidate_all()
