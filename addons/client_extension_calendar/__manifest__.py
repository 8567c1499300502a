{
    "name": "Client Extension: Calendar",
    "summary": "Meetings with a client on its page",
    "version": "19.0.1.0.0",
    "category": "Productivity/Calendar",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "calendar"],
    "data": ["security/ir_rules.xml", "views/calendar_event_views.xml"],
    "demo": ["demo/calendar_event_demo.xml"],
    "auto_install": True,
}
