"""Scripts for an Odoo shell; each prints one line of JSON at its end."""

# Customers as a company that never heard of us has them: with and without invoices,
# archived, and contacts of a company. Prints {id: date of the first invoice}.
OLD_CUSTOMERS = """
import json
from odoo import Command

Partner = env["res.partner"].with_context(tracking_disable=True)
invoiced, contacted, archived = Partner.create([
    {"name": "Old invoiced", "customer_rank": 2, "comment": "<p>keep</p>"},
    {"name": "Old company", "customer_rank": 1, "is_company": True},
    {"name": "Old archived", "customer_rank": 1, "active": False},
])
contact = Partner.create(
    {"name": "Its contact", "customer_rank": 1, "parent_id": contacted.id}
)
Partner.create({"name": "Supplier only", "supplier_rank": 1})
for partner, date in (
    (invoiced, "2023-04-05"), (invoiced, "2021-02-03"), (contact, "2022-01-01"),
):
    env["account.move"].create({
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": date,
        "invoice_line_ids": [Command.create({"name": "a", "price_unit": 1})],
    }).action_post()
env.cr.commit()
env.cr.execute('''
    SELECT partner.id, MIN(move.invoice_date)::text
      FROM res_partner partner
      LEFT JOIN account_move move
             ON move.commercial_partner_id = partner.id
            AND move.move_type = 'out_invoice' AND move.state = 'posted'
     WHERE partner.customer_rank > 0 AND partner.parent_id IS NULL
     GROUP BY partner.id
''')
print(json.dumps({str(key): date for key, date in env.cr.fetchall()}))
"""

# Every stock column of the partners up to the id LAST (0 = all), who of them is a
# client since when, and the last id. Administrators get the groups of every new app,
# which touches their own partner.
PARTNERS = """
import hashlib
import json

env.cr.execute("SELECT max(id) FROM res_partner")
last = LAST or env.cr.fetchone()[0]
env.cr.execute('''
    SELECT column_name FROM information_schema.columns
     WHERE table_name = 'res_partner' AND column_name NOT LIKE 'client\\\\_%'
       AND column_name != 'mobile' ORDER BY column_name
''')
digests = {}
for (name,) in env.cr.fetchall():
    env.cr.execute(f'''
        SELECT partner."{name}"::text FROM res_partner partner
         WHERE partner.id NOT IN (SELECT partner_id FROM res_users)
           AND partner.id <= {last} ORDER BY partner.id
    ''')
    digests[name] = hashlib.sha256(repr(env.cr.fetchall()).encode()).hexdigest()
clients = {}
if "client_status" in env["res.partner"]._fields:
    env.cr.execute(f'''
        SELECT id, client_status, client_since::text FROM res_partner
         WHERE id <= {last} AND client_status IS NOT NULL
    ''')
    clients = {str(row[0]): row[1:] for row in env.cr.fetchall()}
env.cr.execute(f'''
    SELECT count(*) FROM mail_message WHERE model = 'res.partner' AND res_id <= {last}
''')
messages = env.cr.fetchone()
env.cr.execute("SELECT count(*) FROM mail_mail")
messages += env.cr.fetchone()
print(json.dumps({
    "columns": digests, "clients": clients, "messages": messages, "last": last,
}))
"""

# What a company may have changed in our records; the part after "# read" reads it.
USER_CHANGES = """
kind = env.ref("client_extension.client_type_family")
kind.write({"name": "Household", "active": False})
env.ref("client_extension.ir_sequence_client_reference").prefix = "K"
env.ref("client_extension.res_partner_rule_members_only").active = False
definition = env["res.partner"]._get_client_properties_definition()
definition.properties_definition = [
    {"name": "sapcode000000001", "string": "SAP code", "type": "char"}
]
env["ir.config_parameter"].set_param("client_extension.import_limit", "300")
env["res.partner"].create({
    "name": "Client of ours",
    "ref": "LIFE-1",
    "client_status": "client",
    "mobile": "0612345678",
    "phone": "0478000001",
    "client_properties": {"sapcode000000001": "007"},
})
env.cr.commit()
# read
import json

client = env["res.partner"].search([("ref", "=", "LIFE-1")])
print(json.dumps([
    env.ref("client_extension.client_type_family").name,
    env.ref("client_extension.client_type_family").active,
    env.ref("client_extension.ir_sequence_client_reference").prefix,
    env.ref("client_extension.res_partner_rule_members_only").active,
    env["ir.config_parameter"].get_param("client_extension.import_limit"),
    client.client_status,
    str(client.client_since),
    client.client_properties["sapcode000000001"],
    len(env["res.partner"]._get_client_properties_definition().properties_definition),
]))
"""

# Everything that an add-on can leave behind. Odoo renews the records of fields that
# depend on one that goes, so fields of users are known by name and not by record.
SCHEMA = """
import json

env.cr.execute('''
    SELECT 'column', table_name::text, column_name::text
      FROM information_schema.columns WHERE table_schema = 'public'
     UNION SELECT 'table', relkind::text, relname::text FROM pg_class
            WHERE relnamespace = 'public'::regnamespace
     UNION SELECT 'constraint', conrelid::regclass::text, conname::text
             FROM pg_constraint WHERE contype != 'n'
     UNION SELECT 'record', model, module || '.' || name FROM ir_model_data
            WHERE model != 'ir.module.module'
     UNION SELECT 'field', model, name FROM ir_model_fields
     UNION SELECT 'view', model, name FROM ir_ui_view
     UNION SELECT 'rule', '', name FROM ir_rule
     UNION SELECT 'cron', '', cron_name FROM ir_cron
     UNION SELECT 'sequence', '', code FROM ir_sequence
     UNION SELECT 'parameter', '', key FROM ir_config_parameter
     UNION SELECT 'definition', '', properties_field_id::text
             FROM properties_base_definition
     UNION SELECT 'attachment', res_model, name FROM ir_attachment
            WHERE url IS NULL AND res_model LIKE 'client%%'
''')
print(json.dumps(sorted([list(map(str, row)) for row in env.cr.fetchall()])))
"""

STOCK_WORKS = """
import json

partners = env["res.partner"].with_user(env.ref("base.user_admin"))
for view in ("list", "kanban", "form", "search"):
    partners.get_view(view_type=view)
partner = partners.create({"name": "Stock still works"})
partner.write({"phone": "0478000001"})
print(json.dumps(partner.read(["name"])[0]["name"].splitlines()))
"""
