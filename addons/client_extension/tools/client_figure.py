"""What an add-on declares about a client: sections, figures and timeline sources.

Plain data: the engine in ``models/overview`` reads it. A bridge returns these from
``_get_client_sections``, ``_get_client_figures`` and ``_get_client_timeline_sources``
of ``res.partner``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

UNITS = ("count", "money", "hours")


@dataclass(frozen=True, kw_only=True)
class ClientSection:
    """A card of the overview, which holds the figures of one app.

    :param key: technical name, unique among the sections
    :param label: translated name
    :param icon: class of a Font Awesome icon, such as ``"fa-pencil"``
    :param sequence: place among the cards, smallest first
    :param model: model that the user must be allowed to read, or None
    :param new: name of a method of ``res.partner`` that returns an action which starts
        a new document; offered to users who may create records of *model*
    :param groups: groups of which the user must have one, separated by commas
    """

    key: str
    label: str
    icon: str
    sequence: int = 100
    model: str | None = None
    new: str | None = None
    groups: str = ""


@dataclass(frozen=True, kw_only=True)
class ClientFigure:
    """A number about a client that equals the list behind it.

    :param section: key of its section
    :param key: technical name, unique in the section
    :param label: translated name
    :param model: model of the records that are counted
    :param domain: which of them
    :param partner_field: many2one, many2many or path to a partner, or an integer field
        with the id of a partner
    :param measure: what is added up, as ``"field:sum"`` or ``"field:sum_currency"``, or
        None to count
    :param unit: ``"count"``, ``"money"`` or ``"hours"``
    :param tone: Bootstrap colour of a value above zero: ``"danger"``, ``"warning"``,
        ``"success"``, or empty
    :param oldest: date field whose earliest value says since when
    :param oldest_domain: condition on the records that count for *oldest*
    :param action: external id of the window action whose views show the list, or None
    :param context: context of the list
    :param groups: groups of which the user must have one, separated by commas
    """

    section: str
    key: str
    label: str
    model: str
    domain: Iterable[Any]
    partner_field: str = "partner_id"
    measure: str | None = None
    unit: str = "count"
    tone: str = ""
    oldest: str | None = None
    oldest_domain: Iterable[Any] = ()
    action: str | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    groups: str = ""

    def __post_init__(self) -> None:
        """Refuse a unit that no screen can show."""
        if self.unit not in UNITS:
            raise ValueError(
                f"Unit of a figure: {self.unit!r}, expected one of {UNITS}"
            )

    @property
    def name(self) -> tuple[str, str]:
        """The pair (section, key) by which the figure is known."""
        return self.section, self.key


@dataclass(frozen=True, kw_only=True)
class ClientTimelineSource:
    """A kind of document on the timeline of a client.

    :param key: technical name, unique among the sources
    :param label: translated name of the kind, in the plural
    :param icon: class of a Font Awesome icon
    :param model: model of the documents
    :param date_field: stored date or datetime field that places them in time
    :param domain: which documents, None for all
    :param partner_field: as in :class:`ClientFigure`
    :param title_field: field shown as title: a text or a many2one
    :param state_field: field shown as status: a selection or a many2one
    :param amount_field: monetary field shown as amount
    :param talk: whether the messages of the document can be unfolded
    :param groups: groups of which the user must have one, separated by commas
    """

    key: str
    label: str
    icon: str
    model: str
    date_field: str
    domain: Iterable[Any] | None = None
    partner_field: str = "partner_id"
    title_field: str = "display_name"
    state_field: str | None = None
    amount_field: str | None = None
    talk: bool = True
    groups: str = ""


@dataclass(frozen=True)
class ClientSheetList:
    """The first records that a figure counts, on the sheet of a client.

    :param tuple figure: section and key of the figure
    :param tuple fields: names of fields of its model, the columns
    :param str order: as for ``search``, by default that of the model
    :param tuple domain: what the records match beside the domain of the figure
    """

    figure: tuple
    fields: tuple
    order: str | None = None
    domain: tuple = ()
