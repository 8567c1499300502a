from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.import_file import ImportFile
from .engine.check import Check
from .engine.correct import Correct
from .engine.run import Run
from .engine.undo import Undo

GROUP = "client_extension.group_client_importer"
#: what the user chooses; changing one of them invalidates a check
INPUTS = {
    "file",
    "mode",
    "delimiter",
    "encoding",
    "clear_empty",
    "warn_cells",
    "category_ids",
    "business_unit_id",
    "default_status",
    "is_shared",
    "column_mapping",
    "file_answers",
}
#: of these, what is said of the columns that a check has found
ANSWERED = {"column_mapping", "file_answers"}
#: what the user has agreed to, for one file
AGREED = {"add_labels", "overwrite_protected"}
CHOICES = INPUTS | AGREED
CHOICES |= {"file_name", "company_id", "mapping_id", "value_answers"}
#: states in which nothing is done yet, or the import has failed or was stopped
OPEN = ("draft", "checked", "failed", "cancelled")
#: states of an import that did something
UNDOABLE = ("done", "done_with_problems", "cancelled", "failed")
#: states of a stopped import that is checked again before it restarts
AGAIN = ("draft", "checked")
#: fields that the pages of an import show while they change
MOVING = {"rows_done", "state", "task", "task_done"}
#: task -> class that carries it out
TASKS = {task.task: task for task in (Run, Check, Correct, Undo)}


