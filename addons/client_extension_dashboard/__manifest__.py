{
    "name": "Client Extension: Dashboards",
    "summary": "Two dashboards: the clients, and their turnover",
    "version": "19.0.1.0.0",
    "category": "Productivity/Dashboard",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "spreadsheet_dashboard"],
    "data": ["data/spreadsheet_dashboard_data.xml"],
    "auto_install": True,
}
