"""What a statement of account says and where: plain Python, without Odoo."""
