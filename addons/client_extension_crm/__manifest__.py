{
    "name": "Client Extension: CRM",
    "summary": "Opportunities of a client on its page; won ones make it a client",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "crm"],
    "data": [
        "security/ir_rules.xml",
        "views/crm_lead_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "demo": ["demo/crm_lead_demo.xml"],
    "assets": {
        "web.assets_tests": ["client_extension_crm/static/tests/tours/**/*"],
    },
    "auto_install": True,
}
