"""Turns *person or company* of a client type into its kind, and greets families.

The data of the types are not updated with the add-on, users may have changed them. The
type *Family* that was delivered becomes that of groups if it was one of persons; types
that users added stay those of individuals. A database that has the kinds is left as it
is.
"""

from odoo.tools.sql import column_exists

KINDS = {"person": "individual", "company": "organisation"}
FAMILY = ("client_extension", "client_type_family")
SALUTATION = "Dear {name} family,"


def migrate(cr, version):
    if not column_exists(cr, "client_type", "company_type"):
        return
    cr.execute(
        """
        ALTER TABLE client_type
          ADD COLUMN IF NOT EXISTS kind varchar,
          ADD COLUMN IF NOT EXISTS salutation jsonb
        """
    )
    for company_type, kind in KINDS.items():
        cr.execute(
            "UPDATE client_type SET kind = %s WHERE kind IS NULL AND company_type = %s",
            [kind, company_type],
        )
    cr.execute(
        """
        UPDATE client_type
           SET kind = 'group', salutation = jsonb_build_object('en_US', %s)
          FROM ir_model_data AS data
         WHERE data.module = %s AND data.name = %s AND data.res_id = client_type.id
           AND client_type.company_type = 'person' AND client_type.salutation IS NULL
        """,
        [SALUTATION, *FAMILY],
    )
