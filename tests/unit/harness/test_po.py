"""Translation files: what has changed, what is left to do."""

import polib

from harness import po


def write(path, *entries):
    content = polib.POFile()
    content.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for msgid, msgstr, place in entries:
        content.append(
            polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=[(place, "0")])
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    content.save(str(path))
    return path


def test_differences_are_named(tmp_path):
    old = po.terms(write(tmp_path / "a.pot", ("A", "", "x"), ("B", "", "y")))
    new = po.terms(write(tmp_path / "b.pot", ("B", "", "z"), ("C", "", "y")))
    assert po.difference(old, new) == ["new: 'C'", "gone: 'A'", "moved: 'B'"]
    assert po.difference(old, old) == []
    assert po.terms(tmp_path / "none.pot") == {}


def test_a_merge_keeps_what_is_translated(tmp_path):
    pot = write(tmp_path / "a.pot", ("New", "", "x"), ("Old", "", "x"))
    french = write(tmp_path / "fr.po", ("Old", "Ancien", "y"), ("Gone", "Parti", "x"))
    po.merge(pot, "fr")
    merged = polib.pofile(str(french))
    assert [(e.msgid, e.msgstr) for e in merged] == [("New", ""), ("Old", "Ancien")]
    assert merged[1].occurrences == [("x", "0")]
    assert merged.metadata["Language"] == "fr"


def test_what_is_left_to_translate_is_said(tmp_path):
    folder = tmp_path / "addons" / "one" / "i18n"
    pot = write(folder / "one.pot", ("A", "", "x"))
    po.merge(pot, "fr")
    said = list(po.incomplete(tmp_path / "addons"))
    assert said == [
        "addons/one/i18n/fr.po: 1 terms to translate, first 'A'.",
        "addons/one/i18n/nl.po is missing: run ./dev pot and translate it.",
    ]
    for language in po.LANGUAGES:
        write(folder / f"{language}.po", ("A", "Z", "x"))
    assert not list(po.incomplete(tmp_path / "addons"))
