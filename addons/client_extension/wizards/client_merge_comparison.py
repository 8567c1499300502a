from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, format_datetime

from ..importer.text.fold import fold
from ..models.clients.res_partner import STATUS_DATES
from ..models.duplicates.res_partner_merge import COUNTED
from ..models.labels.client_label_definition import is_filled
from ..models.labels.property_text import property_text
from ..models.labels.res_partner_properties import PROPERTIES
from ..tools.plain_text import html_to_text

#: the prefix of the rows of the additional data in the choices
PREFIX = "client_properties."
#: fields about the partner record or its activity, not relevant for a merge
UNSEEN = {*models.MAGIC_COLUMNS, "active", "color", "company_id", "message_bounce"}
LINKS = ("many2many", "one2many")


class ClientMergeComparison(models.AbstractModel):
    """The values of clients, side by side, as shown to the user.

    Other fields that differ cannot be chosen on the page. Odoo's merge decides: values
    of the kept client stay, missing ones come from the first of the others that has
    one. Fields that link to many records keep the values of all.
    """

    _name = "client.merge.comparison"
    _description = "Comparison of Clients"

    @api.model
    def _compare(self, partners):
        """Compare clients.

        :param partners: ``res.partner`` recordset, the one to keep by default first
        :return: dict for the page: ``partners``, the list of the column headers;
            ``rows`` to choose from; ``carried``, rows in which no value is lost;
            ``others``, rows that differ but cannot be chosen; each row is a dict ``key,
            name, cells`` with a text for each partner. A row to choose from also has
            ``filled``: whether there is a value, which the page cannot tell from the
            text
        """
        others = [*self._get_others(partners), *self._get_other_labels(partners)]
        others = [row for row in others if len(set(row["cells"])) > 1]
        return {
            "partners": [self._prepare_column(partner) for partner in partners],
            "rows": [
                row
                for row in (*self._get_rows(partners), *self._get_labels(partners))
                if any(row["filled"])
            ],
            "carried": [
                row for row in self._get_carried(partners) if any(row["cells"])
            ],
            "others": sorted(others, key=lambda row: fold(row["name"])),
        }

    @api.model
    def _prepare_column(self, partner):
        """:return: dict, the column header of one client"""
        return {
            "id": partner.id,
            "name": partner.name or partner.display_name,
            "reference": partner.ref or "",
            "status": partner.client_status or "",
            "active": partner.active,
            "city": partner.city or "",
        }

    @api.model
    def _get_rows(self, partners):
        names = partners._get_client_merge_names()
        for key, (_name, fields_) in partners._get_client_merge_rows().items():
            if key in names:
                cells = [self._get_text(partner, key, fields_) for partner in partners]
                yield self._prepare_row(key, names[key], [(c, bool(c)) for c in cells])

    @api.model
    def _prepare_row(self, key, name, cells):
        """:param cells: list of pairs (text, whether there is a value)"""
        texts = [text for text, _is_filled in cells]
        filled = [is_filled for _text, is_filled in cells]
        return {"key": key, "name": name, "cells": texts, "filled": filled}

    @api.model
    def _get_labels(self, partners):
        """:return: the rows of the additional data"""
        definition = partners._get_client_properties_definition()
        stored = [partner[PROPERTIES]._values or {} for partner in partners]
        return self._get_property_rows(PREFIX, definition.properties_definition, stored)

    @api.model
    def _get_property_rows(self, prefix, definition, stored):
        """:return: a row for each label of a Properties field"""
        for item in definition or []:
            if item["type"] != "separator":
                cells = self._get_cells(item, stored)
                name = item.get("string") or item["name"]
                yield self._prepare_row(prefix + item["name"], name, cells)

    @api.model
    def _get_cells(self, item, stored):
        """The values of clients for one label.

        :param dict item: the label as Odoo stores it
        :param stored: list of dicts, the properties of each client
        :return: list of pairs (text, whether there is a value)
        """
        values = [properties.get(item["name"]) for properties in stored]
        if item["type"] in ("many2one", "many2many"):
            texts = self._get_link_texts(item.get("comodel"), values)
            return [(text, bool(text)) for text in texts]
        return [
            (self._get_label_text(item, value), True)
            if is_filled(item, value)
            else ("", False)
            for value in values
        ]

    @api.model
    def _get_label_text(self, item, value):
        if item["type"] == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        return property_text(item, value)

    @api.model
    def _get_link_texts(self, model, values):
        """:return: list of str, the linked records that exist, by name if the user can
        read them"""
        ids = [
            [one for one in (v if isinstance(v, list) else [v]) if type(one) is int]
            for v in values
        ]
        if model not in self.env:
            return [""] * len(ids)
        records = self.env[model].browse({one for some in ids for one in some}).exists()
        names = dict.fromkeys(records.ids, self.env._("(hidden)"))
        for record in records._filtered_access("read"):
            names[record.id] = record.display_name
        return [", ".join(names[i] for i in some if i in names) for some in ids]

    @api.model
    def _get_carried(self, partners):
        """The data that a merge combines automatically.

        :return: iterable of rows; overridden to show more data that is carried over
        """
        _ = self.env._
        names = partners.fields_get(attributes=["string", "selection"])
        statuses = dict(names["client_status"]["selection"])
        yield self._get_row(
            "status", _("Status"), partners, lambda p: statuses.get(p.client_status, "")
        )
        for date in STATUS_DATES.values():
            yield self._get_row(
                date,
                names[date]["string"],
                partners,
                lambda p, date=date: format_date(self.env, p[date]) if p[date] else "",
            )
        yield self._get_row(
            "categories",
            _("Categories"),
            partners,
            lambda p: ", ".join(p.category_id.mapped("name")),
        )
        yield self._get_row(
            "formers",
            _("Former References"),
            partners,
            lambda p: p.client_former_references,
        )
        contacts = self._count("client.contact", "client_id", partners)
        yield self._get_row("contacts", _("Contacts"), partners, contacts.get)
        yield self._get_row(
            "contact_of", _("Contact Of"), partners, self._get_clients(partners).get
        )
        if self.env["account.move"].has_access("read"):
            invoices = self._count("account.move", "partner_id", partners)
            yield self._get_row("invoices", _("Invoices"), partners, invoices.get)

    @api.model
    def _get_row(self, key, name, partners, text):
        cells = [str(text(partner) or "") for partner in partners]
        return {"key": key, "name": name, "cells": cells}

    @api.model
    def _get_clients(self, partners):
        """:return: dict: person -> names of the clients that they are a contact of"""
        lines = self.env["client.contact"].search([("contact_id", "in", partners.ids)])
        return {
            person: ", ".join(filter(None, own.mapped("client_id.name")))
            for person, own in lines.grouped("contact_id").items()
        }

    @api.model
    def _count(self, model, field, partners):
        domain = [(field, "in", partners.ids)]
        return dict(self.env[model]._read_group(domain, [field], ["__count"]))

    @api.model
    def _get_text(self, partner, key, fields_):
        """:return: str, the value of one client in a row"""
        texts = [_text(partner, name) for name in fields_ if name in partner._fields]
        if key == "name":
            return texts[0]
        if key == "address":
            street, street2, zip_code, city, state, country = texts
            lines = (street, street2, f"{zip_code} {city}".strip(), state, country)
            return "\n".join(filter(None, lines))
        return ", ".join(filter(None, texts))

    # Fields that cannot be chosen

    @api.model
    def _get_other_fields(self, partners):
        """The fields that are shown though they cannot be chosen.

        :return: dict: name of a stored field that the user may read -> its label;
            overridden to leave out fields that mean nothing to users
        """
        chosen = {
            n for _, names in partners._get_client_merge_rows().values() for n in names
        }
        wizard = self.env["base.partner.merge.automatic.wizard"]
        unseen = UNSEEN | chosen | COUNTED | {*wizard._get_summable_fields()}
        return {
            name: described["string"]
            for name, described in partners.fields_get(attributes=["string"]).items()
            if name not in unseen and _is_decided(partners._fields[name])
        }

    @api.model
    def _get_others(self, partners):
        names = self._get_other_fields(partners)
        fields_ = [partners._fields[name] for name in names]
        partners = partners.with_context(bin_size=True)
        # All fields at once, for all partners.
        partners.fetch([field.name for field in fields_ if field.column_type])
        own = self._get_own_values(
            partners, [f for f in fields_ if f.company_dependent]
        )
        for field in fields_:
            cells = []
            for partner in partners:
                # A default shared by all partners is not a value of any of them.
                is_own = field.name in own.get(partner.id, (field.name,))
                text = (
                    self._get_text(partner, field.name, [field.name]) if is_own else ""
                )
                cells.append((text, bool(is_own and partner[field.name])))
            row = self._prepare_row(field.name, names[field.name], cells)
            # Odoo does not merge computed fields.
            yield {**row, "stays": bool(field.compute)}

    @api.model
    def _get_own_values(self, partners, fields_):
        """Find partners with a separate value for fields with a default per company.

        :param fields_: list of fields that depend on the company
        :return: dict: id -> set of the names of the fields with a separate value, and
            of all fields that do not depend on the company
        """
        if not (fields_ and partners):
            return {}
        partners.flush_recordset([field.name for field in fields_])
        key = str(self.env.company.id)
        has_own = SQL(", ").join(
            SQL("jsonb_exists(%s, %s)", SQL.identifier(field.name), key)
            for field in fields_
        )
        rows = self.env.execute_query(
            SQL("SELECT id, %s FROM res_partner WHERE id IN %s", has_own, partners._ids)
        )
        shared = partners._fields.keys() - {field.name for field in fields_}
        return {
            partner_id: shared
            | {f.name for f, has in zip(fields_, found, strict=True) if has}
            for partner_id, *found in rows
        }

    @api.model
    def _get_other_labels(self, partners):
        """:return: the rows of Odoo's own properties"""
        for field in partners._get_client_merge_properties():
            definition = field._get_properties_definition(partners[:1])
            stored = [partner[field.name]._values or {} for partner in partners]
            prefix = PREFIX.replace("client_properties", field.name)
            yield from self._get_property_rows(prefix, definition, stored)


def _text(partner, name):
    """:return: str, the value of a field as a user reads it"""
    field, value = partner._fields[name], partner[name]
    if field.type in ("many2one", "reference"):
        # Superuser: as everywhere in Odoo, users who see a record see the names of its
        # linked records.
        return value.sudo().display_name or "" if value else ""
    if field.type == "selection":
        return dict(field._description_selection(partner.env)).get(value, "")
    if field.type == "boolean":
        return partner.env._("Yes") if value else partner.env._("No")
    if field.type == "html":
        return html_to_text(value)
    if field.type == "date":
        return format_date(partner.env, value)
    if field.type == "datetime":
        return format_datetime(partner.env, value)
    if field.type == "binary":
        # With bin_size in the context, which the comparison sets, it is a size.
        return value.decode() if value else ""
    return str(value or "")


def _is_decided(field):
    """:return: bool, whether a merge keeps one value of the field and drops others"""
    return (
        field.store
        and field.type not in (*LINKS, "properties", "json")
        and not (field.compute and field.readonly)
    )
