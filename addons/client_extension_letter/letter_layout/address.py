"""The lines of an address in the window of an envelope."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

#: what sorting machines of the post read
MAX_LINES = 6
MAX_CHARACTERS = 38

#: France and its territories, which Odoo gives codes of their own: their post wants no
#: punctuation in the lines below the names
PLAIN = frozenset(
    [
        *("FR", "MC", "GP", "GF", "MQ", "RE", "YT", "PM"),
        *("BL", "MF", "NC", "PF", "WF", "TF"),
    ]
)
#: countries whose post asks for the town in capitals
CAPITALS = PLAIN | {"BE", "LU", "NL", "GB", "US", "CA", "AU", "NZ"}

_PUNCTUATION = re.compile(r"[.,;:!?\"“”«»()]+")


@dataclass(frozen=True)
class AddressProblem:
    """What is wrong with an address.

    :param code: ``"too_long"``, ``"too_many"``, ``"no_street"`` or ``"no_city"``
    :param line: the line that is too long, or an empty text
    """

    code: str
    line: str = ""


def window_lines(
    names: Iterable[str], address: Iterable[str], country: str, code: str
) -> list[str]:
    """Write an address as the post of its country wants it.

    :param names: who gets the letter, one name a line
    :param address: what follows, the town last, without the country
    :param country: name of the country, empty for letters inside the sender's own
    :param code: ISO code of the country of the address, in capitals, or empty
    :return: the lines, without empty ones and without one that repeats the line above
    """
    below = _tidy(address)
    if code in PLAIN:
        below = _tidy(_PUNCTUATION.sub(" ", line) for line in below)
    if below and code in CAPITALS:
        below[-1] = below[-1].upper()
    lines: list[str] = []
    for line in [*_tidy(names), *below, *_tidy([country.upper()])]:
        if not lines or line.casefold() != lines[-1].casefold():
            lines.append(line)
    return lines


def problems(lines: Iterable[str], street: bool, city: bool) -> list[AddressProblem]:
    """Say what the post could not read.

    :param lines: of :func:`window_lines`
    :param street: whether the address has a street or a post office box
    :param city: whether it has a town
    :return: list of problems, those of the whole address first
    """
    lines = list(lines)
    found = []
    if not street:
        found.append(AddressProblem("no_street"))
    if not city:
        found.append(AddressProblem("no_city"))
    if len(lines) > MAX_LINES:
        found.append(AddressProblem("too_many"))
    found += [
        AddressProblem("too_long", line) for line in lines if len(line) > MAX_CHARACTERS
    ]
    return found


def _tidy(lines: Iterable[str]) -> list[str]:
    """:return: the lines with single spaces, without empty ones"""
    tidied = (" ".join(line.split()) for line in lines)
    return [line for line in tidied if line]
