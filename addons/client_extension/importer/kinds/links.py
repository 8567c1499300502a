"""Columns that refer to other records: one, several, or a state of the country."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from ..text.fold import fold
from ..text.name_list import join_names, split_names
from ..types import LONGEST, New, Value
from .base import CellEmpty, CellRefused, Kind

#: number of names of linked records kept at a time
MOST_NAMES: Final = 20_000

Names = Mapping[Any, str]


class Link(Kind):
    """A record found by its name.

    ``table``: folded text -> the ids it may mean. With ``may_create`` an unknown name
    is created. ``get_names``: function from new ids to a mapping of their names; an id
    that is not in it has the empty name.
    """

    empty: Value = None
    has_few = True

    def __init__(
        self,
        table: Mapping[str, tuple[int | str, ...]] | None = None,
        may_create: bool = False,
        get_names: Callable[[Sequence[Any]], Names] | None = None,
    ) -> None:
        self._table = {} if table is None else table
        self._may_create, self._get_names = may_create, get_names
        self._names: dict[Any, str] = {False: "", None: ""}

    def read(self, text: str) -> Any:
        """Return the id, or a :class:`New` record."""
        return self._find(text)

    def _find(self, text: str) -> int | str | New:
        found = self._table.get(fold(text), ())
        if len(found) == 1:
            return found[0]
        if found or not self._may_create or fold(text) in self.answers:
            code = "cell_several" if found else "cell_unknown"
            answer: int | str | New = self._answered(text, CellRefused(code, text))
            return answer
        if len(text) > LONGEST:
            raise CellRefused("cell_long", text, most=str(LONGEST))
        return New(text)

    def write(self, value: Any) -> str:
        """Return the name."""
        return self.write_all([value])[0]

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """Return the names; each is looked up only once."""
        ids = list(values)
        names = self._names
        if missing := set(ids).difference(names):
            if len(names) > MOST_NAMES:
                names = self._names = {False: "", None: ""}
                missing = set(ids).difference(names)
            names.update(dict.fromkeys(missing, ""))
            names |= {item: item.name for item in missing if isinstance(item, New)}
            known = sorted(item for item in missing if not isinstance(item, New))
            if self._get_names and known:
                names.update(self._get_names(known))
        return [names[record_id] for record_id in ids]


class Links(Link):
    """Several records in one cell, with their names always in the same order.

    ``get_names`` takes no argument and returns all names, in their order; an id that is
    not in it is omitted.
    """

    empty = frozenset()

    def __init__(
        self,
        table: Mapping[str, tuple[int | str, ...]] | None = None,
        may_create: bool = False,
        get_all_names: Callable[[], Names] | None = None,
    ) -> None:
        super().__init__(table, may_create)
        self._get_all_names = get_all_names
        self._ranks: dict[Any, int] | None = None
        self._cells: dict[tuple[Any, ...], str] = {}

    def read(self, text: str) -> frozenset[Any]:
        """Return the ids, and the :class:`New` records."""
        if fold(text) in self._table:  # a name that contains the separator
            return frozenset({self._find(text)})
        parts = {fold(name): name for name in split_names(text)}
        refusals: list[CellRefused] = []
        found = frozenset(self._find_part(name, refusals) for name in parts.values())
        if refusals:
            refusals[0].more = tuple(refusals[1:])
            raise refusals[0]
        if parts and found == {None}:
            raise CellEmpty(text)
        return found - {None}

    def _find_part(self, name: str, refusals: list[CellRefused]) -> Any:
        """Return the record of one name; None if it is left empty or refused."""
        try:
            return self._find(name)
        except CellEmpty:
            return None
        except CellRefused as refused:
            refusals.append(refused)
            return None

    def get_meaning(self, answer: str) -> Any:
        """Return the id of the one record that explains a word."""
        return self._find(answer)

    def write_all(self, values: Iterable[Any]) -> list[str]:
        """Return one cell for each collection of ids."""
        if self._ranks is None:
            self._names = dict(self._get_all_names() if self._get_all_names else {})
            self._ranks = {
                record_id: rank for rank, record_id in enumerate(self._names)
            }
        if len(self._cells) > MOST_NAMES:
            self._cells = {}
        return [self._write_cell(tuple(ids)) if ids else "" for ids in values]

    def _write_cell(self, ids: tuple[Any, ...]) -> str:
        if ids not in self._cells:
            ranks = self._ranks or {}
            known = sorted(self._names.keys() & set(ids), key=ranks.__getitem__)
            names = [self._names[record_id] for record_id in known]
            names += sorted(item.name for item in ids if isinstance(item, New))
            self._cells[ids] = join_names(names)
        return self._cells[ids]


class State(Link):
    """A state, limited to those of one country if the country is known.

    ``states``: folded text -> pairs of state id and country id.
    """

    def __init__(
        self,
        states: Mapping[str, tuple[tuple[int, int], ...]] | None = None,
        get_names: Callable[[Sequence[Any]], Names] | None = None,
    ) -> None:
        super().__init__(None, get_names=get_names)
        self._states = {} if states is None else states

    def read(self, text: str, country: Value = None) -> int:
        """Return the id of the state."""
        found = self._states.get(fold(text), ())
        if country:
            found = tuple(pair for pair in found if pair[1] == country)
        if len(found) == 1:
            return found[0][0]
        refused = CellRefused("cell_several" if found else "cell_unknown", text)
        state, its_country = self._answered(text, refused)
        if country and country != its_country:
            raise refused
        return int(state)

    def get_meaning(self, answer: str) -> tuple[int, int]:
        """Return the pair of the state and its country that explains a word."""
        found = self._states.get(fold(answer), ())
        if len(found) != 1:
            raise CellRefused("cell_unknown", answer)
        return found[0]
