"""Takes back the parts that ``partner_firstname`` split the name of a group into.

*Famille Lefèvre* had the first name *Famille*. Like that of a company, the whole name
becomes the last name, where the parts make it up; others are left as they are.
"""

from odoo.addons.client_extension.models.clients.client_type import UNDIVIDED
from odoo.addons.client_extension.models.clients.identity.person_name import (
    makes_up,
    remember_parts,
)


def migrate(cr, version):
    cr.execute(
        """
        SELECT partner.id, partner.firstname, partner.lastname, partner.name
          FROM res_partner AS partner
          JOIN client_type ON client_type.id = partner.client_type_id
         WHERE client_type.kind IN %s
           AND partner.is_company IS NOT TRUE
           AND COALESCE(partner.firstname, '') != ''
        """,
        [UNDIVIDED],
    )
    split = [
        id_
        for id_, first, last, name in cr.fetchall()
        if makes_up(remember_parts(first, last or ""), name)
    ]
    if split:
        cr.execute(
            "UPDATE res_partner SET firstname = NULL, lastname = name WHERE id IN %s",
            [tuple(split)],
        )
