from odoo import api, fields, models
from odoo.exceptions import UserError

from ..importer.rows.columns import FIGURE

#: answers that are the defaults of the next dialog of the same user
KEPT = ("file_format", "separator", "other_separator", "encoding", "columns")


class ClientExportWizard(models.TransientModel):
    """The options of an export of clients; a controller creates the file."""

    _name = "client.export.wizard"
    _description = "Export Clients"

    scope = fields.Selection(
        [
            ("list", "Clients in the list"),
            ("selection", "Selected clients"),
            ("all", "All clients"),
        ],
        string="Clients",
        required=True,
        default="list",
    )
    with_archived = fields.Boolean("Include Archived Clients")
    file_format = fields.Selection(
        [("csv", "CSV"), ("xlsx", "XLSX")], string="File", required=True, default="csv"
    )
    separator = fields.Selection(
        [
            (";", "Semicolon ;"),
            (",", "Comma ,"),
            ("\t", "Tab"),
            ("|", "Vertical bar |"),
            ("other", "Another character"),
        ],
        required=True,
        default=";",
    )
    other_separator = fields.Char(size=1)
    encoding = fields.Selection(
        [
            ("utf-8-sig", "UTF-8, suitable for spreadsheets"),
            ("utf-8", "UTF-8 without byte order mark"),
            ("utf-16", "UTF-16"),
            ("cp1252", "Windows, Western Europe (cp1252)"),
        ],
        required=True,
        default="utf-8-sig",
        help="Characters that cp1252 does not support are replaced by question marks.",
    )
    # A dict, as an empty list would not count as a value: {"chosen": [headers]}
    columns = fields.Json()
    column_choices = fields.Json(compute="_compute_column_choices")
    list_domain = fields.Json()
    selected_ids = fields.Json()
    selected_count = fields.Integer(compute="_compute_selected_count")
    company_ids = fields.Many2many("res.company")

    @api.depends("selected_ids")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard.selected_ids or [])

    @api.depends_context("uid", "lang")
    def _compute_column_choices(self):
        self.column_choices = self.env["client.export"]._get_column_choices()

    # Actions

    @api.model
    def action_open(self, domain=(), ids=()):
        """Open the dialog to export from an open list.

        :param domain: the domain of the list
        :param ids: the clients selected in it, if any
        :return: an action
        """
        export = self.env["client.export"]
        export._check_export_right()
        export._parse_domain(domain)
        self._check_selected(ids)
        wizard = self.create(
            {
                "scope": "selection" if ids else "list",
                "list_domain": domain,
                "selected_ids": ids,
                "company_ids": [fields.Command.set(self.env.companies.ids)],
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.client_export_wizard_action"
        )
        return {**action, "res_id": wizard.id, "views": [(False, "form")]}

    def action_export(self):
        """Raise possible errors now, then let the browser download the file."""
        export, wanted = self._get_export()
        export.iter_file(**wanted)
        domain = export._parse_domain(wanted["domain"])
        if not export.env["res.partner"].search(domain, limit=1, order="id"):
            raise UserError(
                self.env._(
                    "There are no clients to export. Change the filter or the "
                    "selection."
                )
            )
        self._keep_answers()
        return {
            "type": "ir.actions.client",
            "tag": "client_extension.download",
            "params": {"url": f"/client_extension/export/{self.id}"},
        }

    def _get_export(self):
        """:return: pair (``client.export`` in the right context, parameters of its
        ``iter_file``)"""
        self.ensure_one()
        context = {
            "allowed_company_ids": self.company_ids.ids or self.env.companies.ids
        }
        # Archived clients selected by hand are exported.
        every = self.scope == "all" and self.with_archived
        context["active_test"] = not (every or self.scope == "selection")
        return self.env["client.export"].with_context(**context), self._prepare_export()

    def _prepare_export(self):
        """The answers as parameters of ``client.export.iter_file``.

        :return: dict; overridden where an add-on adds options
        """
        wanted = {
            "file_format": self.file_format,
            "domain": self._get_domain(),
            "columns": self._get_columns(),
        }
        if self.file_format == "csv":
            other = self.separator == "other"
            wanted["delimiter"] = (
                (self.other_separator or "") if other else self.separator
            )
            wanted["encoding"] = self.encoding
        return wanted

    def _get_domain(self):
        if self.scope == "selection":
            selected = self.selected_ids or []
            self._check_selected(selected)
            return [("id", "in", selected)]
        return (self.list_domain or []) if self.scope == "list" else []

    def _check_selected(self, ids):
        """:raise UserError: when they are not a list of ids"""
        is_list = isinstance(ids, list | tuple)
        if not is_list or not all(type(client_id) is int for client_id in ids):
            raise UserError(self.env._("Select the clients in the list."))

    def _get_columns(self):
        """:return: list of headers in the order of the file, None for all of them"""
        chosen = self.columns.get("chosen") if isinstance(self.columns, dict) else None
        if not isinstance(chosen, list):
            return None
        available = self.env["client.export"]._get_all_columns()
        return [header for header in available if header in chosen]

    def _keep_answers(self):
        """Save the answers as defaults for the next time."""
        defaults = self.env["ir.default"]
        available = self.env["client.export"]._get_all_columns()
        usual = [header for header in available if not header.startswith(FIGURE)]
        for name in KEPT:
            value = self[name]
            if name == "columns" and self._get_columns() == usual:
                # Labels that are added later are part of all columns.
                value = False
            defaults.set(self._name, name, value, user_id=True)
