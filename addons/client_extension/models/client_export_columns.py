from odoo import models
from odoo.exceptions import UserError

from ..importer.columns import FIGURE
from ..importer.fold import fold_header


class ClientExport(models.AbstractModel):
    """Which columns a file gets."""

    _inherit = "client.export"

    def _choose_columns(self, headers):
        """:return: dict header -> reader, of these headers in the order given"""
        if headers is None:
            return self._get_readable_columns(self._get_client_export_columns())
        known = {
            fold_header(header): (header, read)
            for header, read in self._get_all_columns().items()
        }
        unknown = [header for header in headers if fold_header(header) not in known]
        if unknown:
            raise UserError(
                self.env._("Clients have no column “%s” to export.", unknown[0])
            )
        if not headers:
            raise UserError(self.env._("Choose the columns to export."))
        return dict(known[fold_header(header)] for header in headers)

    def _get_all_columns(self):
        """:return: dict header -> reader, of all that this user may export"""
        figures = {
            f"{FIGURE} {name}": read
            for name, read in self._get_client_export_figures().items()
        }
        return self._get_readable_columns(self._get_client_export_columns() | figures)

    def _get_readable_columns(self, columns):
        """:return: the same dict without the fields that the user may not read"""
        partner = self.env["res.partner"]

        def readable(read):
            field = partner._fields.get(getattr(read, "field_name", None))
            return field is None or partner._has_field_access(field, "read")

        return {header: read for header, read in columns.items() if readable(read)}
