from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.code_origin import get_functions, get_names, is_defined_in, is_written_in
from ....tools.create_cache import CreateCache, copied

#: context key of one ``create()`` of an import; its value is an object, so that it
#: cannot be sent from outside
CREATE_CACHE = "client_import_create_cache"
ORM = ("odoo.orm.",)
#: whose code is known, and does the same for each new record of a chunk
KNOWN = (
    *ORM,
    "odoo.addons.account.models.",
    "odoo.addons.account_edi_ubl_cii.models.",
    "odoo.addons.base.models.",
    "odoo.addons.client_extension.models.",
    "odoo.addons.mail.models.",
)


class ResPartner(models.Model):
    """Creates the new clients of a chunk with Odoo's own ``create()``.

    What the ORM computes again for each of them, though the result is always the same,
    is computed once per chunk. None of this applies outside an import, and each part
    is skipped where an add-on overrides the method.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_import_change_ids = fields.One2many(
        "client.import.change",
        "partner_id",
        string="Changes by Imports",
        copy=False,
        groups="client_extension.group_client_importer",
        export_string_translation=False,
    )

    @api.model
    def _create_imported(self, vals_list):
        """Create the new clients of one chunk of an import.

        :param list vals_list: values of new partners
        :return: ``res.partner`` recordset, in the same order; overridden by add-ons
            that store many clients in another way
        """
        cache = CreateCache()
        try:
            partners = self.with_context(**{CREATE_CACHE: cache}).create(vals_list)
            partners._skip_empty_images()
        finally:
            cache.clear()
        return partners.with_env(self.env)

    @api.model
    def _get_create_cache(self, *methods):
        """What the new records have in common, if some methods have only known code.

        :param methods: names of methods of this model
        :return: ``CreateCache``, or None outside an import and where another
            add-on has code of its own in one of the methods
        """
        cache = self.env.context.get(CREATE_CACHE)
        if type(cache) is not CreateCache:
            return None
        known = cache.once(("known", methods), self._is_known, methods)
        return cache if known else None

    @api.model
    def _is_known(self, methods):
        return all(is_defined_in(type(self), name, KNOWN) for name in methods)

    # Defaults

    @api.model
    def _add_missing_default_values(self, values):
        cache = self._get_create_cache("default_get", "_add_missing_default_values")
        if not cache:
            return super()._add_missing_default_values(values)
        properties = cache.once("properties", self._get_properties_fields)
        filled = [field for field in properties if values.get(field.name)]
        definitions = [values.get(field.definition_record) for field in properties]
        key = ("missing", self.env, frozenset(values), *definitions, *filled)
        ask = super()._add_missing_default_values
        missing = cache.once(key, self._get_known_defaults, ask, values, filled)
        complete = {**values, **copied(missing)}
        changing = cache.once("changing", self._get_changing_defaults)
        if not changing <= values.keys():
            # only these are still missing
            return super()._add_missing_default_values(complete)
        for field in filled:
            complete[field.name] = field._add_default_values(self.env, complete)
        return complete

    @api.model
    def _get_known_defaults(self, ask, values, filled):
        """What the ORM adds to all records that have the same fields given.

        :param ask: ORM's ``_add_missing_default_values``
        :param dict values: values of the first of them
        :param list filled: properties fields with values of this record
        :return: dict of values
        """
        own = values.keys() | self._get_changing_defaults()
        own -= {field.name for field in self._get_properties_fields()}
        own |= {field.name for field in filled}
        complete = ask(values)
        return {name: value for name, value in complete.items() if name not in own}

    @api.model
    def _get_properties_fields(self):
        return [field for field in self._fields.values() if field.type == "properties"]

    @api.model
    def _get_changing_defaults(self):
        """:return: set of names of fields whose default can differ each time"""
        given = self.env["ir.default"]._get_model_defaults(self._name)
        return {
            name
            for name, field in self._fields.items()
            if field.default
            and f"default_{name}" not in self.env.context
            and (field.company_dependent or name not in given)
            and not self._is_known_default(field.default)
        }

    @api.model
    def _is_known_default(self, default):
        """Whether a default, and what it calls of this model, is from known modules."""
        return is_written_in(default, KNOWN) and self._is_known(
            set().union(*(get_names(function) for function in get_functions(default)))
        )

    # Checks

    def _check_company(self, fnames=None):
        """Check only one record of those with the same company and the same links."""
        cache = self._get_create_cache("_check_company")
        if not cache or len(self) < 2:
            return super()._check_company(fnames)
        names = cache.once("checked links", self._get_checked_links)
        # Superuser, as in Odoo's own check: links are compared, not shown.
        partners = self.sudo()
        links = zip(*(partners._get_link_keys(name) for name in names), strict=True)
        first = dict(zip(links, self._ids, strict=True))
        try:
            return super(ResPartner, self.browse(first.values()))._check_company(fnames)
        except UserError:
            # so that the error names the first of all invalid records
            return super()._check_company(fnames)

    @api.model
    def _get_checked_links(self):
        """:return: list of names of fields that Odoo checks against the company"""
        return [
            "company_id",
            *(
                name
                for name, field in self._fields.items()
                if field.relational and field.check_company
            ),
        ]

    def _get_link_keys(self, name):
        """:return: list of the links of each new record, usable as keys of a dict"""
        field = self._fields[name]
        cached = field._get_cache(self.env)
        if not field.compute and cached.keys() >= set(self._ids):
            return [cached[partner_id] for partner_id in self._ids]
        return [partner[name]._ids for partner in self]

    # Images

    def _skip_empty_images(self):
        """Skip the smaller image sizes of partners without an image."""
        if not self._get_create_cache("_compute_field_value"):
            return
        partners = self.with_context(bin_size=False)
        for field in self._fields.values():
            if field.type != "binary" or not field.store or not field.related:
                continue
            source = self._fields.get(field.related)
            if source is None or source.compute:
                continue
            if not is_written_in(type(field).compute_value, ORM):
                continue
            pending = partners & self.env.records_to_compute(field)
            empty = pending.filtered(lambda partner, s=source.name: not partner[s])
            self.env.remove_to_compute(field, empty)
