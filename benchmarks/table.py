"""Prints measurements with their goals."""

from collections.abc import Mapping
from typing import Any


def verdict(ratio: float, goal: float) -> str:
    """Return in a word whether the goal is met."""
    return "yes" if ratio >= goal else "NO"


def lines(
    results: Mapping[str, Any], titles: Mapping[str, str], goals: Mapping[str, float]
) -> list[str]:
    """Return the table: rows per second of both, the ratio, its goal."""
    form = "{:44}{:>12}{:>12}{:>12}{:>10}{:>8}{:>6}"
    found = [form.format("rows/s", "ours", "Odoo", "COPY", "ratio", "goal", "met")]
    for name, result in results.items():
        copied = f"{result.copy.rate:,.0f}" if result.copy.rows else ""
        found.append(
            form.format(
                titles[name],
                f"{result.ours.rate:,.0f}",
                f"{result.stock.rate:,.0f}",
                copied,
                f"{result.ratio:,.2f}",
                f"{goals[name]:g}",
                verdict(result.ratio, goals[name]),
            )
        )
    return found
