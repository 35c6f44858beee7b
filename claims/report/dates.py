"""A date as a reader needs it: how exact it is, how far two of them lie apart, and which one came first."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from claims.records import DateRange

Form = Literal["day", "month", "year", "between", "from", "until", "unknown"]


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days with the form in which it is best said."""

    form: Form
    earliest: dt.date | None = None
    latest: dt.date | None = None

    @property
    def middle(self) -> dt.date | None:
        """The middle day; the known end where only one is known."""
        if self.earliest and self.latest:
            return self.earliest + (self.latest - self.earliest) // 2
        return self.earliest or self.latest


@dataclass(frozen=True, slots=True)
class Gap:
    """The time between two statements, in the unit that says most."""

    unit: Literal["days", "months", "years"]
    count: int
    exact: bool


def when(date: DateRange) -> When:
    """The form of a date: one day, one whole month, one whole year, between two days, an open end, or unknown."""
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return When("from" if first else "until" if last else "unknown", first, last)
    if first == last:
        return When("day", first, last)
    if first.day == 1 and first.year == last.year:
        if first.month == last.month and last.day == calendar.monthrange(last.year, last.month)[1]:
            return When("month", first, last)
        if (first.month, last.month, last.day) == (1, 12, 31):
            return When("year", first, last)
    return When("between", first, last)


def in_order(earlier: When, later: When) -> bool:
    """True where the dates leave no doubt that the one statement came before the other."""
    return bool(earlier.latest and later.earliest and earlier.latest <= later.earliest)


def gap(earlier: When, later: When) -> Gap | None:
    """How far apart two dates lie; None where either is unknown or open, or they fall together."""
    if earlier.middle is None or later.middle is None or {"from", "until"} & {earlier.form, later.form}:
        return None
    days = abs((later.middle - earlier.middle).days)
    exact = earlier.form == later.form == "day"
    if days == 0:
        return None
    if days < 60:
        return Gap("days", days, exact)
    if days < 730:
        return Gap("months", round(days / 30.44), False)
    return Gap("years", round(days / 365.25), False)


def plain_date(date: DateRange) -> str:
    """A date in at most ten signs: ``2017-03-12``, ``2017-03``, ``~2017-03`` (middle of a range), ``>2017-03``."""
    found = when(date)
    if found.middle is None:
        return "undated"
    if found.form == "day":
        return found.middle.isoformat()
    if found.form == "month":
        return f"{found.middle:%Y-%m}"
    if found.form == "year":
        return f"{found.middle:%Y}"
    return {"from": ">", "until": "<"}.get(found.form, "~") + f"{found.middle:%Y-%m}"
