"""The bar of `odoo-bin client_import`."""

import io

import pytest
from tools.command import progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_line_says_how_far_how_fast_and_how_long_still():
    assert progress_bar.line("Importing a.csv", 500, 2000, 2.0) == (
        "  Importing a.csv [########......................]  25% 500 of 2,000 rows,"
        " 250 rows/s, 6.0 s left"
    )
    assert progress_bar.line("A", 2000, 2000, 2.0).endswith("2,000 rows, 1,000 rows/s")
    assert progress_bar.line("A", 0, 0, 0.0).endswith(" 0% 0 of 0 rows")


def test_the_bar_moves_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bar.progress("Importing") as bar:
        for done in (0, 1, 2, 3):
            bar.tell(done, 3)
    drawn = terminal.getvalue().split("\r\x1b[K")
    assert drawn[1] == "  Importing ..."
    assert any("100% 3 of 3" in text for text in drawn)
    assert len(drawn) < 6, "not every row is drawn"
    assert drawn[-1] == ""


def test_no_bar_where_nobody_looks_on(monkeypatch: pytest.MonkeyPatch):
    plain, terminal = io.StringIO(), Terminal()
    monkeypatch.setattr("sys.stderr", plain)
    with progress_bar.progress("Importing") as bar:
        assert bar is None
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bar.progress("Importing", wanted=False) as bar:
        assert bar is None
    assert plain.getvalue() + terminal.getvalue() == ""
