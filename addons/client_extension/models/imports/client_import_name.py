from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.halves import in_halves

#: names of kept records that a sentence lists at most
NAMED = 5


class ClientImportName(models.Model):
    """A label, a category, a source or another name that an import created.

    The undo of that import deletes it, unless somebody else uses it by then, or has
    edited it.
    """

    _name = "client.import.name"
    _description = "Name Created by an Import"
    _order = "id"
    # One row per name and import: the import itself has the user and the date.
    _log_access = False

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    model = fields.Char(required=True, export_string_translation=False)
    # Not a link: it would count as a use of the record.
    record_key = fields.Integer(required=True, export_string_translation=False)
    written_at = fields.Datetime(
        export_string_translation=False,
        help="When the record was last written by the import: later means by hand.",
    )
    outcome = fields.Selection(
        [("deleted", "Deleted"), ("kept", "Kept")], string="Undo Result"
    )

    # While an import creates them

    @api.model
    def _note(self, client_import, created):
        """Note what an import created.

        :param client_import: the ``client.import``
        :param created: list of pairs (name of a model, id of the new record)
        """
        ids = {}
        for model, record_id in created:
            ids.setdefault(model, []).append(record_id)
        for model, record_ids in ids.items():
            records = self.env[model]
            records.flush_model()
            # The date as PostgreSQL has it: the ORM leaves out fractions of a second.
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO client_import_name
                           (import_id, model, record_key, written_at)
                    SELECT %s, %s, id, write_date FROM %s
                     WHERE id = ANY(%s) ORDER BY id
                    """,
                    client_import.id,
                    model,
                    SQL.identifier(records._table),
                    record_ids,
                )
            )

    # Undo

    @api.model
    def _get_next(self, client_import, size=None):
        """The names that an undo looks at next, once its clients are undone.

        :param client_import: the ``client.import``
        :param size: int, number of names at most; None for all of one model
        :return: ``client.import.name`` records of one model, in superuser mode
        """
        # Superuser: importers can neither see these notes nor delete labels,
        # categories or sources. The undo was checked; what it deletes was created by
        # this import, is as it was then, and nothing refers to it.
        found = self.sudo().search(
            [("import_id", "=", client_import.id), ("outcome", "=", False)],
            order="model, id",
            limit=size,
        )
        return found.filtered(lambda name: name.model == found[0].model)

    def _delete_unused(self):
        """Delete what these notes, all of one model, are about and nobody else uses."""
        if self[0].model not in self.env:
            self.outcome = "kept"
            return
        there = set(self._get_records().exists().ids)
        gone = self.filtered(lambda name: name.record_key not in there)
        gone.outcome = "deleted"
        free = (self - gone)._get_unused()
        (self - gone - free).outcome = "kept"
        free._delete_records()

    def _keep_slow(self):
        """Keep what takes longer to delete than the server allows."""
        self.outcome = "kept"

    def _get_unused(self):
        """:return: those whose record was not written since, and is not used"""
        same = self._get_unedited()
        if not same:
            return same
        used = self.env["client.import.usage"]._get_used(same._get_records())
        return same.filtered(lambda name: name.record_key not in used)

    def _delete_records(self):
        """Delete the records of one model; those that an app protects are kept."""

        def delete(part):
            # Superuser: see :meth:`_get_next`.
            part._get_records().sudo().unlink()
            self.env.flush_all()

        for part, _result, error in in_halves(self.env.cr, self, delete):
            part.outcome = "kept" if error else "deleted"

    def _get_unedited(self):
        """:return: those whose record was not written since"""
        if not self:
            return self
        records = self.env[self[0].model]
        records.flush_model()
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT n.id
                  FROM client_import_name AS n
                  JOIN %s AS r ON r.id = n.record_key
                 WHERE n.id = ANY(%s) AND r.write_date IS NOT DISTINCT FROM n.written_at
                """,
                SQL.identifier(records._table),
                self.ids,
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())

    def _get_records(self):
        """:return: recordset of the records of these notes, all of one model"""
        return self.env[self[0].model].browse(self.mapped("record_key"))

    @api.model
    def _get_undone_sentence(self, client_import):
        """:return: str, which names an undo deleted and kept; empty if there were
        none"""
        # Superuser: names of labels, categories and sources are not confidential.
        names = self.sudo().search([("import_id", "=", client_import.id)])
        kept = names.filtered(lambda name: name.outcome == "kept")
        if not (kept or names.filtered("outcome")):
            return ""
        sentence = self.env._(
            "Labels, categories and other names deleted: %(deleted)s, kept: %(kept)s.",
            deleted=len(names.filtered(lambda name: name.outcome == "deleted")),
            kept=len(kept),
        )
        if not kept:
            return sentence
        reason = self.env._(
            "Kept because they are used, were edited since or cannot be deleted: %s.",
            kept._get_names(),
        )
        return f"{sentence} {reason}"

    def _get_names(self):
        """:return: str, the first names, with an ellipsis if there are more"""
        texts = []
        for model, noted in self[:NAMED].grouped("model").items():
            if model in self.env:
                texts += noted._get_records().exists().mapped("display_name")
        named = ", ".join(f"“{text}”" for text in texts)
        return f"{named}, …" if len(self) > NAMED else named
