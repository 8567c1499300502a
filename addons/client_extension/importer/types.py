"""The frozen values that walk from room to room."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO, Final, NamedTuple

from .problems import Problem

#: opens the same bytes again from the start
Opener = Callable[[], BinaryIO]

MODES: Final = ("create", "create_skip", "update", "update_skip", "create_update")
#: characters of a text that the database keeps in an index
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class New:
    """A record that does not exist yet and that the import may create."""

    name: str


Scalar = str | int | bool | New | None
Value = Scalar | frozenset[int | New]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that an import understands.

    ``key`` is its English header, ``field`` the stored field it fills,
    ``aliases`` the other headers it is known by. ``kind`` is text, email, yes_no, type
    (individual or company), status (prospect or client), link (a record found by its
    name or code), links (several, separated in the cell) or state (a link that depends
    on the country). ``reader`` is the check of a column of text: it returns the text to
    keep, or raises ``ValueError`` with the code of the problem; ``normalize`` makes
    what two texts are compared by, where what is stored is never as it was written.
    ``most`` is how many characters its cells may have: an index of the database holds
    no longer ones.
    """

    key: str
    field: str
    kind: str = "text"
    aliases: tuple[str, ...] = ()
    required: bool = False
    clearable: bool = True
    reader: Callable[[str], str] | None = None
    normalize: Callable[[str], str] | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes whose encoding is known, or those of a workbook (its kind)."""

    opener: Opener
    encoding: str
    workbook: str = ""


class Row(NamedTuple):
    """One row as it came: ``line`` as an editor counts, ``number`` from 1."""

    line: int
    number: int
    cells: tuple[str, ...]
    problem: Problem | None = None
    #: empty lines skipped just before this row
    blank_before: int = 0
    #: cells of a workbook without a value: their position and the code why
    faults: tuple[tuple[int, str], ...] = ()


class KeyedRow(NamedTuple):
    """A row of which nothing but the reference is understood yet."""

    row: Row
    reference: str


@dataclass(frozen=True, slots=True)
class Target:
    """What becomes of one column of the file.

    ``role`` is ``standard`` (``key`` tells which), ``additional`` (``key`` is the
    label), ``ignored`` (said so) or ``nameless`` (no header above it).
    """

    index: int
    header: str
    role: str
    key: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What becomes of every column of the file."""

    targets: tuple[Target, ...]
    columns: Mapping[str, Column]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of additional data in this file."""
        return tuple(t.key for t in self.targets if t.role == "additional")

    @property
    def keys(self) -> frozenset[str]:
        """The standard columns in this file."""
        return frozenset(t.key for t in self.targets if t.role == "standard")

    def index_of(self, key: str) -> int:
        """Position of a standard column in the file."""
        return next(t.index for t in self._standard if t.key == key)

    def header_of(self, key: str) -> str:
        """What the file calls a standard column; its key where the file has none."""
        return next((t.header for t in self._standard if t.key == key), key)

    @property
    def _standard(self) -> Iterator[Target]:
        return (target for target in self.targets if target.role == "standard")


@dataclass(frozen=True, slots=True)
class Lookups:
    """What the names in the cells stand for, handed in once per file.

    ``tables``: column key -> folded text -> the ids it may mean.
    ``states``: folded text -> pairs of state id and country id.
    ``creatable``: keys of columns whose unknown names are created.
    """

    tables: Mapping[str, Mapping[str, tuple[int | str, ...]]] = field(
        default_factory=dict
    )
    states: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    creatable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Label:
    """A label of additional data that exists: its kind and, if any, its choices."""

    kind: str = "char"
    #: folded caption -> the key that is kept
    choices: Mapping[str, str] = field(default_factory=dict)
    #: the key that is kept -> its caption
    captions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """How cells are taken; ``labels`` by folded label, others are texts to add."""

    clear_empty: bool = False
    warn_cells: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)
    new_labels: bool = True
    #: a point in a number stands before decimals, as in a spreadsheet
    points: bool = False


class CleanRow(NamedTuple):
    """One row whose cells are understood.

    ``values`` holds what the file sets, by column key; a column that is not in
    it is left alone. ``additional`` does the same by label.
    """

    row: Row
    reference: str
    values: Mapping[str, Value]
    additional: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a problem rejects this row."""
        problems = self.problems
        return bool(problems) and any(not problem.warning for problem in problems)

    @property
    def is_unusable(self) -> bool:
        """Whether it is refused whatever is stored of its client."""
        problems = self.problems
        return bool(problems) and any(
            not problem.warning and problem.layer != "cell" for problem in problems
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who stands with a client: ``id`` of the person, ``line`` of the tie.

    Odoo's own contacts of a client have no line. Who ``is_ended`` left.
    """

    id: int
    line: int = 0
    is_main: bool = False
    first: str = ""
    last: str = ""
    email: str = ""
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored partner that bears a reference, with its values by column key.

    Of one that ``is_hidden`` from the user, nothing else is known here.
    """

    id: int
    label: str
    is_client: bool = True
    active: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)
    additional: Mapping[str, str] = field(default_factory=dict)
    #: read for a file with columns of the main contact alone
    contacts: tuple[Contact, ...] = ()
    is_hidden: bool = False


Index = Mapping[str, tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the stored partner it speaks of, if any."""

    row: CleanRow
    candidate: Candidate | None = None
    problem: Problem | None = None
    #: somebody whom the user may not see has the reference
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """The mode, and what the import itself gives to its rows."""

    mode: str = "create_update"
    default_status: str = "client"
    category_ids: frozenset[int] = frozenset()
    business_unit_id: int | None = None
    #: folded label -> kind, of additional data that an import cannot fill
    fixed: Mapping[str, str] = field(default_factory=dict)
    #: column key -> what two texts are compared by, where one that was stored never
    #: is as it was written
    normalizers: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


class Outcome(NamedTuple):
    """What will be done with one row.

    ``kind`` is create, update, unchanged, skip or reject; ``changes`` maps a
    column key to its old and new value, ``additional`` a label to the same.
    """

    kind: str
    row: CleanRow
    candidate: Candidate | None = None
    changes: Mapping[str, tuple[Value, Value]] = MappingProxyType({})
    additional: Mapping[str, tuple[str, str]] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
