"""Runs other programs, without a shell and without losing their output."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .say import Fail

Arguments = Sequence[str | Path]


def quiet(
    command: Arguments,
    failure: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run *command* and return its output.

    If it fails, the last lines of its output follow *failure* in one `Fail`.
    """
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise Fail(f"{failure} ({error})") from error
    if done.returncode:
        raise Fail(f"{failure}\n{tail(done.stdout)}".rstrip())
    return done.stdout


def tail(text: str, lines: int = 15) -> str:
    """Return the last *lines* of *text*, indented."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-lines:])


def has(program: str) -> bool:
    """Return whether *program* is installed."""
    return shutil.which(program) is not None
