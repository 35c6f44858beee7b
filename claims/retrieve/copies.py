"""One statement that many outlets print counts once.

Two claims of one holder are copies if they were made at about the same time and their words are nearly the same; the
vectors find what is to be compared, words and stances decide.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from claims.records import DateRange
from claims.text.words import words

CLOSE = 0.95
SHARED = 0.9
DAYS = 10
# A word put in can turn a statement round: its stance then moves.
STANCE = 0.25


def copies(
    vectors: NDArray[np.float32],
    texts: Sequence[str],
    holders: Sequence[Hashable],
    dates: Sequence[DateRange],
    stances: Sequence[float],
) -> list[int]:
    """For each claim the row of the claim that it copies: its own row for an original.

    The original is the one that may be the earliest, then the one that comes first.

    Args:
        vectors: float32 [n, dim], rows of length 1.
        texts: [n].
        holders: [n]; copies are sought within one holder.
        dates: [n]; claims whose dates lie more than :data:`DAYS` days apart, or of which one has no date, are no copies
            but the same thing said again.
        stances: [n], in [-1, 1].
    """
    rows_of: dict[Hashable, list[int]] = defaultdict(list)
    for row, holder in enumerate(holders):
        if dates[row].earliest is not None and dates[row].latest is not None:
            rows_of[holder].append(row)
    original = list(range(len(texts)))
    for rows in rows_of.values():
        rows.sort(key=lambda row: (dates[row].earliest, row))
        for start in range(0, len(rows), 512):
            block = rows[start : start + 512]
            near = vectors[block] @ vectors[rows].T >= CLOSE
            for here, there in np.argwhere(near):
                later, earlier = block[here], rows[there]
                if there < start + here and original[later] == later and original[earlier] == earlier:
                    alike = _days_apart(dates[earlier], dates[later]) <= DAYS
                    alike = alike and abs(stances[earlier] - stances[later]) <= STANCE
                    if alike and _shared(texts[earlier], texts[later]) >= SHARED:
                        original[later] = earlier
    return original


def _days_apart(one: DateRange, other: DateRange) -> int:
    """The largest number of days that may lie between two dates."""
    ends = [_day(one.earliest), _day(one.latest), _day(other.earliest), _day(other.latest)]
    return max(ends) - min(ends)


def _day(date: dt.date | None) -> int:
    return date.toordinal() if date else 0


def _shared(one: str, other: str) -> float:
    """Share of the words of the shorter text that the longer one has, if their lengths are alike, in [0, 1]."""
    a, b = {word.key for word in words(one)}, {word.key for word in words(other)}
    if not a or not b or min(len(a), len(b)) < 0.6 * max(len(a), len(b)):
        return 0.0
    return len(a & b) / min(len(a), len(b))
