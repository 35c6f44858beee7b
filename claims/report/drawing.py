"""Where the marks of the drawings go. Widths are percent along the line of reading, heights are pixels.

The template turns percent round for a page that reads from right to left, so nothing here knows a direction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from claims.report.dates import When

TOP, TALL = 18.0, 150.0
_EDGE, _FULL, _BESIDE_UNDATED = 3.0, 97.0, 84.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One statement: its point, and the stretch of time in which it may have been made."""

    x: float
    y: float
    start: float
    end: float
    open_end: bool
    flagged: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """The line that joins the two statements of a finding."""

    x1: float
    y1: float
    x2: float
    y2: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A stance timeline. ``undated`` is where the undated column begins, None where there is none."""

    dots: tuple[Dot, ...]
    threads: tuple[Thread, ...]
    ticks: tuple[Tick, ...]
    undated: float | None


def stance_x(stance: float) -> float:
    """Where a stance stands on a scale from confrontation to cooperation."""
    return round(4 + (max(-1.0, min(1.0, stance)) + 1) / 2 * 92, 2)


def stance_y(stance: float) -> float:
    """Its height in a timeline, cooperation above."""
    return round(TOP + (1 - max(-1.0, min(1.0, stance))) / 2 * TALL, 1)


def chart(points: Sequence[tuple[When, float, bool]], joined: Sequence[tuple[int, int, str]]) -> Chart:
    """Lays out the points ``(date, stance, flagged)`` and the threads ``(index, index, anchor)`` between them."""
    known = [day for date, _, _ in points for day in (date.earliest, date.latest) if day]
    undated = [index for index, (date, _, _) in enumerate(points) if date.form == "unknown"]
    right = _BESIDE_UNDATED if undated and known else _FULL
    low, high = (min(known), max(known)) if known else (dt.date(2000, 1, 1), dt.date(2000, 1, 1))
    span = (high - low).days
    pad = (right - _EDGE) * 0.04

    def place(day: dt.date) -> float:
        share = (day - low).days / span if span else 0.5
        return round(_EDGE + pad + share * (right - _EDGE - 2 * pad), 2)

    dots = []
    for index, (date, stance, flagged) in enumerate(points):
        if date.middle is None:
            share = (undated.index(index) + 1) / (len(undated) + 1)
            base = right + 3 if known else _EDGE
            x = start = end = round(base + share * (_FULL + 1 - base), 2)
        else:
            x = place(date.middle)
            start = place(date.earliest) if date.earliest else max(_EDGE, x - 6)
            end = place(date.latest) if date.latest else min(right, x + 6)
        dots.append(
            Dot(x, stance_y(stance), start, end, date.form in ("from", "until"), flagged, date.form != "unknown")
        )
    threads = tuple(Thread(dots[a].x, dots[a].y, dots[b].x, dots[b].y, anchor) for a, b, anchor in joined)
    ticks = tuple(Tick(place(day), label) for day, label in _ticks(low, high)) if known else ()
    return Chart(tuple(dots), threads, ticks, right + 1.5 if undated and known else None)


def _ticks(low: dt.date, high: dt.date) -> list[tuple[dt.date, str]]:
    """At most six days to name on the axis: years, months, or the two ends."""
    years = high.year - low.year
    if years >= 2:
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if years / s <= 6)
        firsts = [(dt.date(year, 1, 1), str(year)) for year in range(low.year, high.year + 1) if year % step == 0]
        return [(day, label) for day, label in firsts if low <= day <= high]
    months = years * 12 + high.month - low.month
    if months >= 2:
        step = next(s for s in (1, 2, 3, 6) if months / s <= 5)
        count = range(low.year * 12 + low.month - 1, high.year * 12 + high.month)
        days = [dt.date(n // 12, n % 12 + 1, 1) for n in count if n % step == 0]
        return [(day, f"{day:%Y-%m}") for day in days if low <= day <= high]
    return [(day, day.isoformat()) for day in sorted({low, high})]
