"""The index on names as they are spelled goes: names are found as they are folded.

Odoo makes the indexes that take its place, and makes those anew whose definition has
changed; this one was made by hand, and nothing would remove it. A database that never
had it, or has lost it already, is left as it is.
"""

from odoo.tools.sql import drop_index

NAME_INDEX = "res_partner_client_name_trgm_idx"


def migrate(cr, version):
    drop_index(cr, NAME_INDEX, "res_partner")
