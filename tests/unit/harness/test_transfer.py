"""What `./dev import` makes of its options."""

from types import SimpleNamespace

import pytest

from harness import transfer


class Categories(list):
    """As much of the categories of a database as is asked of them."""

    def search(self, domain, **_options):
        return self if not domain else Categories()

    def filtered(self, test):
        return Categories(filter(test, self))

    def __getitem__(self, place):
        return Categories(super().__getitem__(place))

    def create(self, values):
        return SimpleNamespace(id=len(self) + 1, **values)

    @property
    def id(self):
        (one,) = self
        return one.id


@pytest.mark.parametrize(
    ("name", "found"),
    [("A_B", 3), ("a_b", 3), ("AxB", 2), ("axb", 1), ("100%", 5), ("A%", 6)],
)
def test_a_category_is_found_by_its_whole_name_but_for_case(name, found):
    names = ["axb", "AxB", "A_B", "100 euro", "100%"]
    known = Categories(
        SimpleNamespace(id=number, name=text) for number, text in enumerate(names, 1)
    )
    assert transfer.category({"res.partner.category": known}, name) == found
