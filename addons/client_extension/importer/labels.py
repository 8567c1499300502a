"""Additional data that a manager gave a kind: text in a cell, and the value."""

import math
import re
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from .fold import as_cell, fold
from .types import Label
from .words import FLAGS

_DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
_NUMBER_SPACE: Final = re.compile(r"[\s'\u2019]")
#: Python takes more for a number than people do: ``nan``, ``inf``, ``1_000``
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
#: beyond this a browser shows another number than the one that is kept
_LARGEST: Final = 1 << 53

#: what an import can fill; other kinds (records, tags...) have to be as they are
KINDS: Final = ("char", "text", "boolean", "integer", "float", "date", "selection")

Typed = str | int | float | bool


class NotOfKind(ValueError):
    """The cell does not say a value of that kind; the row is rejected."""


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
        return "1" if value else "0"
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
    if text[10:11].isalnum() and text[10] != "T":
        raise ValueError(text)
    for pattern in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text[:10], pattern).date().isoformat()
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
