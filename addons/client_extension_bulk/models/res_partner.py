import logging
from copy import deepcopy
from weakref import ref

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.client_extension.tools import code_origin
from odoo.addons.client_extension.tools.transient_error import is_transient

from ..tools.closure import Closure, get_index

_logger = logging.getLogger(__name__)

#: context key of one ``create()``; its value is an object, so that it cannot be sent
#: from outside
BULK = "client_import_bulk"
#: add-ons whose code for new partners was reviewed and works the same both ways
ADDONS = (
    *("account", "account_edi_ubl_cii", "account_peppol", "auth_signup", "base"),
    *("base_import", "base_vat", "bus", "calendar", "client_extension"),
    *("client_extension_bulk", "client_extension_calendar", "client_extension_crm"),
    *("client_extension_event", "client_extension_l10n_fr"),
    *("client_extension_project", "client_extension_purchase"),
    *("client_extension_queue", "client_extension_sale"),
    *("client_extension_snailmail", "contacts", "crm", "event", "hr", "hr_timesheet"),
    *("html_editor", "l10n_fr", "l10n_fr_account", "mail", "partner_autocomplete"),
    *("payment", "phone_validation", "portal", "privacy_lookup", "product"),
    *("project", "purchase", "resource", "sale", "sale_crm", "sale_project"),
    *("sale_timesheet", "sms", "snailmail", "snailmail_account", "utm", "web"),
)
KNOWN = (
    *("odoo.orm.", "odoo.tools."),
    *(f"odoo.addons.{name}.{kind}." for name in ADDONS for kind in ("models", "tools")),
)
#: methods that no other add-on may override
METHODS = (
    *("_add_missing_default_values", "_add_precomputed_values", "_compute_field_value"),
    *("_create", "_create_imported", "_prepare_create_values", "_validate_fields"),
    *("create", "default_get", "flush_recordset", "modified", "write", "_write_multi"),
)
#: name of a database -> (reference to its registry, index of the classes of all other
#: models): these do not change during the life of the registry
OTHERS = {}
#: minimum number of rows: with fewer, nothing is gained
LEAST = 20
#: number of rows that are created both ways for comparison
SAMPLE = 8


class Bulk:
    """The state of one bulk ``create()``; without fields, it is a plain one."""

    def __init__(self, fields=()):
        """:param fields: list of lists of fields that one method computes beforehand"""
        self.fields = fields
        #: ids of new records -> set of their fields that are already computed
        self.computed = {}
        #: kept alive, so that they are not created again for each record
        self.environments = []


