"""The dashboards of the add-on `client_extension_dashboard`, as Python.

Odoo Community shows dashboards and cannot edit them: their files are made here, by
`./dev dashboards`. A test says that the files are what these modules make.
"""
