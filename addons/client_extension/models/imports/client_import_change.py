from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..labels.res_partner_properties import PROPERTIES

#: clients that are undone together
CHUNK = 500


class ClientImportChange(models.Model):
    """What an import changed on one client, and what its undo did about it."""

    _name = "client.import.change"
    _description = "Import Change"
    _order = "id"
    _rec_name = "label"
    # One row per client and import: the import itself has the user and the date.
    _log_access = False

    import_id = fields.Many2one(
        "client.import",
        string="Client Import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Client", index="btree_not_null", ondelete="set null"
    )
    partner_key = fields.Integer(
        required=True,
        export_string_translation=False,
        help="The contact that the import created or updated, even if it has "
        "been merged into another one since.",
    )
    partner_merged = fields.Boolean(
        export_string_translation=False,
        help="Merged since the import. An undo cannot separate merged contacts.",
    )
    label = fields.Char(string="Name", help="The name at the time of the import.")
    kind = fields.Selection(
        [("created", "New Client"), ("updated", "Updated Client")],
        string="Type",
        required=True,
    )
    old_values = fields.Json(export_string_translation=False)
    new_values = fields.Json(export_string_translation=False)
    # For a file with main contacts: the contact, and its former values.
    contact_values = fields.Json(export_string_translation=False)
    values_cleared = fields.Boolean(
        export_string_translation=False,
        help="The values were deleted, along with the client or on request.",
    )
    # Undo
    outcome = fields.Selection(
        [
            ("restored", "Restored"),
            ("deleted", "Deleted"),
            ("archived", "Archived"),
            ("kept", "Kept"),
        ],
        string="Undo Result",
    )
    reason_code = fields.Char(export_string_translation=False)
    reason_params = fields.Json(export_string_translation=False)
    reason = fields.Char(compute="_compute_reason")

    _pending_idx = models.Index("(import_id, id) WHERE outcome IS NULL")
    # The lines that have values of a person who is deleted.
    _person_idx = models.Index(
        "((contact_values->>'person')) WHERE contact_values IS NOT NULL"
    )

    @api.depends("reason_code", "reason_params")
    @api.depends_context("lang")
    def _compute_reason(self):
        sentences = self._get_reasons()
        fields_ = self.env["res.partner"].fields_get(attributes=["string"])
        for change in self:
            params = dict(change.reason_params or {})
            params["fields"] = self._get_field_names(params.get("fields"), fields_)
            params["models"] = self._get_model_names(params.get("models"))
            sentence = sentences.get(change.reason_code, change.reason_code or "")
            change.reason = sentence and sentence % {"reason": "", **params}

    # Actions

    def action_open_client(self):
        """Open the client of this line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "client_extension.res_partner_action"
        )
        forms = [view for view in action["views"] if view[1] == "form"]
        return {**action, "res_id": self.partner_id.id, "views": forms}

    # What is left to undo

    @api.model
    def _count_pending(self, client_import):
        """:return: int, number of lines of an import that have no outcome yet"""
        # Superuser: the import was checked, and its change log goes with it.
        return self.sudo().search_count(_get_pending_domain(client_import))

    @api.model
    def _get_next(self, client_import, size=None):
        """The next lines to undo: the last ones first, each client only once.

        :param client_import: the ``client.import``
        :param size: int, number of lines at most; None for as many as possible
        :return: ``client.import.change`` recordset
        """
        # Superuser: the import was checked, and its change log goes with it.
        domain = _get_pending_domain(client_import)
        found = self.sudo().search(
            domain, order="id desc", limit=min(size or CHUNK, CHUNK)
        )
        seen, ids = set(), []
        for change in found:
            if change.partner_key in seen:
                break
            seen.add(change.partner_key)
            ids.append(change.id)
        return self.browse(ids)

    def _keep_slow(self):
        """Keep clients whose undo takes longer than the server allows."""
        # Superuser: users have no write access to the change log.
        self.sudo().write({"outcome": "kept", "reason_code": "time"})

    @api.model
    def _get_pending_ids(self, imports):
        """Which imports have changes, or created names, that no undo has processed yet.

        :param imports: ``client.import`` records that the user can read
        :return: set of ids
        """
        self.flush_model(["import_id", "outcome"])
        self.env["client.import.name"].flush_model(["import_id", "outcome"])
        # One index lookup for each: the number of changes does not matter.
        self.env.cr.execute(
            SQL(
                """
                SELECT i.id
                  FROM unnest(%s::int[]) AS i(id)
                 WHERE EXISTS (SELECT 1
                                 FROM client_import_change AS c
                                WHERE c.import_id = i.id AND c.outcome IS NULL)
                    OR EXISTS (SELECT 1
                                 FROM client_import_name AS n
                                WHERE n.import_id = i.id AND n.outcome IS NULL)
                """,
                imports._origin.ids,
            )
        )
        return {import_id for (import_id,) in self.env.cr.fetchall()}

    # Retention

    @api.model
    def _get_persons_domain(self, ids):
        """:param ids: list of ids of ``res.partner``
        :return: ``Domain`` of the lines that have values of one of them as a contact"""

        def to_sql(changes, alias, query):
            values = changes._field_to_sql(alias, "contact_values", query)
            # The text, as in the index.
            return SQL("%s->>'person' = ANY(%s)", values, [str(id_) for id_ in ids])

        return Domain("contact_values", "!=", False) & Domain.custom(to_sql=to_sql)

    def _clear_values(self):
        """Delete the names and values of clients; kind and outcome stay.

        The ids of a contact stay as well: an undo needs them for the lines of others.
        """
        self._clear_columns(
            SQL(
                "label = NULL, old_values = NULL, new_values = NULL,"
                " values_cleared = TRUE,"
            )
        )

    def _clear_contact_values(self):
        """Delete the values of the contacts of clients."""
        self._clear_columns(SQL())

    def _clear_columns(self, more):
        self.flush_recordset()
        # SQL: a client can be in the change logs of hundreds of imports.
        self.env.cr.execute(
            SQL(
                """
                UPDATE client_import_change
                   SET %s contact_values = contact_values || '{"old": {}, "new": {}}'
                 WHERE id = ANY(%s)
                """,
                more,
                self.ids,
            )
        )
        self.invalidate_recordset()

    # Tools

    def _is_swallowed(self):
        """:return: bool, whether this client was merged into another one

        The client that a merge kept can get its old values back, but is no longer what
        the import created.
        """
        self.ensure_one()
        other = self.partner_id.id != self.partner_key
        return other or (self.partner_merged and self.kind == "created")

    @api.model
    def _get_reasons(self):
        """The sentences that say why an undo was incomplete.

        :return: dict: code -> str with named placeholders; overridden by bridges that
            have reasons of their own
        """
        _ = self.env._
        return {
            "changed": _("Changed since the import: %(fields)s."),
            "used": _("In use: %(models)s."),
            "refused": _("Blocked by Odoo: %(reason)s"),
            "access": _("You are not allowed to change this client."),
            "gone": _("Deleted since the import."),
            "time": _(
                "Undoing this client took longer than the server allows for a "
                "background job."
            ),
            "merged": _("Merged with another record since the import."),
            "cleared": _("Its former values have been deleted."),
        }

    @api.model
    def _get_field_names(self, names, fields_):
        """:return: str, the names of the fields and labels shown to the user"""
        labels = {}
        if any(name.startswith(f"{PROPERTIES}.") for name in names or ()):
            definition = self.env["res.partner"]._get_client_properties_definition()
            labels = {
                f"{PROPERTIES}.{item['name']}": item.get("string")
                for item in definition.properties_definition or []
            }
        found = (
            labels.get(name) or fields_.get(name, {}).get("string") or name
            for name in names or ()
        )
        return ", ".join(dict.fromkeys(found))

    @api.model
    def _get_model_names(self, names):
        """:return: str, the names of the document types shown to the user"""
        # Superuser: the names of models are not confidential.
        known = self.env["ir.model"].sudo()
        found = (known._get(name).name or name for name in names or ())
        return ", ".join(dict.fromkeys(found))


def _get_pending_domain(client_import):
    return [("import_id", "=", client_import.id), ("outcome", "=", False)]
