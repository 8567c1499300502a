from odoo import api, models

from ....importer.rows.columns import sketch_columns
from ....importer.rows.plan import UPDATES
from ....importer.rows.resolve import (
    columns_in_doubt,
    drop_problems,
    resolve_state,
    resolve_twins,
)
from ....importer.text.fold import fold_header


class ClientImportResolve(models.AbstractModel):
    """Interprets cells by the stored values of the client, before rows are planned."""

    _name = "client.import.resolve"
    _description = "Stored Values of Client Imports"

    @api.model
    def _resolve(self, walk, rows, index):
        """Find states in the country of the client, and drop the problems of cells that
        match what is stored.

        :param walk: ``ImportContext`` of the file
        :param rows: list of ``importer.types.CleanRow``, each reference only once
        :param index: ``importer.types.Index`` of their references
        :return: list of the rows, in the same order
        """
        if walk.plan_options.mode not in UPDATES:
            return rows
        if "state" in walk.columns.keys:
            rows = [self._resolve_state(walk, row, index) for row in rows]
        if walk.lookups.twins:
            rows = [self._resolve_twins(walk, row, index) for row in rows]
        clients = {
            row.reference: found[0]
            for row in rows
            if row.problems and not row.is_unusable
            for found in (index.get(row.reference, ()),)
            if len(found) == 1 and not found[0].is_hidden
        }
        return self._drop_problems(walk, rows, clients) if clients else rows

    @api.model
    def _resolve_state(self, walk, row, index):
        found = index.get(row.reference, ())
        known = walk.ledger.partners.get(row.reference) or (
            found[0] if len(found) == 1 else None
        )
        country = known and known.values.get("country")
        options = walk.clean_options
        return resolve_state(row, walk.columns, walk.lookups, options, country)

    @api.model
    def _resolve_twins(self, walk, row, index):
        found = index.get(row.reference, ())
        known = walk.ledger.partners.get(row.reference) or (
            found[0] if len(found) == 1 else None
        )
        return resolve_twins(row, walk.lookups, known) if known else row

    @api.model
    def _drop_problems(self, walk, rows, clients):
        """:param clients: dict: reference of a row with a problem -> ``Candidate``"""
        concerned = [row for row in rows if row.problems and row.reference in clients]
        targets = {
            target.header: target
            for row in concerned
            for target in columns_in_doubt(row, walk.columns)
        }
        ids = [clients[row.reference].id for row in concerned]
        spelled = self._get_spelled(ids, targets.values())
        return [
            drop_problems(
                row,
                walk.columns,
                (client, walk.ledger.partners.get(row.reference, client)),
                spelled[client.id],
            )
            if row.problems and (client := clients.get(row.reference))
            else row
            for row in rows
        ]

    @api.model
    def _get_spelled(self, ids, targets):
        """What an export would write for some clients.

        :param ids: list of ids of ``res.partner``
        :param targets: iterable of ``importer.types.Target``
        :return: dict: id -> dict: header in the file -> text
        """
        # In all companies of the user, as a file may have been exported.
        export = self.env["client.export"].with_context(
            allowed_company_ids=list(self.env.user._get_company_ids())
        )
        readers = export._get_readable_columns(export._get_client_export_columns())
        keys = sketch_columns(
            tuple(readers), self.env["client.import.columns"]._get_import_columns()
        )
        by_key = {
            (target.role, fold_header(target.key)): read
            for target, read in zip(keys.targets, readers.values(), strict=True)
        }
        partners = export.env["res.partner"].browse(ids)
        texts = {partner_id: {} for partner_id in ids}
        for target in targets:
            read = by_key.get((target.role, fold_header(target.key)))
            cells = read(partners) if read else [""] * len(ids)
            for partner_id, text in zip(ids, cells, strict=True):
                texts[partner_id][target.header] = text
        return texts
