"""What a kind writes is read as the same value, whatever the value is."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importer.kinds.base import CellRefused, is_same
from importer.kinds.choices import Choice, YesNo
from importer.kinds.links import Link, Links, State
from importer.kinds.numbers import Date, Float, Integer
from importer.kinds.registry import LABEL_KINDS, column_kind, label_kind
from importer.kinds.texts import Email, Text
from importer.rows.columns import STANDARD
from importer.text.fold import as_cell, fold
from importer.types import Column, Label, Lookups, New

TEXT = st.text(max_size=12)
NAME = TEXT.map(as_cell).filter(fold)
#: names that stay apart when they are compared
NAMES = st.lists(NAME, min_size=1, max_size=6, unique_by=fold)
WORDS = {"f": "female", "m": "male", "x": "x"}
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def table_of(names):
    return {fold(name): (number,) for number, name in enumerate(names, 1)}


def names_of(names):
    return dict(enumerate(names, 1))


@given(TEXT)
def test_texts_come_back(text):
    assert Text().read(Text().write(text)) == text


@given(st.emails())
def test_addresses_come_back(address):
    kind = Email()
    try:
        kind.read(address)
    except CellRefused:
        return  # stricter than the standard: quotes, brackets
    assert kind.read(kind.write(address)) == address


@given(st.integers(-(1 << 53), 1 << 53))
def test_whole_numbers_come_back(value):
    assert Integer().read(Integer().write(value)) == value


@given(FLOATS | st.decimals(-9999, 9999, places=3).map(float), st.booleans())
def test_numbers_come_back(value, points):
    assert Float(points).read(Float().write(value)) == value


@given(st.dates() | st.datetimes())
def test_days_come_back(value):
    day = value.date() if isinstance(value, datetime) else value
    assert Date().read(Date().write(value)) == day.isoformat()
    assert Date().read(Date().write(day.isoformat())) == day.isoformat()


@given(st.booleans())
def test_yes_and_no_come_back(value):
    assert YesNo().read(YesNo().write(value)) is value


@given(st.dictionaries(st.text("abc", min_size=1), NAME, min_size=1))
def test_choices_come_back(captions):
    pairs = [(fold(text), key) for key, text in captions.items()]
    folded = [text for text, _key in pairs]
    choices = {text: key for text, key in pairs if folded.count(text) == 1}
    choices |= {fold(key): key for _text, key in pairs}
    kind = label_kind(Label("selection", choices, captions))
    for key in captions:
        if choices.get(fold(key)) == key or choices.get(fold(captions[key])) == key:
            assert kind.read(kind.write(key)) == key


@given(NAMES)
def test_links_come_back(names):
    kind = Link(table_of(names), get_names=lambda _ids: names_of(names))
    for number in names_of(names):
        assert kind.read(kind.write(number)) == number


@given(NAMES, st.data())
def test_several_links_come_back(names, data):
    kind = Links(table_of(names), get_all_names=lambda: names_of(names))
    chosen = data.draw(st.frozensets(st.sampled_from(sorted(names_of(names)))))
    cell = kind.write(chosen)
    if chosen and fold(cell) not in table_of(names):
        assert kind.read(cell) == chosen


@given(NAMES)
def test_states_come_back(names):
    states = {fold(name): ((n, 9), (n + 99, 8)) for n, name in enumerate(names, 1)}
    kind = State(states, lambda _ids: names_of(names))
    for number in names_of(names):
        assert kind.read(kind.write(number), 9) == number


@given(st.sampled_from(LABEL_KINDS), TEXT.map(as_cell).filter(bool), st.booleans())
def test_what_a_label_reads_is_written_and_read_alike(name, text, points):
    # As a label has them: each value is also read by its own key.
    choices = {"f": "female", "m": "male", "female": "female", "male": "male"}
    kind = label_kind(Label(name, choices, {}), points)
    try:
        value = kind.read(text)
    except CellRefused:
        return
    assert kind.read(kind.write(value)) == value
    assert kind.same(value, kind.read(kind.write(value)))


@pytest.mark.parametrize("column", STANDARD, ids=lambda column: column.key)
def test_each_standard_column_has_a_kind_that_writes_nothing_for_nothing(column):
    kind = column_kind(column, Lookups())
    assert kind.write(None) in ("", "0", "individual")
    assert kind.write_all([kind.empty or None]) == [kind.write(None)]


@pytest.mark.parametrize("name", LABEL_KINDS)
def test_what_is_not_stored_of_a_label_is_an_empty_cell(name):
    kind = label_kind(Label(name))
    assert kind.write(None) == ""
    assert kind.write(False) == ("0" if name == "boolean" else "")


@given(TEXT.map(as_cell).filter(bool))
def test_a_fast_reader_reads_as_the_long_one_or_asks_for_it(text):
    kinds = [Text(), Email(), Date(), Float(), Integer(), YesNo()]
    kinds += [Choice(WORDS, {}), Text(reader=str.upper)]
    for kind in kinds:
        read = kind.get_fast_reader()
        value = read(text) if read else text
        if value is not None:
            assert value == kind.read(text)


def test_many_values_are_written_as_each_of_them():
    names = {1: "A; B", 2: "C"}
    link = Link(get_names=lambda ids: {n: names[n] for n in ids if n in names})
    assert link.write_all([1, None, 2, False, 3, 1]) == [
        "A; B",
        "",
        "C",
        "",
        "",
        "A; B",
    ]
    assert link.write(New("fresh")) == "fresh"
    links = Links(get_all_names=lambda: names)
    assert links.write_all([[2, 1], [], [3], [2]]) == ['"A; B"; C', "", "", "C"]
    assert links.write(frozenset({New("x"), 2})) == "C; x"


def test_names_are_asked_for_once():
    asked = []

    def get_names(ids):
        asked.append(list(ids))
        return dict.fromkeys(ids, "name")

    link = Link(get_names=get_names)
    link.write_all([3, 1, 3])
    link.write_all([1, 2])
    assert asked == [[1, 3], [2]]


def test_two_choices_of_one_name_are_written_as_themselves():
    label = Label("selection", {"a": "a", "b": "b"}, {"a": "Same", "b": "Same"})
    kind = label_kind(label)
    assert [kind.write(key) for key in "ab"] == ["a", "b"]
    assert [kind.read(key) for key in "ab"] == ["a", "b"]
    assert kind.write("gone") == ""


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("", None, True),
        (None, False, False),
        (frozenset(), "", True),
        (True, True, True),
        ("a", "b", False),
    ],
)
def test_no_says_something_and_an_empty_cell_does_not(old, new, same):
    assert is_same(old, new) is same


def test_texts_are_compared_as_their_column_says():
    vat = column_kind(next(c for c in STANDARD if c.key == "vat"))
    assert vat.same("BE0123456789", "be 0123.456.789")
    assert not vat.same("BE0123456789", "BE0123456780")
    site = column_kind(next(c for c in STANDARD if c.key == "website"))
    assert site.same("http://a.example.com", "a.example.com")


def test_a_column_of_a_bridge_has_a_reader():
    def read(text):
        raise ValueError("cell.odd")

    kind = column_kind(Column("odd", "odd", reader=read))
    with pytest.raises(CellRefused) as caught:
        kind.read("x")
    assert caught.value.code == "cell.odd"
    assert kind.get_fast_reader()("x") is None


def test_a_day_with_a_time_is_that_day():
    assert Date().read("2026-03-01 10:20") == "2026-03-01"
    assert Date().write(date(2026, 3, 1)) == "2026-03-01"


# What people write


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.0", 12), ("12,00", 12), ("-3.0", -3), ("1 200.0", 1200), ("0.0", 0)],
)
def test_whole_number_with_decimals_of_zero(text, value):
    assert Integer().read(text) == value


@pytest.mark.parametrize("text", ["12.5", "12,05", "12.", ".0", "1.0e3"])
def test_other_decimals_are_no_whole_number(text):
    with pytest.raises(CellRefused):
        Integer().read(text)


def test_three_decimals_of_zero_may_be_thousands():
    with pytest.raises(CellRefused) as refused:
        Integer().read("12.000")
    assert refused.value.code == "cell_unclear"
    assert refused.value.params == {"large": "12000", "small": "12"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ann@mail.example;", "ann@mail.example"),
        ("ann@mail.example, ", "ann@mail.example"),
        (";ann@mail.example", "ann@mail.example"),
        ("ann@mail.example;; bob@mail.example ;", "ann@mail.example; bob@mail.example"),
        ("ann@mail.example,bob@mail.example", "ann@mail.example,bob@mail.example"),
    ],
)
def test_separators_around_addresses_are_no_address(text, value):
    kind = Email()
    assert kind.read(text) == value
    assert kind.get_fast_reader()(text) in (value, None)


@pytest.mark.parametrize("text", [";", ",;", "ann@", "ann@mail.example; bob"])
def test_no_address_is_still_refused(text):
    with pytest.raises(CellRefused):
        Email().read(text)
