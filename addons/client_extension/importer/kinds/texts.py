"""Columns of text, and of email addresses."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from ..text.words import NULLS, TEXT_NULLS, is_email
from ..types import Value
from .base import CellReader, CellRefused, Kind, is_same

#: what stands between addresses
_SEPARATORS: Final = ",; \n"
#: several of them in a row
_SURPLUS: Final = re.compile(r"([,;])[,;\s]*[,;]")
#: the first character of nearly every phone number
_DIALED: Final = frozenset("+0123456789")
#: matches nearly every address
_ADDRESS: Final = re.compile(
    r"[\w+-]+(?:\.[\w+-]+)*@(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z]+", re.ASCII
)


class Text(Kind):
    """A text, kept unchanged.

    ``reader`` returns the text to store, or raises ``ValueError`` with the code of the
    problem; ``normalize`` returns the form in which two texts are compared.
    """

    def __init__(
        self,
        reader: Callable[[str], str] | None = None,
        normalize: Callable[[str], str] | None = None,
    ) -> None:
        self._reader, self._normalize = reader, normalize

    def read(self, text: str) -> str:
        """Return the text, or the result of the reader of the column."""
        if self._reader is None:
            return text
        try:
            return self._reader(text)
        except ValueError as error:
            raise CellRefused(str(error)) from None

    def _is_value(self, _text: str) -> bool:
        return True

    def write(self, value: Any) -> str:
        """Return the stored text."""
        return value or ""

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """Return the stored texts."""
        return [value or "" for value in values]

    def same(self, old: Value, new: Value) -> bool:
        """Whether the texts are equal, or would be stored as the same text."""
        if is_same(old, new):
            return True
        normalize = self._normalize
        if not normalize or not isinstance(old, str):
            return False
        return normalize(str(new)) == normalize(old)

    def get_fast_reader(self) -> CellReader | None:
        """None without a reader: the value is the text."""
        return self._read_or_none if self._reader else None


class OptionalText(Text):
    """A text whose words for an unknown value are to be read as empty."""

    def _is_value(self, text: str) -> bool:
        return text not in TEXT_NULLS

    def get_fast_reader(self) -> CellReader:
        """Leave such words to the full check."""
        return self._read_text

    def _read_text(self, text: str) -> str | None:
        return None if self.is_null(text) else self._read_or_none(text)


class Phone(Text):
    """A phone number, kept unchanged."""

    def _is_value(self, _text: str) -> bool:
        return False

    def get_fast_reader(self) -> CellReader:
        """Leave to the full check what does not begin like a number."""
        return _read_phone


def _read_phone(text: str) -> str | None:
    return text if text[0] in _DIALED or text not in NULLS else None


class Email(Text):
    """One or several addresses, without the separators around them."""

    def _is_value(self, _text: str) -> bool:
        return False

    def read(self, text: str) -> str:
        """Return the addresses if each looks like one."""
        if is_email(text):
            return text
        text = _SURPLUS.sub(r"\1", text).strip(_SEPARATORS)
        if not is_email(text):
            raise CellRefused("cell_email")
        return text

    def get_fast_reader(self) -> CellReader:
        """Return a quick check that is enough for most addresses."""
        return _read_email


def _read_email(text: str) -> str | None:
    return text if _ADDRESS.fullmatch(text) or is_email(text) else None


def compact_number(text: str) -> str:
    """Return a company's number as it is compared: letters and digits only."""
    return re.sub(r"[\W_]", "", text).upper()


def with_scheme(text: str) -> str:
    """Return the address of a website as Odoo stores it."""
    return text if "://" in text else f"http://{text}"
