"""A long import and its undo, and the expected database before and after them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from . import people

HEADER = (
    "reference",
    "name",
    "address",
    "zip",
    "city",
    "phone",
    "mobile",
    "email",
    "comment",
    "category",
    "code SAP",
)
CATEGORIES = ("Survivor school", "Survivor family")
#: one in so many rows is refused, for existing clients and for new ones
REFUSED = 500
#: records of the import itself are not part of the clients
JOURNAL = ("client_import_change", "client_import_preview")
#: what an undo cannot restore
ALWAYS_NEW = ["write_date", "write_uid"]

TABLES = """
SELECT DISTINCT c.relname
  FROM pg_constraint AS k
  JOIN pg_class AS c ON c.oid = k.conrelid
 WHERE k.contype = 'f' AND k.confrelid = 'res_partner'::regclass
 UNION
SELECT 'res_partner'
 ORDER BY 1
"""
DUMP = """
COPY (SELECT '{table}', line
        FROM (SELECT (to_jsonb(t) - '{{{gone}}}'::text[])::text AS line
                FROM "{table}" AS t) AS lines
       ORDER BY line COLLATE "C") TO STDOUT
"""
STORED = """
SELECT ref, name, mobile, street FROM res_partner WHERE ref ~ '^[BN][0-9]{8}$'
"""


def is_refused(n: int) -> bool:
    """Return whether row *n* has an invalid email address."""
    return n % REFUSED in (0, 251)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield rows alternately for a client of `people.make` and for a new one."""
    for n in range(1, count + 1):
        number = (n + 1) // 2
        yield (
            f"{'B' if n % 2 else 'N'}{number:08}",
            f"Survivor {n}",
            f"Rue de l'Été {n}",
            f"{n % 10_000:04}",
            people.CITIES[n % len(people.CITIES)],
            f"+32470{n % 1_000_000:06}",
            f"+32475{n % 1_000_000:06}",
            "nobody" if is_refused(n) else f"survivor{n}@example.com",
            f"Line {n}",
            CATEGORIES[n % len(CATEGORIES)],
            f"{n:06}",
        )


def expected(count: int) -> dict[str, int]:
    """Return the expected final counts of the import of that many rows."""
    refused = [n for n in range(1, count + 1) if is_refused(n)]
    old = sum(n % 2 for n in refused)
    return {
        "row_count": count,
        "rows_done": count,
        "created_count": count // 2 - (len(refused) - old),
        "updated_count": (count + 1) // 2 - old,
        "unchanged_count": 0,
        "skipped_count": 0,
        "rejected_count": len(refused),
    }


def wrong(link: Any, record_id: int, count: int) -> list[str]:
    """Return sentences about everything wrong in an import that was killed."""
    found = []
    columns = ", ".join(expected(count))
    with link.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM client_import WHERE id = {record_id}")
        figures = dict(zip(expected(count), cursor.fetchone(), strict=True))
        if figures != expected(count):
            found.append(f"the figures are {figures}, not {expected(count)}")
        cursor.execute(STORED)
        stored = cursor.fetchall()
        cursor.execute(
            "SELECT count(*), count(DISTINCT partner_key) FROM client_import_change"
            f" WHERE import_id = {record_id}"
        )
        lines, clients = cursor.fetchone()
        cursor.execute(
            f"SELECT line FROM client_import_problem WHERE import_id = {record_id}"
        )
        refused = sorted(line for (line,) in cursor.fetchall())
    found += _wrong_clients({row[0]: row[1:] for row in stored}, len(stored), count)
    written = figures["created_count"] + figures["updated_count"]
    if not lines == clients == written:
        found.append(f"the journal has {lines} lines of {clients} clients")
    if refused != [n + 1 for n in range(1, count + 1) if is_refused(n)]:
        found.append(f"{len(refused)} lines of the file have a problem")
    return found


def _wrong_clients(
    stored: Mapping[str, tuple[str, ...]], number: int, count: int
) -> list[str]:
    found = []
    if number != len(stored):
        found.append(f"{number - len(stored)} references are there twice")
    lost = changed = 0
    for n, row in enumerate(rows(count), 1):
        reference, name, street, mobile = row[0], row[1], row[2], row[6]
        kept = stored.get(reference)
        if is_refused(n):
            changed += kept is not None and (n % 2 == 0 or kept[0] == name)
        else:
            lost += kept != (name, mobile, street)
    if lost:
        found.append(f"{lost} rows are lost")
    if changed:
        found.append(f"{changed} refused rows did something")
    return found


def dump(link: Any, path: Path) -> int:
    """Write every row of the clients and of what refers to them; return how many."""
    gone = ",".join(ALWAYS_NEW)
    with link.cursor() as cursor, path.open("wb") as stream:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name not in JOURNAL]
        lines = 0
        for table in tables:
            cursor.copy_expert(DUMP.format(table=table, gone=gone), stream)
            lines += cursor.rowcount
    return lines


def differences(before: Path, after: Path) -> list[str]:
    """Return the lines that only one of two dumps has, each with its sign."""
    with before.open() as one, after.open() as other:
        old, new = set(one), set(other)
    gone = [f"- {line}" for line in sorted(old - new)]
    return gone + [f"+ {line}" for line in sorted(new - old)]
