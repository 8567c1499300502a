"""Distributes test files, so that two databases have about the same work."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..paths import cache

BROWSER_FACTOR = 20
SECONDS_PER_BYTE = 1 / 4000


def balance(weights: Mapping[str, float], count: int) -> list[list[str]]:
    """Return *count* lists of the names in *weights*, about equally heavy."""
    shards: list[list[str]] = [[] for _ in range(count)]
    loads = [0.0] * count
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        lightest = loads.index(min(loads))
        shards[lightest].append(name)
        loads[lightest] += weights[name]
    return [sorted(shard) for shard in shards if shard]


def is_browser_test(path: Path) -> bool:
    """Return whether the test file drives a browser."""
    text = path.read_text()
    return "start_tour" in text or "browser_js" in text


def weights(
    names: Iterable[str], known: Mapping[str, float], root: Path
) -> dict[str, float]:
    """Return the known or estimated seconds of each file below *root*."""
    result = {}
    for name in names:
        path = root / name
        guess = max(1.0, path.stat().st_size * SECONDS_PER_BYTE)
        if is_browser_test(path):
            guess *= BROWSER_FACTOR
        result[name] = known.get(name, guess)
    return result


def timings() -> Path:
    """Return the file with the seconds of each test file, of all checkouts."""
    return cache() / "timings.json"


def load(path: Path) -> dict[str, float]:
    """Return the seconds per file kept in *path*."""
    try:
        kept = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): float(seconds) for name, seconds in kept.items()}


def store(path: Path, seconds: Mapping[str, float]) -> None:
    """Merge *seconds* per file into those stored in *path*."""
    kept = {**load(path), **seconds}
    made = path.with_suffix(f".{os.getpid()}")
    made.write_text(json.dumps(kept, indent=1, sort_keys=True))
    made.replace(path)
