from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import SQL, file_path, mute_logger
from odoo.tools.safe_eval import safe_eval

from ..common_import import ImportCase

#: three rows, one of which is rejected
FILE = (
    "reference;name;email;Badge\n"
    "R-1;Ines Weber;ines.weber@example.com;Gold\n"
    "R-2;Paul Weber;paul.weber@example.com;Silver\n"
    "R-3;Nora Weber;nora.weber at example.com;Bronze\n"
)
DAYS = "client_extension.import_days"
#: what the form offers only while the file is kept
NEEDS_FILE = {
    "action_import",
    "action_check",
    "action_download_rejects",
    "action_download_file",
    "action_open_previews",
}


class RetentionCase(ImportCase):
    """Imports that ended some days ago."""

    def age(self, record, days):
        """Let an import have ended some days ago; it is still written now and then."""
        ended = fields.Datetime.now() - timedelta(days=days)
        record.sudo().write({"ended_at": ended})
        self.env.flush_all()
        self.env.invalidate_all()

    def expire(self):
        """Do what the daily job of Odoo does."""
        self.env["client.import.retention"]._gc_imports()
        self.env.flush_all()
        self.env.invalidate_all()

    def keep(self, days):
        self.env["ir.config_parameter"].set_param(DAYS, days)

    def stored(self, record):
        """:return: str: all that is stored of the rows of an import, apart from the
        change log"""
        tables = ("client_import", "client_import_problem", "client_import_preview")
        found = []
        for table in tables:
            own = "id" if table == "client_import" else "import_id"
            self.env.cr.execute(
                SQL(
                    "SELECT to_jsonb(t)::text FROM %s AS t WHERE t.%s = %s",
                    SQL.identifier(table),
                    SQL.identifier(own),
                    record.id,
                )
            )
            found += [text for (text,) in self.env.cr.fetchall()]
        return " ".join(found)

    def files(self, record):
        """:return: the attachments of an import"""
        attachments = self.env["ir.attachment"].sudo()
        domain = [("res_model", "=", "client.import"), ("res_id", "=", record.id)]
        return attachments.search([*domain, ("res_field", "!=", False)])

    def shown_buttons(self, record):
        """:return: set of the names of the buttons that the form shows"""
        arch = etree.fromstring(record.get_view(view_type="form")["arch"])
        values = {
            name: record[name] and (record[name].id or record[name])
            if record._fields[name].type == "many2one"
            else record[name]
            for name in record._fields
            if record._has_field_access(record._fields[name], "read")
        }
        shown = set()
        for button in arch.xpath("//button[not(ancestor::field)]"):
            above = [button, *button.iterancestors()]
            conditions = [node.get("invisible", "False") for node in above]
            if not any(safe_eval(text, values) for text in conditions):
                shown.add(button.get("name"))
        return shown


