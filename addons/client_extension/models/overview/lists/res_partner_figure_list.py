import operator as operators

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..res_partner_figure import ACCOUNTANTS

#: days without a document, a message or an activity, after which a client is quiet
QUIET_DAYS = 90
COMPARE = {
    ">": operators.gt,
    ">=": operators.ge,
    "<": operators.lt,
    "<=": operators.le,
    "in": lambda value, values: value in values,
    "not in": lambda value, values: value not in values,
}
PLANNED = ("late", "today", "upcoming")


class ResPartner(models.Model):
    """Figures of the overview as columns and filters of lists."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_late_amount = fields.Monetary(
        string="Late",
        currency_field="currency_id",
        compute="_compute_client_receivable",
        search="_search_client_late_amount",
        groups=ACCOUNTANTS,
        help="Amounts whose due date has passed, less payments that wait.",
    )
    client_open_amount = fields.Monetary(
        string="Open Amount",
        currency_field="currency_id",
        compute="_compute_client_receivable",
        search="_search_client_open_amount",
        groups=ACCOUNTANTS,
        help="All that this client and those below it owe, due or not.",
    )
    client_next_activity = fields.Date(
        string="Next Activity",
        compute="_compute_client_next_activity",
        groups="base.group_user",
        help="Earliest activity planned on this client or its contacts.",
    )
    client_is_quiet = fields.Boolean(
        string="Nothing Happened for 90 Days",
        compute="_compute_client_is_quiet",
        search="_search_client_is_quiet",
        groups="base.group_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_client_receivable(self):
        values = self._read_client_figures(self._get_client_receivable_figures())
        for partner in self:
            shown = values.get(partner.id) or {}
            late = shown.get(("invoices", "late"), {}).get("amount", 0.0)
            other = shown.get(("invoices", "authorised"), {}).get("amount", 0.0)
            partner.client_late_amount = late
            partner.client_open_amount = late + other

    @api.depends_context("uid", "tz")
    def _compute_client_next_activity(self):
        values = self._read_client_figures(self._get_client_activity_figures())
        for partner in self:
            shown = values.get(partner.id) or {}
            dates = [figure["oldest"] for figure in shown.values() if figure["oldest"]]
            partner.client_next_activity = min(dates, default=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_client_is_quiet(self):
        quiet = self.with_context(active_test=False).search(
            [("id", "in", self.ids), ("client_is_quiet", "=", True)]
        )
        for partner in self:
            partner.client_is_quiet = partner in quiet

    # Searching

    def _search_client_late_amount(self, operator, value):
        figures = self._get_client_receivable_figures()
        late = [figure for figure in figures if figure.key == "late"]
        return self._search_client_amount(late, operator, value)

    def _search_client_open_amount(self, operator, value):
        figures = self._get_client_receivable_figures()
        return self._search_client_amount(figures, operator, value)

    @api.model
    def _search_client_amount(self, figures, operator, value):
        """Clients by the sum of figures, including that of those below them.

        :param figures: list of :class:`ClientFigure` with a measure
        :param str operator: as a ``search`` method gets it
        :param value: number, or numbers
        :return: ``Domain`` or NotImplemented
        """
        compare = COMPARE.get(operator)
        if compare is None:
            return NotImplemented
        totals = self._total_client_figures(figures)
        rounded = {
            id_: self.env.company.currency_id.round(total)
            for id_, total in totals.items()
        }
        if compare(0.0, value):
            others = [id_ for id_, t in rounded.items() if not compare(t, value)]
            return Domain("id", "not in", others)
        return Domain("id", "in", [i for i, t in rounded.items() if compare(t, value)])

    @api.model
    def _total_client_figures(self, figures):
        """:return: dict ``{partner id: sum of the measures}`` of all partners that have
        documents, and of those above them
        """
        totals = {}
        for figure in figures:
            if not self._client_may_see(figure):
                continue
            model = self.env[figure.model].with_context(**figure.context)
            rows = model._read_group(
                Domain(figure.domain) & Domain(figure.partner_field, "!=", False),
                [figure.partner_field],
                [figure.measure],
            )
            for partner, amount in rows:
                totals[partner.id] = totals.get(partner.id, 0.0) + (amount or 0.0)
        parents = self._get_client_parents(totals)
        rolled = {}
        for partner_id, amount in totals.items():
            above, seen = partner_id, set()
            while above and above not in seen:
                seen.add(above)
                rolled[above] = rolled.get(above, 0.0) + amount
                above = parents.get(above)
        return rolled

    @api.model
    def _get_client_parents(self, partner_ids):
        """The partners above some partners.

        :param partner_ids: iterable of ids
        :return: dict ``{partner id: parent id}``, of those with a parent
        """
        # Superuser: only ids leave this method; the rules apply to the result.
        partners = self.sudo().with_context(active_test=False)
        parents, level = {}, set(partner_ids)
        while level:
            below = partners.search_fetch(
                [("id", "in", list(level)), ("parent_id", "!=", False)],
                ["parent_id"],
                order="id",
            )
            found = {partner.id: partner.parent_id.id for partner in below}
            parents.update(found)
            level = set(found.values()) - parents.keys()
        return parents

    def _search_client_is_quiet(self, operator, value):
        if operator != "in":
            return NotImplemented
        active = self._get_client_busy_ids(QUIET_DAYS)
        return Domain("id", "not in" if True in value else "in", active)

    @api.model
    def _get_client_busy_ids(self, days):
        """Partners with something on their timeline in the last days, and those above.

        :param int days: how many days
        :return: list of ids
        """
        since = fields.Date.context_today(self) - relativedelta(days=days)
        found = set()
        for source in self._get_client_visible_sources():
            model = self.env[source.model]
            if model._name in ("mail.activity", "mail.message"):
                # Superuser: a user who may read a client may read its messages and
                # activities; only whether there are any leaves this method.
                model = model.sudo()
            domain = Domain(list(source.domain or []))
            domain &= Domain(source.date_field, ">=", since)
            domain &= Domain(source.partner_field, "!=", False)
            groups = model._read_group(domain, [source.partner_field])
            found.update(getattr(partner, "id", partner) for (partner,) in groups)
        parents = self._get_client_parents(found)
        return list(found | set(parents.values()))
