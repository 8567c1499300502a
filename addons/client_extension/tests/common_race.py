"""Transactions that really run at the same time."""

import threading
import time
from contextlib import contextmanager

from psycopg2 import OperationalError

from odoo import SUPERUSER_ID, api
from odoo.service.model import retrying
from odoo.tests import TransactionCase
from odoo.tools import mute_logger

from .common import CONTEXT

#: seconds after which a transaction that should wait for another is given up
PATIENCE = 20


class RaceCase(TransactionCase):
    """What such transactions need is committed, and removed when the test ends."""

    def setUp(self):
        super().setUp()
        self.committed = []
        self.addCleanup(self._remove_committed)

    @contextmanager
    def transaction(self):
        """:return: context of an ``Environment`` whose transaction is committed at its
        end
        """
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, CONTEXT)

    def commit(self, records):
        """Commit records now, and remember to remove them."""
        records.env.cr.commit()
        self.committed.append((records._name, records.ids))

    def remove(self, records):
        """Remove records that were committed; override it where more is to be done."""
        return records.unlink()

    def _remove_committed(self):
        for model, ids in reversed(self.committed):
            with self.transaction() as env:
                self.remove(env[model].browse(ids).exists())

    @staticmethod
    def in_request(env, call):
        """Call a function as a request does: it is called again after a conflict.

        :param Environment env: of the transaction, which is committed
        :param call: function without arguments
        :return: what it returns
        """
        with mute_logger("odoo.sql_db"):
            return retrying(call, env)

    def race(self, first, second):
        """Let a transaction meet another one that is not committed yet. As in a
        request, it is done again once it fails for that.

        :param first: function that takes an ``Environment``
        :param second: the same, for the one that meets it
        :return: bool, whether the second one failed and was done again
        :raise AssertionError: when the second did not wait for the first
        """
        errors = []
        with self.registry.cursor() as cr, self.registry.cursor() as other:
            env = api.Environment(other, SUPERUSER_ID, CONTEXT)

            def run():
                try:
                    second(env)
                    env.flush_all()
                except Exception as error:  # noqa: BLE001 - told by the test
                    errors.append(error)

            first(api.Environment(cr, SUPERUSER_ID, CONTEXT))
            cr.flush()
            backend = other.connection.get_backend_pid()
            # Odoo calls a request again with a lock that the thread of the tests has.
            thread = threading.Thread(target=run)
            with mute_logger("odoo.sql_db"):
                thread.start()
                waited = self._wait_for_lock(cr, backend, thread)
                cr.commit()  # pylint: disable=invalid-commit
                thread.join()
            self.assertTrue(waited, "The second transaction did not meet the first")
            if errors:
                self.assertIsInstance(errors[0], OperationalError)
                other.rollback()
                env.transaction.reset()
                self.in_request(env, lambda: second(env))
        return bool(errors)

    @staticmethod
    def _wait_for_lock(cr, backend, thread):
        """:return: bool, whether a backend waits for a lock before its thread ends"""
        end = time.monotonic() + PATIENCE
        while thread.is_alive() and time.monotonic() < end:
            cr.execute(
                "SELECT 1 FROM pg_locks WHERE pid = %s AND NOT granted", [backend]
            )
            if cr.fetchone():
                return True
            time.sleep(0.02)
        return False
