"""What a fixture file cannot show: size, limits of the process, memory."""

import csv
import io
import tracemalloc
from collections.abc import Callable

import pytest
from importer.files.decode import decode, opener
from importer.files.read import Sheet, read
from importer.problems import FileProblem

Make = Callable[..., Sheet]


def test_cell_beyond_the_limit_of_csv(sheet: Make) -> None:
    limit = csv.field_size_limit()
    big = "é" * 200_000
    rows = list(sheet(f'reference;name\n01;{big}\n02;B\n03;"{big}\n"\n04;D\n').rows())
    assert [row.cells[1] for row in rows] == [big, "B", big + "\n", "D"]
    assert [row.line for row in rows] == [2, 3, 4, 6]
    assert not any(row.problem for row in rows)
    assert csv.field_size_limit() == limit


def test_quote_left_open_in_a_long_file(sheet: Make) -> None:
    many = "".join(f"{i:06};client number {i}\n" for i in range(2, 30_000))
    rows = list(sheet('reference;name\n000001;"open\n' + many).rows())
    assert len(rows) == 29_999
    assert [row.line for row in rows if row.problem] == [2]


def test_accent_far_from_the_head() -> None:
    head = b"reference;name\n" + b"1;abc\n" * 400_000
    assert decode(opener(head + "2;Zoë\n".encode())).encoding == "utf-8"
    assert decode(opener(head + "2;Zoë\n".encode("cp1252"))).encoding == "cp1252"


def test_character_cut_by_a_piece() -> None:
    data = b"r\n" + b"a" * ((1 << 20) - 3) + "é\n".encode()
    assert decode(opener(data)).encoding == "utf-8"


def test_wrong_byte_names_its_line() -> None:
    data = b"reference;name\n" + b"1;abc\n" * 400_000 + b"2;Zo\xeb\n"
    with pytest.raises(FileProblem) as refused:
        decode(opener(data), "ascii")
    assert refused.value.problem.code == "file_encoding_wrong"


def test_codec_that_is_no_encoding() -> None:
    with pytest.raises(FileProblem) as refused:
        decode(opener(b"reference\n1\n"), "rot13")
    assert refused.value.problem.code == "file_encoding_unknown"


@pytest.mark.parametrize("name", ["tab", "\\t", "\t", "TAB"])
def test_separator_by_name(sheet: Make, name: str) -> None:
    assert sheet("reference\tname\n1\tA\n", name).header == ("reference", "name")


@pytest.mark.parametrize("bad", ['"', "\n", "ab"])
def test_separator_that_cannot_be(sheet: Make, bad: str) -> None:
    with pytest.raises(FileProblem) as refused:
        sheet("reference;name\n1;A\n", bad)
    assert refused.value.problem.code == "file_delimiter"


def test_memory_does_not_grow_with_the_file() -> None:
    class Endless(io.RawIOBase):
        """Makes its rows when they are asked for."""

        def __init__(self, rows: int) -> None:
            self.parts = iter(
                [b"reference;name\n"]
                + [b"1;client of the house\n" * 500] * (rows // 500)
            )
            self.rest = b""

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:
            self.rest = self.rest or next(self.parts, b"")
            size = min(len(buffer), len(self.rest))
            buffer[:size] = self.rest[:size]
            self.rest = self.rest[size:]
            return size

    def peak(rows: int) -> int:
        tracemalloc.start()
        sheet = read(decode(lambda: io.BufferedReader(Endless(rows))))
        assert sum(1 for _ in sheet.rows()) == rows
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(100_000) < peak(10_000) + 2_500_000
