"""The files of the dashboards are what their script makes."""

import json
import re

import pytest

from harness.dashboards.files import FOLDER, made
from harness.paths import ROOT

FILES = made()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_file_is_what_the_script_makes(path):
    assert (ROOT / path).read_text() == FILES[path], "run ./dev dashboards"


def test_there_is_no_other_file():
    assert {FOLDER / path.name for path in (ROOT / FOLDER).iterdir()} == set(FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_name_lets_odoo_find_the_terms(path):
    assert re.fullmatch(r".*_dashboard\.json", path.name)


def read(name):
    """:return: dict, a dashboard"""
    return json.loads(FILES[FOLDER / f"{name}_dashboard.json"])


def figures(dashboard):
    """:return: list of dicts, the charts of a dashboard"""
    return [figure["data"] for figure in dashboard["sheets"][0]["figures"]]


@pytest.mark.parametrize("name", ["clients", "turnover"])
def test_each_filter_applies_to_each_chart(name):
    dashboard = read(name)
    keys = {one["id"] for one in dashboard["globalFilters"]}
    assert {"period", "unit", "type", "manager"} <= keys
    charts = [one for one in figures(dashboard) if one["type"].startswith("odoo_")]
    assert len(charts) >= 3
    for chart in charts:
        assert chart["fieldMatching"].keys() == keys
    # Late payers are those of today, whatever the period.
    for pivot in dashboard["pivots"].values():
        late = pivot["model"] == "account.move.line"
        assert pivot["fieldMatching"].keys() == keys - ({"period"} if late else set())


@pytest.mark.parametrize("name", ["clients", "turnover"])
def test_a_sample_shows_the_same_and_asks_for_no_data(name):
    dashboard, sample = read(name), read(f"{name}_sample")
    titles = [one["title"]["text"] for one in figures(dashboard)]
    assert [one["title"]["text"] for one in figures(sample)] == titles
    assert not sample["pivots"]
    assert not sample["globalFilters"]
    text = json.dumps(sample)
    assert "PIVOT" not in text
    assert "odoo_" not in text


def test_clients_are_counted_without_money():
    """A chart of a model that the reader may not read would be an error."""
    dashboard = read("clients")
    models = {pivot["model"] for pivot in dashboard["pivots"].values()}
    models |= {
        one["metaData"]["resModel"] for one in figures(dashboard) if "metaData" in one
    }
    assert models == {"res.partner"}


@pytest.mark.parametrize("name", ["clients", "turnover"])
def test_figures_do_not_overlap(name):
    boxes = []
    for figure in read(name)["sheets"][0]["figures"]:
        left, top = figure["offset"]["x"], figure["offset"]["y"]
        box = (left, top, left + figure["width"], top + figure["height"])
        for one in boxes:
            apart = (
                box[2] <= one[0]
                or one[2] <= box[0]
                or box[3] <= one[1]
                or one[3] <= box[1]
            )
            assert apart
        boxes.append(box)
