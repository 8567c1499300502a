"""What a computation calls, as far as its code tells it."""

import importlib.util
import re
from pathlib import Path
from types import FunctionType

import pytest
from tools import code_origin

ADDON = Path(__file__).parents[2] / "addons" / "client_extension_bulk"
spec = importlib.util.spec_from_file_location("closure", ADDON / "tools" / "closure.py")
assert spec and spec.loader
closure = importlib.util.module_from_spec(spec)
spec.loader.exec_module(closure)

KNOWN = ("odoo.addons.base.",)
BASE = "odoo.addons.base.models.res_partner"
OTHER = "odoo.addons.another.models.res_partner"
PATTERN = re.compile("a")


def written_in(module, function, **names):
    """Return the function as one of that module, where these names are globals."""
    return FunctionType(
        function.__code__,
        {**function.__globals__, "__name__": module, **names},
        function.__name__,
        closure=function.__closure__,
    )


def is_known(own, others=None, names=("compute",)):
    return closure.Closure(
        {name: [value] for name, value in own.items()},
        {name: [value] for name, value in (others or {}).items()},
        KNOWN,
        code_origin,
    ).is_known(names)


def compute(self):
    return [partner.helper() for partner in self]


def helper(self):
    return self.name


def searching(self):
    return self.search([])


def matching(self):
    return PATTERN.search(self.name) or re.search("b", self.name)


def calling(self):
    return tool(self.name)  # noqa: F821


@pytest.mark.parametrize(("module", "known"), [(BASE, True), (OTHER, False)])
def test_a_helper_counts_as_the_compute_does(module, known):
    own = {"compute": written_in(BASE, compute), "helper": written_in(module, helper)}
    assert is_known(own) is known


def test_a_helper_can_be_that_of_another_model():
    own = {"compute": written_in(BASE, compute)}
    assert is_known(own)
    assert not is_known(own, {"helper": written_in(OTHER, helper)})


def test_a_module_name_that_was_copied_says_nothing():
    foreign = written_in(OTHER, helper)
    foreign.__module__ = BASE
    own = {"compute": written_in(BASE, compute), "helper": foreign}
    assert not is_known(own)


def test_what_looks_at_the_database_is_not_pure():
    assert not is_known({"compute": written_in(BASE, searching)})


def test_a_library_and_a_pattern_are_no_models():
    assert is_known({"compute": written_in(BASE, matching)})


@pytest.mark.parametrize(("module", "known"), [(BASE, True), (OTHER, False)])
def test_a_function_of_the_module_counts_too(module, known):
    tool = written_in(module, helper)
    own = {"compute": written_in(BASE, calling, tool=tool)}
    assert is_known(own) is known


def test_a_computed_field_that_is_read_counts_too():
    class Field:
        compute = "compute_name"

    own = {"compute": written_in(BASE, helper), "name": Field()}
    assert is_known(own)
    assert not is_known({**own, "compute_name": written_in(OTHER, helper)})
