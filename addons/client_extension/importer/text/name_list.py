"""Several names in one cell, and back: exact opposites of each other."""

import re
from collections.abc import Iterable
from typing import Final

from .fold import trim

_SEPARATORS: Final = frozenset(',;\n"')
#: a name, in double quotes where it holds a separator, up to the next separator
_NAME: Final = re.compile(r'\s*(?:"((?:[^"]|"")+)"\s*(?=[,;\n]|$)|([^,;\n]+))')


def split_names(text: str) -> list[str]:
    """The names in a cell, separated by ``,``, ``;`` or a line break."""
    found = _NAME.findall(text)
    names = (quoted.replace('""', '"') or trim(plain) for quoted, plain in found)
    return [name for name in names if name]


def join_names(names: Iterable[str]) -> str:
    """A cell that :func:`split_names` takes apart into these names again."""
    return "; ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    if _SEPARATORS.isdisjoint(name):
        return name
    return '"' + name.replace('"', '""') + '"'
