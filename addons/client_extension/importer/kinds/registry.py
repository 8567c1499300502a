"""The type of a column of a file, and of a label of additional data."""

from collections.abc import Callable, Mapping
from typing import Final

from ..text.words import STATUSES, TYPES
from ..types import Column, Label, Lookups
from .base import Kind
from .choices import NO, Choice, YesNo
from .links import Link, Links, State
from .numbers import Date, Float, Integer
from .texts import Email, Text

#: the words in a file for an individual and for a company
TYPE_WORDS: Final[Mapping[bool, str]] = {False: "individual", True: "company"}
#: what an import can fill; values of other types of label (records, tags...) cannot be
#: changed
LABEL_KINDS: Final = (
    "char", "text", "boolean", "integer", "float", "date", "selection",
)  # fmt: skip


def _link(column: Column, lookups: Lookups) -> Kind:
    return Link(lookups.tables.get(column.key), column.key in lookups.creatable)


def _links(column: Column, lookups: Lookups) -> Kind:
    return Links(lookups.tables.get(column.key), column.key in lookups.creatable)


_COLUMNS: Final[Mapping[str, Callable[[Column, Lookups], Kind]]] = {
    "text": lambda column, _lookups: Text(column.reader, column.normalize),
    "email": lambda _column, _lookups: Email(),
    "yes_no": lambda _column, _lookups: YesNo(unset=NO),
    "type": lambda _column, _lookups: Choice(
        TYPES, TYPE_WORDS, "cell_type", TYPE_WORDS[False]
    ),
    "status": lambda _column, _lookups: Choice(
        STATUSES, {value: str(value) for value in STATUSES.values()}, "cell_status"
    ),
    "link": _link,
    "links": _links,
    "state": lambda _column, lookups: State(lookups.states),
}


def column_kind(column: Column, lookups: Lookups | None = None) -> Kind:
    """Return the type of a column; ``lookups`` resolve the names in its cells."""
    lookups = lookups or Lookups()
    kind = _COLUMNS[column.kind](column, lookups)
    if column.key in lookups.answers:
        kind.answers = lookups.answers[column.key]
    return kind


def label_kind(label: Label, points: bool = False) -> Kind:
    """Return the type of a label; ``points``: a point is always a decimal point.

    A label that an import cannot fill is treated as text that has to stay unchanged.
    """
    if label.kind == "boolean":
        return YesNo("cell_kind", kind="boolean")
    if label.kind == "integer":
        return Integer()
    if label.kind == "float":
        return Float(points)
    if label.kind == "date":
        return Date()
    if label.kind == "selection":
        return Choice(label.choices, label.captions, kind="selection")
    return Text()
