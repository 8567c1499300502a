{
    "name": "Client Extension: Bulk Import",
    "summary": "New clients of an import are computed first and stored by COPY",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension"],
}
