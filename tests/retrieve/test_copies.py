"""A statement that several outlets print counts once; the same thing said again a year later does not."""

from __future__ import annotations

import datetime as dt

import numpy as np

from claims.records import DateRange
from claims.retrieve.copies import copies

WIRE = "The minister said that the border would stay closed until every prisoner had come home"
EDITED = "The minister said the border would stay closed until every prisoner had come home"
TURNED = "The minister said that the border would be opened before every prisoner had come home"
ONE = np.array([[1.0, 0.0]] * 3, dtype=np.float32)


def day(text: str) -> DateRange:
    date = dt.date.fromisoformat(text)
    return DateRange(earliest=date, latest=date)


def test_reprints_of_the_week_are_copies_of_the_first() -> None:
    dates = [day("2021-03-04"), day("2021-03-02"), day("2021-03-03")]
    assert copies(ONE, [EDITED, WIRE, WIRE], ["m"] * 3, dates, [0.5] * 3) == [1, 1, 1]


def test_said_again_a_year_later_is_no_copy() -> None:
    dates = [day("2021-03-02"), day("2022-03-02"), day("2022-03-03")]
    assert copies(ONE, [WIRE, WIRE, WIRE], ["m"] * 3, dates, [0.5] * 3) == [0, 1, 1]


def test_other_words_another_holder_or_no_date_is_no_copy() -> None:
    dates = [day("2021-03-02")] * 3
    other = "Something else altogether was said there on that evening"
    assert copies(ONE, [WIRE, other, TURNED], ["m"] * 3, dates, [0.5] * 3) == [0, 1, 2]
    assert copies(ONE, [WIRE, WIRE, WIRE], ["m", "n", "o"], dates, [0.5] * 3) == [0, 1, 2]
    assert copies(ONE, [WIRE, WIRE, WIRE], ["m"] * 3, [DateRange()] * 3, [0.5] * 3) == [0, 1, 2]


def test_far_vectors_are_not_compared() -> None:
    apart = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]], dtype=np.float32)
    assert copies(apart, [WIRE, WIRE, WIRE], ["m"] * 3, [day("2021-03-02")] * 3, [0.5] * 3) == [0, 1, 2]


def test_a_word_that_turns_the_statement_round_makes_it_another() -> None:
    denied = WIRE.replace("would stay", "would not stay")
    assert copies(ONE, [WIRE, denied, WIRE], ["m"] * 3, [day("2021-03-02")] * 3, [-0.5, 0.4, -0.5]) == [0, 1, 0]
