"""Workers that their server kills in the middle of a scheduled action."""

from contextlib import contextmanager
from unittest.mock import patch


class Killed(BaseException):
    """A worker that is stopped by its server."""


class WorkerMixin:
    """Runs scheduled actions as workers do, though a test is never committed."""

    @contextmanager
    def worker(self, model, commit_name):
        """Run a cron in a worker; a kill loses what it did since its last commit.

        :param str model: name of the model of the cron
        :param str commit_name: name of its method that commits a note
        """
        saved = []

        def commit(*_args, **_kwargs):
            self.env.flush_all()
            if saved:
                self.env.cr.execute("RELEASE SAVEPOINT kept")
            self.env.cr.execute("SAVEPOINT kept")
            saved.append(True)
            return 60.0

        with (
            patch.object(type(self.env["ir.cron"]), "_commit_progress", commit),
            patch.object(type(self.env[model]), commit_name, commit),
        ):
            commit()
            try:
                yield
            except Killed:
                self.env.cr.execute("ROLLBACK TO SAVEPOINT kept")
                self.env.transaction.clear()
                raise
            finally:
                self.env.cr.execute("RELEASE SAVEPOINT kept")