class ResPartner(models.Model):
    """Creates the new clients of a chunk in bulk, where the result is certain to be
    the same.

    Odoo's own ``create()`` is used where an add-on overrides how partners are stored,
    and where the first clients of the chunk, which are created both ways, are not the
    same in all columns.
    """

    _inherit = "res.partner"

    @api.model
    def _create_imported(self, vals_list):
        if type(self.env.context.get(BULK)) is Bulk or len(vals_list) < LEAST:
            return super()._create_imported(vals_list)
        fields = self._get_precomputable_fields() if self._is_bulk_possible() else []
        right = fields and self._is_bulk_right(vals_list, fields)
        return self._create_by(Bulk(fields if right else ()), vals_list)

    @api.model
    def _is_bulk_possible(self):
        """:return: bool, whether only known code determines how a partner is stored"""
        return all(
            code_origin.is_defined_in(type(self), name, KNOWN) for name in METHODS
        )

    @api.model
    def _get_code_closure(self):
        """:return: the ``Closure`` of the current code of partners"""
        own = type(self).__mro__
        registry, others = OTHERS.get(self.pool.db_name, (None, None))
        if registry is None or registry() is not self.pool:
            classes = {cls for model in self.pool.values() for cls in model.__mro__}
            others = get_index(classes.difference(own))
            OTHERS[self.pool.db_name] = (ref(self.pool), others)
        return Closure(get_index(own), others, KNOWN, code_origin)

    @api.model
    def _create_by(self, bulk, vals_list):
        """Create clients one way or the other.

        :param bulk: ``Bulk``
        :param list vals_list: values of new partners
        :return: ``res.partner`` recordset
        """
        partners = self.with_context(**{BULK: bulk})._create_imported(vals_list)
        # These environments themselves refer to ``bulk``.
        bulk.environments.clear()
        return partners.with_env(self.env)

    @api.model
    def _get_bulk(self):
        """:return: the ``Bulk`` of this ``create()``, or None for a plain one"""
        bulk = self.env.context.get(BULK)
        return bulk if type(bulk) is Bulk and bulk.fields else None

    # Self-check

    @api.model
    def _is_bulk_right(self, vals_list, fields):
        """Whether a sample of the clients of a chunk is the same both ways.

        :param list vals_list: values of new partners
        :param list fields: what :meth:`_get_precomputable_fields` returned
        :return: bool
        """
        sample = self._get_bulk_sample(vals_list)
        try:
            plain = self._try_bulk(Bulk(), sample)
        except Exception as error:
            if is_transient(error):
                raise
            # A row that is refused is identified when it is written.
            return False
        try:
            stored = self._try_bulk(Bulk(fields), sample)
        except Exception as error:
            if is_transient(error):
                raise
            _logger.warning("Clients are imported the plain way: %s", error)
            return False
        keys = plain.keys() | stored.keys()
        if names := {key[1] for key in keys if plain.get(key) != stored.get(key)}:
            _logger.warning(
                "Clients are imported the plain way, in bulk they would differ in: %s",
                ", ".join(sorted(names)),
            )
        return not names

    @api.model
    def _get_bulk_sample(self, vals_list):
        """:return: list of the first values, and the first ones with other fields"""
        by_fields = {}
        for vals in vals_list:
            by_fields.setdefault(frozenset(k for k, v in vals.items() if v), vals)
        chosen = [*vals_list[: SAMPLE // 2], *by_fields.values()]
        return list({id(vals): vals for vals in chosen}.values())[:SAMPLE]

    @api.model
    def _try_bulk(self, bulk, sample):
        """Create some clients, and roll that back.

        :param bulk: ``Bulk``, how they are created
        :param list sample: values of new partners
        :return: dict: (number of the client, name of a column) -> what is stored
        """
        savepoint = self.env.cr.savepoint()
        try:
            partners = self._create_by(bulk, deepcopy(sample))
            self.env.flush_all()
            return partners._dump_stored()
        finally:
            savepoint.close(rollback=True)

    def _dump_stored(self):
        """:return: dict: (number of the client, name of a column) -> what is stored"""
        stored = [field for field in self._fields.values() if field.store]
        links = [
            SQL(
                "%(name)s, (SELECT jsonb_agg(r.%(other)s ORDER BY r.%(other)s)"
                " FROM %(table)s r WHERE r.%(own)s = p.id)",
                name=field.name,
                other=SQL.identifier(field.column2),
                table=SQL.identifier(field.relation),
                own=SQL.identifier(field.column1),
            )
            for field in stored
            if field.type == "many2many"
        ]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, to_jsonb(p) || jsonb_build_object(
                           '_children', (SELECT count(*) FROM res_partner c
                                          WHERE c.parent_id = p.id),
                           '_files', (SELECT count(*) FROM ir_attachment a
                                       WHERE a.res_model = 'res.partner'
                                         AND a.res_id = p.id),
                           %(links)s)
                  FROM res_partner p
                 WHERE p.id IN %(ids)s
                 ORDER BY p.id
                """,
                links=SQL(", ").join(links),
                ids=self._ids,
            )
        )
        # A default of an add-on may differ each time, in either way.
        apart = {field.name for field in stored if field.type == "datetime"}
        apart |= {"id", *self._get_changing_defaults()}
        own = {field.name for field in stored if field.type == "many2one"}
        return {
            (number, name): "itself" if name in own and value == row_id else value
            for number, (row_id, columns) in enumerate(rows)
            for name, value in columns.items()
            if name not in apart
        }
