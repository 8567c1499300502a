from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.client_extension.tools.scheduled_action import get_idle_reason

CRON = "client_extension_letter.client_letter_run_cron"
#: states in which the background works on a run
WAITING = ("queued", "running")
#: what an open page of a run is told, and the fields that move it
NOTICE = "client_extension_letter.run_moved"
MOVING = frozenset({"state", "attempt"})


class ClientLetterRun(models.Model):
    """Letters to many clients from one template.

    Each client to whom no letter is written yet is in ``pending_ids``. It leaves this
    list in the transaction that stores its letter, or the reason why there is none: so
    a run that was killed goes on, and nobody gets two letters.
    """

    _name = "client.letter.run"
    _description = "Mail Merge"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    template_id = fields.Many2one("mail.template", readonly=True, ondelete="set null")
    role_id = fields.Many2one(
        "client.contact.role",
        string="Addressed To",
        readonly=True,
        ondelete="set null",
        help="Letters go to the contact with this role. They go to the client if left "
        "empty, or if no contact of the client has this role.",
    )
    date = fields.Date(readonly=True, help="The date on the letters.")
    print_order = fields.Selection(
        [("zip", "Country and Postcode"), ("name", "Client Name")],
        default="zip",
        required=True,
        readonly=True,
        help="The order of the letters in the PDF. The country of the sender comes "
        "first.",
    )
    user_id = fields.Many2one(
        "res.users", string="Signed By", readonly=True, ondelete="set null", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [
            ("queued", "In Queue"),
            ("running", "Running"),
            ("done", "Done"),
            ("stopped", "Stopped"),
            ("failed", "Failed"),
        ],
        string="Status",
        default="queued",
        required=True,
        readonly=True,
    )
    pending_ids = fields.Many2many(
        "res.partner",
        "client_letter_run_pending_rel",
        "run_id",
        "client_id",
        string="Clients Still to Be Written To",
        readonly=True,
        context={"active_test": False},
    )
    letter_ids = fields.One2many(
        "client.letter", "run_id", readonly=True, domain=[("state", "!=", "skipped")]
    )
    skipped_ids = fields.One2many(
        "client.letter",
        "run_id",
        string="Letters Not Written",
        readonly=True,
        domain=[("state", "=", "skipped")],
    )
    total_count = fields.Integer(string="Clients", compute="_compute_counts")
    pending_count = fields.Integer(string="To Write", compute="_compute_counts")
    draft_count = fields.Integer(string="To Print", compute="_compute_counts")
    long_count = fields.Integer(
        string="Addresses Too Long",
        compute="_compute_counts",
        help="Letters to print whose address does not fit the window.",
    )
    done_count = fields.Integer(string="Printed or Sent", compute="_compute_counts")
    skipped_count = fields.Integer(string="Clients Left Out", compute="_compute_counts")
    inaccessible_count = fields.Integer(
        string="No Longer Accessible",
        readonly=True,
        help="Clients that the user was not allowed to see any more when the letters "
        "were written.",
    )
    statement_count = fields.Integer(
        string="Statements",
        readonly=True,
        help="Statements of account that were printed or sent.",
    )
    progress = fields.Integer(compute="_compute_counts", help="In percent.")
    problem_summary = fields.Text(
        string="Reasons",
        compute="_compute_counts",
        help="How many letters were not written for each reason.",
    )
    error = fields.Char(string="Reason", readonly=True)
    background_note = fields.Char(
        compute="_compute_background_note",
        help="Why nothing happens in the background.",
    )

    # A user who may no longer see a client does not count its letter: the counts follow
    # the record rules.
    @api.depends(
        "pending_ids", "letter_ids.state", "skipped_ids.problem", "statement_count"
    )
    def _compute_counts(self):
        letters = self.env["client.letter"]
        groups = letters._read_group(
            [("run_id", "in", self.ids)], ["run_id", "state", "problem"], ["__count"]
        )
        long = letters._read_group(
            [*self._get_long_domain(), ("run_id", "in", self.ids)],
            ["run_id"],
            ["__count"],
        )
        for run in self:
            run.long_count = dict(long).get(run, 0)
            own = [group[1:] for group in groups if group[0] == run]
            counts = dict.fromkeys(("draft", "printed", "sent", "skipped"), 0)
            for state, _problem, count in own:
                counts[state] = counts.get(state, 0) + count
            run.draft_count, run.skipped_count = counts["draft"], counts["skipped"]
            done = sum(counts.values()) - run.draft_count - run.skipped_count
            # A statement counts once, with the letter that goes along.
            run.done_count = run.statement_count or done
            # Superuser: a number; clients that became hidden are still to be left out.
            run.pending_count = len(run.sudo().pending_ids)
            written = run.done_count + run.draft_count + run.skipped_count
            written += run.inaccessible_count
            run.total_count = written + run.pending_count
            run.progress = 100 * written // (run.total_count or 1)
            run.problem_summary = run._get_problem_summary(
                {problem: count for state, problem, count in own if state == "skipped"}
            )

    @api.model
    def _get_long_domain(self):
        """:return: list, domain of the letters to print whose address is too long"""
        return [("state", "=", "draft"), ("has_long_address", "=", True)]

    def _get_problem_summary(self, counts):
        """:return: str, one line for each reason with the number of letters"""
        field = self.env["client.letter"]._fields["problem"]
        labels = dict(field._description_selection(self.env))
        return "\n".join(
            self.env._("%(reason)s: %(count)s", reason=labels[problem], count=count)
            for problem, count in sorted(counts.items(), key=lambda pair: -pair[1])
            if problem
        )

    @api.depends("state")
    def _compute_background_note(self):
        for run in self:
            waits = run.state in WAITING
            run.background_note = waits and get_idle_reason(self.env, CRON)

    def write(self, vals):
        result = super().write(vals)
        if MOVING & vals.keys():
            # Superuser: only to notify; pages read with the user's own rights. It is
            # sent with the commit.
            for run in self.sudo():
                listener = run.user_id.partner_id
                self.env["bus.bus"]._sendone(listener, NOTICE, {"ids": run.ids})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moving(self):
        """:raise UserError: when the letters of one of them are still being written"""
        if self.filtered(lambda run: run.state in WAITING):
            raise UserError(
                self.env._("The letters are still being written. Stop them first.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_skipped_letters(self):
        # Superuser: what was not written is nobody's letter, and says nothing without
        # its run.
        self.sudo().skipped_ids.unlink()

    # Buttons

    def action_print(self):
        """Print the letters that were not printed yet, in the order of the run.

        :return: dict, the action that downloads one PDF of all
        :raise AccessError: when the user may not see the run or write letters
        :raise UserError: when there is no such letter
        """
        return self._print_letters([("state", "=", "draft")])

    def action_print_again(self):
        """Print all letters of the run, in its order.

        :return: dict, the action that downloads one PDF of all
        :raise AccessError: when the user may not see the run or write letters
        :raise UserError: when there is no letter
        """
        return self._print_letters([("state", "!=", "skipped")])

    def _print_letters(self, domain):
        letters = self._check_run_access()._get_letters(domain)
        if not letters:
            raise UserError(self.env._("There is no letter to print."))
        return letters.action_print()

    def _get_letters(self, domain):
        """:return: ``client.letter``, those that the user may read, in their order"""
        self.ensure_one()
        letters = self.env["client.letter"].search([("run_id", "=", self.id), *domain])
        # Not by the database, whose languages ignore spaces and punctuation.
        return letters.sorted(lambda letter: (letter.sort_key or "", letter.id))

    def action_write_missing(self):
        """Write the letters that were not written, as the clients are now.

        :return: dict, the action that shows the run again, or True
        :raise AccessError: when the user may not see the run or write letters
        :raise UserError: when the run is not finished
        """
        run = self._check_run_access()
        if run.state in WAITING:
            raise UserError(self.env._("The letters are still being written."))
        # Superuser: users change a run by its buttons alone; this one is theirs.
        run = run.sudo()
        skipped = run.skipped_ids
        run.pending_ids |= skipped.client_id
        skipped.unlink()
        run._hand_over(self.env.user)
        return run._start()

    def _hand_over(self, user):
        """Give a run to who continues it, where it would be refused in the name of its
        user: one who is archived or deleted, or who lost the right."""
        if self._get_user_refusal():
            self.user_id = user

    def action_stop(self):
        """Stop writing; what is written stays.

        :return: True
        :raise AccessError: when the user may not see the run or write letters
        """
        run = self._check_run_access()
        if run.state in WAITING:
            # Superuser: users change a run by its buttons alone; this one is theirs.
            run.sudo().write({"state": "stopped", "attempt": 0})
        return True

    def action_open_letters(self):
        """Show the letters of this run.

        :return: dict, a window action
        :raise AccessError: when the user may not see the run
        """
        self._check_run_access()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "client_extension_letter.client_letter_action"
        )
        domain = [("run_id", "=", self.id), ("state", "!=", "skipped")]
        return {**action, "domain": domain, "context": {"create": False}}

    def action_open_long(self):
        """Show the letters to print whose address does not fit the window.

        :return: dict, a window action
        :raise AccessError: when the user may not see the run
        """
        action = self.action_open_letters()
        return {
            **action,
            "domain": [("run_id", "=", self.id), *self._get_long_domain()],
        }

    def _check_run_access(self):
        """:return: this run

        :raise AccessError: when the user may not see it or may not write letters
        """
        self.ensure_one()
        self._check_may_write()
        self.check_access("read")
        return self

    def _check_may_write(self):
        """:raise AccessError: when the user may not write such letters; overridden for
        other documents than letters
        """
        if self.kind != "letter":
            self.env["res.partner"]._check_client_statement()
            return
        self.env["res.partner"]._check_client_user()
        self.env["client.letter"].check_access("write")

    def _open(self):
        """:return: dict, the action that shows this run"""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
