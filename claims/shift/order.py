"""Which of two dated claims is the earlier one, when dates are intervals."""

from __future__ import annotations

import datetime as dt

from claims.records import DateRange


def probability_before(one: DateRange, other: DateRange) -> float:
    """The probability that ``one`` lies on an earlier day than ``other``, each day of an interval being as likely as
    another.

    An open end settles nothing by itself: the answer is 1 or 0 only where the closed ends decide, else 0.5.
    """
    if one.latest is not None and other.earliest is not None and one.latest < other.earliest:
        return 1.0
    if other.latest is not None and one.earliest is not None and other.latest <= one.earliest:
        return 0.0
    if None in (one.earliest, one.latest, other.earliest, other.latest):
        return 0.5
    a, b = one.earliest.toordinal(), one.latest.toordinal()  # type: ignore[union-attr]
    c, d = other.earliest.toordinal(), other.latest.toordinal()  # type: ignore[union-attr]
    earlier = sum(max(0, d - max(day, c - 1)) for day in _sampled(a, b)) / (len(_sampled(a, b)) * (d - c + 1))
    return min(1.0, earlier)


def _sampled(low: int, high: int) -> range:
    """The days of an interval, thinned out to about 400 where it is long."""
    return range(low, high + 1, max(1, (high - low) // 400))


def middle(date: DateRange) -> dt.date | None:
    """The middle day of an interval, for sorting; None where both ends are open."""
    if date.earliest and date.latest:
        return date.earliest + (date.latest - date.earliest) / 2
    return date.earliest or date.latest


def overlap_in_time(start: DateRange, end: DateRange, other_start: DateRange, other_end: DateRange) -> bool:
    """Whether two stretches of time share more than an end point; unknown dates overlap with everything."""
    a, b, c, d = middle(start), middle(end), middle(other_start), middle(other_end)
    if a is None or b is None or c is None or d is None:
        return True
    return a < d and c < b
