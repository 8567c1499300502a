"""Characters that no name has: they are left by a conversion that went wrong.

Control characters, private use, and the sign that stands for a lost character.
"""

import re
from typing import Final

#: what is shown instead of one
SHOWN: Final = "\ufffd"
_BROKEN: Final = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
#: the same in UTF-8: those of one byte, and how the others begin
_CONTROLS: Final = bytes((*range(9), *range(0x0E, 0x1A), *range(0x1B, 0x20), 0x7F))
_LATER_CONTROLS: Final = re.compile(rb"\xc2[\x80-\x9f]")
#: characters that are looked at together: a long text is not copied as a whole
_PART: Final = 1 << 16
_PRIVATE_USE: Final = re.compile(rb"\xee|\xef[\x80-\xa3]")


def has_broken(text: str) -> bool:
    """Whether the text has such a character."""
    parts = (text[start : start + _PART] for start in range(0, len(text), _PART))
    return any(map(_has_broken, parts))


def _has_broken(text: str) -> bool:
    # Single bytes are found far faster than characters of these ranges.
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _CONTROLS)) != len(data):
        return True
    return not data.isascii() and bool(
        _LATER_CONTROLS.search(data)
        or b"\xef\xbf\xbd" in data
        or _PRIVATE_USE.search(data)
    )


def without_broken(text: str) -> str:
    """Return the text without such characters."""
    return _BROKEN.sub("", text)


def mark_broken(text: str) -> str:
    """Return the text with one visible sign in the place of each of them."""
    return _BROKEN.sub(SHOWN, text)
