{
    "name": "Client Extension: Quotations of Enquiries",
    "summary": "A quotation of an opportunity is for the trip that it became",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": [
        "client_extension_travel_sale",
        "client_extension_travel_crm",
        "sale_crm",
    ],
    "assets": {
        "web.assets_tests": [
            "client_extension_travel_sale_crm/static/tests/tours/**/*",
        ],
    },
    "auto_install": True,
}
