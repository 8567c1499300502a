"""A worker that is killed leaves nothing of a file in the temporary folder."""

import os
import subprocess
import sys
from pathlib import Path

import importer
from make_workbook import xlsx

#: more texts than are kept in memory
COUNT = 30_000
CHILD = """
import sys, time
from importer.files.decode import decode, opener
from importer.files.read import read

rows = read(decode(opener(sys.argv[1]))).rows()
print(next(rows).cells[0], flush=True)
time.sleep(600)
"""


def workbook() -> bytes:
    """A file whose shared strings do not fit into memory."""
    texts = "".join(f"<si><t>{n} {'secret ' * 10}</t></si>" for n in range(COUNT))
    cells = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(COUNT))
    return xlsx(cells, texts)


def temporary_files(pid: int, folder: Path) -> list[str]:
    """The open files of a process in a folder, deleted ones too."""
    links = Path(f"/proc/{pid}/fd").iterdir()
    targets = [str(link.readlink()) for link in links if link.is_symlink()]
    return [target for target in targets if target.startswith(f"{folder}/")]


def test_a_killed_reader_leaves_no_shared_strings(tmp_path: Path) -> None:
    path, folder = tmp_path / "clients.xlsx", tmp_path / "temporary"
    path.write_bytes(workbook())
    folder.mkdir()
    root = Path(importer.__file__).parents[1]
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, path],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(root)},
    )
    try:
        assert child.stdout and child.stdout.readline().startswith("1 secret")
        assert temporary_files(child.pid, folder), "the texts are on the disk"
    finally:
        child.kill()
        child.communicate()
    assert list(folder.iterdir()) == []
