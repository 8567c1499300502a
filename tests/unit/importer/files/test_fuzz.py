"""What ten minutes of fuzzing (`./dev bench fuzz`) found, and some seconds of it."""

import random

import pytest
from importer.files.decode import decode, opener
from importer.problems import FileProblem
from make_workbook import HEADER, opened, xlsx

from benchmarks import fuzz, fuzz_files

FILES = fuzz_files.corpus()


@pytest.mark.parametrize("seed", range(20))
def test_broken_files_are_rows_or_a_problem(seed: int) -> None:
    for number in range(seed * 50, seed * 50 + 50):
        _end, _data, error = fuzz.one(number, FILES)
        assert not error, f"seed {number}"


def test_a_seed_makes_the_same_file_again() -> None:
    made = [fuzz_files.make(random.Random(7), FILES) for _ in range(2)]
    assert made[0] == made[1]


def test_a_failure_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise UnicodeError("boom")

    monkeypatch.setattr(fuzz, "decode", fail)
    end, _data, error = fuzz.one(1, FILES)
    assert end == "broken"
    assert "UnicodeError: boom" in error


def test_a_zip_whose_places_are_before_its_start_is_damaged() -> None:
    data = xlsx(HEADER)
    end = data.rindex(b"PK\x05\x06")
    place = int.from_bytes(data[end + 16 : end + 20], "little") + 500
    data = data[: end + 16] + place.to_bytes(4, "little") + data[end + 20 :]
    with pytest.raises(FileProblem) as caught:
        opened(data)
    assert caught.value.problem.code == "file_workbook_broken"


@pytest.mark.parametrize(
    "encoding", ["idna", "punycode", "unicode_escape", "raw-unicode-escape", "utf-7"]
)
def test_what_no_file_is_encoded_in_is_no_encoding(encoding: str) -> None:
    with pytest.raises(FileProblem) as caught:
        decode(opener(b"reference;name\n\\ud83d;A\n"), encoding)
    assert caught.value.problem.code == "file_encoding_unknown"
