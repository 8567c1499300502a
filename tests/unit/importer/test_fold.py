"""What people take for the same text, number or address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importer.text.fold import fold, fold_header, trim
from importer.text.identifiers import code, dialled, emails, vat_codes
from importer.text.letters import INVISIBLE, SEPARATOR, TABLE

SAME = [
    ("case", "LEFÈVRE", "lefèvre"),
    ("accents", "Lefèvre", "Lefevre"),
    ("accents apart", "Lefe\u0300vre", "Lefèvre"),
    ("Greek", "ΆΛΦΑΣ", "αλφας"),
    ("Cyrillic", "Ёлка", "елка"),
    ("oe", "Le Bœuf", "LE BOEUF"),
    ("OE", "ŒUVRE", "oeuvre"),
    ("ae", "Cæsar", "Caesar"),
    ("o", "Sørensen", "Sorensen"),
    ("ss", "Straße", "STRASSE"),
    ("capital sharp s", "STRAẞE", "strasse"),
    ("l", "Łódź", "lodz"),
    ("d", "Đorđe", "dorde"),
    ("eth", "Guðrún", "gudrun"),
    ("thorn", "Þór", "thor"),
    ("dotless i", "Ayd\u0131n", "AYDIN"),
    ("dotted I", "İzmir", "izmir"),
    ("l with a dot", "Marceŀlí", "marcel·li"),
    ("ligature of a printer", "Oﬃce", "office"),
    ("full width", "\uff21\uff22\uff23\uff11", "abc1"),
    ("apostrophe", "L\u2019Oréal", "l'oreal"),
    ("another apostrophe", "L\u02bcOréal", "L`Oréal"),
    ("dashes", "Jean\u2011Pierre", "Jean\u2013Pierre"),
    ("dash or space", "Saint-Étienne", "saint etienne"),
    ("dash between spaces", "Hôtel \u2013 Bar", "hotel-bar"),
    ("spaces", "Atelier  du   Lac", "Atelier du Lac"),
    ("no-break space", "Hôtel\u00a0du\u202fPont", "hotel du pont"),
    ("line break", "Hôtel\r\ndu\tPont", "hotel du pont"),
    ("soft hyphen", "Hô\u00adtel", "hotel"),
    ("direction", "\u202aHôtel\u202c", "hotel"),
    ("isolate", "\u2066Hôtel\u2069\u200e", "hotel"),
    ("byte order mark", "\ufeffHôtel", "hotel"),
    ("variation selector", "❤\ufe0f", "❤"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pair[1:] for pair in SAME], ids=[pair[0] for pair in SAME]
)
def test_what_people_take_for_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold_header(one) == fold_header(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("A-", "A"), ("-1", "1"), ("A+", "A"), ("L'Or", "Lor"), ("a b", "ab"), ("", "!")],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_the_table_is_closed() -> None:
    """What it gives is nothing that it would change: it may be applied in steps."""
    assert not [char for plain in TABLE.values() for char in plain if char in TABLE]
    assert SEPARATOR not in TABLE


@pytest.mark.parametrize(
    ("text", "folded"),
    [("0--", "0-"), ("- -", ""), ("a - - b", "a b"), ("a--b", "a b"), ("--1 -", "-1")],
)
def test_dashes_in_a_row_are_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.sampled_from(list("a0 -\u2013\u00a0")) | st.characters()))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.sampled_from(sorted(TABLE) + list(" -aé"))))
def test_case_and_edges_do_not_count(text: str) -> None:
    assert fold(f" {text}\u00a0") == fold(text)


@pytest.mark.parametrize("sign", INVISIBLE)
def test_an_invisible_sign_is_no_part_of_a_text(sign: str) -> None:
    assert trim(f"{sign} C100 {sign}") == "C100"
    assert fold(f"{sign}C{sign}1") == "c1"
    assert emails(f"{sign}zoe{sign}@a.be") == ["zoe@a.be"]


@pytest.mark.parametrize(
    "text", ["BE0477472701", "BE 0477.472.701", "be-0477/472.701", "BE\u00a00477472701"]
)
def test_spaces_and_dots_of_a_number_do_not_count(text: str) -> None:
    assert code(text) == "be0477472701"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a@b.be", ["a@b.be"]),
        ("A@B.BE", ["a@b.be"]),
        ("a@b.be, c@d.be", ["a@b.be", "c@d.be"]),
        ("a@b.be;c@d.be;a@b.be", ["a@b.be", "c@d.be"]),
        ("a@b.be c@d.be\nE@f.be", ["a@b.be", "c@d.be", "e@f.be"]),
        ('"Ann, of Q" <ann@b.be>, o\'b@c.ie.', ["ann@b.be", "o'b@c.ie"]),
        ("mailto:a@b.be", ["a@b.be"]),
        ("a@b@c", []),
        ("@b, a@ and nobody", []),
        ("", []),
    ],
)
def test_each_address_of_a_field(text: str, found: list[str]) -> None:
    assert emails(text) == found


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("06 12 34 56 78", "612345678"),
        ("+33612345678", "33612345678"),
        ("0033 6.12.34.56.78", "33612345678"),
        ("+33 (0)6-12/34 56 78", "33612345678"),
        ("tel:+33612345678", "33612345678"),
        ("06\u00a012\u201134\u00a056\u201178", "612345678"),
        ("\u202a+33 6 12 34 56 78\u202c", "33612345678"),
        ("06 12 34 56 \uff17\uff18", "612345678"),
        ("0612", ""),
        ("06 12 34 56 ext", ""),
        ("", ""),
    ],
)
def test_the_digits_of_a_phone_number(text: str, digits: str) -> None:
    assert dialled(text) == digits


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("BE 0477.472.701", "BE", ["0477472701", "be0477472701"]),
        ("0477 472 701", "BE", ["0477472701", "be0477472701"]),
        ("123456789", "GR", ["123456789", "el123456789", "gr123456789"]),
        ("123456789", "", ["123456789"]),
        ("/", "BE", []),
    ],
)
def test_a_tax_id_with_its_country_or_without(
    text: str, country: str, found: list[str]
) -> None:
    assert vat_codes(text, country) == found


def test_a_tax_id_of_an_unknown_country() -> None:
    assert vat_codes("BE 0477.472.701", None) == ["0477472701", "be0477472701"]
    found = vat_codes("0477 472 701", None)
    assert {"0477472701", "be0477472701", "el0477472701"} <= set(found)
    assert vat_codes("/", None) == []
