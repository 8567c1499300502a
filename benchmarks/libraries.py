"""Our own readers and writers beside libraries, for the pages of `docs/decisions/`.

    python benchmarks/libraries.py write|read|guess|repeat [ROWS]

What is compared has to be installed where this runs: xlsxwriter, openpyxl,
python-calamine, chardet, charset-normalizer, clevercsv. Each line is a process of its
own, so that its peak of memory is its own too.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "addons/client_extension"))

from importer.files.decode import decode, opener  # noqa: E402
from importer.files.read import read  # noqa: E402
from importer.problems import FileProblem  # noqa: E402
from importer.rows.match import repeated  # noqa: E402
from importer.writers.write_xlsx import write_xlsx  # noqa: E402

HEADER = [f"column_{number}" for number in range(26)]


def rows(count: int) -> Iterator[list[str]]:
    """Yield a header and clients of 26 columns, a third of them empty."""
    yield HEADER
    for number in range(count):
        cells = [f"R{number:07d}", "company", f"Zoé Peeters {number}", "", "01000"]
        cells += [f"{number} rue de la Gare", "Gent", "BE", "", f"+32 470 {number:06d}"]
        cells += ["", f"a.b{number}@example.com", "", f"BE0{number:09d}", "two\nlines"]
        cells += [
            "1",
            "client",
            "",
            "VIP; Gold",
            "",
            "admin",
            "fr_BE",
            "",
            "=1+1",
            "'x",
        ]
        yield [*cells, str(number * 7)]


def write_ours(count: int) -> None:
    """XLSX by our writer."""
    for _piece in write_xlsx(rows(count)):
        pass


def write_xlsxwriter(count: int) -> None:
    """XLSX by XlsxWriter, each cell a text."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet = book.add_worksheet()
        text = book.add_format({"num_format": "@"})
        for line, row in enumerate(rows(count)):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(line, place, cell, text)
        book.close()


def workbook(count: int) -> str:
    """Return the path of a workbook of that many clients."""
    path = Path(tempfile.gettempdir()) / f"libraries_{count}.xlsx"
    if not path.exists():
        path.write_bytes(b"".join(write_xlsx(rows(count))))
    return str(path)


def read_ours(count: int) -> None:
    """XLSX by our reader."""
    for _row in read(decode(opener(workbook(count))), "").rows():
        pass


def read_openpyxl(count: int) -> None:
    """XLSX by openpyxl, in its mode for large files."""
    import openpyxl

    book = openpyxl.load_workbook(workbook(count), read_only=True)
    for _row in book.active.iter_rows(values_only=True):
        pass


def read_calamine(count: int) -> None:
    """XLSX by python-calamine."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(workbook(count))
    for _row in book.get_sheet_by_index(0).iter_rows():
        pass


def repeat_ours(count: int) -> None:
    """Find repeated references."""
    repeated(f"R{number % (count - 5):09d}" for number in range(count))


def sniffed(module: ModuleType, text: str) -> str | None:
    """Return the separator that a module's sniffer finds."""
    try:
        found = module.Sniffer().sniff(text)
    except module.Error:
        return None
    return str(found.delimiter) if found else None


def guess(_count: int) -> None:
    """Compare the encodings and separators of the fixtures."""
    import chardet
    import charset_normalizer
    import clevercsv

    right = dict.fromkeys(("chardet", "charset_normalizer", "Sniffer", "clevercsv"), 0)
    total = 0
    for path in sorted((ROOT / "tests/fixtures/csv").glob("*.csv")):
        data = path.read_bytes()
        try:
            decoded = decode(opener(data))
            delimiter = read(decoded, "").delimiter
        except FileProblem:
            continue
        if decoded.workbook:
            continue
        total += 1
        text = data.decode(decoded.encoding)
        best = charset_normalizer.from_bytes(data).best()
        found = chardet.detect(data)["encoding"], best.encoding if best else None
        for name, encoding in zip(right, found, strict=False):
            read_as = data.decode(str(encoding or "ascii"), "replace")
            right[name] += read_as.lstrip("\ufeff") == text.lstrip("\ufeff")
        for name, module in (("Sniffer", csv), ("clevercsv", clevercsv)):
            right[name] += sniffed(module, text[:20_000]) == delimiter
    print(f"as ours, of {total} files: {right}")


TASKS: dict[str, dict[str, Callable[[int], None]]] = {
    "write": {"ours": write_ours, "xlsxwriter": write_xlsxwriter},
    "read": {"ours": read_ours, "openpyxl": read_openpyxl, "calamine": read_calamine},
    "guess": {"all": guess},
    "repeat": {"ours": repeat_ours},
}


def main(task: str, count: str = "100000", one: str = "") -> None:
    """Run a task, each of its variants in a separate process."""
    if one:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.process_time()
        TASKS[task][one](int(count))
        seconds = time.process_time() - started
        peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"{task} {one}: {seconds:.2f} s of processor, peak +{peak:.0f} MiB")
        return
    if task == "read":
        workbook(int(count))
    for way in TASKS[task]:
        words = [sys.executable, str(Path(__file__).resolve()), task, count, way]
        subprocess.run(words, check=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
