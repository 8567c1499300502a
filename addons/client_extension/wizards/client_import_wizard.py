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
        help="The character between two cells. Leave empty to detect it automatically.",
    )
    other_separator = fields.Char(size=1)
    encoding = fields.Selection(
        [
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows, Western Europe (cp1252)"),
            ("iso-8859-15", "Latin-9 (ISO 8859-15)"),
            ("utf-16", "UTF-16"),
        ],
        help="How accented characters are stored in the file. Leave empty to "
        "detect it automatically.",
    )
    mode = fields.Selection(
        selection="_get_modes", required=True, default="create_update"
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        string="Categories",
        help="Added to every client in the file, in addition to the categories "
        "it already has.",
    )
    business_unit_id = fields.Many2one(
        "client.business.unit",
        help="Assigned to clients in the file that have no business unit.",
    )
    default_status = fields.Selection(
        selection="_get_statuses",
        string="Status of New Clients",
        required=True,
        default="client",
        help="Used unless the file gives a status.",
    )
    clear_empty = fields.Boolean(
        string="Overwrite with Empty Cells",
        help="An empty cell clears the field of the client. Otherwise, the "
        "field keeps its value.",
    )
    warn_cells = fields.Boolean(
        string="Ignore Invalid Cells",
        help="Invalid cells are ignored with a warning. Otherwise, their rows "
        "are rejected.",
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
        help="New clients are shared between all companies.",
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
            raise UserError(self.env._("Select the file to import first."))
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
