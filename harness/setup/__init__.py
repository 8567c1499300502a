"""Gets Odoo's source, the Python environment, Node's packages and Chromium."""
