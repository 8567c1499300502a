"""Measures *Find Duplicates*: the search of all clients, from its button to its end."""

import time
from typing import Any

#: the maximum at ``GOAL_ROWS`` clients, in seconds
GOAL = 60
GOAL_ROWS = 200_000
#: one client in so many has the email and the name of another one
SHARE = 100

# In a separate town, so that the name and the email find the same two clients.
TWINS = """
UPDATE res_partner AS twin
   SET email_normalized = first.email_normalized, name = first.name,
       city = first.city
  FROM res_partner AS first
 WHERE first.ref = 'B' || lpad((substr(twin.ref, 2)::int - 1)::text, 8, '0')
   AND twin.ref ~ '^B[0-9]{8}$'
   AND substr(twin.ref, 2)::int %% %(share)s = 0
"""


def measure(env: Any) -> dict[str, float]:
    """Return the seconds of one search, and how many groups it found.

    It runs in the batches of the cron, but without the commit after each.
    """
    env.cr.execute(TWINS, {"share": SHARE})
    env.invalidate_all()
    searches = env["client.duplicate.search"]
    search = searches.browse(searches.action_open_own()["res_id"])
    start = time.perf_counter()
    search.action_search()
    while search.state == "running":
        search._search_next()
    spent = time.perf_counter() - start
    return {
        "seconds": spent,
        "groups": search.group_count,
        "compared": search.partner_count,
    }


def goal(rows: int) -> float:
    """Return the goal for that many clients: proportional, at least a tenth."""
    return GOAL * max(rows, GOAL_ROWS // 10) / GOAL_ROWS
