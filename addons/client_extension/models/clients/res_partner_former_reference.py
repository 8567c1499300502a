from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """The former references of a client find it wherever its reference does."""

    _inherit = "res.partner"

    client_former_reference_ids = fields.One2many(
        "client.former.reference",
        "partner_id",
        string="Former References",
        groups="base.group_user",
    )
    client_former_references = fields.Char(
        string="Formerly",
        compute="_compute_client_former_references",
        groups="base.group_user",
        help="References of clients that were merged into this one. Searches "
        "and imports still find it by them.",
    )

    @api.depends("client_former_reference_ids.reference")
    def _compute_client_former_references(self):
        for partner in self:
            formers = partner.client_former_reference_ids
            partner.client_former_references = ", ".join(formers.mapped("reference"))

    @api.model
    def _get_client_former_domain(self, operator, value):
        """Whom a former reference finds.

        The ids are looked up first: a condition on another table would keep
        PostgreSQL from using the indexes of the conditions beside it.

        :param str operator: ``=``, ``in`` or one of the ``like`` family
        :return: ``Domain``, false for nobody
        """
        formers = self.env["client.former.reference"]
        if not value or not formers.has_access("read"):
            return Domain.FALSE
        found = formers.search_fetch([("reference", operator, value)], ["partner_id"])
        return Domain("id", "in", found.partner_id.ids) if found else Domain.FALSE

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        if operator in ("=", "ilike", "=ilike", "like") and isinstance(value, str):
            domain = Domain(domain) | self._get_client_former_domain(operator, value)
        return domain
