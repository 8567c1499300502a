"""Words for yes, no, individual and company in many languages."""

# ruff: noqa: RUF001 - words in other alphabets

import pytest
from importer.kinds.base import CellRefused
from importer.kinds.choices import Choice, YesNo
from importer.text import words
from importer.text.fold import fold
from importer.text.words import TYPES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ja", True), ("Nein", False), ("sí", True), ("não", False), ("tak", True),
        ("Да", True), ("нет", False), ("ναι", True), ("evet", True), ("hayır", False),
        ("nee", False), ("نعم", True), ("לא", False), ("はい", True), ("否", False),
        ("wahr", True), ("falso", False), ("kyllä", True), ("nem", False),
    ],
)  # fmt: skip
def test_yes_and_no_in_other_languages(text: str, value: bool) -> None:
    assert YesNo().read(text) is value


@pytest.mark.parametrize(
    ("text", "is_company"),
    [
        ("Privatperson", False), ("Unternehmen", True), ("persona", False),
        ("empresa", True), ("azienda", True), ("osoba fizyczna", False),
        ("компания", True), ("частное лицо", False), ("företag", True),
        ("şirket", True), ("個人", False), ("公司", True), ("شركة", True),
    ],
)  # fmt: skip
def test_individual_and_company_in_other_languages(text: str, is_company: bool) -> None:
    assert Choice(TYPES, {}, "cell_type").read(text) is is_company


def test_no_word_means_two_things() -> None:
    """Also not beside the same word of another language."""
    for groups in (words.FLAG_WORDS, words.TYPE_WORDS):
        seen: dict[str, bool] = {}
        for value, text in groups:
            for word in map(fold, text.split(",")):
                assert word
                assert seen.setdefault(word, value) == value, word


def test_a_word_of_no_language_is_refused() -> None:
    with pytest.raises(CellRefused):
        YesNo().read("perhaps")
