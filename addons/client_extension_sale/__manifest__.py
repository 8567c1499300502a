{
    "name": "Client Extension: Sales",
    "summary": "Quotations go to the contacts of a client who get them",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Client Extension",
    "license": "LGPL-3",
    "depends": ["client_extension", "sale"],
    "auto_install": True,
}
