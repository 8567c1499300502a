"""The lines of the rows that an import refused."""

from hypothesis import given
from hypothesis import strategies as st
from tools.line_set import LineSet


@given(st.sets(st.integers(0, 20_000)), st.sets(st.integers(0, 40_000)))
def test_it_says_what_a_set_says(lines, others):
    found = LineSet(lines)
    assert all(line in found for line in lines)
    assert not any(line in found for line in others - lines)


def test_it_takes_a_byte_for_each_line():
    found = LineSet(range(0, 1_000_000, 5))
    assert 999_995 in found
    assert len(found._marks) < 2_100_000
