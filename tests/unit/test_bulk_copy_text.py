"""Values in the text format of PostgreSQL's COPY."""

import importlib.util
import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

ADDON = Path(__file__).parents[2] / "addons" / "client_extension_bulk"
spec = importlib.util.spec_from_file_location(
    "copy_text", ADDON / "tools" / "copy_text.py"
)
assert spec and spec.loader
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
NULL, copy_text = module.NULL, module.copy_text

#: what PostgreSQL makes of a backslash and the next character
MEANINGS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


def read(text):
    """Read a value as PostgreSQL does."""
    if text == NULL:
        return None
    return re.sub(r"\\(.)", lambda m: MEANINGS.get(m[1], m[1]), text)


@given(st.one_of(st.none(), st.text(), st.text("\\N\n\r\t\b\v\fab")))
def test_a_text_is_read_as_it_was_written_and_fills_one_column_of_one_line(value):
    text = copy_text(value)
    assert read(text) == value
    assert not re.search("[\n\r\t]", text)


def test_a_text_that_looks_like_no_value_is_a_text():
    assert copy_text(r"\N") == r"\\N"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "t"),
        (False, "f"),
        (0, "0"),
        (1.5, "1.5"),
        (1e300, "1e+300"),
        (Decimal("1.20"), "1.20"),
        (date(2026, 1, 2), "2026-01-02"),
        (datetime(2026, 1, 2, 3, 4, 5, 6), "2026-01-02 03:04:05.000006"),
        (type("Html", (str,), {})("a\tb"), r"a\tb"),
        (SimpleNamespace(adapted={"a": "\n"}, dumps=json.dumps), r'{"a": "\\n"}'),
    ],
)
def test_other_values_are_written_as_postgresql_shows_them(value, text):
    assert copy_text(value) == text


def test_a_value_of_an_unknown_kind_is_refused():
    with pytest.raises(TypeError):
        copy_text(object())
