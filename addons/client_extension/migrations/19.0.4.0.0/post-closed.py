"""Lets the record rules of closed units ask one field, which also knows branches.

The rules are not updated with the add-on, administrators may have changed them: only a
rule that still has the domain it was delivered with gets the new one.
"""

from odoo import SUPERUSER_ID, api

#: rule -> its domain
RULES = {
    "res_partner_rule_members_only": '[("client_is_hidden", "=", False)]',
    "client_contact_rule_members_only": (
        '[("client_id.client_is_hidden", "=", False),'
        ' ("contact_id.client_is_hidden", "=", False)]'
    ),
    "client_former_reference_rule_members_only": (
        '[("partner_id.client_is_hidden", "=", False)]'
    ),
}
#: what the former domains have, and the new ones do not
FORMER = '.client_business_unit_id", "not in"'


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name, domain in RULES.items():
        rule = env.ref(f"client_extension.{name}", raise_if_not_found=False)
        if rule and FORMER in (rule.domain_force or ""):
            rule.domain_force = f"({domain} if user.client_hidden_unit_ids else [])"