@tagged("post_install", "-at_install")
class TestImportRetention(RetentionCase):
    """Files of clients and what was noted of their rows are kept for a time only."""

    def test_what_an_import_kept_of_its_rows_goes_after_90_days(self):
        record = self.run_import(FILE)
        counts = self.counts(record)
        self.assertEqual(counts, (2, 0, 0, 0, 1))
        self.age(record, 89)
        self.expire()
        self.assertTrue(record.file)
        self.assertIn("nora.weber", self.stored(record))
        self.age(record, 91)
        self.expire()
        self.assertFalse(self.files(record))
        self.assertNotIn("weber", self.stored(record).lower())
        self.assertNotIn("Bronze", self.stored(record))
        self.assertEqual(self.counts(record), counts)
        self.assertEqual(record.state, "done_with_problems")
        self.assertEqual(self.codes(record), [(4, "cell_email")])
        headers = [column["header"] for column in record.columns_summary]
        self.assertEqual(headers, ["reference", "name", "email", "Badge"])

    def test_words_and_their_meanings_go_with_the_file(self):
        text = "reference;name;manager\nR-1;A;Ines Weber\nR-2;B;{}\n"
        record = self.make(text.format(self.importer.login))
        record.check()
        self.assertIn("Ines Weber", str(record.unknown_values))
        record.value_answers = {"manager": {"Ines Weber": ""}}
        record.run()
        self.assertEqual(self.counts(record), (2, 0, 0, 0, 0))
        self.age(record, 91)
        self.expire()
        self.assertNotIn("weber", self.stored(record).lower())
        self.assertEqual(record.state, "done")

    def test_a_message_without_its_value_is_still_a_sentence(self):
        record = self.run_import(FILE)
        self.age(record, 91)
        self.expire()
        self.assertFalse(record.problem_ids.value)
        self.assertEqual(
            record.problem_ids.message, "“…” is not a valid email address."
        )

    def test_the_time_is_counted_from_the_end_of_the_import(self):
        record = self.run_import(FILE)
        end = record.ended_at
        self.assertAlmostEqual(end, fields.Datetime.now(), delta=timedelta(minutes=5))
        self.age(record, 91)
        record.sudo().write({"file_name": "renamed.csv"})
        self.expire()
        self.assertFalse(record.file, "a later write does not prolong it")

    def test_an_undo_does_not_prolong_the_time(self):
        record = self.run_import(FILE)
        self.age(record, 60)
        ended = record.ended_at
        record.undo()
        self.assertEqual(record.state, "undone")
        self.assertEqual(record.ended_at, ended)

    def test_the_setting_says_how_many_days(self):
        record = self.run_import(FILE)
        self.age(record, 8)
        self.keep("7")
        self.expire()
        self.assertTrue(record.cleared_at)

    def test_with_0_days_everything_is_kept(self):
        record = self.run_import(FILE)
        self.age(record, 4000)
        self.keep("0")
        self.expire()
        self.assertTrue(record.file)
        self.assertFalse(record.cleared_at)

    @mute_logger("odoo.addons.client_extension.tools.setting_number")
    def test_a_setting_that_is_no_number_counts_as_the_default(self):
        record = self.run_import(FILE)
        self.keep("ninety")
        self.age(record, 89)
        self.expire()
        self.assertFalse(record.cleared_at)
        self.age(record, 91)
        self.expire()
        self.assertTrue(record.cleared_at)

    def test_a_file_that_was_only_checked_goes_too(self):
        record = self.make(FILE)
        record.check()
        self.assertTrue(record.preview_ids)
        self.age(record, 91)
        self.expire()
        self.assertFalse(self.files(record))
        self.assertFalse(record.preview_ids)
        self.assertNotIn("weber", self.stored(record).lower())

    def test_an_import_at_work_keeps_its_file(self):
        record = self.make(FILE)
        record.enqueue()
        self.age(record, 91)
        self.expire()
        self.assertTrue(record.file)

    def test_few_at_a_time_and_the_rest_in_the_next_round(self):
        records = [self.make(FILE) for _time in range(3)]
        for record in records:
            self.age(record, 91)
        retention = self.env["client.import.retention"]
        self.patch(type(retention), "_get_batch_size", lambda self: 2)
        done, remaining = retention._gc_imports()
        self.assertEqual((done, bool(remaining)), (2, True))
        retention._gc_imports()
        self.env.invalidate_all()
        self.assertTrue(all(record.cleared_at for record in records))

    # Screen

    def test_the_form_says_that_the_file_is_gone(self):
        record = self.run_import(FILE)
        self.assertLessEqual({"action_download_file"}, self.shown_buttons(record))
        self.assertIn("Download them", record.next_step)
        self.age(record, 91)
        self.expire()
        self.assertIn("deleted after 90 days", record.next_step)
        self.assertNotIn("Download them", record.next_step)
        self.assertFalse(NEEDS_FILE & self.shown_buttons(record))

    def test_the_form_of_a_checked_file_offers_nothing_without_it(self):
        record = self.make(FILE)
        record.check()
        self.assertLessEqual(
            {"action_import", "action_open_previews"}, self.shown_buttons(record)
        )
        self.age(record, 91)
        self.expire()
        self.assertFalse(record.can_map)
        self.assertFalse(NEEDS_FILE & self.shown_buttons(record))
        self.assertIn("deleted after 90 days", record.next_step)

    def test_a_cleared_import_can_still_be_undone(self):
        record = self.run_import(FILE)
        self.age(record, 89)
        self.keep("30")
        self.expire()
        self.assertIn("undo", self.shown_buttons(record))
        record.undo()
        self.assertEqual(record.state, "undone")
        self.assertIn("Deleted".lower(), record.next_step)
        self.assertFalse(self.client("R-1"))

    def test_nothing_runs_without_the_file(self):
        record = self.make(FILE)
        done = self.run_import(FILE.replace("R-", "S-"))
        for one in (record, done):
            self.age(one, 91)
        self.expire()
        for action in ("check", "action_check", "run", "action_import", "enqueue"):
            with self.subTest(action), self.assertRaisesRegex(UserError, "deleted"):
                getattr(record, action)()
        with self.assertRaisesRegex(UserError, "deleted"):
            done.correct(self.encode(FILE))

    def test_another_file_makes_it_an_import_again(self):
        record = self.make(FILE)
        self.age(record, 91)
        self.expire()
        record.write({"file": self.encode(FILE)})
        self.assertFalse(record.cleared_at)
        record.run()
        self.assertEqual(record.created_count, 2)

    # By hand

    def test_the_importer_deletes_the_file_at_once(self):
        record = self.run_import(FILE)
        self.assertIn("action_clear", self.shown_buttons(record))
        record.action_clear()
        self.env.invalidate_all()
        self.assertFalse(self.files(record))
        self.assertNotIn("weber", self.stored(record).lower())
        self.assertNotIn("after", record.next_step.split("deleted")[1].split(".")[0])
        self.assertNotIn("action_clear", self.shown_buttons(record))

    def test_others_cannot_delete_it(self):
        record = self.run_import(FILE)
        for name in ("user", "employee", "accountant"):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.users[name]).action_clear()
        self.assertTrue(record.file)

    def test_an_import_at_work_cannot_be_cleared(self):
        record = self.make(FILE)
        record.enqueue()
        with self.assertRaises(UserError):
            record.action_clear()
        self.assertTrue(record.file)

    def test_nobody_writes_the_dates_by_hand(self):
        record = self.run_import(FILE)
        for name in ("ended_at", "cleared_at"):
            with self.subTest(name), self.assertRaises(AccessError):
                record.write({name: fields.Datetime.now()})

    # Change logs

    def test_a_change_log_is_kept_from_the_end_of_the_import(self):
        record = self.run_import(FILE)
        self.age(record, 91)
        self.env["client.import.journal"]._expire()
        self.assertTrue(record.journal_cleared)

    # Old imports

    def test_old_imports_get_the_time_at_which_they_ended(self):
        done, checked = self.run_import(FILE), self.make(FILE)
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "UPDATE client_import SET finished_at = '2026-01-02 03:04:05',"
            " write_date = '2026-05-05 05:05:05' WHERE id = %s",
            [done.id],
        )
        cr.execute(
            "UPDATE client_import SET write_date = '2026-02-02 02:02:02' WHERE id = %s",
            [checked.id],
        )
        cr.execute("ALTER TABLE client_import DROP COLUMN ended_at")
        path = "client_extension/migrations/19.0.4.0.0/pre-retention.py"
        migration = load_script(file_path(path), "pre_retention")
        for _time in range(2):
            migration.migrate(cr, "19.0.3.0.0")
        self.env.invalidate_all()
        self.assertEqual(str(done.ended_at), "2026-01-02 03:04:05")
        self.assertEqual(str(checked.ended_at), "2026-02-02 02:02:02")


