"""Which add-ons of the OCA are installed beside ours."""

from pathlib import Path

from harness.setup import neighbours
from harness.testing import known


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


def test_tests_outside_a_package_are_not_expected(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "tests").mkdir(parents=True)
        (tmp_path / name / "tests" / "test_it.py").touch()
    (tmp_path / "one" / "tests" / "__init__.py").touch()
    assert neighbours.tested(tmp_path, ["one", "two"]) == {"one"}


def test_a_known_failure_that_passes_again_is_a_failure():
    unexpected = known.unexpected
    assert unexpected(["/a:A.x", "/b:B.y"], ["/a:A.x"]) == ["/b:B.y"]
    assert unexpected(["/a:A.x"], ["/a:A.x"]) == []
    (again,) = unexpected([], ["/a:A.x"])
    assert again.startswith("/a:A.x passes again")


def test_a_known_class_is_known_with_each_of_its_tests():
    listed = ["addons/a/test_a.py::TestA", "addons/a/test_b.py::TestB::test_x"]
    assert known.is_known("addons/a/test_a.py::TestA::test_1", listed)
    assert known.is_known("addons/a/test_b.py::TestB::test_x", listed)
    assert not known.is_known("addons/a/test_a.py::TestAll::test_1", listed)
    assert not known.is_known("addons/a/test_b.py::TestB::test_xy", listed)


def test_each_known_failure_exists_and_has_a_reason():
    names, root = neighbours.names(every=True), Path(__file__).parents[3]
    assert known.read_known()
    for tag in known.read_known():
        if tag.startswith("/"):
            assert tag[1:].partition(":")[0] in names
            continue
        path, *parts = tag.split("::")
        text = (root / path).read_text()
        assert all(part in text for part in parts), tag
    lines = known.KNOWN.read_text().splitlines()
    assert all(
        lines[number - 1].startswith(("#", "/", "addons/"))
        for number, line in enumerate(lines)
        if line.startswith(("/", "addons/"))
    )
