"""Numbers and addresses as they are compared: a tax ID, a phone number, an email.

PostgreSQL does the same by ``client_code`` and ``client_emails``
(``tools/fold_sql.py``).
"""

import re
from typing import Final

from .fold import fold
from .letters import INVISIBLE, TABLE

#: what does not count in a number of a company
PUNCTUATION: Final = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PUNCTUATION: Final = str.maketrans("", "", PUNCTUATION)
#: what stands between two addresses, or around one
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
#: a number as it is dialled, in the country or from abroad
_DIALLED: Final = re.compile(r"[\d\s+()./-]+")
_SHORTEST: Final = 5
#: where a tax ID does not begin with the code of the country
_PREFIXES: Final = {"gr": "el"}


def code(text: str) -> str:
    """A number as it is compared: ``'BE 0477.472.701'`` -> ``be0477472701``."""
    return fold(text).translate(_PUNCTUATION)


def emails(text: str) -> list[str]:
    """Each address: ``'Ann <a@b.be>; c@d.be'`` -> ``['a@b.be', 'c@d.be']``."""
    parts = _BETWEEN.split(text.translate(_INVISIBLE).translate(_CAPITALS))
    parts = [part.strip(AROUND) for part in parts]
    found = [p for p in parts if p.count("@") == 1 and p.strip("@") == p]
    return list(dict.fromkeys(found))


def dialled(text: str) -> str:
    """The digits that a phone number has in any spelling, as far as it is typed.

    ``'06 12 34 56'``, ``'+33 (0)6 12 34 56'`` -> ``6123456``, ``336123456``.

    :return: empty where the text is no phone number, or too short to tell
    """
    if not text.isascii() or not _DIALLED.fullmatch(text):
        return ""
    digits = re.sub(r"\D", "", text.replace("(0)", "")).lstrip("0")
    return digits if len(digits) >= _SHORTEST else ""


def vat_codes(text: str, country: str) -> list[str]:
    """The ways in which a tax ID may be stored: with its country in front, or without.

    :param text: as it was typed
    :param country: code of the country of whoever has it, or empty
    """
    plain = code(text)
    if len(plain) < 2:
        return []
    country = country.lower()
    found = {plain}
    for prefix in filter(None, (country, _PREFIXES.get(country))):
        bare = plain.removeprefix(prefix)
        found |= {bare, prefix + bare}
    return sorted(one for one in found if len(one) > 1)
