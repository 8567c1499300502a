{
    "name": "Client Extension: Privacy",
    "summary": "Odoo's privacy lookup also finds people in imports of clients",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "privacy_lookup"],
    "auto_install": True,
}
