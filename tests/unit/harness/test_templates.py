"""A database whose demo data could not be loaded is none to work with."""

from pathlib import Path

import pytest

from harness.databases.postgres import Server
from harness.databases.templates import Databases
from harness.say import Fail


def make_databases(monkeypatch, rows):
    databases = Databases(Server(), "19.0", Path("odoo.conf"))
    monkeypatch.setattr(Databases, "rows", lambda self, name, query: rows)
    return databases


def test_demo_data_that_failed_is_told_with_its_module(monkeypatch):
    rows = [("client_extension_sale", "ParseError: order.xml:12"), ("sale", None)]
    with pytest.raises(Fail) as told:
        make_databases(monkeypatch, rows).check_demo("db")
    assert "client_extension_sale, sale" in str(told.value)
    assert "order.xml:12" in str(told.value)


def test_demo_data_that_was_loaded_is_fine(monkeypatch):
    make_databases(monkeypatch, []).check_demo("db")
