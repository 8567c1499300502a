"""Creates many invoices with a few set-based statements, as copies of a real one."""

from typing import Any

#: the client with the most invoices has so many
BUSIEST = 3_000
# Four out of five are paid; the others are due within a year around today.
MOVES = {
    "id": "%(first_move)s + n",
    "name": "'BENCH/' || n",
    "sequence_prefix": "'BENCH/'",
    "sequence_number": "n",
    "payment_reference": "'BENCH/' || n",
    "partner_id": "p.id",
    "commercial_partner_id": "p.id",
    "partner_shipping_id": "p.id",
    "date": "current_date - (n %% 700)",
    "invoice_date": "current_date - (n %% 700)",
    "invoice_date_due": "current_date + 180 - (n %% 360)",
    "payment_state": "CASE WHEN n %% 5 = 0 THEN 'not_paid' ELSE 'paid' END",
    "access_token": "NULL",
}
LINES = {
    "id": "nextval('account_move_line_id_seq')",
    "move_id": "%(first_move)s + n",
    "move_name": "'BENCH/' || n",
    "partner_id": "p.id",
    "date": "current_date - (n %% 700)",
    "invoice_date": "current_date - (n %% 700)",
    "date_maturity": "CASE WHEN t.date_maturity IS NOT NULL "
    "THEN current_date + 180 - (n %% 360) END",
    "reconciled": "t.date_maturity IS NOT NULL AND n %% 5 <> 0",
    "amount_residual": "CASE WHEN n %% 5 = 0 THEN t.amount_residual ELSE 0 END",
    "amount_residual_currency": "CASE WHEN n %% 5 = 0 "
    "THEN t.amount_residual_currency ELSE 0 END",
}
MESSAGES = {
    "id": "nextval('mail_message_id_seq')",
    "res_id": "p.id",
    "record_name": "NULL",
    "message_id": "'<bench-' || n || '>'",
    "date": "now() - (n %% 700) * interval '1 day'",
}
# Every client has some invoices, one has thousands.
COPY = """
INSERT INTO {table} ({columns})
SELECT {values}
  FROM {table} AS t, generate_series(1, %(rows)s) AS n
  JOIN bench_partner AS p ON p.number = CASE
       WHEN n <= %(busiest)s THEN 1 ELSE 2 + n %% (%(clients)s - 1) END
 WHERE t.id IN %(template)s
"""


def make(env: Any, rows: int) -> int:
    """Add *rows* invoices and messages to the clients of `people.make`.

    Return the id of the client with the most invoices.
    """
    invoice, message = template(env)
    cursor = env.cr
    cursor.execute(
        "CREATE TEMP TABLE bench_partner AS SELECT id, row_number() OVER (ORDER BY id) "
        "AS number FROM res_partner WHERE ref LIKE 'B%%' AND client_status IS NOT NULL"
    )
    cursor.execute("CREATE UNIQUE INDEX ON bench_partner (number)")
    cursor.execute("ANALYZE bench_partner")
    cursor.execute("SELECT count(*), min(id) FROM bench_partner")
    clients, busiest = cursor.fetchone()
    cursor.execute("SELECT nextval('account_move_id_seq')")
    [first] = cursor.fetchone()
    cursor.execute("SELECT setval('account_move_id_seq', %s)", [first + rows + 1])
    values = {
        "rows": rows,
        "busiest": min(BUSIEST, rows // 10),
        "clients": clients,
        "first_move": first,
    }
    copy(cursor, "account_move", MOVES, tuple(invoice.ids), values)
    copy(cursor, "account_move_line", LINES, tuple(invoice.line_ids.ids), values)
    copy(cursor, "mail_message", MESSAGES, tuple(message.ids), values)
    cursor.commit()
    env.invalidate_all()
    return int(busiest)


def template(env: Any) -> tuple[Any, Any]:
    """Make the posted invoice and the message that are copied."""
    from odoo.fields import Command

    client = env["res.partner"].create({"name": "Template", "client_status": "client"})
    invoice = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": client.id,
            "invoice_date": "2026-01-01",
            "invoice_line_ids": [
                Command.create({"name": "Trip", "price_unit": 100, "tax_ids": []})
            ],
        }
    )
    invoice.action_post()
    text = {"body": "Rooms", "message_type": "comment"}
    message = client.message_post(**text)
    env.flush_all()
    return invoice, message


def copy(
    cursor: Any,
    table: str,
    changes: dict[str, str],
    template: tuple[int, ...],
    values: dict[str, int],
) -> None:
    """Copy the rows *template* of a table, with some columns computed by SQL."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND table_schema = current_schema",
        [table],
    )
    columns = [name for (name,) in cursor.fetchall()]
    statement = COPY.format(
        table=table,
        columns=", ".join(f'"{name}"' for name in columns),
        values=", ".join(changes.get(name, f't."{name}"') for name in columns),
    )
    cursor.execute(statement, {**values, "template": template})
