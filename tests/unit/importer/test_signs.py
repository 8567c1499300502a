"""Signs that nobody sees are no part of a cell, a header or a word of a list."""

import pytest
from importer.files.decode import decode, opener
from importer.files.uneven import UnevenRows
from importer.rows.columns import map_columns
from importer.text.letters import INVISIBLE, compose, without_signs
from importer.writers.write_csv import guard

SOFT, ZERO, MARK = "\u00ad", "\u200b", "\u200e"
NOT_JOINER, JOINER = "\u200c", "\u200d"
PERSIAN = f"می{NOT_JOINER}خواهم"
SINHALA = f"ශ්{JOINER}රී"
FAMILY = f"👩{JOINER}❤️{JOINER}👨"


@pytest.mark.parametrize("sign", INVISIBLE)
@pytest.mark.parametrize("around", ["{0}zoe@mail.example{0}", "zo{0}e@mail.exam{0}ple"])
def test_an_address_can_be_mailed_to(cleaned, sign, around):
    row = cleaned(f"reference;email\nS{sign}1;{around.format(sign)}\n")[0]
    assert row.values["email"] == "zoe@mail.example"
    assert (row.reference, row.problems) == ("S1", ())


@pytest.mark.parametrize("sign", [SOFT, ZERO, MARK, "\u2066", "\ufeff"])
def test_texts_and_words_are_read_without_them(cleaned, sign):
    header = f"refe{sign}rence;n{sign}ame;ty{sign}pe;ca{sign}tegory;Our {sign}label"
    row = cleaned(f"{header}\n1;Zo{sign}ë;com{sign}pany;V{sign}IP;a{sign}b\n")[0]
    assert row.values["name"] == "Zoë"
    assert row.values["type"] is True
    assert row.values["category"] == frozenset({20})
    assert dict(row.additional) == {"Our label": "ab"}


@pytest.mark.parametrize("name", [PERSIAN, SINHALA, FAMILY, "مریم"])
def test_joiners_that_a_script_needs_stay(cleaned, name):
    row = cleaned(f"reference;name\n1;{name}{MARK}\n")[0]
    assert row.values["name"] == name
    assert without_signs(name) == name


def test_a_joiner_between_other_letters_goes():
    assert without_signs(f"Zo{JOINER}ë{NOT_JOINER} Maes") == "Zoë Maes"
    assert without_signs(f"ب{NOT_JOINER} ب") == "ب ب"


def test_a_typed_reference_is_the_one_of_a_file():
    assert compose(f"\u202aC1{ZERO}00\u202c") == "C100"


def test_a_formula_behind_an_invisible_sign_is_guarded():
    for text in (f"{ZERO}=1+1", f"'{SOFT}=1+1", f"={SOFT}1"):
        assert guard(text).startswith("'"), ascii(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a;b\n1;é\n", False), ("\ufeffa;b\n1;é\n", False), (f"a;b\n1;é{ZERO}\n", True)],
)
def test_the_file_says_whether_it_has_any(text, expected):
    assert decode(opener(text.encode())).may_have_signs is expected


def test_the_rows_are_counted_once(sheet):
    found = sheet(f"reference;name\n1;a{ZERO}b\n2;{MARK}c\n3;d\n4;{SOFT}e{SOFT}f\n")
    rows = UnevenRows(found.header)
    for row in found.rows():
        rows.add_signs(row)
    (problem,) = rows.get_problems(4)
    assert (problem.code, problem.warning) == ("row_signs", True)
    assert dict(problem.params) == {"count": "2", "lines": "2, 5"}


def test_a_label_is_written_without_them():
    targets = map_columns(("reference", f"Our{SOFT} label")).targets
    assert targets[1].key == "Our label"
