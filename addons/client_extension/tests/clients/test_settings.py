from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...models.imports.engine.client_import_journal import PARAMETER as JOURNAL_DAYS
from ...models.labels.client_label import DAYS_KEPT as LABEL_DAYS
from ..common_import import ImportCase

#: older than the default retention time
LONG_AGO = timedelta(days=200)


@tagged("post_install", "-at_install")
class TestSettings(ImportCase):
    """The settings take effect, including empty ones."""

    def save(self, **values):
        """Save the settings, as an administrator does on the page."""
        self.env["res.config.settings"].create(values).execute()

    def parameter(self, name):
        return self.env["ir.config_parameter"].get_param(name)

    def test_a_journal_is_never_cleared_with_0_days(self):
        self.save(client_journal_days=0)
        record = self.run_import("reference;name\nS1;Set\n")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE client_import SET ended_at = %s WHERE id = %s",
            [fields.Datetime.now() - LONG_AGO, record.id],
        )
        self.env.invalidate_all()
        self.env["client.import.journal"]._expire()
        self.assertFalse(record.journal_cleared)
        self.save(client_journal_days=90)
        self.env["client.import.journal"]._expire()
        self.assertTrue(record.journal_cleared)

    def test_a_removed_label_is_never_cleared_with_0_days(self):
        self.save(client_label_days=0)
        label = self.env["client.label"].create({"name": "Set badge"})
        removed = fields.Datetime.now() - LONG_AGO
        label.write({"active": False, "removed_date": removed})
        self.env["client.label"]._expire()
        self.assertFalse(label.is_cleared)
        self.save(client_label_days=90)
        self.env["client.label"]._expire()
        self.assertTrue(label.is_cleared)

    def test_with_a_limit_of_0_every_file_goes_on_in_the_background(self):
        self.save(client_import_limit=0)
        record = self.make("reference;name\nS1;Set\n")
        record.action_import()
        self.assertEqual(record.state, "queued")

    def test_what_was_saved_as_0_is_shown_as_0(self):
        self.save(client_import_limit=0, client_journal_days=0, client_label_days=0)
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.client_import_limit, 0)
        self.assertEqual(settings.client_journal_days, 0)
        self.assertEqual(settings.client_label_days, 0)
        settings.execute()
        self.assertEqual(self.parameter(JOURNAL_DAYS), "0")
        self.assertEqual(self.parameter(LABEL_DAYS), "0")
