from odoo import api, fields, models


class ResPartner(models.Model):
    """What the form of a client says beside its fields."""

    _inherit = "res.partner"

    client_vat_label = fields.Char(
        compute="_compute_client_country_labels",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_company_registry_label = fields.Char(
        compute="_compute_client_country_labels",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_reference_placeholder = fields.Char(
        compute="_compute_client_reference_placeholder",
        groups="base.group_user",
        export_string_translation=False,
    )

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            self._remove_client_mobile(arch)
        return arch, view

    @api.model
    def _remove_client_mobile(self, arch):
        """Show one mobile, where another add-on has put it on Odoo's form already."""
        ours = arch.xpath("//div[@name='client_mobile']")
        shown = arch.xpath("//field[@name='mobile'][not(ancestor::field)]")
        if ours and len(shown) > 1:
            ours[0].getparent().remove(ours[0])

    @api.depends("country_id")
    @api.depends_context("company", "lang")
    def _compute_client_country_labels(self):
        registry_labels = self._get_company_registry_labels()
        for partner in self:
            country = partner.country_id or self.env.company.country_id
            partner.client_vat_label = country.vat_label or self.env._("Tax ID")
            partner.client_company_registry_label = registry_labels.get(
                country.code
            ) or self.env._("Company ID")

    @api.depends("company_id")
    @api.depends_context("company", "lang")
    def _compute_client_reference_placeholder(self):
        for partner in self:
            # Whether clients are numbered is no secret to who may see them.
            company = (partner.company_id or self.env.company).sudo()
            partner.client_reference_placeholder = (
                self.env._("Next number") if company.client_auto_reference else ""
            )
