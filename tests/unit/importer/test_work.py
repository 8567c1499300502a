"""How much work an odd text makes: it grows with the text, not with its square.

Texts that took minutes have to take less than a generous limit, and where steps can be
counted they are.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import SupportsIndex

import pytest
from importer.files.decode import opener
from importer.files.package import Package
from importer.files.sheet_xlsx import Xlsx
from importer.kinds.numbers import Date, Float
from importer.problems import FileProblem
from importer.rows.columns import map_columns
from importer.rows.correct import Rejected, corrected
from importer.rows.hints import suggest
from importer.rows.match import MOST_SAME, repeated
from importer.text.fold import as_cell, fold, fold_header, one_line, trim
from importer.text.identifiers import code, dialled, emails
from importer.text.name_list import join_names, split_names
from importer.text.number_text import formatter, number_text
from importer.text.words import is_email
from importer.writers.write_csv import guard, unwrap
from importer.writers.write_xlsx import mark, sheet_name
from make_workbook import HEADER, opened, xlsx

#: texts of which each function takes minutes if it tries every way to read them
TEXTS = {
    "spaces by turns": " \u200b",
    "spaces": " ",
    "line breaks": "\n",
    "digits": "1",
    "brackets": "[",
    "conditions": "[<1",
    "quotes": '"',
    "quoted": '"a",',
    "open quotes": ',"a',
    "dots": "a.",
    "dashes": "-",
    "words": "a-",
    "signs": "@",
    "angles": "<",
    "separators": ";",
    "places": "0#",
    "escapes": "_x000D_",
    "dial": "+1 ",
    "blanks before a sign": " -",
}
SIZE, SECONDS = 100_000, 5.0


def tried(function: Callable[[str], object]) -> Callable[[str], None]:
    """The function, which may refuse a text."""

    def call(text: str) -> None:
        with suppress(ValueError):
            function(text)

    return call


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "trim": trim,
    "as_cell": as_cell,
    "fold": fold,
    "fold_header": fold_header,
    "one_line": one_line,
    "split_names": split_names,
    "join_names": lambda text: join_names([text]),
    "is_email": is_email,
    "emails": emails,
    "code": code,
    "dialled": dialled,
    "guard": guard,
    "unwrap": unwrap,
    "mark": mark,
    "sheet_name": sheet_name,
    "float": tried(Float().read),
    "date": tried(Date().read),
    "number": tried(number_text),
    "format": lambda text: formatter(200, {200: text}, False)("12"),
    "suggest": lambda text: suggest(text, {"adresse": "address"}),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_long_text_takes_linear_time(name: str) -> None:
    for what, piece in TEXTS.items():
        for text in _around(piece * (SIZE // len(piece))):
            start = time.process_time()
            FUNCTIONS[name](text)
            assert time.process_time() - start < SECONDS, what


def _around(text: str) -> tuple[str, ...]:
    return text, f"a;{text};b", f"+1{text}x", f"a@b.{text}", f'"{text}'


def test_trim_steps() -> None:
    """Each end is stripped once, however the blanks take turns."""

    class Counted(str):
        steps = 0

        def strip(self, chars: str | None = None) -> "Counted":
            Counted.steps += 1
            return Counted(super().strip(chars))

        def __getitem__(self, key: SupportsIndex | slice) -> "Counted":
            Counted.steps += 1
            return Counted(super().__getitem__(key))

    assert trim(Counted(" \u200b" * 500 + "x" + "\u200b " * 500)) == "x"
    assert Counted.steps <= 4


def test_corrected_rows_do_not_search_all_rejected_ones() -> None:
    class Counted(dict[int, str]):
        looks = 0

        def __iter__(self) -> Iterator[int]:
            Counted.looks += 1
            return super().__iter__()

    text = "reference;line;error\n" + "".join(f"{n};{n};x\n" for n in range(2, 300))
    sheet = opened(text.encode())
    rejected = Rejected(Counted({300: "300"}), range(2, 301))
    assert not list(corrected(sheet, map_columns(sheet.header), rejected).rows())
    assert Counted.looks < 10


def test_one_reference_on_many_rows() -> None:
    assert repeated(["a"] * MOST_SAME + ["b"]).count == MOST_SAME - 1
    with pytest.raises(FileProblem) as refused:
        repeated(["a"] * (MOST_SAME + 1))
    assert refused.value.problem.code == "file_repeated"
    assert repeated(str(n // 2) for n in range(40_000)).count == 20_000


def test_a_sheet_is_read_by_one_tab_only() -> None:
    book = xlsx(
        HEADER,
        more={
            "xl/workbook.xml": '<workbook xmlns:r="r">'
            '<sheets><sheet name="1" r:id="worksheet"/>'
            '<sheet name="2" r:id="worksheet"/></sheets></workbook>'
        },
    )
    with pytest.raises(FileProblem) as refused:
        Xlsx(Package(opener(book)))
    assert refused.value.problem.code == "file_workbook_broken"


def test_many_runs_of_text_are_one_cell() -> None:
    runs = "<r><t>ab</t></r>" * 5_000
    row = f'<row><c t="inlineStr"><is>{runs}</is></c></row>'
    [_, read] = Xlsx(Package(opener(xlsx(HEADER + row)))).rows(0)
    assert read.cells == ("ab" * 5_000,)
