"""Each checkout has a database of its own, and those of others that went are known."""

import pytest

from harness.databases import checkout


@pytest.fixture
def clones(tmp_path, monkeypatch):
    """Two clones with one cache; gives a function that enters one of them."""
    monkeypatch.setenv("CLIENT_EXTENSION_CACHE", str(tmp_path / "cache"))

    def enter(name):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(checkout, "ROOT", folder)
        return folder

    return enter


def test_a_clone_keeps_its_database_and_another_has_another(clones):
    clones("one")
    first = checkout.database()
    assert checkout.database() == first
    clones("two")
    assert checkout.database() != first


def test_databases_of_clones_that_went_are_abandoned_once(clones):
    gone = clones("gone")
    old = checkout.database()
    clones("here")
    kept = checkout.database()
    assert list(checkout.abandoned()) == []
    (gone / checkout.NOTE).unlink()
    assert list(checkout.abandoned()) == [old]
    assert list(checkout.abandoned()) == []
    assert checkout.database() == kept