@tagged("post_install", "-at_install")
class TestImportErasure(RetentionCase):
    """Who is deleted is no longer in the change logs of imports."""

    CONTACTS = (
        "reference;name;type;contact_first_name;contact_last_name;contact_email\n"
        "E-1;Weber Travel;company;Ines;Weber;ines.weber@example.com\n"
    )

    def log(self, record):
        """:return: str: all that the change log of an import has stored"""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(c)::text FROM client_import_change AS c"
            " WHERE c.import_id = %s ORDER BY c.id",
            [record.id],
        )
        return " ".join(text for (text,) in self.env.cr.fetchall())

    def test_the_values_of_a_deleted_client_go_at_once(self):
        record = self.run_import(FILE)
        update = self.run_import("reference;city\nR-1;Ghent\nR-2;Bruges\n")
        self.assertIn("ines.weber", self.log(record))
        self.client("R-1").unlink()
        for one in (record, update):
            self.assertNotIn("ines", self.log(one).lower())
            self.assertNotIn("Ghent", self.log(one))
        self.assertIn("paul.weber", self.log(record))
        self.assertEqual(len(record.sudo().change_ids), 2)
        self.assertEqual(record.created_count, 2)

    def test_an_undo_of_what_was_deleted_still_ends(self):
        record = self.run_import(FILE)
        self.client("R-1").unlink()
        record.undo()
        self.assertEqual(record.state, "undone")
        outcomes = record.sudo().change_ids.mapped("outcome")
        self.assertEqual(outcomes, ["deleted", "deleted"])

    def test_an_undo_leaves_no_values_of_whom_it_deletes(self):
        record = self.run_import(self.CONTACTS)
        self.assertIn("ines.weber", self.log(record))
        record.undo()
        self.assertEqual(record.sudo().change_ids.mapped("outcome"), ["deleted"])
        self.assertNotIn("weber", self.log(record).lower())

    def test_the_values_of_a_deleted_contact_go_too(self):
        record = self.run_import(self.CONTACTS)
        self.client("E-1").client_contact_ids.contact_id.unlink()
        self.assertNotIn("ines", self.log(record).lower())
        self.assertIn("Weber Travel", self.log(record), "the client is still there")
        record.undo()
        self.assertFalse(self.client("E-1"))

    def test_the_values_of_a_merged_client_stay_for_the_undo(self):
        record = self.run_import(FILE)
        one, other = self.client("R-1"), self.client("R-2")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((one | other).ids, one)
        self.assertFalse(other.exists())
        self.assertIn("paul.weber", self.log(record))
        one.unlink()
        self.assertNotIn("weber", self.log(record).lower())

    def test_a_checked_row_of_a_deleted_client_goes(self):
        self.run_import(FILE)
        again = self.make(FILE.replace("Gold", "Platinum"))
        again.check()
        self.assertIn("Ines", self.stored(again))
        self.client("R-1").unlink()
        names = again.preview_ids.mapped("name")
        self.assertNotIn("Ines Weber", names)

    def test_a_failed_deletion_keeps_the_values(self):
        record = self.run_import(FILE)
        client = self.client("R-1")
        self.env["res.users"].create(
            {"name": "Ines", "login": "ines", "partner_id": client.id}
        )
        with self.assertRaises(RedirectWarning):
            client.unlink()
        self.assertIn("ines.weber", self.log(record))

    def test_values_of_whom_the_database_deleted_go_with_the_next_round(self):
        record = self.run_import(FILE)
        self.env.flush_all()
        # As a foreign key that cascades does it.
        self.env.cr.execute(
            "UPDATE client_import_change SET partner_id = NULL WHERE import_id = %s",
            [record.id],
        )
        self.env.invalidate_all()
        self.env["client.import.retention"]._gc_changes()
        self.assertNotIn("weber", self.log(record).lower())

    def test_a_living_client_whose_values_are_gone_is_kept_by_the_undo(self):
        record = self.run_import(FILE)
        changes = record.sudo().change_ids
        changes._clear_values()
        record.undo()
        self.assertEqual(changes.mapped("outcome"), ["kept", "kept"])
        self.assertIn("deleted", changes[0].reason)
        self.assertTrue(self.client("R-1"))
