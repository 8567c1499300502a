"""Additional data for many clients: labels, and a value for each of them."""

from typing import Any

CHOICES = ("Self-catering", "Half board", "Full board", "Everything")

# A code that some clients share, a choice, a number: what people search and group by.
FILL = """
UPDATE res_partner
   SET client_properties = jsonb_build_object(
       %(code)s::text, 'SAP-' || lpad((id %% 50000)::text, 6, '0'),
       %(choice)s::text, (%(choices)s::text[])[1 + id %% 4],
       %(number)s::text, id %% 40)
 WHERE client_status IS NOT NULL
"""


def make(env: Any) -> None:
    """Add three labels and give every client their values."""
    labels = env["client.label"].create(
        [
            {"name": "Bench Code"},
            {
                "name": "Bench Choice",
                "kind": "selection",
                "choice_ids": [(0, 0, {"name": name}) for name in CHOICES],
            },
            {"name": "Bench Number", "kind": "integer"},
        ]
    )
    env.flush_all()
    code, choice, number = labels
    values = {
        "code": code.key,
        "choice": choice.key,
        "choices": choice.choice_ids.mapped("key"),
        "number": number.key,
    }
    env.cr.execute(FILL, values)
    env.cr.commit()
    env.invalidate_all()


def field(env: Any, name: str) -> str:
    """Return the field expression of the label *name*."""
    label = env["client.label"].search([("name", "=", f"Bench {name}")])
    return f"client_properties.{label.key}"
