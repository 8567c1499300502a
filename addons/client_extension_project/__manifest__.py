{
    "name": "Client Extension: Project",
    "summary": "Projects, tasks and hours on the overview of a client",
    "version": "19.0.1.0.0",
    "category": "Services/Project",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "project"],
    "data": ["security/ir_rules.xml", "views/project_task_views.xml"],
    "demo": ["demo/project_demo.xml"],
    "auto_install": True,
}
