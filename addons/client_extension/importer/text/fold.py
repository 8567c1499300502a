"""How two texts are compared: without case, accents or spacing.

PostgreSQL compares in the same way with ``client_fold``, which is made from the same
table (``tools/fold_sql.py``); a test compares the two.
"""

import re
from typing import Final

from .letters import INVISIBLE, TABLE, without_signs

#: what :func:`trim` strips from both ends of a text
EDGES: Final = frozenset(
    chr(number) for number in range(0x3001) if chr(number).isspace()
) | frozenset(INVISIBLE)
_EDGES: Final = "".join(sorted(EDGES))
_SPACES: Final = re.compile(" {2,}")
_DASHES: Final = re.compile("-{2,}")
#: dashes that are no part of a word
_ALONE: Final = re.compile(" (?:- )+")
#: old programs break lines with VT and FF; characters that XML cannot hold are dropped
_CONTROLS: Final = dict.fromkeys({*range(32), 127} - {9, 10}) | dict.fromkeys(
    (11, 12, 13), "\n"
)
_TABLE: Final = str.maketrans(TABLE)
#: ASCII characters that are replaced for comparison, besides capital letters
ODD: Final = "".join(c for c in sorted(TABLE) if c.isascii() and not c.isalpha())
_ODD: Final = re.compile(f"[{re.escape(ODD)}]")
_JOINTS: Final = str.maketrans("", "", " _-")
#: a dash at one end of a word: a minus sign, or part of a grade
_KEPT: Final = "\x01"


def trim(text: str) -> str:
    """Strip surrounding space, including no-break and invisible spaces."""
    text = text.strip()
    if text and (text[0] in INVISIBLE or text[-1] in INVISIBLE):
        return text.strip(_EDGES)
    return text


def plain_lines(text: str) -> str:
    """Return a text that HTML can hold: no control characters, line breaks as LF."""
    return trim(text.translate(_CONTROLS))


def one_line(text: str) -> str:
    """Return a text whose words are separated by single spaces."""
    return " ".join(text.split())


def as_cell(text: str) -> str:
    """Return a text as the value of a cell: trimmed, with line breaks as LF.

    Invisible signs are no part of it.
    """
    text = without_signs(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return trim(text)


def fold(text: str) -> str:
    """Fold a name for comparison: ``' École-Élémentaire '`` -> ``ecole elementaire``.

    A dash between two words is a space; at one end of a word it stays: ``A-`` and
    ``-1`` are not ``A`` and ``1``.
    """
    text = _plain(text)
    if "-" in text:
        text = _SPACES.sub(" ", _DASHES.sub("-", text))
        text = _ALONE.sub(" ", f" {text} ").replace(" -", f" {_KEPT}")
        text = text.replace("- ", f"{_KEPT} ").replace("-", " ").replace(_KEPT, "-")
    if "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def fold_header(text: str) -> str:
    """Fold a header for comparison: ``'Business_Unit '`` -> ``businessunit``."""
    return _plain(text).translate(_JOINTS)


def _plain(text: str) -> str:
    if text.isascii() and not _ODD.search(text):
        return text.lower()
    return text.translate(_TABLE)
