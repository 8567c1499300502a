"""Additional data that a manager gave a kind: text in a cell, and the value."""

import math
import re
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from ..types import Label
from .fold import as_cell, fold
from .words import FLAGS

#: what may stand behind a day
_TIME: Final = (
    r"[T\s]\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?:\s?[ap]\.?m\.?)?\s?(?:Z|[+-]\d{2}:?\d{2})?"
)
_DAY: Final = re.compile(rf"([\d./-]+)(?:{_TIME})?", re.IGNORECASE)
_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
_NUMBER_SPACE: Final = re.compile(r"[\s'\u2019]")
#: Python takes more for a number than people do: ``nan``, ``inf``, ``1_000``
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
#: a number whose sign may stand before thousands, or before decimals
_UNCLEAR: Final = re.compile(r"([+-]?)([1-9]\d{0,2})[.,](\d{3})")
#: beyond this a browser shows another number than the one that is kept
_LARGEST: Final = 1 << 53

#: what an import can fill; other kinds (records, tags...) have to be as they are
KINDS: Final = ("char", "text", "boolean", "integer", "float", "date", "selection")

YES: Final = "1"
NO: Final = "0"

Typed = str | int | float | bool


class NotOfKind(ValueError):
    """The cell does not say a value of that kind; the row is rejected."""


def readings(text: str, points: bool = False) -> tuple[str, str] | None:
    """What a number with a sign before three digits may be: a large or a small one.

    Both are written so that no doubt is left; None when the number has none, as that of
    a spreadsheet with ``points``, which writes no thousands.
    """
    found = _UNCLEAR.fullmatch(_NUMBER_SPACE.sub("", text))
    if not found or (points and "." in text):
        return None
    sign, whole, rest = found.groups()
    decimals = rest.rstrip("0") or "0"
    small = f"{decimals}0" if len(decimals) == 3 else decimals
    return f"{sign}{whole}{rest}", f"{sign}{whole}.{small}"


def parse(text: str, label: Label) -> Typed:
    """The value to keep; ``text`` is not empty."""
    if label.kind in ("char", "text"):
        return text
    try:
        return _PARSERS[label.kind](text, label)
    except (KeyError, ValueError):
        raise NotOfKind(label.kind) from None


def spell(value: object, label: Label) -> str:
    """How a kept value is written, and compared with a cell."""
    if value is None or (value is False and label.kind != "boolean"):
        return ""
    if label.kind == "boolean":
        return YES if value else NO
    if label.kind == "float":
        return repr(float(str(value)))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return as_cell(str(value))


def _flag(text: str, label: Label) -> Typed:
    return bool(FLAGS[fold(text)])


def _number(text: str) -> str:
    number = _NUMBER_SPACE.sub("", text).replace(",", ".")
    if not _NUMBER.fullmatch(number):
        raise ValueError(text)
    return number


def _integer(text: str, label: Label) -> Typed:
    value = int(_number(text))
    if abs(value) > _LARGEST:
        raise ValueError(text)
    return value


def _float(text: str, label: Label) -> Typed:
    value = float(_number(text))
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _date(text: str, label: Label) -> Typed:
    if found := _DAY.fullmatch(text):
        for pattern in _DAYS:
            with suppress(ValueError):
                return datetime.strptime(found[1], pattern).date().isoformat()
    raise ValueError(text)


def _choice(text: str, label: Label) -> Typed:
    return label.choices[fold(text)]


_PARSERS: Final = {
    "boolean": _flag,
    "integer": _integer,
    "float": _float,
    "date": _date,
    "selection": _choice,
}
