"""The one sentence that says what moved, in plain English."""

from __future__ import annotations

from claims.records import DateRange
from claims.shift.position import Position, Shift

_LEVELS = (
    (-0.6, "openly confrontational"),
    (-0.25, "critical"),
    (0.25, "neutral"),
    (0.6, "open to cooperation"),
    (2.0, "clearly cooperative"),
)
_ISSUE_LEVELS = (
    (-0.6, "firmly against"),
    (-0.25, "sceptical"),
    (0.25, "undecided"),
    (0.6, "in favour"),
    (2.0, "firmly in favour"),
)


# Features whose reason says more than the stances do.
_TOLD = ("contradiction", "sides_change", "negation_differs", "numbers_differ", "condition_differs")


def explain(shift: Shift, earlier: Position, later: Position, actor_name: str) -> str:
    """Who moved, towards whom, from what to what, between when and when; and the strongest reason."""
    issue = shift.target is not None and shift.target.id.startswith("iss:")
    towards = (
        f" on {shift.target.name}"
        if shift.target and issue
        else f" towards {shift.target.name}"
        if shift.target
        else ""
    )
    before, after = earlier.stance_on(shift.target), later.stance_on(shift.target)
    was, now = _level(before, issue), _level(after, issue)
    when = f"({shown(earlier.date)} → {shown(later.date)})"
    if shift.kind == "conditional":
        change = "a condition was added" if later.conditional else "a condition was dropped"
        return f"{actor_name}{towards} {when}: {change}."
    if shift.kind == "contradiction":
        return f"{actor_name}{towards} {when}: the two statements can hardly both be held."
    if was == now:
        change = f"stayed {now}, but clearly {'softer' if after > before else 'harder'}"
    else:
        change = f"went from {was} to {now}"
    because = next((f.reason for f in shift.features if f.contribution > 0.2 and f.name in _TOLD), "")
    numbers = f"stance {before:+.2f} → {after:+.2f}"
    return f"{actor_name}{towards} {when} {change} ({numbers}{'; ' + because if because else ''})."


def shown(date: DateRange) -> str:
    """A date or interval as text: the day, the two ends, or "date unknown"."""
    if date.earliest and date.latest:
        if date.earliest == date.latest:
            return date.earliest.isoformat()
        return f"between {date.earliest.isoformat()} and {date.latest.isoformat()}"
    if date.earliest:
        return f"after {date.earliest.isoformat()}"
    return f"before {date.latest.isoformat()}" if date.latest else "date unknown"


def _level(stance: float, issue: bool) -> str:
    return next(name for limit, name in (_ISSUE_LEVELS if issue else _LEVELS) if stance < limit)
