"""PostgreSQL, cached templates of databases, and Odoo's programs on them."""
