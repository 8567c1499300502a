"""The frozen values that the steps of an import pass on."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, BinaryIO, Final, NamedTuple

from .problems import Problem

#: opens the same bytes again from the start
Opener = Callable[[], BinaryIO]

MODES: Final = ("create", "create_skip", "update", "update_skip", "create_update")
#: maximum characters of a text in an index of the database
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class EmptyWord:
    """What a word means that the user left empty."""


EMPTY_WORD: Final = EmptyWord()


@dataclass(frozen=True, slots=True)
class New:
    """A record that does not exist yet and that the import may create."""

    name: str


Scalar = str | int | bool | New | None
Value = Scalar | frozenset[int | New]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that an import can read.

    ``key`` is its English header, ``field`` the stored field it fills, ``aliases`` its
    other accepted headers. ``kind`` is text, email, yes_no, type (individual or
    company), phone, status (prospect or client), link (a record found by its name or
    code), links (several, separated in the cell) or state (a link that depends on the
    country). ``reader`` checks the texts of the column: it returns the text to store,
    or raises ``ValueError`` with the code of the problem; ``normalize`` returns the
    form in which two texts are compared, for columns whose stored text is never as it
    was written. ``most`` is the maximum number of characters of a cell: an index of the
    database holds no longer texts.
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
class Question:
    """What only the user can say of a file: ``key`` is ``encoding`` or ``signs``, or
    ``dates:`` or ``nulls:`` and the header of a column.

    ``choices``: each possible answer, and samples of what it makes of the file;
    ``found`` is the answer that counts until there is another one. If it
    ``is_open``, nothing is written before the user has answered.
    """

    key: str
    choices: tuple[tuple[str, str], ...]
    found: str
    column: str = ""
    is_open: bool = False
    #: whether nothing in the file speaks for the answer that was found
    is_unclear: bool = False
    #: number of rows, and the words or dates in question
    count: int = 0
    value: str = ""

    @property
    def topic(self) -> str:
        """encoding, signs, dates or nulls."""
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes whose encoding is known, or the bytes of a workbook (with its format)."""

    opener: Opener
    encoding: str
    workbook: str = ""
    #: whether there may be invisible signs in it
    may_have_signs: bool = True
    #: asked where the encoding had to be guessed
    question: Question | None = None
    #: whether there may be characters in it that no name has
    may_have_broken: bool = True


class Row(NamedTuple):
    """One row as read: ``line`` as an editor counts it, ``number`` from 1."""

    line: int
    number: int
    cells: tuple[str, ...]
    problem: Problem | None = None
    #: empty lines skipped just before this row
    blank_before: int = 0
    #: cells of a workbook without a value: position -> code of the problem
    faults: tuple[tuple[int, str], ...] = ()
    #: empty cells that were added at its end
    missing: int = 0


class KeyedRow(NamedTuple):
    """A row of which only the reference is known yet."""

    row: Row
    reference: str


@dataclass(frozen=True, slots=True)
class Target:
    """The meaning of one column of the file.

    ``role`` is ``standard`` (``key`` tells which), ``additional`` (``key`` is the
    label), ``ignored`` (by choice) or ``nameless`` (no header). ``double`` is the
    header of the column that is read instead, where this is another name for it.
    """

    index: int
    header: str
    role: str
    key: str = ""
    suggestion: str = ""
    double: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The meaning of every column of the file."""

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
        """Return the file's header of a standard column, else its key."""
        return next((t.header for t in self._standard if t.key == key), key)

    @property
    def _standard(self) -> Iterator[Target]:
        return (target for target in self.targets if target.role == "standard")


@dataclass(frozen=True, slots=True)
class Lookups:
    """The meaning of the names in the cells, built once per file.

    ``tables``: column key -> folded text -> the ids it may mean. ``states``: folded
    text -> pairs of state id and country id. ``creatable``: keys of columns whose
    unknown names are created; where two records have one name, the older one counts.
    """

    tables: Mapping[str, Mapping[str, tuple[int | str, ...]]] = field(
        default_factory=dict
    )
    states: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    creatable: frozenset[str] = frozenset()
    #: column key -> id that a name means -> ids of younger records of the same name
    twins: Mapping[str, Mapping[int, frozenset[int]]] = field(default_factory=dict)
    #: column key -> what ``kinds.answers.resolve_answers`` returned for its words
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """An existing label of additional data: its type and, if any, its choices."""

    kind: str = "char"
    #: folded caption -> the stored key
    choices: Mapping[str, str] = field(default_factory=dict)
    #: the stored key -> its caption
    captions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """How cells are read; ``labels`` by folded label, others are texts to add.

    ``answers``: folded label -> what ``kinds.answers.resolve_answers`` returned.
    """

    clear_empty: bool = False
    warn_cells: bool = False
    labels: Mapping[str, Label] = field(default_factory=dict)
    new_labels: bool = True
    #: a point in a number is a decimal point, as in a spreadsheet
    points: bool = False
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: false where no cell of the file has an invisible sign
    may_have_signs: bool = True
    #: folded headers of columns of text in which words such as ``NULL`` are empty
    null_columns: frozenset[str] = frozenset()
    #: folded headers of columns whose dates have the month before the day
    american: frozenset[str] = frozenset()


class CleanRow(NamedTuple):
    """One interpreted row.

    ``values`` holds the values that the file sets, by column key; columns that are not
    in it are left unchanged. ``additional`` does the same by label.
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
        """Whether it is rejected whatever is stored of its client."""
        problems = self.problems
        return bool(problems) and any(
            not problem.warning and problem.layer != "cell" for problem in problems
        )


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of a client: ``id`` of the person, ``line`` of the ``client.contact``.

    Odoo's own contacts of a client have no line. ``is_ended``: the contact has left.
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
    """A stored partner with a reference, and its values by column key.

    If it ``is_hidden`` from the user, nothing else about it is known here.
    """

    id: int
    label: str
    is_client: bool = True
    active: bool = True
    values: Mapping[str, Value] = field(default_factory=dict)
    additional: Mapping[str, str] = field(default_factory=dict)
    #: read only for a file with columns of the main contact
    contacts: tuple[Contact, ...] = ()
    is_hidden: bool = False


Index = Mapping[str, tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """A row and its stored partner, if any."""

    row: CleanRow
    candidate: Candidate | None = None
    problem: Problem | None = None
    #: a partner that the user has no access to has the reference
    is_taken: bool = False


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """The mode, and the values that the import itself sets on its rows."""

    mode: str = "create_update"
    default_status: str = "client"
    category_ids: frozenset[int] = frozenset()
    business_unit_id: int | None = None
    #: folded label -> type, of additional data that an import cannot fill
    fixed: Mapping[str, str] = field(default_factory=dict)
    #: column key -> function to the form in which two texts are compared, for columns
    #: whose stored text is never as it was written
    normalizers: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


class Outcome(NamedTuple):
    """The planned action for one row.

    ``kind`` is create, update, unchanged, skip or reject; ``changes`` maps a column key
    to its old and new value, ``additional`` a label to the same, ``kept`` a column key
    to the same where the new value is not written.
    """

    kind: str
    row: CleanRow
    candidate: Candidate | None = None
    changes: Mapping[str, tuple[Value, Value]] = MappingProxyType({})
    additional: Mapping[str, tuple[str, str]] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    kept: Mapping[str, tuple[Value, Value]] = MappingProxyType({})
