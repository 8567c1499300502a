"""README.rst and the page of the Apps store, made from fragments."""

import pytest

from harness import documents
from harness.say import Fail


@pytest.fixture
def fragments(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    for name in documents.NEEDED:
        (tmp_path / f"{name}.rst").write_text(f"About {name.lower()}.\n\n")
    return tmp_path


def test_the_fragments_stand_in_one_order_below_their_headings(fragments):
    text = documents.compose("My Add-on", fragments)
    assert text.startswith("=========\nMy Add-on\n=========\n")
    order = [
        "About description.",
        "Configuration\n=====",
        "About configure.",
        "Usage\n",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "Installation" not in text
    (fragments / "INSTALL.rst").write_text("First this.")
    text = documents.compose("My Add-on", fragments)
    assert "Installation\n============\n\nFirst this.\n" in text


def test_a_missing_fragment_is_one_sentence(fragments):
    (fragments / "USAGE.rst").unlink()
    with pytest.raises(Fail, match=r"^USAGE\.rst is missing: write it\.$"):
        documents.compose("My Add-on", fragments)


def test_the_page_names_pictures_that_lie_beside_it():
    page = documents.page("A\n=\n\n.. image:: static/description/a.png\n")
    assert 'src="a.png"' in page
    assert "<script" not in page
    assert "Made by" not in documents.page(f"A\n=\n\n{documents.GENERATED}\nText\n")
