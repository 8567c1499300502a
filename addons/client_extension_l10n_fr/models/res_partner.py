from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.french_numbers import (
    compact_siret,
    show_siren,
    siren_of,
    siren_of_vat,
    siret_problem,
    vat_of,
    vat_problem,
)

#: where companies have a SIRET: the Pacific territories have different numbers
SIRET_COUNTRIES = ("FR", "BL", "GF", "GP", "MF", "MQ", "PM", "RE", "YT")


class ResPartner(models.Model):
    """The data of French clients: the SIRET is Odoo's ``company_registry``.

    A wrong number is saved, with a warning next to the field: Odoo allows it, and a
    company may be waiting for its number. An import refuses it.
    """

    _inherit = "res.partner"

    client_siren = fields.Char(
        string="SIREN",
        compute="_compute_client_french_numbers",
        groups="base.group_user",
        help="The number that identifies the company: the first nine digits of "
        "its SIRET.",
    )
    client_siret_warning = fields.Char(
        compute="_compute_client_french_numbers",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_vat_warning = fields.Char(
        compute="_compute_client_french_numbers",
        groups="base.group_user",
        export_string_translation=False,
    )
    client_vat_proposal = fields.Char(
        compute="_compute_client_french_numbers",
        groups="base.group_user",
        export_string_translation=False,
        help="The VAT number derived from the SIREN, if none has been entered.",
    )
    client_naf_id = fields.Many2one(
        "client.naf",
        string="APE Code",
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="The main activity, as registered by Insee.",
    )

    @api.depends("company_registry", "vat", "country_id")
    @api.depends_context("lang")
    def _compute_client_french_numbers(self):
        for partner in self:
            number = partner.company_registry or ""
            french = partner.country_code in SIRET_COUNTRIES
            siren = siren_of(number) if french else ""
            partner.client_siren = show_siren(siren)
            partner.client_siret_warning = (
                partner._get_client_siret_warning(number, siren) if french else ""
            )
            partner.client_vat_warning = (
                partner._get_client_vat_warning() if french else ""
            )
            partner.client_vat_proposal = (
                vat_of(siren)
                if siren and not partner.vat and partner.country_code == "FR"
                else ""
            )

    def _get_company_registry_labels(self):
        labels = dict.fromkeys(SIRET_COUNTRIES, "SIRET")
        return {**super()._get_company_registry_labels(), **labels}

    def _get_client_siret_warning(self, number, siren):
        """The warning about a SIRET.

        :param str number: as it is stored, possibly empty
        :param str siren: its SIREN, empty if it has none
        :return: str, a sentence, or ""; overridden to support other numbers of the
            French territories
        """
        problem = number and siret_problem(number)
        if problem and not siren:
            return self._get_client_siret_problem(problem)
        of_vat = siren_of_vat(self.vat or "")
        if siren and of_vat and of_vat != siren:
            return self.env._(
                "The VAT number belongs to another company (SIREN %s).",
                show_siren(of_vat),
            )
        return ""

    def _get_client_siret_problem(self, problem):
        if problem == "checksum":
            return self.env._("This SIRET is not valid. Check its digits.")
        return self.env._("A SIRET has 14 digits.")

    @api.model
    def _get_client_merge_rows(self):
        return {
            **super()._get_client_merge_rows(),
            "client_naf_id": (None, ["client_naf_id"]),
        }

    def _get_client_vat_warning(self):
        """The warning about the VAT number of a French client.

        Odoo's own check, where it is installed, refuses to save a wrong one; this warns
        before saving, and where it is not installed.

        :return: str, a sentence, or ""; overridden like ``_get_client_siret_warning``
        """
        problem = vat_problem(self.vat or "")
        if problem == "checksum":
            return self.env._("This VAT number is not valid. Check its digits.")
        if problem:
            return self.env._(
                "A French VAT number consists of FR, two characters and "
                "the nine digits of the SIREN."
            )
        return ""

    @api.onchange("company_registry", "country_id")
    def _onchange_client_siret(self):
        french = self.country_code in SIRET_COUNTRIES and self.company_registry
        # The form of a supplier is left to Odoo.
        if french and self.client_status:
            self.company_registry = compact_siret(self.company_registry)

    def action_client_take_vat(self):
        """Fill in the VAT number that belongs to the SIREN, if there is none."""
        self.check_access("write")
        for partner in self:
            if not partner.client_vat_proposal:
                raise UserError(
                    self.env._(
                        "%s already has a VAT number, or has no SIRET to "
                        "derive one from.",
                        partner.display_name,
                    )
                )
            partner.vat = partner.client_vat_proposal
        return True
