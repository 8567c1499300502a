"""Gets an Odoo and a PostgreSQL, keeps databases, runs servers, tests and linters."""
