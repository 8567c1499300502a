{
    "name": "Client Extension: Letters by Post",
    "summary": "Imports that change addresses ask for unsent letters once a chunk",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "snailmail"],
    "data": ["security/ir_rules.xml"],
    "auto_install": True,
}
