"""Which add-ons of the OCA are installed beside ours."""

from pathlib import Path

from harness.setup import neighbours


def _add(
    folder: Path, name: str, *depends: str, python: str = "", excludes: object = ()
) -> None:
    manifest = {"name": name, "depends": list(depends), "excludes": excludes}
    if python:
        manifest["external_dependencies"] = {"python": [python]}
    (folder / name).mkdir(parents=True)
    (folder / name / "__manifest__.py").write_text(repr(manifest))


def test_what_needs_an_add_on_that_is_not_there_is_left_out(tmp_path):
    odoo, theirs = tmp_path / "odoo", tmp_path / "theirs"
    _add(odoo, "contacts", "base")
    _add(theirs, "one", "contacts")
    _add(theirs, "two", "one")
    _add(theirs, "lost", "elsewhere")
    _add(theirs, "behind", "lost")
    names = ["two", "lost", "behind", "one", "unknown"]
    assert neighbours.installable(names, [theirs, odoo]) == ["two", "one"]


def test_what_needs_a_package_that_is_not_there_is_left_out(tmp_path):
    _add(tmp_path, "one", "base", python="no-such-package-anywhere")
    _add(tmp_path, "two", "base", python="pytest>=1")
    assert neighbours.installable(["one", "two"], [tmp_path]) == ["two"]


def test_the_long_list_adds_to_the_short_one():
    short, long = neighbours.names(), neighbours.names(every=True)
    assert set(short) < set(long)
    assert len(long) == len(set(long))


def test_of_two_that_exclude_each_other_the_first_one_stays(tmp_path):
    _add(tmp_path, "one", excludes=["two"])
    _add(tmp_path, "two")
    _add(tmp_path, "three", "two")
    assert neighbours.installable(["one", "two"], [tmp_path]) == ["one"]
    assert neighbours.installable(["two", "one"], [tmp_path]) == ["two"]
    assert neighbours.installable(["three", "one"], [tmp_path]) == ["three"]
