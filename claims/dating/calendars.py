"""Days from their parts, Gregorian and Hijri (Umm al-Qura, through hijridate)."""

from __future__ import annotations

import calendar
import datetime as dt

FIRST_HIJRI, LAST_HIJRI = 1343, 1500


def day(year: int, month: int, number: int) -> dt.date | None:
    """The Gregorian day; None where the calendar has no such day."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """First and last day of a month; ``month`` may run past 1…12 and carries into the year."""
    year, index = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year, index, 1), dt.date(year, index, calendar.monthrange(year, index)[1])


def year_span(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def shift(value: dt.date, days: int) -> dt.date:
    """The day ``days`` later, held inside the years that Python can write."""
    try:
        return value + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.min if days < 0 else dt.date.max


def shift_years(value: dt.date, years: int) -> dt.date:
    """The same day of another year; 29 February becomes the 28th."""
    year = min(max(value.year + years, 1), 9999)
    return day(year, value.month, value.day) or dt.date(year, value.month, 28)


def hijri(year: int, month: int, number: int | None) -> tuple[dt.date, dt.date] | None:
    """First and last Gregorian day of a Hijri day (or month, with ``number`` None); None outside 1343…1500 AH.

    The table is Umm al-Qura's; where a country goes by sighting the day may differ by one.
    """
    from hijridate import Hijri

    if not FIRST_HIJRI <= year <= LAST_HIJRI:
        return None
    try:
        start = Hijri(year, month, number or 1).to_gregorian()
        length = Hijri(year, month, 1).month_length()
    except (ValueError, OverflowError):
        return None
    first = dt.date(start.year, start.month, start.day)
    return first, (first if number else first + dt.timedelta(days=length - 1))
