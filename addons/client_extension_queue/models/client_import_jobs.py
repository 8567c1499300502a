import base64
import logging
from collections import Counter
from contextlib import contextmanager

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.client_extension.importer.problems import Problem
from odoo.addons.client_extension.importer.rows.clean import text_of
from odoo.addons.client_extension.importer.rows.match import repeated
from odoo.addons.client_extension.importer.rows.plan import Ledger
from odoo.addons.client_extension.importer.text.fold import fold_header
from odoo.addons.client_extension.models.imports.background.client_import_cron import (
    LOCK,
)
from odoo.addons.client_extension.models.imports.engine.context import (
    ImportContext,
)
from odoo.addons.client_extension.tools.transient_error import is_transient
from odoo.addons.queue_job.exception import RetryableJobError

from ..tools.missing import NamesMissing
from ..tools.share import pack, share, unpack

_logger = logging.getLogger(__name__)

#: rows of one job
CHUNK_ROWS = 1000
#: seconds until a job is tried again: another import is under way, or a passing error
BUSY, RETRY = 10, 5
MAX_RETRIES = 20
#: context key of the chunk that is being done, a ``ChunkId``
CHUNK_KEY = "client_import_chunk_id"
#: the same, of one that makes what it misses by itself
MAKER_KEY = "client_import_maker_id"
#: advisory locks: of the names that imports make, of the counts of one import
NAMES = -1
COUNTS = LOCK + 1


class ChunkId(int):
    """What a job says in its context: a number that nobody can send from outside."""


