"""How two texts are held to be the same: without case, accents or spacing."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = "\ufeff\u200b\u200c\u200d\u2060"
#: what :func:`trim` takes off both ends of a text
EDGES: Final = frozenset(
    chr(number) for number in range(0x3001) if chr(number).isspace()
) | frozenset(_INVISIBLE)
_SPACES: Final = re.compile(r"\s+")
#: old programs break lines by VT and FF; what no XML can hold goes
_CONTROLS: Final = dict.fromkeys({*range(32), 127} - {9, 10}) | dict.fromkeys(
    (11, 12, 13), "\n"
)
_JOINTS: Final = re.compile(r"[\s_\-\u2010-\u2015]+")


def trim(text: str) -> str:
    """Without surrounding space, no-break and invisible ones included."""
    text = text.strip()
    while text and (text[0] in _INVISIBLE or text[-1] in _INVISIBLE):
        text = text.strip(_INVISIBLE).strip()
    return text


def plain_lines(text: str) -> str:
    """A text as HTML can hold it: without control characters, breaks as LF."""
    return trim(text.translate(_CONTROLS))


def one_line(text: str) -> str:
    """A text whose words are apart by one space each."""
    return " ".join(text.split())


def as_cell(text: str) -> str:
    """A text as a cell says it: trimmed, with line breaks as LF."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return trim(text)


def fold(text: str) -> str:
    """A name as it is compared: ``' École  Élémentaire '`` -> ``ecole elementaire``."""
    return _SPACES.sub(" ", _plain(text)).strip()


def fold_header(text: str) -> str:
    """A header as it is compared: ``'Business_Unit '`` -> ``businessunit``."""
    return _JOINTS.sub("", _plain(text))


def _plain(text: str) -> str:
    if text.isascii():
        return trim(text).casefold()
    text = unicodedata.normalize("NFKD", trim(text).replace("\u2019", "'"))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()
