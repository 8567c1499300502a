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
from odoo.addons.client_extension.tools.error_reason import without_details
from odoo.addons.client_extension.tools.transient_error import is_transient
from odoo.addons.queue_job.exception import RetryableJobError

from ..tools.missing import NamesMissing
from ..tools.share import pack, share, unpack

_logger = logging.getLogger(__name__)

#: number of rows of one job
CHUNK_ROWS = 1000
#: seconds until a job is tried again: after another import, or after a passing error
BUSY, RETRY = 10, 5
MAX_RETRIES = 20
#: context key of the chunk that is being processed, a ``ChunkId``
CHUNK_KEY = "client_import_chunk_id"
#: the same, for a chunk that creates missing names itself
MAKER_KEY = "client_import_maker_id"
#: advisory locks: for the names that imports create, for the counts of one import
NAMES = -1
COUNTS = LOCK + 1


class ChunkId(int):
    """The id of a chunk in the context of a job; it cannot be sent from outside."""


class ClientImport(models.Model):
    """The jobs of an import: one that splits the file, and one for each chunk."""

    _inherit = "client.import"  # pylint: disable=consider-merging-classes-inherited

    # Jobs

    def _job_share_out(self):
        """Split the file into chunks, and create a job for each."""
        with self._giving_up():
            if self._begin_split():
                with self._transaction() as record:
                    record._share_out()

    def _job_import_chunk(self, chunk_id):
        """Process the rows of one chunk, unless they are already done.

        What it leaves, because an attempt was lost or there is no time left, is another
        job: those that wait go first, and the queue does not count it as a retry.

        :param chunk_id: int
        """
        if not self._do_job(chunk_id):
            self._delay_chunk(self._get_chunk(chunk_id))

    def _job_failed(self, exc_name="", exc_message="", **kwargs):
        """Give up the import when the queue gives up one of its jobs."""
        self._end_jobs(f"{exc_name}: {exc_message}")

    def _delayed(self, description):
        """:return: the import, whose next method call becomes a job with this name"""
        return self.with_delay(description=description, max_retries=MAX_RETRIES)

    def _delay_chunk(self, chunk):
        """Create the job of a chunk.

        :param chunk: ``client.import.chunk``
        """
        description = self.env._(
            "Client import %(file)s: batch %(number)s",
            file=self._as_engine().file_name or "",
            number=chunk.number,
        )
        self._delayed(description)._job_import_chunk(chunk.id)

    def _do_job(self, chunk_id):
        """:return: bool, whether nothing of the chunk is left to do"""
        is_done = True
        with self._giving_up(chunk_id):
            is_done = self._import_chunk(chunk_id)
            self._add_up_alone(chunk_id)
        return is_done

    # Steps, each in a transaction of its own

    def _share_out(self):
        this = self._as_engine()
        if not this.in_jobs or this.state != "queued":
            return
        if not self._try_lock():
            raise get_busy_error()
        context = self._make_task().reopen()
        if not context:
            return
        self._set_attempt({})
        this.moved_at = fields.Datetime.now()
        repeats = context.ledger.repeated
        chunks = share(context.sheet.rows(), context.reference_of, repeats, CHUNK_ROWS)
        for number, rows in enumerate(chunks, 1):
            # Superuser: users have no write access to chunks.
            chunk = self.env["client.import.chunk"].sudo()
            chunk = chunk.create(
                {
                    "import_id": self.id,
                    "number": number,
                    "row_count": len(rows),
                    "rows": base64.b64encode(pack(context.sheet, rows)),
                }
            )
            self._delay_chunk(chunk)
            self.env.flush_all()
            self.env.invalidate_all()

    def _import_part(self, chunk_id):
        """Process the rows that were noted; missing names are created first, and once.

        If names are still missing, they were refused: the chunk then tries to create
        them itself, and rejects the rows that need them.
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
        """:return: ``NamesMissing`` if the chunk was not processed, None if it was"""
        try:
            with self._transaction() as record:
                record._do_chunk(chunk_id)
        except NamesMissing as missing:
            return missing
        return None

    def _do_chunk(self, chunk_id):
        if self._as_engine().state != "running":
            return
        if not self._make_task().check_rights():
            return
        if chunk := self._lock_chunk(chunk_id):
            self._in_chunk(chunk_id)._do_part(chunk)

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
        """Create what a chunk is missing, unless another one has created it since.

        :param missing: ``NamesMissing``
        """
        # Superuser, here and below: nobody reads the chunks but the engine.
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
        apply = self.env["client.import.apply"]
        made = apply._add_missing(context.columns, labels, names)
        self.env["client.import.name"]._note(self, made.created)

    def _add_counts(self, counts):
        """Count on the chunk that is being processed, not on the import itself."""
        chunk_id = self.env.context.get(CHUNK_KEY)
        if not isinstance(chunk_id, ChunkId):
            return super()._add_counts(counts)
        chunk = self.env["client.import.chunk"].sudo().browse(int(chunk_id))
        chunk.counts = _added(chunk.counts, counts)
        return None

    def _add_up_alone(self, chunk_id=0):
        with self._alone(COUNTS, self.id) as record:
            record._add_up([chunk_id])

    def _add_up(self, left=()):
        """Add the counts of finished chunks to the import; after the last, close it.

        :param left: ids of chunks that nobody is processing: what was done of them
            counts too
        """
        this = self._as_engine()
        if not this.exists():
            return
        chunks = self.env["client.import.chunk"].sudo()
        domain = [("import_id", "=", self.id)]
        done = chunks.search(
            [
                *(*domain, ("is_counted", "=", False)),
                *("|", ("is_done", "=", True), ("id", "in", list(left))),
            ]
        )
        if any(done.mapped("counts")):
            now = fields.Datetime.now()
            totals = _added(*done.mapped("counts"))
            # Elapsed time: the sum over parallel workers would be too high.
            seconds = (now - (this.moved_at or now)).total_seconds()
            totals |= {"seconds": seconds, "task_seconds": seconds}
            self._add_counts(totals)
            this.moved_at = now
            done.counts = False
            done.filtered("is_done").is_counted = True
            self._note_size(done)
            if this.state in ("cancelled", "failed"):
                # A chunk that could no longer be stopped.
                self._make_task("run").close_early()
        left = chunks.search_count([*domain, ("is_done", "=", False)], limit=1)
        if this.in_jobs and this.state == "running" and not left:
            self._finish_jobs()

    def _finish_jobs(self):
        """Close an import whose chunks are all done or canceled."""
        this, task = self._as_engine(), self._make_task()
        if task.task == "correct":
            # Chunks are done in any order: any row may be the last one.
            this.task_done = this.task_total
        task.finish(*task.read_file())

    def _leave_chunks(self):
        """Cancel the chunks that are not started; the last one running closes."""
        with self._alone(COUNTS, self.id) as record:
            left = record._as_engine().chunk_ids.filtered(
                lambda chunk: not chunk.is_done
            )
            left = left.try_lock_for_update()
            record._add_up(left.ids)
            left.unlink()
            record._add_up()
        self.invalidate_recordset()

    def _end_jobs(self, reason):
        """Refuse the rest of the file with one problem, and stop its jobs."""
        with self._alone(COUNTS, self.id) as record:
            record._add_up()
            if record._as_engine().state in ("queued", "running"):
                problem = Problem("apply_failed", params={"reason": reason})
                record._make_task().refuse(problem)

    # Transactions

    @contextmanager
    def _transaction(self):
        """Work in another transaction than the job's, which holds the queue's lock.

        It is committed at the end, and rolled back on an exception.
        """
        with self.env.registry.cursor() as cursor:
            yield self.with_env(self.env(cr=cursor))._in_its_company()

    def _in_its_company(self):
        """:return: the import in its company, whatever rights the user has lost"""
        # Superuser: only to read its company; rights are checked later.
        self.sudo().fetch(["company_id", "is_shared"])
        return self._in_company()

    @contextmanager
    def _alone(self, *keys):
        """The same, with an exclusive lock on two keys.

        Another transaction holds the lock, so this one sees what was done before it.
        """
        with self.env.registry.cursor() as keeper:
            keeper.execute(SQL("SELECT pg_advisory_xact_lock(%s, %s)", *keys))
            with self._transaction() as record:
                yield record

    @contextmanager
    def _giving_up(self, chunk_id=0):
        """Have the queue retry errors that may pass, and give up on the others.

        :param chunk_id: int, 0 while the file is split
        """
        try:
            yield
        except RetryableJobError:
            raise
        except Exception as error:
            if is_transient(error):
                is_bounded = self._end_lost_to(chunk_id, error)
                raise RetryableJobError(
                    str(error), seconds=RETRY, ignore_retry=is_bounded
                ) from error
            _logger.exception("The import %d is given up", self.id)
            self._end_jobs(without_details(f"{type(error).__name__}: {error}"))


def get_busy_error():
    """:return: exception after which the queue tries a job again, as often as needed"""
    message = "Another import is under way."
    return RetryableJobError(message, seconds=BUSY, ignore_retry=True)


def _added(*parts):
    """:return: dict: name of a count -> its sum"""
    total = Counter()
    for part in parts:
        total.update(part or {})
    return dict(total)
