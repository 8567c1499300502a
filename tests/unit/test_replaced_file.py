"""The file of `odoo-bin client_export`: complete, or as it was before."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools.command import replaced_file
from tools.command.replaced_file import replaced

TOOLS = Path(replaced_file.__file__).parents[2]
CHILD = """
import sys, time
from pathlib import Path
from tools.command.replaced_file import replaced

with replaced(Path(sys.argv[1])) as file:
    file.write(b"secret" * 100_000)
    file.flush()
    print("written", flush=True)
    time.sleep(600)
"""


@pytest.fixture(params=[True, False], ids=["nameless", "named"])
def path(request, tmp_path, monkeypatch):
    """A file that exists already, on a system with and without nameless files."""
    if not request.param:
        monkeypatch.setattr(replaced_file, "OPEN_FILES", tmp_path / "none")
    path = tmp_path / "clients.csv"
    path.write_bytes(b"old")
    return path


def test_it_is_replaced_at_the_end(path):
    with replaced(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_an_error_leaves_what_was_there(path):
    with pytest.raises(ValueError, match="no"), replaced(path) as file:
        file.write(b"new")
        raise ValueError("no")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_it_is_open_to_those_who_may_read_any_new_file(path):
    other = path.with_name("other.csv")
    other.write_bytes(b"")
    with replaced(path):
        pass
    assert path.stat().st_mode == other.stat().st_mode


def test_what_a_process_of_the_same_number_left_is_not_taken(path):
    path.with_name(f".{path.name}.{os.getpid()}").write_bytes(b"left")
    with replaced(path) as file:
        file.write(b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_does_not_exist_is_an_error(path):
    with pytest.raises(FileNotFoundError), replaced(path.parent / "no" / "a.csv"):
        pass


def test_a_killed_export_leaves_nothing(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_bytes(b"old")
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, path],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(TOOLS)},
    )
    try:
        assert child.stdout and child.stdout.readline() == "written\n"
    finally:
        child.kill()
        child.communicate()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
