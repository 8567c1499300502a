"""How long amounts have been due, in steps of 30 days."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

#: keys of the steps, the youngest first, and the last day late of each
STEPS = (("not_due", 0), ("days_30", 30), ("days_60", 60), ("days_90", 90))
OLDER = "older"
KEYS = (*(key for key, _last in STEPS), OLDER)


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """An instalment, payment or credit that is not settled.

    :param due: when it has to be paid, None for an item without a date
    :param amount: what is open in the currency of the company, negative in favor of the
        client
    """

    due: date | None
    amount: float


def days_late(due: date | None, today: date) -> int:
    """Count the days since an item had to be paid.

    :param due: the last day on which it is not late
    :param today: the day of the statement
    :return: 0 for an item that is not late
    """
    return max((today - due).days, 0) if due else 0


def step_of(due: date | None, today: date) -> str:
    """:return: the key of the step of an item, one of ``KEYS``"""
    late = days_late(due, today)
    return next((key for key, last in STEPS if late <= last), OLDER)


def age(
    items: Iterable[OpenItem], today: date, rounded: Callable[[float], float]
) -> dict[str, float]:
    """Add up open items by how long they have been due.

    :param items: in any order
    :param today: the day of the statement
    :param rounded: rounds an amount as the currency of the company does
    :return: dict ``{key of KEYS: amount}``; a step without items has 0
    """
    sums = dict.fromkeys(KEYS, 0.0)
    for item in items:
        key = step_of(item.due, today)
        sums[key] = rounded(sums[key] + item.amount)
    return sums


def balances(
    items: Iterable[OpenItem], rounded: Callable[[float], float]
) -> list[float]:
    """Add up open items one after the other.

    :param items: in the order of the statement
    :param rounded: rounds an amount as the currency of the company does
    :return: list of what is open after each item; the last one is the total
    """
    amounts = (item.amount for item in items)
    totals = accumulate(amounts, lambda total, amount: rounded(total + amount))
    return [rounded(total) for total in totals]
