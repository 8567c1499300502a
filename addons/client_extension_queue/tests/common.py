"""What the tests of imports in jobs share."""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tools import mute_logger

from odoo.addons.client_extension.models.imports.engine import context
from odoo.addons.client_extension.tests.common_import import ImportCase
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import client_import_jobs

ROWS = "reference;name\n" + "".join(f"J{i:03};Client {i}\n" for i in range(25))
JOBS = "odoo.addons.client_extension_queue.models.client_import_jobs"


class Killed(BaseException):
    """A worker that stops in the middle."""


class JobsCase(ImportCase):
    """Files of more than five rows go in jobs of ten, in this very transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param("client_extension.import_limit", 5)
        parameters.set_param("client_extension_queue.limit", 5)
        # what waits in the database of whoever runs the tests is left alone
        cls.env["client.import"].search([]).write({"state": "cancelled", "task": False})

    def setUp(self):
        super().setUp()
        self.patch(client_import_jobs, "CHUNK_ROWS", 10)
        self.patch(context, "CHUNK", 4)
        model = type(self.env["client.import"])
        self.patch(model, "_transaction", contextmanager(_transaction))
        self.patch(model, "_alone", contextmanager(_transaction))
        self.patch(model, "_has_job_runner", lambda record: True)

    def enqueue(self, text, **values):
        """:return: pair: an import that waits, its jobs (``JobsTrap``)"""
        record = self.make(text, **values)
        return record, self.trapped(record.enqueue)

    def trapped(self, method, *args):
        """:return: ``JobsTrap`` of the jobs that a method leaves"""
        with trap_jobs() as trap:
            method(*args)
        return trap

    def perform(self, trap):
        """Do the jobs that wait, and return the ``JobsTrap`` of those they leave."""
        return self.trapped(trap.perform_enqueued_jobs)

    def run_jobs(self, text, **values):
        """:return: an import after its jobs; its rows are counted once each"""
        record, trap = self.enqueue(text, **values)
        while trap.enqueued_jobs:
            trap = self.perform(trap)
        self.assertEqual(sum(self.counts(record)), record.row_count)
        self.assertEqual(record.rows_done, record.row_count)
        self.assertFalse(record.chunk_ids)
        self.assertFalse(record.in_jobs)
        return record

    def cron(self):
        """Run the cron of imports."""
        model = type(self.env["ir.cron"])
        with patch.object(model, "_commit_progress", lambda *args, **kwargs: 60.0):
            self.env["client.import"]._cron_import()

    def stall(self, record):
        """Let the jobs of an import make no progress for too long."""
        record.sudo().moved_at = fields.Datetime.now() - timedelta(minutes=11)

    @contextmanager
    def failing(self, references):
        """Let the chunk fail that speaks of one of these references."""
        rooms = type(self.env["client.import.index"])
        search = rooms._search_partners

        def fail(room, client_import, found, *args):
            if set(references) & set(found):
                raise ZeroDivisionError("bug")
            return search(room, client_import, found, *args)

        self.patch(rooms, "_search_partners", fail)
        with mute_logger(JOBS):
            yield


def _transaction(record, *_keys):
    """Stands for a transaction of its own: undone when something is raised."""
    record.env.flush_all()
    with record.env.cr.savepoint():
        yield record._in_its_company()
    record.env.flush_all()
    record.env.invalidate_all()
