"""Which references a file bears twice, said alike by every process."""

import os
import subprocess
import sys
from pathlib import Path

import importer
from importer.rows.match import repeated

# A map so small that it takes many references for others.
SCRIPT = """
from importer.rows import match
match._BITS = 1 << 12
found = match.repeated(f"R{n}" for n in range(match._EXACT + 2_000))
print(len(found), *sorted(found))
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
    assert int(first[0]) > 0
    assert said("2") == first


def test_what_comes_twice_is_found_however_far_apart() -> None:
    references = [f"R{n}" for n in range(15_000)]
    found = repeated([*references, "R3", "R14999", "R10000"])
    assert {"R3", "R14999", "R10000"} <= found
    assert len(found) < 10
    assert repeated(["A", "B", "A"]) == {"A"}
