"""Which tests run, on which database, and what came of them."""

import re
from functools import partial

import pytest

from harness.paths import ROOT
from harness.say import Fail
from harness.testing import (
    addon_tests,
    junit,
    pytests,
    selection,
    shards,
    testrun,
)

FILES = {
    "tests/unit/test_a.py": "",
    "tests/life/test_life.py": "",
    "addons/one/tests/test_plain.py": "",
    "addons/one/tests/test_tour.py": "self.start_tour('/odoo', 'x')",
    "addons/one/tests/common.py": "",
    "addons/two/tests/test_two.py": "",
}
PLAIN = ["addons/one/tests/test_plain.py", "addons/two/tests/test_two.py"]
TOUR = "addons/one/tests/test_tour.py"


@pytest.fixture
def root(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_everything(root):
    chosen = selection.select([], False, root)
    assert chosen.unit == ["tests/unit"]
    assert chosen.life == ["tests/life/test_life.py"]
    assert sorted(chosen.addons) == sorted([*PLAIN, TOUR])
    assert not chosen.narrowed


def test_fast_leaves_out_browser_and_life(root):
    chosen = selection.select([], True, root)
    assert (chosen.unit, chosen.life) == (["tests/unit"], [])
    assert sorted(chosen.addons) == PLAIN


def test_paths_narrow(root):
    chosen = selection.select(["addons/two", f"{TOUR}::TestTour"], False, root)
    assert chosen.addons == [PLAIN[1], f"{TOUR}::TestTour"]
    assert (chosen.unit, chosen.life, chosen.narrowed) == ([], [], True)


@pytest.mark.parametrize("path", ["nowhere", "../outside"])
def test_a_path_outside_is_refused(root, path):
    with pytest.raises(Fail, match="There is no"):
        selection.select([path], False, root)


def test_a_path_without_tests_is_refused(root):
    (root / "docs").mkdir()
    with pytest.raises(Fail, match="holds no tests"):
        selection.select(["docs"], False, root)


def test_every_browser_test_can_be_left_out():
    """By Odoo's own means: `-client_tour` among its test tags."""
    for path in (ROOT / "addons").glob("*/tests/**/test_*.py"):
        for case in re.split(r"^(?=@tagged)", path.read_text(), flags=re.MULTILINE):
            own, _, _next = case.partition("\n\n\n")
            # in the class itself, or in one for tours that it inherits
            drives = re.search(r"start_tour|browser_js|class .*TourCase\)", own)
            if "def test_" in own and drives:
                assert '"client_tour"' in case.partition("\n")[0], path


def test_shards_are_about_equal():
    weights = {"a": 60.0, "b": 30.0, "c": 20.0, "d": 10.0}
    assert shards.balance(weights, 2) == [["a"], ["b", "c", "d"]]
    assert shards.balance({"a": 1.0}, 2) == [["a"]]
    assert shards.balance({}, 2) == []


def test_weights_are_known_or_guessed(root):
    files = [TOUR, PLAIN[0]]
    guessed = shards.weights(files, {}, root)
    assert guessed[TOUR] > guessed[PLAIN[0]]
    assert shards.weights(files, {PLAIN[0]: 99.0}, root)[PLAIN[0]] == 99.0


def test_tests_that_a_neighbour_can_touch_are_tagged(root):
    path = root / "addons/one/tests/test_touched.py"
    path.write_text('@tagged("client_neighbours")')
    name = str(path.relative_to(root))
    assert addon_tests.tagged([*PLAIN, name], root) == [name]


def test_beside_neighbours_untagged_classes_stay_out_of_files_with_tagged_ones(root):
    path = root / "addons/one/tests/test_touched.py"
    path.write_text('@tagged("client_neighbours")')
    assert selection.lacks("client_neighbours", {"standard"}, path)
    assert not selection.lacks("client_neighbours", {"client_neighbours"}, path)
    assert not selection.lacks("client_neighbours", {"standard"}, root / PLAIN[0])


def test_a_file_of_which_no_test_ran_is_a_failure():
    ran = junit.Result("ours", 1, files={PLAIN[0]: 0.1})
    assert addon_tests.silent([f"{PLAIN[0]}::TestOne"], ran).failed == 0
    found = addon_tests.silent(PLAIN, ran)
    assert (found.failed, found.details) == (1, f"No test ran of {PLAIN[1]}.")


def test_the_longest_begin(monkeypatch):
    """With one at a time, so that the order is certain."""
    monkeypatch.setattr(testrun, "JOBS", 1)
    seconds = {"short": 1.0, "long": 9.0, "middle": 3.0}
    jobs = [
        pytests.Weighed(known, partial(junit.Result, name, 1))
        for name, known in seconds.items()
    ]
    found = [result.title for result in testrun.at_once(jobs)]
    assert found == ["long", "middle", "short"]


def test_times_are_kept(tmp_path):
    path = tmp_path / "timings.json"
    assert shards.load(path) == {}
    shards.store(path, {"a": 1.0})
    shards.store(path, {"b": 2.0})
    assert shards.load(path) == {"a": 1.0, "b": 2.0}
    path.write_text("damaged")
    assert shards.load(path) == {}


REPORT = """<testsuites><testsuite>
<testcase file="a.py" time="1.5"/>
<testcase file="a.py" time="0.5"><failure/></testcase>
<testcase file="b.py" time="1"><error/></testcase>
<testcase file="b.py" time="0"><skipped/></testcase>
<testcase classname="addons.one.tests.test_c.TestC" file="base.py" time="3"/>
</testsuite></testsuites>"""


def test_a_report_is_counted(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT)
    result = junit.read("odoo", path, "", 1)
    assert result.line() == "odoo: 2 passed, 2 failed, 1 skipped"
    # An inherited test belongs to the file of its class.
    inherited = {"addons/one/tests/test_c.py": 3.0}
    assert result.files == {"a.py": 2.0, "b.py": 1.0, **inherited}


def test_reports_of_one_job_are_one_result():
    ours = junit.Result("ours", 3, 1, files={"a.py": 2.0})
    theirs = junit.Result("theirs", 2, 0, 1, details="late")
    both = junit.together([ours, theirs], "beside:")
    assert both.line() == "ours: 5 passed, 1 failed, 1 skipped"
    assert both.files == {"beside:a.py": 2.0}
    assert "late" in both.details


@pytest.mark.parametrize(("code", "failed"), [(0, 0), (5, 0), (1, 1), (2, 1), (-9, 1)])
def test_a_crash_is_a_failure(tmp_path, code, failed):
    assert junit.read("odoo", tmp_path / "none.xml", "", code).failed == failed
