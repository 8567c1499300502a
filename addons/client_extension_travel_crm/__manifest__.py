{
    "name": "Client Extension: Enquiries of Trips",
    "summary": "Opportunities that become trips or stays",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension_travel", "client_extension_crm"],
    "data": [
        "security/ir.model.access.csv",
        "views/client_trip_views.xml",
        "views/crm_lead_views.xml",
    ],
    "demo": ["demo/crm_lead_demo.xml"],
    "auto_install": True,
}
