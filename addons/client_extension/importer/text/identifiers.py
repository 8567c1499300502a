"""Normalizes tax IDs, phone numbers and emails for comparison.

PostgreSQL does the same with ``client_code`` and ``client_emails``
(``tools/fold_sql.py``).
"""

import re
from typing import Final

from .fold import fold
from .letters import INVISIBLE, TABLE

#: characters that are ignored in a company's number
PUNCTUATION: Final = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PUNCTUATION: Final = str.maketrans("", "", PUNCTUATION)
#: what separates or surrounds addresses
BETWEEN: Final = ',;:<>()[]"/|\\ ' + "".join(
    sorted(char for char, plain in TABLE.items() if plain == " ")
)
_BETWEEN: Final = re.compile(f"[{re.escape(BETWEEN)}]+")
#: what may be left at the ends of an address
AROUND: Final = ".'"
_INVISIBLE: Final = str.maketrans("", "", INVISIBLE)
_CAPITALS: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
)
#: a number as it is dialed, within the country or from abroad
_DIALLED: Final = re.compile(r"(?:tel:)?([\d\s+()./-]+)")
_SHORTEST: Final = 5
#: codes of the countries whose tax IDs are written with a prefix and without
_COUNTRIES: Final = (
    *("at", "be", "bg", "ch", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gb"),
    *("gr", "hr", "hu", "ie", "it", "lt", "lu", "lv", "mt", "nl", "no", "pl", "pt"),
    *("ro", "se", "si", "sk"),
)
#: code of a country -> prefix of its tax IDs
VAT_PREFIXES: Final = {country: country for country in _COUNTRIES} | {"gr": "el"}


def code(text: str) -> str:
    """Normalize a number for comparison: ``'BE 0477.472.701'`` -> ``be0477472701``."""
    return fold(text).translate(_PUNCTUATION)


def emails(text: str) -> list[str]:
    """Return each address: ``'Ann <a@b.be>; c@d.be'`` -> ``['a@b.be', 'c@d.be']``."""
    parts = _BETWEEN.split(text.translate(_INVISIBLE).translate(_CAPITALS))
    parts = [part.strip(AROUND) for part in parts]
    found = [p for p in parts if p.count("@") == 1 and p.strip("@") == p]
    return list(dict.fromkeys(found))


def dialled(text: str) -> str:
    """Return the digits that a phone number has in any spelling, even if incomplete.

    ``'06 12 34 56'``, ``'+33 (0)6 12 34 56'`` -> ``6123456``, ``336123456``.

    :return: empty if the text is not a phone number, or too short to tell
    """
    found = _DIALLED.fullmatch(fold(text))
    if not found or not found[1].isascii():
        return ""
    digits = re.sub(r"\D", "", found[1].replace("(0)", "")).lstrip("0")
    return digits if len(digits) >= _SHORTEST else ""


def vat_codes(text: str, country: str | None) -> list[str]:
    """Return the ways in which a tax ID may be stored: with or without country code.

    :param text: as the user typed it
    :param country: country code of the owner of the tax ID; empty if there is none,
        None if it may be any
    """
    plain = code(text)
    if len(plain) < 2:
        return []
    if country is None:
        prefixes = {*VAT_PREFIXES, *VAT_PREFIXES.values()}
        # With one of its own, it is not stored with others.
        prefixes = {plain[:2]} & prefixes or prefixes
    else:
        country = country.lower()
        prefixes = {country, VAT_PREFIXES.get(country, "")} - {""}
    found = {plain}
    for prefix in prefixes:
        bare = plain.removeprefix(prefix)
        found |= {bare, prefix + bare}
    return sorted(one for one in found if len(one) > 1)
