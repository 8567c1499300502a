import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .client_label_definition import is_filled

PROPERTIES = "client_properties"


class ResPartner(models.Model):
    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    client_properties = fields.Properties(
        string="Additional Data",
        definition="client_properties_definition_id.properties_definition",
        copy=True,
        groups="base.group_user",
    )
    client_properties_definition_id = fields.Many2one(
        "properties.base.definition",
        compute="_compute_client_properties_definition_id",
        search="_search_client_properties_definition_id",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_label_right = fields.Selection(
        [("add", "Add"), ("manage", "Manage")],
        compute="_compute_client_label_right",
        groups="base.group_user",
        export_string_translation=False,
    )

    @api.model
    def _get_client_properties_definition(self):
        """The record that holds the labels of the additional data of all clients.

        :return: one ``properties.base.definition`` in superuser mode: every user who
            sees a client needs its labels, and the record contains nothing else
        """
        definitions = self.env["properties.base.definition"].sudo()
        return definitions._get_definition_for_property_field("res.partner", PROPERTIES)

    def _compute_client_properties_definition_id(self):
        self.client_properties_definition_id = self._get_client_properties_definition()

    def _search_client_properties_definition_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        definition = self._get_client_properties_definition()
        return Domain.TRUE if definition.id in value else Domain.FALSE

    @api.depends_context("uid")
    def _compute_client_label_right(self):
        self.client_label_right = self.env["client.label"]._get_right()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo fills in the default values of the definition given in the values: only
        # for clients, other partners get none.
        definition_id = self._get_client_properties_definition().id
        for vals in vals_list:
            if self._get_new_client_status(vals):
                vals["client_properties_definition_id"] = definition_id
        return super().create(vals_list)

    def write(self, vals):
        carried = {}
        if PROPERTIES in vals:
            carried = self._get_carried_properties(vals[PROPERTIES])
        result = super().write(vals)
        for partner in self.filtered(lambda partner: partner.id in carried):
            stored = partner.client_properties._values or {}
            values = {**carried[partner.id], **stored}
            super(ResPartner, partner).write({PROPERTIES: values})
        return result

    def _get_carried_properties(self, given):
        """The values that a write of all values would lose but should keep.

        These are the values of removed labels, and, for a form that was opened before
        a label was added, the values of that label.

        :param given: what is written
        :return: dict: id -> dict of values, for partners that have any
        """
        if isinstance(given, str):
            given = json.loads(given)
        kept = self.env["client.label"]._get_kept_keys()
        is_form = isinstance(given, list)
        if not is_form and not kept:
            return {}
        if is_form:
            given = [i.get("name") for i in given if not i.get("definition_deleted")]
        named = set(given or ())
        carried = {}
        # Superuser: nothing is shown, each partner keeps its own values.
        for partner in self.sudo():
            stored = partner.client_properties._values or {}
            if left := (stored.keys() if is_form else stored.keys() & kept) - named:
                carried[partner.id] = {key: stored[key] for key in left}
        return carried

    def _field_to_sql(self, alias, fname, query=None):
        if fname == "client_properties_definition_id":
            return SQL("%s", self._get_client_properties_definition().id)
        return super()._field_to_sql(alias, fname, query)

    # Tools

    def _update_client_properties(self, values):
        """Write some additional data; ``write`` itself replaces all of it.

        :param dict values: key of the label -> value
        """
        for partner in self:
            stored = partner.client_properties._values or {}
            partner.client_properties = {**stored, **values}

    def _drop_client_property(self, key):
        """Delete the values that these partners have under the key of a label."""
        quiet = self.with_context(tracking_disable=True, mail_notrack=True)
        for partner in quiet:
            stored = partner.client_properties._values or {}
            partner.client_properties = {k: stored[k] for k in stored if k != key}

    def _merge_client_properties(self, sources):
        """The additional data of a partner that others are merged into.

        :param sources: ``res.partner`` that are merged into this one, in order of
            priority
        :return: dict for ``write``: the values of this partner and, for labels that are
            empty here, those of a source; including values of removed labels
        """
        items = self.env["client.label"]._get_items()
        return self._merge_properties(PROPERTIES, items, sources)

    def _merge_properties(self, name, items, sources):
        """The values of a Properties field of a partner that others are merged into.

        :param str name: of the field
        :param dict items: key -> Odoo's definition of it
        :param sources: as in :meth:`_merge_client_properties`
        :return: dict for ``write``: for each key the first value found
        """
        self.ensure_one()
        merged = {}
        for partner in (self, *sources):
            for key, value in (partner[name]._values or {}).items():
                if key not in merged and is_filled(items.get(key, {}), value):
                    merged[key] = value
        return merged

    # Lists: a page of clients does not repeat all labels for each client. Lists and
    # cards can show records with different labels (as Odoo's own tasks do), so empty
    # ones can be left out. Only the first record of a page has all labels: Odoo makes
    # the optional columns from them.

    @api.model
    @api.readonly
    def web_search_read(
        self,
        domain,
        specification,
        offset=0,
        limit=None,
        order=None,
        count_limit=None,
    ):
        left = {name: specification[name] for name in specification}
        asked = left.pop(PROPERTIES, None)
        # Lists do not request fields of linked records: leave such calls to Odoo.
        mine = asked is not None and not asked.get("fields")
        result = super().web_search_read(
            domain, left if mine else specification, offset, limit, order, count_limit
        )
        if mine and result["records"]:
            partners = self.browse(values["id"] for values in result["records"])
            pages = partners._read_filled_properties()
            for values, items in zip(result["records"], pages, strict=True):
                values[PROPERTIES] = items
        return result

    def _read_filled_properties(self):
        """:return: list of lists of labels with values: all labels for the first
        partner, and only those with a value for the others
        """
        first, others = self[:1], self[1:]
        field = self._fields[PROPERTIES]
        # This reads all of them at once, and checks the access rights.
        self.fetch([PROPERTIES])
        labels = self._get_client_properties_definition().properties_definition or []
        filled = []
        for partner in others:
            stored = partner[PROPERTIES]._values or {}
            named = [
                label
                for label in (labels if stored else ())
                if is_filled(label, stored.get(label["name"]))
            ]
            filled.append(field._dict_to_list(stored, named))
        known = field._get_res_ids_per_model(self.env, filled)
        for items in filled:
            field._parse_json_types(items, self.env, known)
            field._add_display_name(items, self.env)
        return [first.read([PROPERTIES], load=None)[0][PROPERTIES], *filled]
