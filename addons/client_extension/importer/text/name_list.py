"""Several names in one cell: splitting and joining are exact opposites."""

import re
from collections.abc import Iterable
from typing import Final

from .fold import trim

_SEPARATORS: Final = frozenset(',;\n"')
#: a name, in double quotes if it contains a separator, up to the next separator
_NAME: Final = re.compile(
    r'[^\S\n]*(?:"((?:[^"]|"")[^"]*(?:""[^"]*)*)"[^\S\n]*(?=[,;\n]|$)|([^,;\n]+))'
)


def split_names(text: str) -> list[str]:
    """Return the names in a cell, separated by ``,``, ``;`` or a line break."""
    found = _NAME.findall(text)
    names = (quoted.replace('""', '"') or trim(plain) for quoted, plain in found)
    return [name for name in names if name]


def join_names(names: Iterable[str]) -> str:
    """Return a cell that :func:`split_names` splits into these names again."""
    return "; ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    if _SEPARATORS.isdisjoint(name):
        return name
    return '"' + name.replace('"', '""') + '"'
