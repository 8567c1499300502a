{
    "name": "Client Extension: Sales",
    "summary": "Quotations go to the contacts of a client who get them",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "sale"],
    "data": [
        "security/ir.model.access.csv",
        "views/res_partner_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["client_extension_sale/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
