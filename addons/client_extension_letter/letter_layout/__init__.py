"""Where things stand on a letter and what may be on it: plain Python, without Odoo."""
