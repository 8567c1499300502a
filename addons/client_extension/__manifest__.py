{
    "name": "Client Extension",
    "summary": "Clients and prospects on top of Odoo's contacts: status, types, "
    "business units, duplicate warnings, a CSV import to trust",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "application": True,
    "depends": ["account", "contacts", "phone_validation", "utm"],
    "external_dependencies": {"python": ["phonenumbers"]},
    "data": [
        "security/client_groups.xml",
        "security/client_rules.xml",
        "security/ir.model.access.csv",
        "data/client_type_data.xml",
        "data/ir_sequence_data.xml",
    ],
    "demo": [],
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
