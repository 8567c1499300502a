"""Columns of numbers and dates, as used by additional data."""

import math
import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from .base import CellRefused, Kind

#: what may follow a date
_TIME: Final = (
    r"[T\s]\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?:\s?[ap]\.?m\.?)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)
_DAY: Final = re.compile(rf"([\d./-]+)(?:{_TIME})?", re.IGNORECASE)
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
#: nobody writes the month first with points
_AMERICAN_DAYS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d")
_NUMBER_SPACE: Final = re.compile(r"[\s'\u2019]")
#: Python accepts more as a number than people do: ``nan``, ``inf``, ``1_000``
_NUMBER: Final = re.compile(
    r"[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE
)
#: decimals of a whole number, as spreadsheets and databases write it
_ZEROS: Final = re.compile(r"(?<=\d)\.0+$")
#: a number whose sign may separate thousands or decimals
_UNCLEAR: Final = re.compile(r"([+-]?)([1-9]\d{0,2})[.,](\d{3})")
#: beyond this a browser shows another number than the stored one
_LARGEST: Final = 1 << 53


def readings(text: str, points: bool = False) -> tuple[str, str] | None:
    """Return the two readings of a number with a sign before three digits.

    Both are written unambiguously; None if the number is not ambiguous, like a number
    of a spreadsheet with ``points``, which writes no thousands separators.
    """
    found = _UNCLEAR.fullmatch(_NUMBER_SPACE.sub("", text))
    if not found or (points and "." in text):
        return None
    sign, whole, rest = found.groups()
    decimals = rest.rstrip("0") or "0"
    small = f"{decimals}0" if len(decimals) == 3 else decimals
    return f"{sign}{whole}{rest}", f"{sign}{whole}.{small}"


def write_decimal(value: Any) -> str:
    """Write a number so that its decimal point is not read as a thousands separator."""
    text = f"{Decimal(str(value)):f}".removesuffix(".0")
    unclear = readings(text)
    return unclear[1] if unclear else text


def _number(text: str, kind: str) -> str:
    number = _NUMBER_SPACE.sub("", text).replace(",", ".")
    if not _NUMBER.fullmatch(number):
        raise CellRefused("cell_kind", text, kind=kind)
    return number


class Integer(Kind):
    """A whole number."""

    def read(self, text: str) -> int:
        """Return the number, with or without single spaces as thousands separators."""
        if unclear := readings(text):
            large, small = unclear
            # Only decimals of zero can be meant in a whole number.
            small = small.removesuffix(".0")
            if small.lstrip("+-").isdecimal():
                raise CellRefused("cell_unclear", text, large=large, small=small)
        number = _ZEROS.sub("", _number(text, "integer"))
        try:
            value = int(number)
        except ValueError:
            raise CellRefused("cell_kind", text, kind="integer") from None
        if abs(value) > _LARGEST:
            raise CellRefused("cell_kind", text, kind="integer")
        return value

    def write(self, value: Any) -> str:
        """Return its digits."""
        return "" if value is None or value is False else str(value)


class Float(Kind):
    """A number with decimals; with ``points`` a point is always a decimal point."""

    def __init__(self, points: bool = False) -> None:
        self._points = points

    def read(self, text: str) -> float:
        """Return the number, unless it is ambiguous."""
        if unclear := readings(text, self._points):
            large, small = unclear
            raise CellRefused("cell_unclear", text, large=large, small=small)
        value = float(_number(text, "float"))
        if not math.isfinite(value):
            raise CellRefused("cell_kind", text, kind="float")
        return value

    def write(self, value: Any) -> str:
        """Return its digits in a form that :meth:`read` finds unambiguous."""
        return "" if value is None or value is False else write_decimal(value)


class Date(Kind):
    """A date; the time after it, as spreadsheets write it, is ignored.

    ``month_first``: the month is before the day, as Americans write it.
    """

    def __init__(self, month_first: bool = False) -> None:
        self._patterns = _AMERICAN_DAYS if month_first else _DAYS

    def read(self, text: str) -> str:
        """Return the date in ISO 8601 format."""
        if found := _DAY.fullmatch(text):
            for pattern in self._patterns:
                with suppress(ValueError):
                    return datetime.strptime(found[1], pattern).date().isoformat()
        raise CellRefused("cell_kind", text, kind="date")

    def write(self, value: Any) -> str:
        """Return the day of a date or datetime, or of a text that is already one."""
        if isinstance(value, datetime):
            value = value.date()
        return value.isoformat() if isinstance(value, date) else value or ""
