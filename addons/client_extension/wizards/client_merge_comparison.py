from odoo import api, models
from odoo.tools.misc import format_date

from ..models.res_partner_additional_data import PROPERTIES
from ..models.res_partner_status import STATUS_DATES
from ..tools.cell_text import property_text
from ..tools.plain_text import html_to_text

#: what a row of the additional data is called in the choices
PREFIX = "client_properties."


class ClientMergeComparison(models.AbstractModel):
    """What clients have, side by side, in the words of the user."""

    _name = "client.merge.comparison"
    _description = "Comparison of Clients"

    @api.model
    def _compare(self, partners):
        """Compare clients.

        :param partners: ``res.partner`` recordset, the one to keep by default first
        :return: dict for the page: ``partners``, the list of what stands above each
            column; ``rows`` to choose from; ``carried``, rows in which nothing gets
            lost; each row a dict ``key, name, cells`` with a text for each partner
        """
        return {
            "partners": [self._prepare_column(partner) for partner in partners],
            "rows": [
                row
                for row in (*self._get_rows(partners), *self._get_labels(partners))
                if any(row["cells"])
            ],
            "carried": [
                row for row in self._get_carried(partners) if any(row["cells"])
            ],
        }

    @api.model
    def _prepare_column(self, partner):
        """:return: dict, what stands above the column of one client"""
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
                yield {"key": key, "name": names[key], "cells": cells}

    @api.model
    def _get_labels(self, partners):
        """:return: the rows of the additional data"""
        definition = partners._get_client_properties_definition()
        for item in definition.properties_definition or []:
            name = item["name"]
            cells = []
            for partner in partners:
                value = (partner[PROPERTIES]._values or {}).get(name)
                cells.append(self._get_label_text(item, value))
            yield {"key": PREFIX + name, "name": item.get("string"), "cells": cells}

    @api.model
    def _get_label_text(self, item, value):
        model = item.get("comodel")
        if model and model in self.env:
            records = self.env[model].browse(value or []).exists()
            names = records._filtered_access("read").mapped("display_name")
            return ", ".join(names)
        return property_text(item, value) or ""

    @api.model
    def _get_carried(self, partners):
        """What a merge puts together by itself.

        :return: iterable of rows; overridden to show what else is carried over
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
        if self.env["account.move"].has_access("read"):
            invoices = self._count("account.move", "partner_id", partners)
            yield self._get_row("invoices", _("Invoices"), partners, invoices.get)

    @api.model
    def _get_row(self, key, name, partners, text):
        cells = [str(text(partner) or "") for partner in partners]
        return {"key": key, "name": name, "cells": cells}

    @api.model
    def _count(self, model, field, partners):
        domain = [(field, "in", partners.ids)]
        return dict(self.env[model]._read_group(domain, [field], ["__count"]))

    @api.model
    def _get_text(self, partner, key, fields_):
        """:return: str, what one client has in a row"""
        texts = [_text(partner, name) for name in fields_ if name in partner._fields]
        if key == "name":
            return texts[0]
        if key == "address":
            street, street2, zip_code, city, state, country = texts
            lines = (street, street2, f"{zip_code} {city}".strip(), state, country)
            return "\n".join(filter(None, lines))
        return ", ".join(filter(None, texts))


def _text(partner, name):
    """:return: str, the value of a field as a user reads it"""
    field, value = partner._fields[name], partner[name]
    if field.type == "many2one":
        return value.display_name or ""
    if field.type == "selection":
        return dict(field._description_selection(partner.env)).get(value, "")
    if field.type == "boolean":
        return partner.env._("Yes") if value else partner.env._("No")
    if field.type == "html":
        return html_to_text(value)
    return str(value or "")
