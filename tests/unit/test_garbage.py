"""The collector of garbage rests while rows are understood, and only then."""

import gc

import pytest
from tools.garbage import collector_paused


@pytest.fixture(autouse=True)
def collector_on():
    assert gc.isenabled()
    yield
    gc.enable()


def test_it_rests_and_goes_on():
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_rests_until_the_last_one_is_done():
    with collector_paused():
        with collector_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_an_error():
    with pytest.raises(ValueError), collector_paused():
        raise ValueError
    assert gc.isenabled()


def test_it_stays_off_where_somebody_turned_it_off():
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()
