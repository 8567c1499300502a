"""How many items are done at a time."""

import pytest
from tools.pace import get_next_size


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [
        (100, 0.0, 1000),
        (100, 2.0, 1000),
        (100, 12.0, 166),
        (100, 40.0, 50),
        (1, 90.0, 1),
        (0, 0.0, 1000),
        (0, 1.0, 1),
    ],
)
def test_the_next_items_take_the_time_that_they_should(size, seconds, expected):
    assert get_next_size(size, seconds, 20, 1000) == expected
