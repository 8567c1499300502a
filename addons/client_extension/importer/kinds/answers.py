"""What words mean that a list does not have, as the user answered.

An answer is kept as text, so that it can be read, written by a script and used for the
next file: the word of the list that is meant, ``+`` to create what the word names, or
nothing to leave the cell empty. An answer never changes a word that the list has.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from ..text.fold import fold, fold_header
from ..types import EMPTY_WORD, LONGEST, Column, Lookups, New
from .base import CellEmpty, CellRefused, Kind
from .registry import column_kind

LEAVE_EMPTY: Final = ""
CREATE: Final = "+"
#: prefix of a label, where its text alone would be read as something else
LABEL: Final = "additional:"
#: answers for one column that are read at most
MOST_ANSWERS: Final = 5_000

Answers = Mapping[str, str]


def column_name(role: str, key: str) -> str:
    """Return the name under which the answers of a column are kept, empty if none.

    ``role`` and ``key`` are those of an ``importer.types.Target``.
    """
    if role == "standard":
        return key
    return f"{LABEL}{key}" if role == "additional" else ""


def split_answers(
    answers: Mapping[str, Answers] | None,
) -> tuple[dict[str, Answers], dict[str, Answers]]:
    """Return the answers by column key, and those by folded label."""
    by_key: dict[str, Answers] = {}
    by_label: dict[str, Answers] = {}
    for name, words in (answers or {}).items():
        if name.startswith(LABEL):
            by_label[fold_header(name[len(LABEL) :])] = words
        else:
            by_key[name] = words
    return by_key, by_label


def resolve_answers(
    kind: Kind, answers: Answers, may_create: bool = False
) -> dict[str, Any]:
    """Return folded word -> the value of its answer.

    An answer is left out where the list no longer has the word that is meant, so that
    the user is asked again; ``may_create``: unknown words can be created.
    """
    found: dict[str, Any] = {}
    for word, answer in islice(answers.items(), MOST_ANSWERS):
        if answer == LEAVE_EMPTY:
            found[fold(word)] = EMPTY_WORD
        elif answer != CREATE:
            try:
                found[fold(word)] = kind.get_meaning(answer)
            except (CellRefused, CellEmpty):
                continue
        elif may_create and len(word) <= LONGEST:
            found[fold(word)] = New(word)
    return found


def with_answers(
    lookups: Lookups,
    columns: Iterable[Column],
    answers: Mapping[str, Answers] | None,
    creatable: frozenset[str] = frozenset(),
) -> Lookups:
    """Return the lookups with what the user answered about the words of columns.

    ``answers`` by column key; ``creatable``: keys of columns whose unknown words may be
    created if the user says so.
    """
    by_key, _by_label = split_answers(answers)
    if not by_key:
        return lookups
    resolved = {
        column.key: resolve_answers(
            column_kind(column, lookups), by_key[column.key], column.key in creatable
        )
        for column in columns
        if column.key in by_key
    }
    return replace(lookups, answers=resolved)
