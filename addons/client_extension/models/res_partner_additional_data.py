from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

PROPERTIES = "client_properties"


class ResPartner(models.Model):
    _inherit = "res.partner"

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

    @api.model
    def _get_client_properties_definition(self):
        """The record that holds the labels of the additional data of all clients.

        :return: one ``properties.base.definition`` in superuser mode: every user who
            sees a client needs its labels, and the record holds nothing else
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

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo fills in the default values of a definition that it finds in the
        # values: that is for clients, other partners stay without.
        definition_id = self._get_client_properties_definition().id
        for vals in vals_list:
            if self._get_new_client_status(vals):
                vals["client_properties_definition_id"] = definition_id
        return super().create(vals_list)

    def _field_to_sql(self, alias, fname, query=None):
        if fname == "client_properties_definition_id":
            return SQL("%s", self._get_client_properties_definition().id)
        return super()._field_to_sql(alias, fname, query)
