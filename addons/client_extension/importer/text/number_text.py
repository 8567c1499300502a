"""A number of a spreadsheet as the text that its user sees.

A format that only affects the look of a number (thousands, decimals, currency, percent)
is ignored, because the stored number is what was meant. A format that changes the
meaning is applied: a date, a time, a postcode with its zeros, a phone number. ECMA-376
part 1, 18.8.30 and 18.8.31.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

Formatter = Callable[[str], str]

#: not part of a date or a mask: quoted, escaped, padded, filled, in brackets
_LITERALS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]')
_TOKENS: Final = re.compile(
    r'"([^"]*)"|\\(.)|(_.|\*.|\[[^\[\]]*\])|([0#?])|([ \-():+])|(.)', re.DOTALL
)
_CONDITION: Final = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_THOUSANDS: Final = re.compile(r"[0#]([ \u00a0\u202f'][0#]{3})+")
_WHOLE: Final = re.compile(r"(-?\d+)(?:\.0+)?")
_MIDNIGHT: Final = re.compile(r"[T ]00:00(:00(\.0+)?)?Z?$")
#: formats that a file refers to by number only (18.8.30), East Asian ones included
_BUILT_IN: Final = {
    **dict.fromkeys((*range(14, 18), *range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), "hh:mm:ss"),
    22: "yyyy-mm-dd hh:mm",
    46: "[h]:mm:ss",
}
_LAST_DAY: Final = 2958466  # the day after 9999-12-31


def number_text(stored: str) -> str:
    """Return the shortest text of exactly that number: no ``.0``, no ``1E+15``."""
    if whole := _WHOLE.fullmatch(stored):
        return whole[1] if whole[1] != "-0" else "0"
    number = float(stored)
    text = f"{Decimal(repr(number)):f}"
    return text.removesuffix(".0") if number else "0"


def iso_text(stored: str) -> str:
    """Return a date in ISO 8601 format, without the time if it is midnight."""
    return _MIDNIGHT.sub("", stored.strip()).replace("T", " ")


def formatter(number: int, codes: dict[int, str], from_1904: bool) -> Formatter:
    """Return the writer of numbers of one format (``codes``: those of the file)."""
    return _formatter(codes.get(number) or _BUILT_IN.get(number, ""), from_1904)


@lru_cache(256)
def _formatter(code: str, from_1904: bool) -> Formatter:
    marks = _LITERALS.sub("", code.split(";")[0]).lower()
    elapsed = bool(re.search(r"\[(h+|m+|s+)\]", code.lower()))
    if elapsed or (set(marks) & set("ymdhs") and not _is_general(marks)):
        has_time = elapsed or bool(set(marks) & set("hs"))
        has_date = bool(set(marks) & set("yd")) or not has_time
        return _Moment(has_date and not elapsed, has_time, from_1904)
    if any(_Mask(section).is_mask for section in code.split(";")):
        return _masked(code)
    return number_text


def _is_general(marks: str) -> bool:
    return marks.strip() in ("general", "standard")


class _Moment:
    """Days since an epoch as a date, a time or both (18.17.4.1)."""

    def __init__(self, has_date: bool, has_time: bool, from_1904: bool) -> None:
        self.has_date, self.has_time = has_date, has_time
        self.from_1904 = from_1904

    def __call__(self, stored: str) -> str:
        days = float(stored)
        if not 0 <= days < _LAST_DAY - 1462 * self.from_1904:
            return number_text(stored)  # the spreadsheet shows ##### there
        seconds = round(days * 86400)
        if not self.has_date:
            return clock_text(seconds)
        moment = self._epoch(days) + timedelta(seconds=seconds)
        if not self.has_time or seconds % 86400 == 0:
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%Y-%m-%d %H:%M:%S}"

    def _epoch(self, days: float) -> datetime:
        """Return day 0; day 60 of the 1900 system is a 29 February that never was."""
        if self.from_1904:
            return datetime(1904, 1, 1)
        return datetime(1899, 12, 30 if days >= 60 else 31)


def clock_text(seconds: int) -> str:
    """Return a time of day, or hours beyond a day; seconds only if not zero."""
    hours, rest = divmod(seconds, 3600)
    text = f"{hours:02}:{rest // 60:02}"
    return f"{text}:{rest % 60:02}" if rest % 60 else text


class _Mask:
    """A format of digits and signs only, such as ``00000`` or ``0#" "##" "##``."""

    def __init__(self, section: str) -> None:
        self.condition = _CONDITION.search(section)
        self.pieces: list[tuple[bool, str]] = []  # (is a digit, what is shown)
        self.is_mask = self._read(section) and self._is_special()

    def _read(self, section: str) -> bool:
        for quoted, escaped, unseen, place, sign, other in _TOKENS.findall(section):
            if other:
                return False
            if not unseen:
                self.pieces.append((bool(place), quoted or escaped or place or sign))
        return True

    def _is_special(self) -> bool:
        """Whether it has leading zeros, signs between the digits, or a leading plus."""
        places = [index for index, (place, _) in enumerate(self.pieces) if place]
        if not places:
            return False
        zeros = sum(self.pieces[index][1] == "0" for index in places)
        shape = "".join(text for _, text in self.pieces)
        between = places[-1] - places[0] + 1 > len(places)
        between = between and not _THOUSANDS.fullmatch(shape)
        before = "".join(text for _, text in self.pieces[: places[0]])
        return zeros > 1 or between or before == "+"

    def takes(self, number: int) -> bool:
        """Whether this section applies to that number."""
        if not self.condition:
            return True
        limit = float(self.condition[2])
        return {
            "<": number < limit,
            "<=": number <= limit,
            ">": number > limit,
            ">=": number >= limit,
            "=": number == limit,
            "<>": number != limit,
        }[self.condition[1]]

    def fill(self, digits: str) -> str:
        """Fill the places with digits from the right; after a ``0`` all are shown."""
        marks = [text for place, text in self.pieces if place]
        first = marks.index("0") if "0" in marks else len(marks)
        digits = digits.rjust(len(marks) - first, "0").rjust(len(marks))
        more = len(digits) - len(marks) + 1
        shown = iter([digits[:more], *digits[more:]])
        out = (next(shown).strip() if place else text for place, text in self.pieces)
        return "".join(out).strip()


def _masked(code: str) -> Formatter:
    masks = [_Mask(section) for section in code.split(";")[:2]]
    if not masks[0].condition:
        del masks[1:]  # the second section is for negative numbers

    def masked(stored: str) -> str:
        text = number_text(stored)
        if not text.isdecimal():
            return text
        mask = next((mask for mask in masks if mask.takes(int(text))), None)
        return mask.fill(text) if mask and mask.is_mask else text

    return masked
