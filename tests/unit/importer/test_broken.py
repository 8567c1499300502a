"""Control characters and signs that no name has are found, and asked about."""

import pytest
from importer.files.decode import decode, opener
from importer.rows.broken import DROP, KEEP, BrokenCells
from importer.text.broken import has_broken, mark_broken, without_broken

BROKEN = ["\x01", "\x0e", "\x1b", "\x7f", "\x80", "\x92", "\x9f", "\ufffd", "\ue000"]
BROKEN += ["\uf8ff", "\uee12"]
SOUND = [
    "\t",
    "\n",
    "\r",
    "\v",
    "\f",
    "\x1a",
    "\xa0",
    "é",
    chr(0x2019),
    "名",
    "م",
    "👩",
    "\ufeff",
]
#: neighbors of those: U+DFFF does not exist in a file, U+F900 is a Chinese character
SOUND += ["\ufeff", "\ud7ff", "\uf900", "\ufffc", "\u2028", "\U00010000", "\xad"]


@pytest.mark.parametrize("sign", BROKEN, ids=ascii)
def test_a_sign_of_a_failed_conversion_is_found(sign):
    for text in (sign, f"Ren{sign}e", f"Zoë {sign}", f"名{sign}"):
        assert has_broken(text)
        assert without_broken(text) == text.replace(sign, "")
        assert mark_broken(text) == text.replace(sign, "\ufffd")


@pytest.mark.parametrize("sign", SOUND, ids=ascii)
def test_other_characters_are_left_alone(sign):
    text = f"Ren{sign}e"
    assert not has_broken(text)
    assert without_broken(text) == mark_broken(text) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_file_says_whether_it_has_any(encoding):
    for name, expected in (("Zoë", False), ("Zo\x92", True), ("\ufffd", True)):
        source = opener(f"reference;name\n1;{name}\n".encode(encoding))
        assert decode(source).may_have_broken is expected


def read(sheet, text, answer=""):
    """:return: the cells and the question of a text that is read three times"""
    broken = BrokenCells(sheet(text), answer)
    found = broken.get_sheet()
    for _again in range(3):
        rows = list(found.rows())
    return found.header, [row.cells for row in rows], broken.get_question()


def test_a_sound_file_is_not_asked_about(sheet):
    found = sheet("reference;name\n1;Zoë\n")
    broken = BrokenCells(found, DROP)
    assert broken.get_sheet() is found
    assert broken.get_question() is None


def test_rows_are_counted_once_and_words_shown(sheet):
    text = "reference;name;city\n1;L\x92Or Anne;a\x92\n2;b;c\n3;Ren\ufffd;L\x92Or\n"
    header, cells, question = read(sheet, text)
    assert header == ("reference", "name", "city")
    assert cells[0] == ("1", "L\x92Or Anne", "a\x92")
    assert (question.key, question.is_open, question.found) == ("signs", True, KEEP)
    assert question.count == 2
    assert question.value == "L\ufffdOr · a\ufffd · Ren\ufffd"
    assert question.choices == (
        (DROP, "LOr · a · Ren"),
        (KEEP, "L\ufffdOr · a\ufffd · Ren\ufffd"),
    )


@pytest.mark.parametrize("sign", BROKEN, ids=ascii)
def test_a_row_with_one_such_character_is_found(sheet, sign):
    _header, _cells, question = read(sheet, f"reference;name\n1;a{sign}\n")
    assert question.count == 1


def test_they_are_left_out_if_the_user_says_so(sheet):
    text = "refer\x01ence;N\x92om\n1\x01;L\x92Or\n2;b\n"
    header, cells, question = read(sheet, text, DROP)
    assert header == ("reference", "Nom")
    assert cells == [("1", "LOr"), ("2", "b")]
    assert question.count == 1, "the answer can be changed"
    header, cells, _question = read(sheet, text, KEEP)
    assert cells[0] == ("1\x01", "L\x92Or")


def test_a_long_word_is_cut_and_only_some_are_shown(sheet):
    rows = "".join(f"{n};{n}\x01{'x' * 50}\n" for n in range(9))
    _header, _cells, question = read(sheet, f"reference;name\n{rows}")
    assert question.value.count("·") == 4
    assert max(map(len, question.value.split(" · "))) == 30
