from odoo import api, models

from odoo.addons.client_extension.importer.types import Column

from ..tools.french_numbers import compact_registry, registry_problem


def read_siret(text):
    """:return: str, the 14 digits, or the 9 digits of a SIREN

    :raise ValueError: with the code of the problem, when it is neither
    """
    if problem := registry_problem(text):
        raise ValueError(f"cell.siret_{problem}")
    return compact_registry(text)


SIRET = Column(
    "siret",
    "company_registry",
    aliases=(
        *("numéro siret", "n° siret", "siret number", "siretnummer", "code siret"),
        *("siren", "numéro siren", "n° siren", "siren number", "sirennummer"),
    ),
    reader=read_siret,
)
APE = Column(
    "ape",
    "client_naf_id",
    "link",
    ("naf", "code ape", "code naf", "ape code", "naf code", "ape-code", "naf-code"),
)


class ClientImportColumns(models.AbstractModel):
    _inherit = "client.import.columns"

    @api.model
    def _get_import_columns(self):
        return (*super()._get_import_columns(), SIRET, APE)

    @api.model
    def _get_lookup_makers(self):
        return {**super()._get_lookup_makers(), "ape": self._get_naf_names}

    @api.model
    def _get_naf_names(self, client_import):
        """:return: pairs (text, id): the code with and without its point"""
        codes = self.env["client.naf"].with_context(active_test=False).search([])
        for naf in codes:
            yield naf.code, naf.id
            yield naf.code.replace(".", ""), naf.id
            yield naf.display_name, naf.id
