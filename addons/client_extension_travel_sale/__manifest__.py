{
    "name": "Client Extension: Quotations of Trips",
    "summary": "Quotations and orders of a trip or stay, which they confirm",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension_travel", "client_extension_sale"],
    "data": [
        "security/ir.model.access.csv",
        "report/sale_order_report.xml",
        "views/client_trip_views.xml",
        "views/sale_order_views.xml",
    ],
    "demo": ["demo/sale_order_demo.xml"],
    "auto_install": True,
}
