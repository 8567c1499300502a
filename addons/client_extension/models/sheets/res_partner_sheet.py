import logging

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime, formatLang

from ...tools.plain_text import html_to_text
from ..labels.client_label_definition import is_filled
from ..overview.figure_reader import ClientScope, FigureReader

_logger = logging.getLogger(__name__)

#: lines of a block of another app
MOST_LINES = 10
#: the data at the head of a sheet, in their order
HEAD = (
    *("ref", "client_former_references", "client_status", "client_type_id"),
    *("client_prospect_date", "client_since", "client_business_unit_id", "user_id"),
    *("client_source_id", "category_id", "parent_id", "lang"),
)
#: how the client is reached and known to the authorities
REACH = ("phone", "mobile", "email", "website", "vat", "company_registry")


class SheetFigures:
    """The figures of all clients that are printed together, each counted once.

    :param clients: ``res.partner`` recordset with the environment of the reader
    """

    def __init__(self, clients):
        self._reader = FigureReader(ClientScope(clients))
        self._known = {}

    def count_all(self, figures):
        """:return: as ``FigureReader.count_all``"""
        names = tuple(figure.name for figure in figures)
        if names not in self._known:
            self._known[names] = self._reader.count_all(figures)
        return self._known[names]


class ResPartner(models.Model):
    """What the sheet of a client shows: nothing that its reader may not see."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _prepare_client_sheets(self):
        """What the sheets of these clients show, in the language of the environment.

        Takes the same number of searches for one client and for many, blocks of
        bridges excepted.

        :return: list of dicts, one for each client: ``client``, ``head`` and ``reach``
            (lists of pairs label, text), ``figures`` (the sections of
            :meth:`get_client_overview`; a figure that alarms has ``since``),
            ``contacts`` (list of dicts), ``data`` (list of pairs label, text), ``note``
            (str) and ``blocks`` (list of pairs title, ``Markup`` or None for a block
            that failed)
        """
        reader = SheetFigures(self)
        contacts = self._read_client_sheet_contacts()
        data = self._read_client_sheet_data()
        return [
            {
                "client": client,
                "head": client._get_client_sheet_head(),
                "reach": client._get_client_sheet_reach(),
                "figures": client._read_client_sheet_figures(reader),
                "contacts": contacts[client.id],
                "data": data[client.id],
                "note": html_to_text(client.comment),
                "blocks": client._render_client_sheet_blocks(reader),
            }
            for client in self
        ]

    def _get_client_sheet_blocks(self):
        """What other apps show on the sheet of this client, below its own data.

        :return: list of tuples (title, external id of a QWeb template, dict of values);
            overridden by bridges: read with the rights of the user, add no block
            without content. A block that fails says so, the rest is printed.
        """
        self.ensure_one()
        return []

    @api.model
    def _get_client_sheet_lists(self):
        """The lists of records that other apps show on the sheet of a client.

        A bridge adds its own: ``return super()._get_client_sheet_lists() + [...]``.

        :return: list of :class:`ClientSheetList`
        """
        return []

    def _get_client_list_blocks(self, reader):
        """The blocks with the records of figures, as far as the user may see them.

        :param reader: a :class:`SheetFigures`
        :return: list as of :meth:`_get_client_sheet_blocks`
        """
        figures = {one.name: one for one in self._get_client_visible_figures()}
        lists = [one for one in self._get_client_sheet_lists() if one.figure in figures]
        shown = [figures[name] for name in dict.fromkeys(one.figure for one in lists)]
        counts = reader.count_all(shown)[self.id]
        # Counted for all clients at once: most have nothing to search for.
        blocks = [
            self._get_client_list_block(one, figures[one.figure])
            for one in lists
            if counts[one.figure]["count"]
        ]
        return [block for block in blocks if block]

    def _get_client_list_block(self, declared, figure):
        """:return: tuple as of :meth:`_get_client_sheet_blocks`, or None without
        records"""
        model = self.env[figure.model].with_context(**figure.context)
        mine = self._get_client_figure_domain(figure) & Domain(declared.domain)
        records = model.search(mine, order=declared.order, limit=MOST_LINES + 1)
        if not records:
            return None
        described = sorted_as(
            model.fields_get(declared.fields, ["string", "type", "selection"]),
            declared.fields,
        )
        sections = {one.key: one.label for one in self._get_client_sections()}
        values = {
            "columns": [field["string"] for _name, field in described],
            "rows": [
                [self._show_client_cell(record, *field) for field in described]
                for record in records[:MOST_LINES]
            ],
            "most": MOST_LINES if len(records) > MOST_LINES else 0,
        }
        title = f"{sections[figure.section]} ({figure.label})"
        return title, "client_extension.client_sheet_records", values

    def _show_client_cell(self, record, name, described):
        """:return: str, the value of a field of a record as a reader expects it"""
        value, kind = record[name], described["type"]
        if not value:
            return ""
        if kind == "selection":
            return dict(described["selection"]).get(value, "")
        if kind == "date":
            return format_date(self.env, value)
        if kind == "datetime":
            return format_datetime(self.env, value, dt_format="short")
        if kind == "monetary":
            field = record._fields[name]
            currency = record[field.get_currency_field(record)]
            return formatLang(self.env, value, currency_obj=currency)
        if record._fields[name].relational:
            # Superuser: only the names of linked records are read, which Odoo shows to
            # every user who can read the record.
            return ", ".join(value.sudo().mapped("display_name"))
        return str(value)

    def _render_client_sheet_blocks(self, reader):
        """:return: list of pairs title, ``Markup`` or None for a block that failed"""
        try:
            with self.env.cr.savepoint():
                blocks = self._get_client_list_blocks(reader)
                blocks += self._get_client_sheet_blocks()
        except Exception:
            _logger.exception("Blocks of the sheet of client %s", self.id)
            return [(self.env._("Other Apps"), None)]
        return [
            (title, self._render_client_sheet_block(template, values))
            for title, template, values in blocks
        ]

    def _render_client_sheet_block(self, template, values):
        try:
            with self.env.cr.savepoint():
                return self.env["ir.qweb"]._render(template, values)
        except Exception:
            _logger.exception("Sheet of client %s: %s", self.id, template)
            return None

    def _read_client_sheet_figures(self, reader):
        """:return: list of dicts, see :meth:`_prepare_client_sheets`"""
        sections = self._read_client_sections(reader)
        for figure in (figure for one in sections for figure in one["figures"]):
            if figure["tone"] and figure["oldest"]:
                day = format_date(self.env, figure["oldest"])
                figure["since"] = self.env._("since %(date)s", date=day)
        return sections

    # Head

    def _get_client_sheet_head(self):
        """:return: list of pairs label, text: what kind of client this is; overridden
        to show more"""
        return self._show_client_fields(HEAD)

    def _get_client_sheet_reach(self):
        """:return: list of pairs label, text: the addresses and numbers"""
        address = self._display_address(without_company=True)
        shown = [
            (self.env._("Address"), join_lines(address)),
            (self.env._("Invoice Address"), self._get_client_sheet_invoice_address()),
        ]
        return [pair for pair in shown if pair[1]] + self._show_client_fields(REACH)

    def _get_client_sheet_invoice_address(self):
        """:return: str, empty if it is that of the client"""
        other = self.client_invoice_partner_id - self
        if self.client_invoice_same or not other._filtered_access("read"):
            return ""
        return join_lines(other._display_address(without_company=False))

    def _show_client_fields(self, names):
        """The fields with a value that the user has access to.

        :param names: of fields
        :return: list of pairs label, text
        """
        labels = self._get_client_sheet_labels()
        if self.client_status:
            # The other date is history, as on the form.
            prospect = self.client_status == "prospect"
            names = set(names) - {
                "client_since" if prospect else "client_prospect_date"
            }
        described = self.fields_get([*HEAD, *REACH], ["string", "selection"])
        return [
            (labels.get(name) or field["string"], text)
            for name, field in sorted_as(described, (*HEAD, *REACH))
            if name in names and (text := self._show_client_field(name, field))
        ]

    def _get_client_sheet_labels(self):
        """:return: dict, the labels that the form gives to fields of Odoo"""
        return {
            "ref": self.env._("Reference"),
            "user_id": self.env._("Client Manager"),
            "category_id": self.env._("Categories"),
            "client_business_unit_id": self.env._("Business Unit"),
            "client_source_id": self.env._("Source"),
            "vat": self.client_vat_label,
            "company_registry": self.client_company_registry_label,
        }

    def _show_client_field(self, name, described):
        """:return: str, the value of a field, empty for none"""
        value = self[name]
        if not value:
            return ""
        if described.get("selection"):
            return dict(described["selection"]).get(value, "")
        if self._fields[name].type == "date":
            return format_date(self.env, value)
        if self._fields[name].relational:
            # Superuser: only the names of linked records are read, which Odoo shows to
            # every user who can read the partner.
            return ", ".join(value.sudo().mapped("display_name"))
        return value

    # Contacts

    def _read_client_sheet_contacts(self):
        """The contacts of these clients that have not ended, the main one first.

        :return: dict client id -> list of dicts with ``name``, ``main`` (bool),
            ``roles``, ``job``, ``phone``, ``email``, ``period`` and ``note``
        """
        found = {client.id: [] for client in self}
        lines = self.env["client.contact"]
        if not lines.has_access("read"):
            return found
        lines = lines.search([("client_id", "in", self.ids), ("is_ended", "=", False)])
        readable = lines.contact_id._filtered_access("read").filtered("active")
        for line in lines.filtered(lambda line: line.contact_id in readable):
            found[line.client_id.id].append(self._get_client_sheet_contact(line))
        return found

    def _get_client_sheet_contact(self, line):
        """What a sheet shows of a contact.

        :param line: one ``client.contact``
        :return: dict, see :meth:`_read_client_sheet_contacts`; overridden to show more
        """
        person = line.contact_id
        start, end = (
            day and format_date(self.env, day)
            for day in (line.date_start, line.date_end)
        )
        return {
            "name": person.name or person.display_name,
            "main": line.is_main,
            "roles": ", ".join(line.role_ids.mapped("name")),
            "job": person.function or "",
            "phone": "\n".join(filter(None, [person.phone, person.mobile])),
            "email": person.email or "",
            "period": " \N{EN DASH} ".join([start or "", end or ""])
            if start or end
            else "",
            "note": line.note or "",
        }

    # Additional data

    def _read_client_sheet_data(self):
        """:return: dict client id -> list of pairs label, text: the additional data
        with a value"""
        if not self._has_field_access(self._fields["client_properties"], "read"):
            return {client.id: [] for client in self}
        return {
            values["id"]: [
                (item["string"], text)
                for item in values["client_properties"]
                if is_filled(item, item.get("value"))
                and (text := self._show_client_property(item))
            ]
            for values in self.read(["client_properties"], load=None)
        }

    def _show_client_property(self, item):
        """:param dict item: a label with its value, as Odoo reads it
        :return: str, the value as a reader expects it
        """
        kind, value = item["type"], item["value"]
        if kind in ("selection", "tags"):
            names = {choice[0]: choice[1] for choice in item.get(kind) or ()}
            keys = value if kind == "tags" else [value]
            return ", ".join(names[key] for key in keys if key in names)
        if kind in ("many2one", "many2many"):
            linked = value if kind == "many2many" else [value]
            # Odoo gives no name of records that the user may not read.
            return ", ".join(filter(None, (name for _id, name in linked)))
        show = {
            "boolean": lambda yes: self.env._("Yes") if yes else self.env._("No"),
            "date": lambda day: format_date(self.env, day),
            "datetime": lambda moment: format_datetime(self.env, moment),
            "html": html_to_text,
            "float": lambda number: formatLang(self.env, number),
            "monetary": lambda number: formatLang(self.env, number),
        }
        return show.get(kind, str)(value)


def join_lines(address):
    """:return: str, an address without empty lines"""
    return "\n".join(filter(None, (line.strip() for line in address.splitlines())))


def sorted_as(described, names):
    """:return: list of the pairs of a dict, in the order of *names*"""
    return [(name, described[name]) for name in names if name in described]
