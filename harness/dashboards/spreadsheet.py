"""A dashboard in the format of Odoo's spreadsheets.

A dashboard is built twice from one description: with the data of the database, and as
a sample with made-up numbers, which Odoo shows while there are no data.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Domain = Sequence[Any]

VERSION = "18.5.10"
"""Of the format, as in the dashboards of Odoo 19.0."""
GREY, BLUE, ORANGE, WHITE = "#434343", "#EFF6FF", "#FFF7ED", "#FFFFFF"
GAP, ROW = 20, 23
"""Pixels between two figures; height of a row of cells."""
WIDTH = 1000
"""Pixels of the dashboard."""
COLUMNS = (330, 160, 20, 330, 160)
"""Pixels of the columns of cells: two tables of two columns, and a gap."""


@dataclass(frozen=True)
class Filter:
    """A filter of the whole dashboard.

    :param key: by which data say which of their fields it applies to
    :param label: in English
    :param model: of the records to choose from, None for a period
    """

    key: str
    label: str
    model: str | None = None

    def to_json(self) -> Json:
        """Return the filter as Odoo stores it."""
        found: Json = {"id": self.key, "label": self.label}
        if self.model is None:
            return {**found, "type": "date"}
        names: list[str] = []
        return {
            **found,
            "type": "relation",
            "modelName": self.model,
            "defaultValueDisplayNames": names,
        }


@dataclass(frozen=True, kw_only=True)
class Data:
    """Records of a model, and how the filters apply to them.

    :param model: technical name
    :param domain: which records
    :param filters: key of a filter -> path of the field that it applies to
    """

    model: str
    domain: Domain
    filters: Mapping[str, str]

    def matching(self) -> Json:
        """Return which field each filter applies to, as Odoo stores it."""
        return {
            key: {"chain": chain, "type": "date", "offset": 0}
            if key == "period"
            else {"chain": chain, "type": "many2one"}
            for key, chain in self.filters.items()
        }


@dataclass(frozen=True, kw_only=True)
class Table:
    """The largest of some records, with a number.

    :param title: in English
    :param name: head of the first column
    :param number: head of the second column
    :param pivot: number of the pivot, see :meth:`Dashboard.pivot`
    :param rows: how many at most
    :param sample: name -> made-up number
    """

    title: str
    name: str
    number: str
    pivot: str
    rows: int
    sample: Mapping[str, int]


@dataclass
class Dashboard:
    """Builds the file of a dashboard, from the top to the bottom.

    :param filters: of the whole dashboard
    :param sample: whether made-up numbers are shown
    """

    filters: Sequence[Filter]
    sample: bool = False
    _top: int = GAP // 2
    _cells: Json = field(default_factory=dict)
    _styles: Json = field(default_factory=dict)
    _data: Json = field(default_factory=dict)
    _rows: int = 0
    _figures: list[Json] = field(default_factory=list)
    _pivots: Json = field(default_factory=dict)
    _menus: Json = field(default_factory=dict)

    def pivot(
        self, data: Data, measure: str, aggregator: str | None = None, rows: str = ""
    ) -> str:
        """Add a pivot table for formulas; return its number.

        :param measure: a field, or `__count`
        :param aggregator: how it is added up, None for the default
        :param rows: field of the rows, largest first; empty for a total alone
        """
        number = str(len(self._pivots) + 1)
        name = f"{measure}:{aggregator}" if aggregator else measure
        value = {"id": name, "fieldName": measure}
        if aggregator:
            value["aggregator"] = aggregator
        self._pivots[number] = {
            "type": "ODOO",
            "id": number,
            "formulaId": number,
            "name": f"{data.model} {number}",
            "model": data.model,
            "domain": list(data.domain),
            "context": {},
            "measures": [value],
            "columns": [],
            "rows": [{"fieldName": rows}] if rows else [],
            "fieldMatching": data.matching(),
        }
        if rows:
            sorting = {"measure": name, "order": "desc", "domain": []}
            self._pivots[number]["sortedColumn"] = sorting
        return number

    def total(
        self, data: Data, measure: str = "__count", aggregator: str | None = None
    ) -> str:
        """Return a formula: the total of some records."""
        number = self.pivot(data, measure, aggregator)
        name = f"{measure}:{aggregator}" if aggregator else measure
        return f'IFERROR(PIVOT.VALUE({number},"{name}")+0,0)'

    def cards(self, *cards: tuple[str, str, str]) -> None:
        """Add a line of big numbers.

        :param cards: title, formula (without `=`), text of the sample
        """
        width = (WIDTH - GAP * (len(cards) - 1)) // len(cards)
        for place, (title, formula, sample) in enumerate(cards):
            content = sample if self.sample else f"={formula}"
            cell = self._add_row(f'=_t("{title}")', content)
            chart = {
                "type": "scorecard",
                "title": {"text": title, "bold": True, "color": GREY},
                "background": BLUE if place % 2 == 0 else ORANGE,
                "keyValue": f"Data!B{cell}",
                "baselineMode": "text",
                "baselineColorUp": "#00A04A",
                "baselineColorDown": "#DC6965",
                "humanize": False,
            }
            self._figure(chart, place * (width + GAP), width, 105)
        self._top += 105 + GAP

    def charts(self, *charts: Json) -> None:
        """Add a line of charts, see :meth:`chart`."""
        width = (WIDTH - GAP * (len(charts) - 1)) // len(charts)
        for place, chart in enumerate(charts):
            self._figure(dict(chart), place * (width + GAP), width, 330)
        self._top += 330 + GAP

    def chart(
        self,
        kind: str,
        title: str,
        data: Data,
        group: str,
        sample: Mapping[str, int],
        measure: str = "__count",
        menu: str = "",
    ) -> Json:
        """Return a chart.

        :param kind: `line`, `bar` or `pie`
        :param group: field by which the records are grouped
        :param sample: label -> made-up number; labels of a line are left out, it shows
            the last months
        :param menu: external id of the menu that a click on the chart opens
        """
        head: Json = {
            "title": {"text": title, "bold": True, "color": GREY},
            "background": WHITE,
            "legendPosition": "right" if kind == "pie" else "none",
        }
        if kind == "line":
            head |= {"fillArea": True, "cumulative": False, "stacked": False}
        if self.sample:
            return head | self._sample_chart(kind, sample)
        ordered = None if kind == "line" else "DESC"
        return head | {
            "type": f"odoo_{kind}",
            "metaData": {
                "groupBy": [group],
                "measure": measure,
                "order": ordered,
                "resModel": data.model,
                "mode": kind,
            },
            "searchParams": {
                "comparison": None,
                "context": {},
                "domain": list(data.domain),
                "groupBy": [group],
                "orderBy": [],
            },
            "dataSets": [{}],
            "fieldMatching": data.matching(),
            "menu": menu,
        }

    def _sample_chart(self, kind: str, sample: Mapping[str, int]) -> Json:
        """Return the part of a chart with made-up numbers."""
        first = self._rows + 1
        months = len(sample)
        for place, (label, number) in enumerate(sample.items()):
            month = f'=TEXT(EDATE(TODAY(),-{months - place}),"mmm yyyy")'
            self._add_row(month if kind == "line" else f'=_t("{label}")', str(number))
        last = self._rows
        return {
            "type": kind,
            "dataSetsHaveTitle": False,
            "dataSets": [{"dataRange": f"Data!B{first}:B{last}"}],
            "labelRange": f"Data!A{first}:A{last}",
            "labelsAsText": True,
            "aggregated": False,
        }

    def tables(self, *tables: Table) -> None:
        """Add a line of at most two tables."""
        first = self._top // ROW + 2
        for table, (name, number) in zip(
            tables, (("A", "B"), ("D", "E")), strict=False
        ):
            self._cells[f"{name}{first}"] = f'=_t("{table.title}")'
            self._cells[f"{name}{first + 1}"] = f'=_t("{table.name}")'
            self._cells[f"{number}{first + 1}"] = f'=_t("{table.number}")'
            self._styles[f"{name}{first}"] = 1
            self._styles[f"{name}{first + 1}"] = 2
            self._styles[f"{number}{first + 1}"] = 3
            if not self.sample:
                content = f"=PIVOT({table.pivot},{table.rows},FALSE,FALSE,1,FALSE)"
                self._cells[f"{name}{first + 2}"] = content
                continue
            for row, (label, value) in enumerate(table.sample.items(), first + 2):
                self._cells[f"{name}{row}"] = label
                self._cells[f"{number}{row}"] = str(value)
        longest = max(table.rows for table in tables)
        self._top = (first + longest + 2) * ROW

    def to_json(self) -> str:
        """Return the text of the file."""
        main = self._sheet("dashboard", "Dashboard", self._top // ROW + 2)
        main |= {"cells": self._cells, "styles": self._styles}
        main["cols"] = {str(n): {"size": size} for n, size in enumerate(COLUMNS)}
        main["figures"] = self._figures
        data = self._sheet("data", "Data", self._rows + 10)
        data |= {"cells": self._data, "cols": {"0": {"size": 200}}}
        filters = [] if self.sample else [one.to_json() for one in self.filters]
        content = {
            "version": VERSION,
            "sheets": [main, data],
            "styles": {
                "1": {"textColor": "#01666b", "bold": True, "fontSize": 16},
                "2": {"textColor": GREY, "bold": True, "fontSize": 11},
                "3": {
                    "textColor": GREY,
                    "bold": True,
                    "fontSize": 11,
                    "align": "right",
                },
            },
            "formats": {},
            "borders": {},
            "revisionId": "START_REVISION",
            "uniqueFigureIds": True,
            "settings": {},
            "pivots": {} if self.sample else self._pivots,
            "pivotNextId": 1 if self.sample else len(self._pivots) + 1,
            "customTableStyles": {},
            "globalFilters": filters,
            "lists": {},
            "listNextId": 1,
            "chartOdooMenusReferences": self._menus,
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

    def _add_row(self, label: str, content: str) -> int:
        """Add a row to the sheet of data; return its number."""
        self._rows += 1
        self._data[f"A{self._rows}"] = label
        self._data[f"B{self._rows}"] = content
        return self._rows

    def _figure(self, chart: Json, left: int, width: int, height: int) -> None:
        key = f"figure-{len(self._figures) + 1}"
        menu = chart.pop("menu", "")
        if menu:
            self._menus[key] = menu
        self._figures.append(
            {
                "id": key,
                "tag": "chart",
                "col": 0,
                "row": 0,
                "offset": {"x": left, "y": self._top},
                "width": width,
                "height": height,
                "data": {**chart, "chartId": key},
            }
        )

    @staticmethod
    def _sheet(key: str, name: str, rows: int) -> Json:
        """Return an empty sheet."""
        return {
            "id": key,
            "name": name,
            "colNumber": 26 if key == "data" else len(COLUMNS),
            "rowNumber": rows,
            "rows": {},
            "cols": {},
            "merges": [],
            "cells": {},
            "styles": {},
            "formats": {},
            "borders": {},
            "conditionalFormats": [],
            "dataValidationRules": [],
            "figures": [],
            "tables": [],
            "areGridLinesVisible": False,
            "isVisible": True,
            "headerGroups": {"ROW": [], "COL": []},
            "comments": {},
        }
