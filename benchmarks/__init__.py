"""Generators and measurements against Odoo's own way."""
