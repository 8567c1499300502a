"""What all kinds of column have in common."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from ..types import Value

#: values that say nothing
EMPTY: Final[tuple[Value, ...]] = ("", None, False, frozenset())

#: gives the value of a cell, None for one that needs a longer look
CellReader = Callable[[str], Any]


class CellRefused(ValueError):
    """A cell that says no value of its column: the code of the problem and what its
    sentence needs.

    The row is rejected, or the cell left out with a warning, as the user chose.
    """

    def __init__(self, code: str, value: str = "", **params: str) -> None:
        super().__init__(code)
        self.code, self.value, self.params = code, value, params


class Kind:
    """The kind of one column of one file."""

    #: what a cell that clears sets
    empty: Value = ""
    #: whether a column has few different cells, each of which is worth remembering
    has_few = False

    def read(self, text: str) -> Any:
        """The value of a cell that is not empty.

        Raises :class:`CellRefused` when the cell says no value of this kind.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """The cell from which :meth:`read` makes that value."""
        raise NotImplementedError

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """The cells of many values, in the same order."""
        return [self.write(value) for value in values]

    def same(self, old: Value, new: Value) -> bool:
        """Whether both say the same."""
        return is_same(old, new)

    def get_fast_reader(self) -> CellReader | None:
        """What reads a trimmed cell without a formula guard.

        None where the value is the text of the cell.
        """
        return self._read_or_none

    def _read_or_none(self, text: str) -> Any:
        try:
            return self.read(text)
        except CellRefused:
            return None


def is_same(old: Value, new: Value) -> bool:
    """Whether two values say the same; *no* says something, unlike an empty cell."""
    return old == new or (old in EMPTY and new in EMPTY and new is not False)
