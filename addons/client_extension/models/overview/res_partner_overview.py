import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_duration, formatLang

from .figure_reader import ClientScope, FigureReader

_logger = logging.getLogger(__name__)


class ResPartner(models.Model):
    """The overview page of a client, and the lists behind its figures."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    @api.readonly
    def get_client_overview(self):
        """What the overview page of this client shows, as far as the user may see it.

        :return: dict with ``sections``, a list of dicts (``key``, ``label``, ``icon``,
            ``new``: name of a method or False, ``partial``: whether record rules hide
            some records, ``error``: a sentence or False, ``note``: a sentence or False,
            ``figures``: list of dicts with ``key``, ``label``, ``count``, ``amount``,
            ``text``, ``tone``, ``oldest``), ``last_activity`` and ``next_activity``
            (dicts with ``id``, ``title``, ``date``, ``who``, or False), ``gaps``:
            what is missing before the first invoice, see
            :meth:`get_client_invoice_gaps`, and ``currency_id``
        :raise AccessError: when the user may not read the client, or is no user of the
            Clients app
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        reader = FigureReader(ClientScope(self))
        # All partners of the scope are read at once, with this one.
        client = self.with_prefetch(reader.scope.ids)
        sections = client._read_client_sections(reader)
        return {
            "sections": sections,
            **self._read_client_activity_ends(reader.scope),
            # The figures may say already that there is an invoice: saves a query.
            "gaps": [] if invoiced(sections) else self.get_client_invoice_gaps(),
            "currency_id": self.env.company.currency_id.id,
        }

    def open_client_figure(self, section, key):
        """The list of the records that a figure of this client counts.

        :param str section: key of the section
        :param str key: key of the figure
        :return: dict, a window action
        :raise AccessError: when the user may not read the client or the figure
        :raise UserError: when there is no such figure
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        figure = self._get_client_figure(section, key)
        action = {"type": "ir.actions.act_window", "view_mode": "list,form"}
        if figure.action:
            action = self.env["ir.actions.act_window"]._for_xml_id(figure.action)
        title = self.env._(
            "%(figure)s: %(client)s", figure=figure.label, client=self.display_name
        )
        return {
            **action,
            "name": title,
            # The web client shows this one, if there is one.
            "display_name": title,
            "res_model": figure.model,
            "domain": list(self._get_client_figure_domain(figure)),
            "context": {**figure.context, "create": False},
            "target": "current",
        }

    @api.model
    def _get_client_figure(self, section, key):
        """:return: the :class:`ClientFigure` (section, key), if the user may see it"""
        declared = [f for f in self._get_client_figures() if f.name == (section, key)]
        if not declared:
            raise UserError(
                self.env._("There is no figure %(key)s.", key=f"{section}/{key}")
            )
        if not self._client_may_see(declared[0]):
            raise AccessError(self.env._("You do not have access to this figure."))
        return declared[0]

    def _get_client_figure_domain(self, figure):
        """The records that a figure of this client counts.

        :param figure: a :class:`ClientFigure`
        :return: ``Domain``
        """
        if self._client_reaches_by_id(figure):
            mine = Domain(figure.partner_field, "in", ClientScope(self).ids)
        else:
            mine = Domain(figure.partner_field, "child_of", self.id)
        return Domain(figure.domain) & mine

    @api.model
    def _client_reaches_by_id(self, figure):
        """Whether the partner field of a figure is a number instead of a link."""
        field = self.env[figure.model]._fields.get(figure.partner_field)
        return field is not None and field.type in ("integer", "many2one_reference")

    def action_client_new_activity(self):
        """Plan an activity for this client.

        :return: dict, a window action
        :raise AccessError: when the user may not read the client, or is no user of the
            Clients app
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule Activity"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids},
        }

    def _check_client_new_document(self, model):
        """Check that the user can start a document of this client.

        :param str model: of the document
        :raise AccessError: when the user is no user of the Clients app, may not read
            the client or may not create such a document
        """
        self.ensure_one()
        self._check_client_user()
        self.check_access("read")
        self.env[model].check_access("create")

    def _get_client_new_action(self, model, title, context):
        """Open the form of a new document of this client: what the methods that
        sections name as ``new`` return.

        :param str model: of the document
        :param str title: of its form
        :param dict context: with ``default_...`` values of the document
        :return: dict, a window action; overridden to give all new documents of a
            client a value
        :raise AccessError: see :meth:`_check_client_new_document`
        """
        self._check_client_new_document(model)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "context": context,
        }

    # Sections

    def _read_client_sections(self, reader):
        """:return: list of dicts, see :meth:`get_client_overview`"""
        sections = sorted(
            (s for s in self._get_client_sections() if self._client_may_see(s)),
            key=lambda section: section.sequence,
        )
        figures = {section.key: [] for section in sections}
        for figure in self._get_client_visible_figures():
            figures.get(figure.section, []).append(figure)
        try:
            # All sections in one savepoint: two queries instead of two for each.
            with self.env.cr.savepoint():
                return [
                    self._read_client_section(reader, section, figures[section.key])
                    for section in sections
                ]
        except Exception:  # noqa: BLE001 - an add-on's figure may fail in any way
            return [
                self._try_client_section(reader, section, figures[section.key])
                for section in sections
            ]

    def _try_client_section(self, reader, section, figures):
        """One section; if it fails, the others are not affected."""
        try:
            with self.env.cr.savepoint():
                return self._read_client_section(reader, section, figures)
        except Exception:
            _logger.exception("Overview of client %s: %s", self.id, section.key)
            error = self.env._("These figures could not be read.")
            return {**self._client_section_head(section), "error": error}

    def _read_client_section(self, reader, section, figures):
        head = self._client_section_head(section)
        note = self._get_client_section_note(section)
        if note:
            return {**head, "note": note}
        counts = reader.count_all(figures)[self.id]
        head["figures"] = [
            self._show_client_figure(figure, counts[figure.name]) for figure in figures
        ]
        head["partial"] = any(
            self.env["ir.rule"]._client_narrows(figure.model) for figure in figures
        )
        return head

    def _client_section_head(self, section):
        """:return: dict, a section without figures"""
        new = section.new
        if new and section.model:
            new = self.env[section.model].has_access("create") and new
        return {
            "key": section.key,
            "label": section.label,
            "icon": section.icon,
            "new": new or False,
            "partial": False,
            "error": False,
            "note": False,
            "figures": [],
        }

    def _get_client_section_note(self, section):
        """A sentence shown instead of the figures of a section.

        :param section: a :class:`ClientSection`
        :return: str or False
        """
        payer = self.commercial_partner_id
        if section.key != "invoices" or payer == self:
            return False
        return self.env._("Invoiced through %s.", payer.display_name)

    def _show_client_figure(self, figure, values):
        """:return: dict, a figure as the page shows it"""
        size = values["amount"] if figure.measure else values["count"]
        return {
            "key": figure.key,
            "label": figure.label,
            **values,
            "oldest": fields.Date.to_string(values["oldest"]) or False,
            "text": self._format_client_figure(figure, size),
            "tone": figure.tone if size > 0 else "",
        }

    @api.model
    def _format_client_figure(self, figure, size):
        """:return: str, the value of a figure in the language of the user"""
        if figure.unit == "money":
            return formatLang(self.env, size, currency_obj=self.env.company.currency_id)
        if figure.unit == "hours":
            return format_duration(size)
        return formatLang(self.env, size, digits=0)

    # Activities

    def _read_client_activity_ends(self, scope):
        """The activity done last and the one planned next.

        :param scope: a :class:`ClientScope`
        :return: dict with ``last_activity`` and ``next_activity``
        """
        activities, visible = scope.visible(self.env["mail.activity"])
        mine = Domain("res_model", "=", "res.partner") & scope.domain("res_id")
        done = Domain("active", "=", False) & Domain("date_done", "!=", False)
        names = ["summary", "activity_type_id", "user_id", "date_deadline", "date_done"]
        last = activities.search_fetch(
            visible & mine & done, names, order="date_done desc, id desc", limit=1
        )
        planned = activities.search_fetch(
            visible & mine, names, order="date_deadline, id", limit=1
        )
        return {
            "last_activity": self._show_client_activity(last, last.date_done),
            "next_activity": self._show_client_activity(planned, planned.date_deadline),
        }

    @api.model
    def _show_client_activity(self, activity, date):
        if not activity:
            return False
        return {
            "id": activity.id,
            "title": activity.display_name,
            "date": fields.Date.to_string(date),
            "who": activity.user_id.display_name or False,
        }


def invoiced(sections):
    """Whether the figures of an overview show a posted invoice.

    :param list sections: of dicts, see :meth:`ResPartner.get_client_overview`
    :return: bool
    """
    return any(
        figure["count"]
        for section in sections
        if section["key"] == "invoices"
        for figure in section["figures"]
        if figure["key"] in ("this_year", "last_year")
    )
