"""Relative expressions («أمس الخميس», "last March", «в четверг», "two days ago") and what they mean on a given day.

An expression is resolved against an interval by moving both of its ends: the result covers every day that could be
meant, and never picks one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.dating import calendars
from claims.dating.fold import fold
from claims.dating.relative_patterns import Unit, relative_patterns
from claims.records import DateRange

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class RelativeMention:
    """A relative expression; ``start``/``end`` are code points of the raw text.

    ``rule`` is one of ``day`` (``offset`` days, perhaps with a ``weekday``), ``weekday``, ``unit``, ``month``,
    ``month_of_year``, ``ago``, ``ago_few``, ``earlier``. ``direction`` is -1 for last, 0 for this, 1 for next, None
    where nothing says. ``offset`` counts units for ``ago``.
    """

    start: int
    end: int
    surface: str
    rule: str
    offset: int = 0
    unit: Unit | None = None
    weekday: int | None = None
    month: int | None = None
    direction: int | None = None


@lru_cache(maxsize=64)
def _find(text: str, lang: str) -> tuple[RelativeMention, ...]:
    folded = fold(text)
    found: list[RelativeMention] = []
    forms = relative_patterns(lang)
    for low, high in forms.windows(folded.text):
        for rule, pattern in forms.rules:
            for match in pattern.finditer(folded.text, low, high):
                parts = forms.parts(rule, match)
                if parts is not None:
                    offset, unit, weekday, month, direction = parts
                    start, end = match.span()
                    found.append(RelativeMention(start, end, "", rule, offset, unit, weekday, month, direction))
    chosen: list[RelativeMention] = []
    taken = bytearray(len(folded.text))
    for item in sorted(found, key=lambda item: item.start - item.end):
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\x01" * (item.end - item.start)
            chosen.append(item)
    located = []
    for item in sorted(chosen, key=lambda item: item.start):
        start, end = folded.raw(item.start, item.end)
        located.append(replace(item, start=start, end=end, surface=text[start:end]))
    return tuple(located)


def find_relative(text: str, lang: str) -> list[RelativeMention]:
    """Every relative expression of a text, in order, none overlapping another. Never raises for text."""
    return list(_find(text, lang))


def resolve(mention: RelativeMention, anchor: DateRange, week_starts: tuple[int, ...] = (0,)) -> DateRange:
    """What the expression means when said on a day of ``anchor``; an open end stays open.

    ``week_starts`` are the weekdays (Monday = 0) that may begin a week; "last week" covers the week under each.
    """
    if mention.rule == "day" and mention.weekday is not None:
        return _day_with_weekday(mention, anchor)
    earliest = _on(mention, anchor.earliest, week_starts)[0] if anchor.earliest else None
    latest = _on(mention, anchor.latest, week_starts)[1] if anchor.latest else None
    return DateRange(earliest=earliest, latest=latest)


def _day_with_weekday(mention: RelativeMention, anchor: DateRange) -> DateRange:
    """«أمس الخميس»: the days of that name inside the moved interval; a short interval may leave one."""
    weekday = mention.weekday or 0
    low = calendars.shift(anchor.earliest, mention.offset) if anchor.earliest else None
    high = calendars.shift(anchor.latest, mention.offset) if anchor.latest else None
    first = calendars.shift(low, (weekday - low.weekday()) % 7) if low else None
    last = calendars.shift(high, -((high.weekday() - weekday) % 7)) if high else None
    if first and last and low and high and first > last:
        # No such day: the page was dated a day or two after the words were written. The nearest one before is meant.
        return DateRange(earliest=last, latest=last)
    return DateRange(earliest=first, latest=last)


def _on(mention: RelativeMention, today: dt.date, week_starts: tuple[int, ...]) -> Span:
    """The days meant when the expression is said on ``today``."""
    rule, direction = mention.rule, mention.direction or 0
    if rule == "day":
        day = calendars.shift(today, mention.offset)
        return day, day
    if rule == "weekday":
        day = _weekday(mention.weekday or 0, mention.direction, today)
        return day, day
    if rule == "month":
        return _month(mention.month or 1, mention.direction, today)
    if rule == "month_of_year":
        return calendars.month_span(today.year + direction, mention.month or 1)
    if rule == "ago":
        return _ago(mention.unit, mention.offset, today)
    if rule == "ago_few":
        # "A few" is two to nine of them.
        return _ago(mention.unit, 9, today)[0], _ago(mention.unit, 2 if mention.unit != "hour" else 0, today)[1]
    first, last = _unit(mention.unit, direction, today, week_starts)
    return (first, min(last, today)) if rule == "earlier" else (first, last)


def _weekday(weekday: int, direction: int | None, today: dt.date) -> dt.date:
    """The latest such day up to today; strictly before it for "last", strictly after it for "next"."""
    if direction == 1:
        return calendars.shift(today, (weekday - today.weekday() - 1) % 7 + 1)
    if direction == -1:
        return calendars.shift(today, -((today.weekday() - weekday - 1) % 7 + 1))
    return calendars.shift(today, -((today.weekday() - weekday) % 7))


def _month(month: int, direction: int | None, today: dt.date) -> Span:
    """The latest such month that is over for "last"; that has begun where nothing is said; to come for "next"."""
    year = today.year
    if direction == 1:
        year += 0 if month > today.month else 1
    elif direction == -1:
        year -= 0 if month < today.month else 1
    elif direction is None:
        year -= 0 if month <= today.month else 1
    return calendars.month_span(max(year, 1), month)


def _unit(unit: Unit | None, direction: int, today: dt.date, week_starts: tuple[int, ...]) -> Span:
    if unit == "year":
        return calendars.year_span(today.year + direction)
    if unit == "month":
        return calendars.month_span(today.year, today.month + direction)
    if unit == "week":
        firsts = [calendars.shift(today, 7 * direction - (today.weekday() - start) % 7) for start in week_starts]
        return min(firsts), calendars.shift(max(firsts), 6)
    day = calendars.shift(today, direction)
    return day, day


def _ago(unit: Unit | None, count: int, today: dt.date) -> Span:
    """Days are exact, weeks are within three days, months and years are calendar months and years."""
    if unit == "year":
        return calendars.year_span(max(today.year - count, 1))
    if unit == "month":
        return calendars.month_span(today.year, today.month - count)
    if unit == "week":
        return calendars.shift(today, -7 * count - 3), calendars.shift(today, -7 * count + 3)
    if unit == "hour":
        return calendars.shift(today, -(count // 24) - 1), calendars.shift(today, -(count // 24))
    day = calendars.shift(today, -count)
    return day, day
