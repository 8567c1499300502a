{
    "name": "Client Extension: Sales",
    "summary": "Orders on the overview of a client, quotations for the contacts who "
    "get them",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "sale"],
    "data": ["views/res_config_settings_views.xml"],
    "demo": ["demo/sale_order_demo.xml"],
    "auto_install": True,
}
