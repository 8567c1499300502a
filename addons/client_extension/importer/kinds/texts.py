"""Columns of text, and of e-mail addresses."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from ..text.words import is_email
from ..types import Value
from .base import CellReader, CellRefused, Kind, is_same

#: what nearly every address looks like
_ADDRESS: Final = re.compile(
    r"[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]+", re.ASCII
)


class Text(Kind):
    """A text, kept as it came.

    ``reader`` returns the text to keep, or raises ``ValueError`` with the code of the
    problem; ``normalize`` makes what two texts are compared by.
    """

    def __init__(
        self,
        reader: Callable[[str], str] | None = None,
        normalize: Callable[[str], str] | None = None,
    ) -> None:
        self._reader, self._normalize = reader, normalize

    def read(self, text: str) -> str:
        """The text, or what the reader of the column makes of it."""
        if self._reader is None:
            return text
        try:
            return self._reader(text)
        except ValueError as error:
            raise CellRefused(str(error)) from None

    def write(self, value: Any) -> str:
        """The text as it is stored."""
        return value or ""

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """The texts as they are stored."""
        return [value or "" for value in values]

    def same(self, old: Value, new: Value) -> bool:
        """Whether the texts are equal, or differ in nothing that is stored."""
        if is_same(old, new):
            return True
        normalize = self._normalize
        if not normalize or not isinstance(old, str):
            return False
        return normalize(str(new)) == normalize(old)

    def get_fast_reader(self) -> CellReader | None:
        """None without a reader: the value is the text."""
        return self._read_or_none if self._reader else None


class Email(Text):
    """One or several addresses, kept as they came."""

    def read(self, text: str) -> str:
        """The addresses, when each looks like one."""
        if not is_email(text):
            raise CellRefused("cell_email")
        return text

    def get_fast_reader(self) -> CellReader:
        """One look is enough for most addresses."""
        return _read_email


def _read_email(text: str) -> str | None:
    return text if _ADDRESS.fullmatch(text) or is_email(text) else None


def compact_number(text: str) -> str:
    """A number of a company as it is compared: letters and digits alone."""
    return re.sub(r"[\W_]", "", text).upper()


def with_scheme(text: str) -> str:
    """The address of a web site as Odoo stores it."""
    return text if "://" in text else f"http://{text}"
