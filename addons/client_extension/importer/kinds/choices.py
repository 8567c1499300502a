"""Columns of yes or no, and of one word of a short list."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..text.fold import fold
from ..text.words import FLAGS
from .base import CellRefused, Kind

#: choices that a message names, and their characters
MOST_NAMED, MOST_SHOWN = 10, 300
YES = "1"
NO = "0"


class Choice(Kind):
    """One value of a fixed list.

    ``words``: folded text -> value. ``written``: value -> its text in a file; if two
    values have the same text, each is written as its own value. ``code`` and ``params``
    are the problem of a word that is not in the list, the parameters with its choices;
    ``unset`` is the cell of a value that is not stored.
    """

    has_few = True

    def __init__(
        self,
        words: Mapping[str, Any],
        written: Mapping[Any, str],
        code: str = "cell_kind",
        unset: str = "",
        **params: str,
    ) -> None:
        self._words, self._code, self._params = words, code, params
        if params:
            # Shown where a word is refused.
            names = list(dict.fromkeys(written.values()))
            shown = ", ".join(names[:MOST_NAMED])[:MOST_SHOWN]
            self._params = {**params, "choices": shown}
            if len(names) > MOST_NAMED:
                self._params["more"] = str(len(names) - MOST_NAMED)
        self._unset = unset
        self._written = {**{value: str(value) for value in words.values()}, **written}
        for value in words.values():
            if words.get(fold(self._written[value])) != value:
                self._written[value] = str(value)

    def read(self, text: str) -> Any:
        """Return the value that the word stands for."""
        value = self._words.get(fold(text))
        if value is None:
            return self._answered(text, CellRefused(self._code, text, **self._params))
        return value

    def write(self, value: Any) -> str:
        """Return the word for a value; empty if it is not set."""
        return self._written.get(value, self._unset)

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """Return the words for many values."""
        written, unset = self._written, self._unset
        return [written.get(value, unset) for value in values]


class YesNo(Choice):
    """Yes or no, in three languages."""

    def __init__(self, code: str = "cell_flag", unset: str = "", **params: str) -> None:
        super().__init__(FLAGS, {True: YES, False: NO}, code, unset, **params)
