"""Which references a file bears twice, said alike by every process."""

import os
import subprocess
import sys
from pathlib import Path

import importer
import pytest
from importer.rows.match import repeated

SCRIPT = """
from importer.rows.match import repeated
references = [f"R{n}" for n in range(12_000)] + [f"R{n}" for n in range(0, 12_000, 7)]
found = repeated(references)
print(*sorted({text for text in references if text in found}))
"""


def said(seed: str) -> list[str]:
    """What a process with that seed of `hash()` says of many references."""
    path = str(Path(importer.__file__).parents[1])
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    words = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)
    return done.stdout.split()


def test_a_run_takes_the_same_references_for_repeated_as_its_check() -> None:
    first = said("1")
    assert len(first) > 1_700
    assert said("2") == first


def test_what_comes_twice_is_found_however_far_apart() -> None:
    references = [f"R{n}" for n in range(15_000)]
    found = repeated([*references, "R3", "R14999", "R10000"])
    again = [text for text in references if text in found]
    assert again == ["R3", "R10000", "R14999"]


def test_a_few_references_and_none() -> None:
    found = repeated(["A", "B", "A", "A", "\ud800", "\ud800"])
    assert [text in found for text in ("A", "B", "C", "\ud800")] == [1, 0, 0, 1]
    assert "A" not in repeated([])


@pytest.mark.parametrize("length", [1, 300])
@pytest.mark.parametrize("count", [9_999, 10_000, 10_001])
def test_where_a_few_end_makes_no_difference(count: int, length: int) -> None:
    """Few references are compared as they are, many or long ones by digests."""
    references = [f"R{n}".ljust(length, "x") for n in range(count)]
    assert len(repeated(references)) == 0
    for again in (references[0], references[-1]):
        found = repeated([*references, again])
        assert (len(found), found.count) == (1, 1)
        assert again in found
        assert references[1] not in found
