{
    "name": "Client Extension: France",
    "summary": "SIRET, SIREN, APE code and VAT number of French clients",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "l10n_fr"],
    "external_dependencies": {"python": ["python-stdnum"]},
    "data": [
        "security/ir.model.access.csv",
        "data/client.naf.csv",
        "views/client_naf_views.xml",
        "views/res_partner_views.xml",
        "views/res_partner_invoice_gap_views.xml",
        "views/client_menus.xml",
    ],
    "auto_install": True,
}
