{
    "name": "Client Extension: Partner First Name",
    "summary": "First and last names are those of the OCA's partner_firstname",
    "version": "19.0.2.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "partner_firstname"],
    "data": ["views/res_partner_views.xml"],
    "assets": {
        "web.assets_tests": [
            "client_extension_partner_firstname/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
