import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.name_keys import fold_name, group_by_keys, name_keys
from ...tools.pace import get_next_size
from ...tools.scheduled_action import find_cron, get_idle_reason
from ..clients.ir_websocket import BUS_CHANNEL
from .client_duplicate_group import MAX_GROUP

CRON = "client_extension.client_duplicate_cron"
GROUP = "client_extension.group_client_importer"
#: clients that are compared while the user waits; larger numbers are left to the cron
AT_ONCE = 5_000
#: clients whose names are compared before the results are committed
CHUNK = 5_000
#: seconds that comparing the names of a chunk should take
CHUNK_SECONDS = 20
#: reasons that also apply to contacts: the other values are those of their company
PERSON_REASONS = ("email", "phone")
#: the notification for the page of a search, on the channel of its user's imports
NOTICE = "client_extension.search_moved"
#: fields whose changes the page shows immediately
MOVING = {"name_count", "state", "step"}


class ClientDuplicateSearch(models.Model):
    """The search for duplicates of one user, and its results.

    It compares the clients that this user can see and change, and their contacts, key
    by key, and then their names city by city. Each step is committed with the position
    to continue from.
    """

    _name = "client.duplicate.search"
    _description = "Search for Duplicates"

    user_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.uid,
    )
    company_ids = fields.Many2many("res.company", readonly=True)
    state = fields.Selection(
        [
            ("new", "Not searched yet"),
            ("running", "Searching"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="new",
    )
    date = fields.Datetime(string="Searched On", readonly=True)
    step = fields.Char(readonly=True, export_string_translation=False)
    position = fields.Char(readonly=True, export_string_translation=False)
    partner_count = fields.Integer(
        string="Compared", readonly=True, help="Clients and their contacts."
    )
    name_count = fields.Integer(readonly=True, export_string_translation=False)
    common_count = fields.Integer(
        readonly=True,
        help="Values shared by too many clients to indicate duplicates. They "
        "are ignored.",
    )
    progress = fields.Float(compute="_compute_progress", help="In percent.")
    group_ids = fields.One2many("client.duplicate.group", "search_id", readonly=True)
    group_count = fields.Integer(compute="_compute_group_count")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Find Duplicates")

    @api.depends("state", "name_count", "partner_count")
    def _compute_progress(self):
        for search in self:
            total = search.partner_count
            done = 100.0 * search.name_count / total if total else 0.0
            search.progress = 100.0 if search.state == "done" else min(done, 99.0)

    @api.depends("group_ids")
    def _compute_group_count(self):
        groups = self.env["client.duplicate.group"]._read_group(
            [("search_id", "in", self.ids)], ["search_id"], ["__count"]
        )
        counts = {search.id: count for search, count in groups}
        for search in self:
            search.group_count = counts.get(search.id, 0)

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            # Users cannot give a search to another user, as whom it would then
            # continue.
            self.check_access("write")
        if MOVING & vals.keys():
            self._notify()
        return result

    def _notify(self):
        """Notify the pages of these searches of their progress."""
        # Superuser: only to notify; pages read with the user's own rights. It is sent
        # with the commit of the step.
        for search in self.sudo():
            listener = (search.user_id.partner_id, BUS_CHANNEL)
            self.env["bus.bus"]._sendone(listener, NOTICE, {"ids": search.ids})

    # Actions

    @api.model
    def action_open_own(self):
        """Open the search of the user, with its results."""
        self._check_finder()
        own = self.search([("user_id", "=", self.env.uid)], limit=1)
        own = own or self.create({})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_duplicate_search_action"
        )
        return {**action, "res_id": own.id}

    def action_search(self):
        """Search for duplicates again, from the beginning."""
        self.ensure_one()
        self._check_finder()
        self.group_ids.unlink()
        self.write(
            {
                "company_ids": [fields.Command.set(self.env.companies.ids)],
                "state": "running",
                "date": fields.Datetime.now(),
                "step": self._get_steps()[0],
                "position": False,
                "partner_count": self._get_partners().search_count(self._get_domain()),
                "name_count": 0,
                "common_count": 0,
                "chunk_size": CHUNK,
                "attempts": 0,
                "last_error": False,
            }
        )
        if self.partner_count > AT_ONCE:
            if reason := get_idle_reason(self.env, CRON):
                raise UserError(reason)
            find_cron(self.env, CRON)._trigger()
            return True
        while self.state == "running":
            self._search_next()
        return True

    @api.model
    def _check_finder(self):
        user = self.env.user
        # A cron continues in the name of a user who may have been archived.
        if not self.env.su and not (user.active and user.has_group(GROUP)):
            raise AccessError(
                self.env._(
                    "You are not allowed to search for duplicates. Ask a "
                    "manager of the Clients app."
                )
            )

    # Search

    @api.model
    def _get_steps(self):
        """:return: list of the codes of the steps, in order"""
        return [*self._get_duplicate_keys(), "name"]

    @api.model
    def _get_domain(self):
        """:return: ``Domain`` of the partners that are compared: clients, and the
        contacts of clients, which can be duplicates too
        """
        # Written like this, lines that the user cannot see do not count.
        of_client = Domain("client_id.client_status", "!=", False)
        return self._get_clients_domain() | Domain("client_of_ids", "any", of_client)

    @api.model
    def _get_clients_domain(self):
        return Domain("client_status", "!=", False)

    def _get_partners(self):
        return self.env["res.partner"].with_context(active_test=False)

    def _search_next(self):
        """Run the next step of the search."""
        keys = self._get_duplicate_keys()
        steps = self._get_steps()
        if self.step in keys:
            if self._is_step_given_up():
                reasons = self.env["client.duplicate.group"]._get_reason_names()
                self._leave_out(reasons.get(self.step, self.step))
            else:
                self._search_key(self.step, keys[self.step])
            self.write({"attempts": 0, "chunk_size": CHUNK})
            self.step = steps[steps.index(self.step) + 1]
        elif not self._search_names():
            self.state = "done"
        self.env.flush_all()
        self.env.invalidate_all()

    def _search_key(self, code, names):
        """Store the clients that have the same value in one of these fields."""
        same = self._get_same_values(names, self._get_clients_domain())
        self._keep(code, same)
        if code in PERSON_REASONS:
            self._keep(code, self._get_same_persons(names))

    def _search_names(self):
        """Compare the names of the clients of some cities.

        :return: bool, whether there are more cities
        """
        towns = self._get_towns()
        waiting = [town for town in sorted(towns) if town > (self.position or "")]
        # Twice what was noted when the step began.
        size = min(max(self.chunk_size * 2, 1), CHUNK)
        spellings, count, last = [], 0, None
        for town in waiting:
            if count and count + towns[town][1] > size:
                break
            spellings += towns[town][0]
            count += towns[town][1]
            last = town
        if last is None:
            return False
        started = time.monotonic()
        if self._is_step_given_up():
            self._leave_out(spellings[0])
        else:
            self._compare_names(spellings)
        spent = time.monotonic() - started
        size = get_next_size(count, spent, CHUNK_SECONDS, CHUNK)
        self.write({"attempts": 0, "chunk_size": size})
        self.position = last
        self.name_count += count
        return last != waiting[-1]

    def _get_towns(self):
        """:return: dict: folded city -> pair (its spellings, number of clients)"""
        towns = {}
        groups = self._get_partners()._read_group(
            self._get_domain() & Domain("city", "!=", False), ["city"], ["__count"]
        )
        for city, count in groups:
            if town := fold_name(city):
                names, total = towns.get(town, ([], 0))
                towns[town] = ([*names, city], total + count)
        return towns

    def _compare_names(self, cities):
        """Store the clients with a similar name in one of these cities."""
        domain = self._get_domain() & Domain("city", "in", cities)
        partners = self._get_partners().search_fetch(
            domain, ["name", "city"], order="id"
        )
        by_town = {}
        for partner in partners:
            by_town.setdefault(fold_name(partner.city), []).append(partner)
        sets = []
        for found in by_town.values():
            sets += group_by_keys((p.id, name_keys(p.name)) for p in found)
        self._keep("name", sets)

    def _keep(self, reason, sets):
        """Store the results, except values that too many clients share."""
        few = [ids for ids in sets if len(ids) <= MAX_GROUP]
        self.common_count += len(sets) - len(few)
        self.env["client.duplicate.group"]._keep(self, reason, few)
