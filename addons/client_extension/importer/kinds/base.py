"""What all types of column have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ..text.fold import fold
from ..types import EMPTY_WORD, Value

#: values that count as empty
EMPTY: Final[tuple[Value, ...]] = ("", None, False, frozenset())

#: converts a cell to its value, or returns None if the cell needs the full check
CellReader = Callable[[str], Any]


class CellRefused(ValueError):
    """A cell without a valid value for its column: the problem's code and parameters.

    The row is rejected, or the cell ignored with a warning, as the user chose.
    """

    def __init__(self, code: str, value: str = "", **params: str) -> None:
        super().__init__(code)
        self.code, self.value, self.params = code, value, params
        #: what else is wrong with the same cell
        self.more: tuple[CellRefused, ...] = ()


class CellEmpty(ValueError):
    """A cell whose word the user left empty: it is read as an empty cell."""


class Kind(ABC):
    """The type of one column of one file."""

    #: folded word -> its value, for words that only the user's answers explain
    answers: Mapping[str, Any] = MappingProxyType({})

    #: the value set by a cell that clears the field
    empty: Value = ""
    #: whether a column has few distinct cells, so that caching them pays off
    has_few = False

    @abstractmethod
    def read(self, text: str) -> Any:
        """Return the value of a cell that is not empty.

        Raises :class:`CellRefused` when the cell has no valid value of this type.
        """

    def get_meaning(self, answer: str) -> Any:
        """Return what a word means that the user explained with another one.

        Raises :class:`CellRefused` when the other word is not known either.
        """
        return self.read(answer)

    @abstractmethod
    def write(self, value: Any) -> str:
        """Return the cell that :meth:`read` converts to that value."""

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """Return the cells of many values, in the same order."""
        return [self.write(value) for value in values]

    def same(self, old: Value, new: Value) -> bool:
        """Whether both values are the same."""
        return is_same(old, new)

    def get_fast_reader(self) -> CellReader | None:
        """Return the function that reads a trimmed cell without a formula guard.

        None if the value is the text of the cell.
        """
        return self._read_or_none

    def _read_or_none(self, text: str) -> Any:
        try:
            return self.read(text)
        except (CellRefused, CellEmpty):
            return None

    def _answered(self, text: str, refused: CellRefused) -> Any:
        """Return the answer about a word, or raise the refusal.

        Raises :class:`CellEmpty` when the user left the word empty.
        """
        word = fold(text)
        if word not in self.answers:
            raise refused
        value = self.answers[word]
        if value is EMPTY_WORD:
            raise CellEmpty(text)
        return value


def is_same(old: Value, new: Value) -> bool:
    """Whether two values are the same; unlike an empty cell, *no* is a value."""
    return old == new or (old in EMPTY and new in EMPTY and new is not False)
