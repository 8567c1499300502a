"""Ageing of open items, without a database."""

from datetime import date, timedelta

import pytest
from statement_layout.ageing import KEYS, OpenItem, age, balances, days_late, step_of

TODAY = date(2026, 3, 1)


def cents(amount):
    """Round as a currency with cents."""
    return round(amount, 2)


def item(late, amount):
    """Return an item that is so many days late."""
    return OpenItem(due=TODAY - timedelta(days=late), amount=amount)


@pytest.mark.parametrize(
    ("late", "key"),
    [
        (-400, "not_due"),
        (-1, "not_due"),
        (0, "not_due"),
        (1, "days_30"),
        (30, "days_30"),
        (31, "days_60"),
        (60, "days_60"),
        (61, "days_90"),
        (90, "days_90"),
        (91, "older"),
        (4000, "older"),
    ],
)
def test_the_steps_begin_and_end_on_their_days(late, key):
    assert step_of(TODAY - timedelta(days=late), TODAY) == key


def test_an_item_without_a_date_is_not_due():
    assert step_of(None, TODAY) == "not_due"
    assert days_late(None, TODAY) == 0


def test_days_are_counted_over_the_end_of_a_leap_february():
    assert days_late(date(2028, 2, 28), date(2028, 3, 1)) == 2
    assert days_late(date(2026, 2, 28), date(2026, 3, 1)) == 1


def test_an_item_is_late_from_the_day_after_it_is_due():
    assert days_late(TODAY, TODAY) == 0
    assert days_late(TODAY + timedelta(days=5), TODAY) == 0
    assert days_late(TODAY - timedelta(days=1), TODAY) == 1


def test_the_steps_add_up_to_the_total_to_the_cent():
    items = [item(late, 0.1) for late in range(-50, 150)]
    items.append(item(200, -3.33))
    steps = age(items, TODAY, cents)
    assert list(steps) == list(KEYS)
    assert cents(sum(steps.values())) == balances(items, cents)[-1] == 16.67
    assert steps["older"] == cents(59 * 0.1 - 3.33)


def test_payments_and_credits_reduce_their_step():
    steps = age([item(10, 100), item(20, -30)], TODAY, cents)
    assert steps["days_30"] == 70


def test_nothing_open():
    assert age([], TODAY, cents) == dict.fromkeys(KEYS, 0.0)
    assert balances([], cents) == []


def test_the_balance_after_each_item_has_no_rest_of_binary_numbers():
    items = [item(0, 0.1)] * 3
    assert balances(items, cents) == [0.1, 0.2, 0.3]
