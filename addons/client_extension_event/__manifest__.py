{
    "name": "Client Extension: Events",
    "summary": "Events have a client, and the client shows its events",
    "version": "19.0.1.0.0",
    "category": "Marketing/Events",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "event"],
    "data": ["security/ir_rules.xml", "views/event_event_views.xml"],
    "demo": ["demo/event_event_demo.xml"],
    "auto_install": True,
}
