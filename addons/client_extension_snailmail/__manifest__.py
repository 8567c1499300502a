{
    "name": "Client Extension: Letters by Post",
    "summary": "Send a letter to a client by post",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension_letter", "snailmail"],
    "data": [
        "security/ir_rules.xml",
        "views/client_letter_views.xml",
        "views/client_letter_run_views.xml",
    ],
    "auto_install": True,
}
