"""Drops the index on unfolded names: names are now searched in folded form.

Odoo creates the indexes that replace it, and recreates those whose definition has
changed; this one was created by hand, and nothing else would remove it. A database
without it is left as it is.
"""

from odoo.tools.sql import drop_index

NAME_INDEX = "res_partner_client_name_trgm_idx"


def migrate(cr, version):
    drop_index(cr, NAME_INDEX, "res_partner")
