"""Which of two intervals lies before the other."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from claims.records import DateRange
from claims.shift.order import overlap_in_time, probability_before
from tests.factory import day


def test_apart() -> None:
    assert probability_before(day("2017-01-01"), day("2017-01-02")) == 1
    assert probability_before(day("2017-01-02"), day("2017-01-01")) == 0


def test_one_day_is_not_before_itself() -> None:
    assert probability_before(day("2017-01-01"), day("2017-01-01")) == 0


def test_half_overlapping() -> None:
    year, half = day("2017-01-01", "2017-12-31"), day("2017-07-02", "2017-12-31")
    assert probability_before(year, half) == approx(0.75, abs=0.01)


def test_an_open_end_settles_nothing() -> None:
    assert probability_before(DateRange(earliest=dt.date(2017, 1, 1)), day("2020-01-01")) == 0.5
    assert probability_before(DateRange(latest=dt.date(2017, 1, 1)), day("2020-01-01")) == 1


days = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))
ranges = st.tuples(days, days).map(lambda pair: DateRange(earliest=min(pair), latest=max(pair)))


@given(ranges, ranges)
def test_before_and_after_share_the_chances(one: DateRange, other: DateRange) -> None:
    forward, backward = probability_before(one, other), probability_before(other, one)
    assert 0 <= forward <= 1
    assert forward + backward <= 1.02


def test_stretches_that_only_touch_do_not_overlap() -> None:
    a, b, c = day("2017-01-01"), day("2018-01-01"), day("2019-01-01")
    assert not overlap_in_time(a, b, b, c)
    assert overlap_in_time(a, c, b, c)
    assert overlap_in_time(a, b, day(None), c)