class ClientImport(models.Model):
    """The jobs of an import: one that cuts the file, and one for each chunk of it."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    # Jobs

    def _job_share_out(self):
        """Cut the file into chunks, and make a job of each."""
        with self._giving_up(), self._transaction() as record:
            record._share_out()

    def _job_import_chunk(self, chunk_id):
        """Do the rows of one chunk, unless they are done.

        :param chunk_id: int
        """
        self._do_job(chunk_id)

    def _job_failed(self, exc_name="", exc_message="", **kwargs):
        """Give the import up when the queue gives one of its jobs up."""
        self._end_jobs(f"{exc_name}: {exc_message}")

    def _delayed(self, description):
        """:return: the import, whose next method becomes a job of that name"""
        return self.with_delay(description=description, max_retries=MAX_RETRIES)

    def _do_job(self, chunk_id):
        with self._giving_up():
            self._import_chunk(chunk_id)
            self._add_up_alone()

    # Steps, each in a transaction of its own

    def _share_out(self):
        this = self._as_engine()
        if not this.in_jobs or this.state != "queued":
            return
        if not self._try_lock():
            raise _busy()
        context = self._make_task().reopen()
        if not context:
            return
        this.moved_at = fields.Datetime.now()
        repeats = context.ledger.repeated
        chunks = share(context.sheet.rows(), context.reference_of, repeats, CHUNK_ROWS)
        for number, rows in enumerate(chunks, 1):
            # Superuser: chunks are not for users to write.
            chunk = self.env["client.import.chunk"].sudo()
            chunk = chunk.create(
                {
                    "import_id": self.id,
                    "number": number,
                    "row_count": len(rows),
                    "rows": base64.b64encode(pack(context.sheet, rows)),
                }
            )
            description = self.env._(
                "Client import %(file)s: batch %(number)s",
                file=this.file_name or "",
                number=number,
            )
            self._delayed(description)._job_import_chunk(chunk.id)
            self.env.flush_all()
            self.env.invalidate_all()

    def _import_chunk(self, chunk_id):
        """Do the rows of one chunk; what they miss is made first, and once.

        What is missed again was refused: the chunk tries it by itself then, and rejects
        the rows that need it.
        """
        seen = set()
        while missing := self._try_chunk(chunk_id):
            with self._alone(LOCK, NAMES) as record:
                if missing.key in seen:
                    maker = self.with_context(**{MAKER_KEY: ChunkId(chunk_id)})
                    maker._try_chunk(chunk_id)
                    return
                record._make_names(chunk_id, missing)
            seen.add(missing.key)

    def _try_chunk(self, chunk_id):
        """:return: ``NamesMissing`` for which nothing was done, None when all was"""
        try:
            with self._transaction() as record:
                record._do_chunk(chunk_id)
        except NamesMissing as missing:
            return missing
        return None

    def _do_chunk(self, chunk_id):
        # Superuser: chunks are not for users to write.
        chunk = self.env["client.import.chunk"].sudo().browse(chunk_id).exists()
        if not chunk or chunk.is_done or self._as_engine().state != "running":
            return
        if not self._make_task().check_rights():
            return
        if not (chunk.try_lock_for_update() and self._try_lock_shared()):
            raise _busy()
        context = self._open_chunk(chunk)
        task = self.with_context(**{CHUNK_KEY: ChunkId(chunk.id)})._make_task()
        for rows in context.chunks():
            task.do(context, rows)
        chunk.write({"is_done": True, "rows": False})

    def _open_chunk(self, chunk):
        """:return: ``ImportContext`` of the rows of one chunk"""
        task = self._make_task()
        sheet = unpack(base64.b64decode(chunk.with_context(bin_size=False).rows))
        columns = task.map_columns(sheet)
        place = columns.index_of("reference")
        ledger = Ledger(repeated(text_of(row.cells[place]) for row in sheet.rows()))
        return ImportContext.make(
            self, sheet, columns, ledger, self.row_count, task.get_matches()
        )

    def _make_names(self, chunk_id, missing):
        """Make what a chunk misses and nobody has made since.

        :param missing: ``NamesMissing``
        """
        chunk = self.env["client.import.chunk"].sudo().browse(chunk_id)
        context = self._open_chunk(chunk)
        tables = context.lookups.tables
        labels = [
            label
            for label in missing.labels
            if fold_header(label) not in context.labels
        ]
        names = {
            (key, text): items
            for (key, text), items in missing.names.items()
            if text not in tables.get(key, {})
        }
        self.env["client.import.apply"]._add_missing(context.columns, labels, names)

    def _add_counts(self, counts):
        """Count on the chunk that is being done, not on the import of all."""
        chunk_id = self.env.context.get(CHUNK_KEY)
        if not isinstance(chunk_id, ChunkId):
            return super()._add_counts(counts)
        chunk = self.env["client.import.chunk"].sudo().browse(int(chunk_id))
        chunk.counts = _added(chunk.counts, counts)
        return None

    def _add_up_alone(self):
        with self._alone(COUNTS, self.id) as record:
            record._add_up()

    def _add_up(self):
        """Add what chunks did since to the import; with the last one, close it."""
        this = self._as_engine()
        if not this.exists():
            return
        chunks = self.env["client.import.chunk"].sudo()
        domain = [("import_id", "=", self.id)]
        done = chunks.search(
            [*domain, ("is_done", "=", True), ("is_counted", "=", False)]
        )
        if done:
            now = fields.Datetime.now()
            totals = _added(*done.mapped("counts"))
            # time on the clock: that of several workers would be counted twice
            seconds = (now - (this.moved_at or now)).total_seconds()
            totals |= {"seconds": seconds, "task_seconds": seconds}
            self._add_counts(totals)
            this.moved_at = now
            done.is_counted = True
            if this.state in ("cancelled", "failed"):
                # a chunk that nobody could stop any more
                self._make_task("run").close_early()
        left = chunks.search_count([*domain, ("is_done", "=", False)], limit=1)
        if this.in_jobs and this.state == "running" and not left:
            self._finish_jobs()

    def _finish_jobs(self):
        """Close an import whose chunks are done, or left."""
        this, task = self._as_engine(), self._make_task()
        if task.task == "correct":
            # chunks are done in any order: any row may be the last one
            this.task_done = this.task_total
        task.finish(*task.read_file())

    def _leave_chunks(self):
        """Leave the chunks that nobody has begun; who does the last one closes."""
        with self._alone(COUNTS, self.id) as record:
            left = record._as_engine().chunk_ids.filtered(
                lambda chunk: not chunk.is_done
            )
            left.try_lock_for_update().unlink()
            record._add_up()
        self.invalidate_recordset()

    def _end_jobs(self, reason):
        """Refuse the rest of the file: one sentence, and no job goes on."""
        with self._alone(COUNTS, self.id) as record:
            record._add_up()
            if record._as_engine().state in ("queued", "running"):
                problem = Problem("apply_failed", params={"reason": reason})
                record._make_task().refuse(problem)

    # Transactions

    @contextmanager
    def _transaction(self):
        """Work beside the transaction of the job, which holds the queue's lock.

        What is done is committed at the end, and undone when something is raised.
        """
        with self.env.registry.cursor() as cursor:
            yield self.with_env(self.env(cr=cursor))._in_its_company()

    def _in_its_company(self):
        """:return: the import in its company, whatever became of the user's rights"""
        # Superuser: no more than where it goes on; rights are checked there.
        self.sudo().fetch(["company_id", "is_shared"])
        return self._in_company()

    @contextmanager
    def _alone(self, *keys):
        """The same, when nobody else is there who has the same two keys.

        The lock is another transaction's: what others did before it is seen.
        """
        with self.env.registry.cursor() as keeper:
            keeper.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", *keys))
            with self._transaction() as record:
                yield record

    @contextmanager
    def _giving_up(self):
        """Let the queue try again what may succeed, and give up what never will."""
        try:
            yield
        except RetryableJobError:
            raise
        except Exception as error:
            if is_transient(error):
                raise RetryableJobError(str(error), seconds=RETRY) from error
            _logger.exception("The import %d is given up", self.id)
            self._end_jobs(f"{type(error).__name__}: {error}")


def _busy():
    message = "Another import is under way."
    return RetryableJobError(message, seconds=BUSY, ignore_retry=True)


def _added(*parts):
    """:return: dict: name of a count -> the sum of it"""
    total = Counter()
    for part in parts:
        total.update(part or {})
    return dict(total)
