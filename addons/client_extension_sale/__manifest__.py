{
    "name": "Client Extension: Sales",
    "summary": "Orders on the overview of a client, quotations for the contacts who "
    "get them",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/ir_rules.xml",
        "report/sale_order_report.xml",
        "views/res_config_settings_views.xml",
        "views/res_partner_views.xml",
        "wizards/mail_compose_message_views.xml",
    ],
    "demo": ["demo/sale_order_demo.xml"],
    "assets": {
        "web.assets_tests": ["client_extension_sale/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
