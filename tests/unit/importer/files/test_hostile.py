"""Small files that ask for gigabytes, or for hours: refused, or read within limits."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hostile_files import FILES

ROOT = Path(__file__).parents[4]
#: bytes of memory beside those of the interpreter and of the file
MEMORY = 230 << 20
SECONDS = 40
CHILD = """
import resource, sys
from importer.files.decode import decode, opener
from importer.files.read import read
from importer.problems import FileProblem
from importer.rows.clean import clean
from importer.rows.columns import map_columns
from importer.rows.match import repeated
from importer.types import CleanOptions, Label, Lookups

resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
options = CleanOptions(labels={"number": Label("float")})
lookups = Lookups(creatable=frozenset({"category"}))
try:
    sheet = read(decode(opener(sys.argv[1])))
    columns = map_columns(sheet.header)
    references = repeated(row.cells[0] for row in sheet.rows())
    count = sum(1 for row in sheet.rows() if clean(row, columns, lookups, options))
    print("rows", count)
except FileProblem as refused:
    print(refused.problem.code)
"""
#: what becomes of them: the problem, or that they are read
EXPECTED = {
    "bzip2": "file_workbook_broken",
    "lzma": "file_workbook_broken",
    "bzip2 of a few bytes": "file_workbook_broken",
    "namespace": "file_workbook_broken",
    "namespaces of attributes": "file_workbook_broken",
    "names": "file_workbook_broken",
    "names in ODS": "file_workbook_broken",
    "namespace in ODS": "file_workbook_broken",
    "one tag": "file_workbook_broken",
    "directory": "file_workbook_size",
    "long texts": "file_workbook_broken",
    "wide rows": "file_workbook_size",
    "faults of one row": "file_workbook_broken",
    "styles": "file_workbook_broken",
    "relations": "file_workbook_broken",
    "tables": "file_workbook_broken",
    "blanks of ODS": "rows 2",
    "letters of a column": "file_workbook_broken",
    "brackets": "file_workbook_broken",
    "tabs": "file_workbook_broken",
    "tables with content": "rows 1",
    "runs of a text": "rows 2",
    "repeated row": "file_repeated",
    "one reference": "file_repeated",
    "spaces by turns": "rows 1",
    "spaces by turns at the ends": "rows 1",
    "line breaks": "rows 1",
    "digits": "rows 1",
    "columns": "header_columns",
}


@pytest.mark.parametrize("name", FILES)
def test_memory_and_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(FILES[name]())
    said = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(MEMORY), str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT / "addons" / "client_extension",
    )
    end = said.stderr.strip().splitlines()[-1:]
    assert (said.stdout.strip(), end, said.returncode) == (EXPECTED[name], [], 0)
