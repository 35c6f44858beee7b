"""The record of a stated date, and how one is built from year, month and days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from claims.dating import calendars

MentionPrecision = Literal["day", "month", "year", "range", "unknown"]


@dataclass(frozen=True)
class DateMention:
    """A date as a text states it; ``start``/``end`` are code points of the raw text.

    ``earliest``/``latest`` are None where the year is not stated; then ``month``, ``day`` and ``last_day`` say what is.
    ``precision`` is "range" for several days or two readings of one number, and "unknown" for a day that no calendar
    has (30 February). ``relative``: "last" or its like stands beside it. ``weekday`` counts from Monday = 0;
    ``weekday_agrees`` is False where it contradicts the date.
    """

    start: int
    end: int
    surface: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: MentionPrecision
    rule: str
    weekday: int | None = None
    year_known: bool = True
    relative: bool = False
    weekday_agrees: bool = True
    month: int | None = None
    day: int | None = None
    last_day: int | None = None


def build(
    start: int, end: int, rule: str, year: int | None, month: int, days: list[int], weekday: int | None, other: int = 0
) -> DateMention:
    """A mention from its parts; ``other`` is the last month of a span of months, or 0."""
    item = DateMention(start, end, "", None, None, "unknown", rule, weekday, year is not None, month=month)
    if days:
        item = replace(item, day=min(days), last_day=max(days), precision="day" if len(set(days)) == 1 else "range")
        # 2024 is a leap year: without a year, 29 February may stand.
        first, last = calendars.day(year or 2024, month, min(days)), calendars.day(year or 2024, month, max(days))
        if first is None or last is None:
            return replace(item, precision="unknown", rule="impossible")
        return replace(item, earliest=first, latest=last) if year else item
    if year is None:
        return replace(item, precision="month")
    first, last = calendars.month_span(year, month)[0], calendars.month_span(year, max(month, other))[1]
    return replace(item, earliest=first, latest=last, precision="range" if other > month else "month")
