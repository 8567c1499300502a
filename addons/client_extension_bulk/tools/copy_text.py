"""Values as PostgreSQL's COPY reads them, in its text format."""

from datetime import date
from decimal import Decimal

#: represents NULL
NULL = "\\N"
#: characters with a special meaning in the format
ESCAPES = str.maketrans({"\\": r"\\", "\b": r"\b", "\f": r"\f", "\n": r"\n"})
ESCAPES |= str.maketrans({"\r": r"\r", "\t": r"\t", "\v": r"\v"})


def copy_text(value):
    """Write one value.

    :param value: what the ORM passes to the database driver for a column
    :return: str
    :raise TypeError: when it is not of a type known to give the same result in an
        INSERT and in a COPY
    """
    kind = type(value)
    if kind is str:
        return value.translate(ESCAPES)
    if value is None:
        return NULL
    if kind is bool:
        return "t" if value else "f"
    if isinstance(value, (int, date, Decimal)):
        return str(value)
    if kind is float:
        return repr(value)
    if isinstance(value, str):
        return str(value).translate(ESCAPES)
    if hasattr(value, "adapted") and hasattr(value, "dumps"):  # JSON
        return value.dumps(value.adapted).translate(ESCAPES)
    raise TypeError(f"No text for a value of {kind.__name__}")
