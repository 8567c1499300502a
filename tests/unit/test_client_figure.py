"""Declarations of sections, figures and timeline sources."""

from dataclasses import FrozenInstanceError

import pytest
from tools.client_figure import ClientFigure, ClientSection, ClientTimelineSource

FIGURE = {"section": "a", "key": "b", "label": "B", "model": "x", "domain": []}


def test_a_figure_is_known_by_its_section_and_key():
    assert ClientFigure(**FIGURE).name == ("a", "b")


def test_a_figure_has_a_unit_that_a_screen_can_show():
    for unit in ("count", "money", "hours"):
        assert ClientFigure(**FIGURE, unit=unit).unit == unit
    with pytest.raises(ValueError, match="'days'"):
        ClientFigure(**FIGURE, unit="days")


def test_declarations_are_given_by_keyword_and_never_change():
    with pytest.raises(TypeError):
        ClientSection("a", "A", "fa-star", 1)
    section = ClientSection(key="a", label="A", icon="fa-star")
    with pytest.raises(FrozenInstanceError):
        section.key = "b"


def test_two_figures_do_not_share_their_context():
    assert ClientFigure(**FIGURE).context is not ClientFigure(**FIGURE).context


def test_a_source_shows_the_name_of_its_documents_unless_told():
    source = ClientTimelineSource(
        key="a", label="A", icon="fa-star", model="x", date_field="date"
    )
    assert (source.title_field, source.partner_field) == ("display_name", "partner_id")
