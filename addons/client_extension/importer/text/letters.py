"""The one table of characters by which texts are compared, in Python and in SQL.

It is made from Unicode blocks that are fully assigned, whose properties never change:
every version of Python makes the same table, and PostgreSQL is given this table instead
of its own.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

#: separates columns that are searched as one text; nobody types it
SEPARATOR: Final = "\x02"

#: Latin with its accents, IPA, Greek, Cyrillic, Armenian, Roman numerals, full width
_BLOCKS: Final = (
    (0x00A1, 0x0250),
    (0x0370, 0x0378),
    (0x037A, 0x0380),
    (0x0384, 0x0530),
    (0x0531, 0x0557),
    (0x0561, 0x0587),
    (0x1E00, 0x1F00),
    (0x1F00, 0x1FFF),
    (0x2070, 0x2072),
    (0x2074, 0x208F),
    (0x2160, 0x2180),
    (0xFB00, 0xFB07),
    (0xFF01, 0xFF5F),
)
#: letters that Unicode does not decompose, as people write them without their sign
_LETTERS: Final = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ß": "ss",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "\u0131": "i",
    "ĸ": "k",
    "ŋ": "n",
    "ŧ": "t",
    "ŀ": "l",
    "ƀ": "b",
    "ɓ": "b",
    "ƈ": "c",
    "ɖ": "d",
    "ɗ": "d",
    "ƌ": "d",
    "ƒ": "f",
    "ɠ": "g",
    "ǥ": "g",
    "ɨ": "i",
    "ƙ": "k",
    "ƚ": "l",
    "ƞ": "n",
    "ɲ": "n",
    "ɵ": "o",
    "ƥ": "p",
    "ƫ": "t",
    "ƭ": "t",
    "ʈ": "t",
    "ư": "u",
    "ʉ": "u",
    "\u028b": "v",
    "ƴ": "y",
    "ƶ": "z",
    "ȥ": "z",
    "ɇ": "e",
    "ɉ": "j",
    "ɍ": "r",
    "ɏ": "y",
    "ȼ": "c",
    "ⱥ": "a",
    "ⱦ": "t",
    "\u03c2": "\u03c3",
    "·": "",
    "№": "no",
    "™": "tm",
    "…": "...",
}
#: characters that are typed in several ways
_SIGNS: Final = {
    "'": "\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u2035\u00b4\uff07`",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u2036\uff02",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d",
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004"
    "\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
}
_CONTROLS: Final = (
    (0x00, 0x02),
    (0x03, 0x09),
    (0x0E, 0x1C),
    (0x7F, 0x85),
    (0x86, 0xA0),
)
#: zero-width characters, direction marks, soft hyphen, byte order mark
INVISIBLE: Final = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
#: they join or part the letters of some scripts, and the parts of an emoji
_JOINERS: Final = "\u180e\u200c\u200d"
#: the letters of such scripts, and the parts of emoji
_JOINED: Final = (
    "\u0600-\u061b\u061d-\u10ff\u1780-\u180d\u180f-\u1cff\u2190-\u2bff"
    "\u3030-\u3299\ua800-\uabff\ufb50-\ufdff\ufe0f\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001f000-\U0001faff\U000e0020-\U000e007f"
)
#: invisible signs that are no part of a word
_SIGN: Final = re.compile(
    f"[{''.join(sorted(set(INVISIBLE) - set(_JOINERS)))}]"
    f"|(?<![{_JOINED}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINED}])"
)
#: combining accents, points of Hebrew and Arabic, variation selectors
_MARKS: Final = (
    (0x0300, 0x0370),
    (0x0483, 0x0488),
    (0x0591, 0x05BE),
    (0x05BF, 0x05C0),
    (0x05C1, 0x05C3),
    (0x05C4, 0x05C6),
    (0x064B, 0x0660),
    (0x0670, 0x0671),
    (0x1DC0, 0x1E00),
    (0x20D0, 0x20F1),
    (0xFE00, 0xFE10),
    (0xFE20, 0xFE30),
)


def compose(text: str) -> str:
    """Return a text with composed accents and without invisible signs.

    macOS and some databases write a letter and its accent as two characters.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", without_signs(text))


def without_signs(text: str) -> str:
    """Return a text without signs that nobody sees: direction marks, soft hyphens...

    A joiner stays between two letters of a script that needs it, and in an emoji.
    """
    return _SIGN.sub("", text) if has_signs(text) else text


def has_signs(text: str) -> bool:
    """Whether :func:`without_signs` takes something out of the text."""
    # A search for single characters is far faster than a pattern in a long text.
    if text.isascii() or not any(map(text.__contains__, INVISIBLE)):
        return False
    return bool(_SIGN.search(text))


def _characters(ranges: tuple[tuple[int, int], ...]) -> Iterator[str]:
    return (chr(code) for start, stop in ranges for code in range(start, stop))


def _make() -> dict[str, str]:
    """Return each character that is replaced for comparison, and its replacement."""
    table = dict.fromkeys(_characters((*_CONTROLS, *_MARKS)), "")
    table |= dict.fromkeys(INVISIBLE, "")
    table |= {sign: plain for plain, signs in _SIGNS.items() for sign in signs}
    table |= {chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    known = _LETTERS | table
    for char in (*_characters(_BLOCKS), *_LETTERS, "\u212a", "\u212b", "\u2126"):
        if char not in table:
            table[char] = _plain(char, known)
    return {char: plain for char, plain in table.items() if char != plain}


def _plain(char: str, known: dict[str, str]) -> str:
    """Lowercase a letter and strip its accents, repeatedly until nothing changes."""
    text = "".join(known.get(c, c) for c in unicodedata.normalize("NFKD", char).lower())
    return text if text in (char, "") else "".join(_plain(c, known) for c in text)


#: each character that is replaced for comparison
TABLE: Final = _make()
