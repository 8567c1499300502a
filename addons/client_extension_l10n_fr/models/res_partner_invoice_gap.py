from lxml import etree

from odoo import api, models

from ..tools.french_numbers import siren_of
from .res_partner import SIRET_COUNTRIES

#: the scheme of the French directory, as Odoo's Peppol fields name it
FRENCH_SCHEME = "0225"
E_ADDRESS = ("peppol_eas", "peppol_endpoint")


class ResPartner(models.Model):
    """What an invoice to a French company has to show, and where it goes."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    def _get_client_invoice_gaps(self):
        gaps = super()._get_client_invoice_gaps()
        commercial = self.commercial_partner_id
        french = commercial.country_code in SIRET_COUNTRIES
        if not (french and commercial.is_company):
            return gaps
        if not siren_of(commercial.company_registry or ""):
            sentence = self.env._(
                "The SIREN is missing: an invoice to a French company has to show it."
            )
            gaps.append(self._prepare_client_gap("company_registry", sentence))
        return gaps + commercial._get_client_e_address_gap()

    def _get_client_e_address_gap(self):
        """:return: list of at most one gap: the address in the French directory"""
        if not self._has_client_e_address():
            return []
        if self.peppol_endpoint and self.peppol_eas == FRENCH_SCHEME:
            return []
        sentence = self.env._(
            "There is no e-invoicing address of the French directory (0225)."
        )
        blocks = not self.peppol_endpoint and self.invoice_sending_method == "peppol"
        return [self._prepare_client_gap("peppol_endpoint", sentence, blocks=blocks)]

    @api.model
    def _has_client_e_address(self):
        """:return: bool, whether Odoo's fields for it are installed"""
        return all(name in self._fields for name in E_ADDRESS)

    def _get_client_gap_fields(self, gaps):
        names = super()._get_client_gap_fields(gaps)
        if "peppol_endpoint" in names:
            names = sorted({*names, *E_ADDRESS})
        return names

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        groups = arch.xpath("//group[@name='client_invoice_gaps']")
        if groups and self._has_client_e_address():
            # The add-on that has these fields may not be installed.
            for name in E_ADDRESS:
                invisible = f"',{name},' not in client_invoice_gap_fields"
                field = etree.Element("field", name=name, invisible=invisible)
                groups[0].append(field)
        return arch, view
