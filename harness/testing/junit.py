"""Reads pytest's JUnit report."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree


@dataclass(frozen=True)
class Result:
    """The result of a part of the tests."""

    title: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    details: str = ""
    files: dict[str, float] = field(default_factory=dict)

    def line(self) -> str:
        """Return the result as one line."""
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.title}: {self.passed} passed, {self.failed} failed{skipped}"


def together(results: Sequence[Result], prefix: str) -> Result:
    """Return the sum of *results*, as one that is called like the first.

    *prefix* tells their files from the same files in another job.
    """
    files = {
        f"{prefix}{name}": seconds
        for result in results
        for name, seconds in result.files.items()
    }
    return Result(
        results[0].title,
        passed=sum(result.passed for result in results),
        failed=sum(result.failed for result in results),
        skipped=sum(result.skipped for result in results),
        seconds=sum(result.seconds for result in results),
        details="\n".join(result.details for result in results),
        files=files,
    )


def read(title: str, path: Path, details: str, exit_code: int) -> Result:
    """Return the result in the *report* of a pytest that has ended.

    *exit_code* is pytest's: 5 (nothing collected) is fine, any other than 0 and 1 is a
    failure even if the report contains none.
    """
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    files: dict[str, float] = defaultdict(float)
    cases = ElementTree.parse(path).iter("testcase") if path.exists() else ()
    for case in cases:
        counts[outcome(case)] += 1
        files[file_of(case)] += float(case.get("time", 0))
    if exit_code not in (0, 5) and not counts["failed"]:
        counts["failed"] = 1
    seconds = sum(files.values())
    return Result(title, **counts, seconds=seconds, details=details, files=files)


def file_of(case: ElementTree.Element) -> str:
    """Return the file of the class of a test case.

    A test that the class inherits is reported with the file of the base class.
    """
    file, parts = case.get("file", ""), case.get("classname", "").split(".")
    for length in range(len(parts), 0, -1):
        if parts[length - 1].startswith("test_"):
            return "/".join(parts[:length]) + ".py"
    return file


def outcome(case: ElementTree.Element) -> str:
    """Return `passed`, `failed` or `skipped` for one test case of the report."""
    tags = {child.tag for child in case}
    if tags & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in tags else "passed"
