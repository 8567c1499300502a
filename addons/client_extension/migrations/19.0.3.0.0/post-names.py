"""Takes back the parts that the name of a group was split into.

*Famille Lefèvre* had the first name *Famille*. Parts that make up the name are
forgotten, the name has all of them; other parts are left, as nothing else has them.
"""

from odoo.addons.client_extension.models.clients.client_type import UNDIVIDED
from odoo.addons.client_extension.models.clients.identity.person_name import makes_up


def migrate(cr, version):
    cr.execute(
        """
        SELECT partner.id, partner.client_name_parts, partner.name
          FROM res_partner AS partner
          JOIN client_type ON client_type.id = partner.client_type_id
         WHERE client_type.kind IN %s AND partner.client_name_parts IS NOT NULL
        """,
        [UNDIVIDED],
    )
    split = [id_ for id_, parts, name in cr.fetchall() if makes_up(parts, name)]
    if split:
        cr.execute(
            "UPDATE res_partner SET client_name_parts = NULL WHERE id IN %s",
            [tuple(split)],
        )
