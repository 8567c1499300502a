from odoo import api, models
from odoo.exceptions import UserError

from .report_client_extension_client_sheet import get_print_values, get_printed_clients

#: Clients of one file: beyond, a file takes longer to print than a request may last.
MOST_CLIENTS = 2000


class ReportClientExtensionClientList(models.AbstractModel):
    """Clients on paper, by business unit: those selected, or all of a filter."""

    _name = "report.client_extension.client_list"
    _description = "Client List"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:return: dict for the template: ``units``, a list of pairs name of the unit,
        rows (see :meth:`_get_row`), ``columns``, ``count`` and ``printed``
        :raise UserError: for more clients than fit in one file
        """
        clients = get_printed_clients(self.env, docids)
        if len(clients) > MOST_CLIENTS:
            raise UserError(
                self.env._(
                    "You selected %(count)s clients. Print at most %(most)s at once: "
                    "filter them, for example by business unit, or export them.",
                    count=len(clients),
                    most=MOST_CLIENTS,
                )
            )
        values = get_print_values(clients.env)
        return {
            **values,
            "printed": clients.env._(
                "Clients: %(count)s. Printed on %(date)s by %(user)s.",
                count=len(clients),
                date=values["printed_on"],
                user=values["printed_by"],
            ),
            "units": self._get_units(clients),
            "columns": self.with_env(clients.env)._get_columns(),
            "count": len(clients),
        }

    @api.model
    def _get_columns(self):
        """What the columns of the list show.

        :return: list of dicts with ``label``, ``width`` (per cent; 97 in all) and
            ``fields``, keys of :meth:`_get_row` that stand below each other; overridden
            to show more
        """
        return [
            {"label": label, "width": width, "fields": fields}
            for label, width, fields in (
                (self.env._("Reference"), 8, ["ref"]),
                (self.env._("Name"), 20, ["name"]),
                (self.env._("Status"), 7, ["status"]),
                (self.env._("Type"), 9, ["type"]),
                (self.env._("Client Manager"), 11, ["manager"]),
                (self.env._("City"), 13, ["place"]),
                (self.env._("Phone"), 11, ["phone"]),
                (self.env._("Email, Main Contact"), 18, ["email", "contact"]),
            )
        ]

    @api.model
    def _get_units(self, clients):
        """:return: list of pairs: name of a unit, list of rows; by name, clients
        without a unit at the end"""
        names = dict(
            clients._fields["client_status"]._description_selection(clients.env)
        )
        # Only of persons that the user may read, looked at all at once.
        mains = clients.client_main_contact_id._filtered_access("read")
        units = {}
        for client in clients.sorted(lambda one: (one.complete_name or "").casefold()):
            # Superuser: only its name is read, which Odoo shows to every user who can
            # read the client.
            unit = client.client_business_unit_id.sudo().complete_name or ""
            row = self._get_row(client)
            row["status"] = names.get(client.client_status, "")
            row["contact"] = (client.client_main_contact_id & mains).name or ""
            units.setdefault(unit, []).append(row)
        none = clients.env._("No Business Unit")
        by_name = sorted(units, key=lambda unit: (not unit, unit.casefold()))
        return [(unit or none, units[unit]) for unit in by_name]

    @api.model
    def _get_row(self, client):
        """What the list shows of one client.

        :return: dict with ``name``, ``ref``, ``type``, ``manager``, ``place``,
            ``phone`` and ``email``; overridden to show more. Its status and main
            contact are added.
        """
        town = " ".join(filter(None, [client.zip, client.city]))
        return {
            "name": client.display_name,
            "ref": client.ref or "",
            # Superuser: as for the name of the unit.
            "type": client.client_type_id.sudo().name or "",
            "manager": client.user_id.sudo().name or "",
            "place": ", ".join(filter(None, [town, client.country_id.name])),
            "phone": client.phone or client.mobile or "",
            "email": client.email or "",
        }
