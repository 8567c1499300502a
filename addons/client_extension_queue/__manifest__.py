{
    "name": "Client Extension: Imports in Jobs",
    "summary": "A long import of clients is shared among all workers",
    "version": "19.0.2.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "queue_job"],
    "data": [
        "security/ir.model.access.csv",
        "security/client_import_chunk_rules.xml",
        "data/queue_job_data.xml",
        "views/res_config_settings_views.xml",
    ],
    "auto_install": True,
    "uninstall_hook": "uninstall_hook",
}
