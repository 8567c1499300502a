"""An encoding that the bytes do not tell: guessed by a library, and shown to the user.

The readings of some words are compared. What the library proposes is asked about
wherever it is not what a spreadsheet of Western Europe writes.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import chardet

from ..text.broken import mark_broken
from ..types import Opener, Question

#: bytes of the lines that the library sees
_SAMPLE: Final = 20_000
#: words that the user sees, and characters of each
_WORDS, _WORD = 5, 30
#: encodings among which the user chooses
_MOST: Final = 6
#: of the other old systems of Western Europe, which a library confuses
_USUAL: Final = ("cp850", "mac-roman")
#: encodings of one byte a letter that replace cp1252 in other countries, and how much
#: better one of them has to fit where both read as words
_FAMILIES: Final = ("cp125", "iso8859")
_BETTER: Final = 1.3
_BETWEEN: Final = re.compile(rb"[;,\t|\"\r\n ()/]+")
_FOREIGN: Final = re.compile(rb"[\x80-\xff]")
#: letters and signs of cp1252 beside ASCII that texts of Western Europe have in words
_LETTERS: Final = "\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
_SIGNS: Final = "\u00aa\u00ab\u00b0\u00bf\u2013-\u2026\u20ac"
#: not within a word there: a capital behind a small letter, several letters with
#: accents in a row, Icelandic letters, a sign between or before letters
_NO_WORD: Final = re.compile(
    "[a-z][\u00c0-\u00d6\u00d8-\u00de\u0152\u0160\u0178\u017d]"
    "|[\u00c0-\u00ff]{3}|[\u00d0\u00dd\u00de\u00f0\u00fd\u00fe]"
    f"|[A-Za-z][^\x00-\x7f\u00b7\u2013\u2019{_LETTERS}][A-Za-z]"
    f"|[^\x00-\x7f{_LETTERS}{_SIGNS}][a-z]"
)


def ask_encoding(source: Opener, usual: str) -> Question:
    """Return the question which encoding a file has.

    :param usual: cp1252, or latin-1 where a byte means nothing in cp1252
    """
    lines = b"".join(_sample(source))
    words = list(islice(_words(lines), _WORDS))
    ranks = _ranks(lines)
    best = next((name for name in ranks if _read(words, name)), usual)
    text = lines.decode(usual, "replace")
    value = _read(words, usual, "replace")
    readings = {usual: value}
    for name in (best, *_USUAL, *ranks):
        reading = _read(words, name)
        if reading and reading not in readings.values() and len(readings) < _MOST:
            readings[name] = reading
    is_foreign = _read(words, best) != value and (
        bool(_NO_WORD.search(text)) or _fits_better(best, words, value, ranks)
    )
    others = (name for name in readings if name != usual)
    likely = (name for name in others if not _NO_WORD.search(readings[name]))
    found = next(likely, best) if is_foreign else usual
    choices = tuple(readings.items())
    return Question("encoding", choices, found, is_open=is_foreign, value=value)


def _sample(source: Opener) -> Iterator[bytes]:
    """Yield the first lines that are not plain ASCII."""
    size = 0
    with source() as stream:
        for line in iter(lambda: stream.readline(_SAMPLE), b""):
            if not line.isascii():
                yield line
                size += len(line)
                if size > _SAMPLE:
                    return


def _words(lines: bytes) -> Iterator[bytes]:
    words = _BETWEEN.split(lines)
    yield from dict.fromkeys(word for word in words if _FOREIGN.search(word))


def _ranks(lines: bytes) -> dict[str, float]:
    """Return what the library proposes, best first, with its confidence."""
    ranks: dict[str, float] = {}
    try:
        proposals = chardet.detect_all(lines, ignore_threshold=True)
    except TypeError:
        # chardet 4, which Odoo requires beside Python 3.10, has no such option.
        proposals = chardet.detect_all(lines)
    for found in proposals:
        try:
            name = codecs.lookup(found["encoding"] or "").name
        except LookupError:
            continue
        ranks.setdefault(name, found["confidence"])
    return ranks


def _read(words: Iterable[bytes], encoding: str, errors: str = "strict") -> str:
    """Return some words in that encoding, or an empty text if they are none in it."""
    try:
        found = [word.decode(encoding, errors)[:_WORD] for word in words]
    except (UnicodeError, ValueError):
        return ""
    text = " · ".join(found)
    if errors == "replace":
        return mark_broken(text)
    return text if text.isprintable() else ""


def _fits_better(
    name: str, words: list[bytes], reading: str, ranks: dict[str, float]
) -> bool:
    """Whether an encoding fits better than those that read the words in another way."""
    alike = (rank for one, rank in ranks.items() if _read(words, one) == reading)
    best = ranks.get(name, 0.0)
    return name.startswith(_FAMILIES) and best > _BETTER * max(alike, default=0.0)
