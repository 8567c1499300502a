"""Generators and measurements, compared with Odoo's own features."""
