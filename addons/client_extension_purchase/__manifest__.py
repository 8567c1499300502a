{
    "name": "Client Extension: Purchase",
    "summary": "Purchase orders of a client on its page",
    "version": "19.0.1.0.0",
    "category": "Supply Chain/Purchase",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "purchase"],
    "data": ["security/ir_rules.xml", "views/purchase_order_views.xml"],
    "demo": ["demo/purchase_order_demo.xml"],
    "auto_install": True,
}