class ClientImport(models.Model):
    """An import of a file of clients: the file, the result and the rejected rows.

    The record has the fields, the rights and the actions. The classes of ``TASKS``
    read, plan, write and undo, and store their result in it.
    """

    _name = "client.import"
    _inherit = ["client.import.answers.mixin", "client.import.question.mixin"]
    _description = "Client Import"
    _order = "id desc"
    _rec_name = "file_name"
    _check_company_auto = True

    # File
    file = ImportFile(attachment=True)
    file_name = fields.Char(default="clients.csv")
    mapping_id = fields.Many2one(
        "client.import.mapping", ondelete="set null", check_company=True
    )
    column_mapping = fields.Json(
        export_string_translation=False,
        help="Header -> key of a standard column, + for additional data or - "
        "to ignore it. Headers that are not listed are recognized "
        "automatically.",
    )
    add_labels = fields.Boolean(
        string="Add All New Labels",
        help="Needed for a file with more new labels than the settings allow.",
    )
    # Course
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Imported By",
        readonly=True,
        ondelete="set null",
        default=lambda self: self.env.uid,
    )
    state = fields.Selection(
        string="Status",
        selection=[
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("queued", "Queued"),
            ("running", "Running"),
            ("done", "Done"),
            ("done_with_problems", "Done with problems"),
            ("failed", "Failed"),
            ("cancelled", "Stopped"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )
    # The task in progress; its figures are kept when it ends.
    task = fields.Selection(
        selection=[
            ("check", "Check"),
            ("run", "Import"),
            ("correct", "Correction"),
            ("undo", "Undo"),
        ],
        readonly=True,
        index="btree_not_null",
        help="What is being done now. Empty when nothing is.",
    )
    task_done = fields.Integer(readonly=True, export_string_translation=False)
    task_total = fields.Integer(readonly=True, export_string_translation=False)
    task_seconds = fields.Float(readonly=True, export_string_translation=False)
    actor_id = fields.Many2one(
        "res.users",
        readonly=True,
        export_string_translation=False,
        help="The user on whose behalf the background job runs, if not the importer.",
    )

    @api.constrains("column_mapping")
    def _check_column_mapping(self):
        for record in self:
            self.env["client.import.columns"]._check_mapping(record.column_mapping)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_writable(vals)
        if not self.env.su:
            self = self.with_env(self.env(context=self._get_user_context()))
        records = super().create(vals_list)
        records._announce()
        return records

    def write(self, vals):
        self._check_writable(vals)
        inputs = INPUTS & vals.keys()
        # This invalidates a check, but the file and its columns are the same.
        noted = {}
        if inputs and inputs <= ANSWERED:
            noted = {r: (r.columns_summary, r.question_summary) for r in self}
        if inputs:
            self._check_state(*OPEN)
            self._as_engine()._reset("draft")
        if vals.get("file"):
            forgotten = {"cleared_at": False, "cleared_days": 0, "file_answers": False}
            self._as_engine().write({**forgotten, **dict.fromkeys(AGREED, False)})
        if "company_id" in vals:
            # What was found and written belongs to the company for which it was.
            moved = self.filtered(lambda r: r.company_id.id != vals["company_id"])
            moved._check_state("draft")
        result = super().write(vals)
        if "company_id" in vals:
            # Odoo checks the access to the former company only.
            self.check_access("write")
        for record, (columns, questions) in noted.items():
            found = {"columns_summary": columns, "question_summary": questions}
            record._as_engine().write(found)
        if MOVING & vals.keys():
            self._announce()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moving(self):
        """:raise UserError: when one of them is waiting or in progress"""
        for record in self:
            if record.task or record.state in ("queued", "running"):
                raise UserError(
                    self.env._(
                        "The import of %s has not finished. Stop it before you "
                        "delete it.",
                        record.file_name or "",
                    )
                )

    # Actions

    def check(self):
        """Report what the import would do, without doing it."""
        self._check_importer()
        self._check_state(*OPEN)
        self._check_file_kept()
        for record in self:
            record._make_task("check").start()
        return True

    def action_check(self):
        """Check the file: now, or in the background if it is long."""
        self._check_importer()
        self._check_state(*OPEN)
        self._check_file_kept()
        for record in self:
            record._make_task("check").start_or_enqueue()
        return True

    def run(self):
        """Import the file now, in this transaction."""
        self._check_importer()
        self._check_state(*OPEN)
        self._check_file_kept()
        self._check_label_answer()
        for record in self:
            record._make_task("run").start()
        return True

    def action_import(self):
        """Import now, or in the background if the file is longer than the limit."""
        self._check_importer()
        self._check_state(*OPEN)
        self._check_file_kept()
        self._check_label_answer()
        for record in self:
            task, is_long = record._make_task("run"), record._is_long()
            if record.state != "checked" and not is_long:
                record._reset("draft")
                if not task.open():
                    continue
            if is_long or record.row_count > record._get_limit():
                task.enqueue()
            else:
                task.start()
        return True

    def enqueue(self):
        """Import the file in the background, as the current user."""
        self._check_importer()
        self._check_state(*OPEN)
        self._check_file_kept()
        self._check_label_answer()
        for record in self:
            record._make_task("run").enqueue()
        return True

    def correct(self, file):
        """Import the rejected rows again, from a file with their corrections.

        Rows that are imported are no longer rejected; the others stay rejected, in
        their new version.

        :param file: the file, in base64
        """
        self.ensure_one()
        self._check_importer()
        self._check_state("done_with_problems")
        self._check_file_kept()
        self._make_task("correct").start(file)
        return True

    def undo(self):
        """Undo what the import did, except what has been changed or used since.

        Up to the limit in the settings it is done now, above it in the background. An
        import that is undone, or being undone, is left as it is.
        """
        self._check_importer()
        todo = self.filtered(lambda r: r.state != "undone" and r.task != "undo")
        pending = self.env["client.import.change"]._get_pending_ids(todo)
        for record in todo:
            record._check_state(*UNDOABLE, *(AGAIN if record.id in pending else ()))
        for record in todo:
            record._make_task("undo").start()
        return True

    def cancel(self):
        """Stop an import that waits or runs, keeping what it did so far, or a check."""
        self._check_importer()
        self.filtered(lambda r: r.task != "check")._check_state("queued", "running")
        for record in self:
            record._in_company()._stop_task()
        return True

    def action_clear(self):
        """Delete the files of imports and the values of their rows, before their time.

        The counts stay, and the change log, so that the import can be undone.

        :raise UserError: when an import has not ended
        """
        self._check_importer()
        self._check_state(*OPEN, *UNDOABLE, "undone")
        self.env["client.import.retention"]._clear(self._as_engine())
        return True

    # Tasks

    @api.model
    def _get_task_class(self, task):
        """The class that carries out a task: reads the file, plans, writes, undoes.

        :param task: str, a value of the field ``task``
        :return: class with ``start``, ``resume``, ``stop`` and what they call;
            overridden by bridges to return a subclass of this one
        """
        return TASKS[task]

    def _make_task(self, task=None):
        """The object that carries out a task of this import, limited to its company.

        :param task: str, a value of the field ``task``; None for the current task
        :return: instance of the class from :meth:`_get_task_class`
        """
        record = self._in_company()
        return record._get_task_class(task or record.task or "run")(record)

    def _stop_task(self):
        """Stop the current task, as a user who is allowed to.

        :return: nothing; overridden by bridges that notify their workers differently
        """
        self._make_task().stop()

    def _in_company(self):
        """:return: the same import, limited to its own company"""
        self.ensure_one()
        return self.with_context(
            allowed_company_ids=self.company_id.ids,
            bin_size=False,
            lang=self.env.context.get("lang") or self.env.user.lang,
        )
