from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...tools.client_figure import ClientFigure, ClientSection
from .figure_reader import ClientScope, FigureReader

ACCOUNTANTS = "account.group_account_invoice,account.group_account_readonly"
SALES = ("out_invoice", "out_refund", "out_receipt")


class ResPartner(models.Model):
    """Figures of a client, declared by the add-ons and computed here."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    # Declarations

    @api.model
    def _get_client_sections(self):
        """The cards of the overview.

        A bridge adds its own: ``return super()._get_client_sections() + [...]``.

        :return: list of :class:`ClientSection`
        """
        return [
            ClientSection(
                key="invoices",
                label=self.env._("Invoices"),
                icon="fa-file-text-o",
                sequence=10,
                model="account.move",
                new="action_client_new_invoice",
                groups=ACCOUNTANTS,
            ),
            ClientSection(
                key="activities",
                label=self.env._("Activities"),
                icon="fa-clock-o",
                sequence=90,
                model="mail.activity",
                new="action_client_new_activity",
            ),
        ]

    @api.model
    def _get_client_figures(self):
        """The figures of the sections, in the order in which they are shown.

        A bridge adds its own: ``return super()._get_client_figures() + [...]``.

        :return: list of :class:`ClientFigure`
        """
        return [
            *self._get_client_receivable_figures(),
            *self._get_client_invoice_figures(),
            *self._get_client_activity_figures(),
        ]

    @api.model
    def _get_client_receivable_figures(self):
        """What clients owe, by the due date of each instalment: ``late`` and
        ``authorised`` together are Odoo's ``credit``.

        :return: list of :class:`ClientFigure`
        """
        today = fields.Date.context_today(self)
        open_lines = [
            *self._get_client_company_domain(),
            ("parent_state", "=", "posted"),
            ("account_id.account_type", "=", "asset_receivable"),
            ("reconciled", "=", False),
        ]
        declared = {
            "section": "invoices",
            "model": "account.move.line",
            "measure": "amount_residual:sum_currency",
            "unit": "money",
            "action": "client_extension.client_open_item_action",
            "groups": ACCOUNTANTS,
        }
        return [
            ClientFigure(
                key="late",
                label=self.env._("Late"),
                domain=[*open_lines, ("date_maturity", "<", today)],
                tone="danger",
                oldest="date_maturity",
                # A payment that waits for its invoice is not late.
                oldest_domain=[("amount_residual", ">", 0)],
                **declared,
            ),
            ClientFigure(
                key="authorised",
                label=self.env._("Not Due Yet"),
                domain=[
                    *open_lines,
                    *("|", ("date_maturity", "=", False)),
                    ("date_maturity", ">=", today),
                ],
                **declared,
            ),
        ]

    @api.model
    def _get_client_invoice_figures(self):
        """Drafts, and what was invoiced with taxes in this year and the one before.

        :return: list of :class:`ClientFigure`
        """
        this_year = fields.Date.context_today(self).replace(month=1, day=1)
        last_year = this_year - relativedelta(years=1)
        next_year = this_year + relativedelta(years=1)
        sales = [*self._get_client_company_domain(), ("move_type", "in", SALES)]
        posted = [*sales, ("state", "=", "posted")]
        declared = {
            "section": "invoices",
            "model": "account.move",
            "measure": "amount_total_signed:sum_currency",
            "unit": "money",
            "action": "client_extension.client_invoice_action",
            # Columns of Odoo's list show by this which documents they are about.
            "context": {"default_move_type": "out_invoice"},
            "groups": ACCOUNTANTS,
        }
        return [
            ClientFigure(
                key="waiting",
                label=self.env._("Drafts"),
                domain=[*sales, ("state", "=", "draft")],
                **declared,
            ),
            ClientFigure(
                key="this_year",
                label=self.env._("Invoiced in %s", this_year.year),
                domain=[
                    *posted,
                    ("invoice_date", ">=", this_year),
                    ("invoice_date", "<", next_year),
                ],
                **declared,
            ),
            ClientFigure(
                key="last_year",
                label=self.env._("Invoiced in %s", last_year.year),
                domain=[
                    *posted,
                    ("invoice_date", ">=", last_year),
                    ("invoice_date", "<", this_year),
                ],
                **declared,
            ),
        ]

    @api.model
    def _get_client_activity_figures(self):
        """Activities planned on clients and their contacts.

        :return: list of :class:`ClientFigure`
        """
        today = fields.Date.context_today(self)
        declared = {
            "section": "activities",
            "model": "mail.activity",
            "partner_field": "res_id",
            "action": "client_extension.client_activity_action",
            "context": {"force_search_count": 1},
        }
        planned = [("res_model", "=", "res.partner")]
        return [
            ClientFigure(
                key="late",
                label=self.env._("Late"),
                domain=[*planned, ("date_deadline", "<", today)],
                tone="danger",
                oldest="date_deadline",
                **declared,
            ),
            ClientFigure(
                key="today",
                label=self.env._("Today"),
                domain=[*planned, ("date_deadline", "=", today)],
                tone="warning",
                oldest="date_deadline",
                **declared,
            ),
            ClientFigure(
                key="upcoming",
                label=self.env._("Upcoming"),
                domain=[*planned, ("date_deadline", ">", today)],
                oldest="date_deadline",
                **declared,
            ),
        ]

    @api.model
    def _get_client_company_domain(self):
        """Documents of the current company and its branches, like Odoo's ``credit``.

        :return: list, a domain
        """
        return [("company_id", "child_of", self.env.company.root_id.id)]

    # Reading

    @api.model
    def _get_client_visible_figures(self):
        """The declared figures whose model and groups the current user has.

        :return: list of :class:`ClientFigure`
        """
        return [f for f in self._get_client_figures() if self._client_may_see(f)]

    @api.model
    def _client_may_see(self, declared):
        """Tell whether the user may read the model of a declaration and has a group
        of it.

        :param declared: a section, figure or timeline source
        :return: bool
        """
        if declared.model is not None:
            model = self.env.get(declared.model)
            if model is None or not model.has_access("read"):
                return False
        return not declared.groups or self.env.user.has_groups(declared.groups)

    def _read_client_figures(self, figures=None):
        """The figures of these clients, including what their contacts and subsidiaries
        have, archived ones too.

        Counts only what the current user may read.

        :param figures: list of :class:`ClientFigure`, None for all that the user may
            see
        :return: dict ``{client id: {(section, key): {"count": int,
            "amount": float or False, "oldest": date or False}}}``
        """
        if figures is None:
            figures = self._get_client_visible_figures()
        return FigureReader(ClientScope(self)).count_all(figures)

    @api.model
    def _get_client_neutral_modules(self):
        """Python modules that override how a model is searched or grouped without any
        effect on figures; beside any other override, each figure has its own query.

        A bridge adds those of its app that are known to have none.

        :return: tuple of prefixes of names of modules
        """
        return (
            "odoo.orm",
            "odoo.models",
            # Groups by a distribution.
            "odoo.addons.analytic.models.analytic_mixin",
            # Looks at the documents of users, not of the superuser: see ClientScope.
            "odoo.addons.mail.models.mail_activity",
        )
