from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.imports.client_import_mapping import get_answers


class ClientImportWizard(models.TransientModel):
    """The questions that are asked before a file of clients is imported."""

    _name = "client.import.wizard"
    _inherit = "client.import.asked"
    _description = "Import Clients"

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    separator = fields.Selection(
        [
            (";", "Semicolon ;"),
            (",", "Comma ,"),
            ("\t", "Tab"),
            ("|", "Vertical bar |"),
            ("other", "Another character"),
        ],
        help="What stands between the cells. Leave it empty and it is found by itself.",
    )
    other_separator = fields.Char(size=1)
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows, Western Europe (cp1252)"),
            ("iso-8859-15", "Latin-9 (ISO 8859-15)"),
            ("utf-16", "UTF-16"),
        ],
        help="How accents are written in the file. Leave it empty and it is found by "
        "itself.",
    )
    mode = fields.Selection(
        selection="_get_modes", required=True, default="create_update"
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Categories",
        help="Every client of the file gets these, besides those that it has.",
    )
    business_unit_id = fields.Many2one(
        "client.business.unit",
        help="For the clients of the file that have no business unit.",
    )
    default_status = fields.Selection(
        selection="_get_statuses",
        string="Status of New Clients",
        required=True,
        default="client",
        help="Unless the file has a column that says it.",
    )
    clear_empty = fields.Boolean(
        string="Empty Cells Clear",
        help="An empty cell empties the field of the client. Otherwise it leaves the "
        "field as it is.",
    )
    warn_cells = fields.Boolean(
        string="Leave Bad Cells Out",
        help="A cell that cannot be taken is left out with a warning. Otherwise its "
        "row is rejected.",
    )

    @api.model
    def _get_modes(self):
        # The one that most imports want comes first.
        modes = self._get_import_selection("mode")
        return sorted(modes, key=lambda mode: mode[0] != "create_update")

    @api.model
    def _get_statuses(self):
        return self._get_import_selection("default_status")

    @api.model
    def _get_import_selection(self, name):
        return self.env["client.import"]._fields[name]._description_selection(self.env)

    is_shared = fields.Boolean(
        string="Shared between Companies",
        default=lambda self: self.env["client.import"]._default_is_shared(),
        help="New clients belong to no company in particular.",
    )
    problem = fields.Char(export_string_translation=False)

    @api.onchange("file", "separator", "other_separator", "encoding")
    def _onchange_file(self):
        """What was said of the last try does not hold for this one."""
        self.problem = False

    # Actions

    def action_check(self):
        """Say what an import would do: at once, for a long file in the background."""
        client_import = self._create_import()
        client_import.action_check()
        return self._show(client_import)

    def action_import(self):
        """Import the file: at once when it is short, else in the background."""
        client_import = self._create_import()
        client_import.action_import()
        return self._show(client_import)

    def _create_import(self):
        """:return: a new ``client.import`` with the answers of this wizard"""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose the file to import first."))
        return self.env["client.import"].create(self._prepare_import())

    def _prepare_import(self):
        """The answers as values of the import.

        :return: dict for ``client.import``; overridden where an add-on asks more
        """
        other = self.separator == "other"
        return {
            "file": self.file,
            "file_name": self.file_name,
            "delimiter": self.other_separator if other else self.separator,
            "encoding": self.encoding,
            **get_answers(self),
        }

    def _show(self, client_import):
        """Open the import, or ask again with the reason why the file was refused."""
        if client_import.state == "failed":
            self.problem = client_import.problem_ids[:1].message
            # Superuser: importers keep their imports, but this one never began.
            client_import.sudo().unlink()
            return self._get_action("client_import_wizard_action", self.id)
        return self._get_action("client_import_action", client_import.id)

    @api.model
    def _get_action(self, name, res_id):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"client_extension.{name}"
        )
        return {**action, "res_id": res_id, "views": [(False, "form")]}
