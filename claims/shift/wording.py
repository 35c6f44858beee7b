"""The one sentence that says what moved, in the language of the interface."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from claims.records import DateRange
from claims.shift.position import Position, Shift

FOLDER = Path(__file__).parent / "sentences"
# Ends of the levels in stance.
_LIMITS = (-0.6, -0.25, 0.25, 0.6)
_COUNTS = 0.2


def explain(
    shift: Shift, earlier: Position, later: Position, actor: str, target: str = "", interface: str = "en"
) -> str:
    """Who moved, towards whom, from what to what, between when and when; and the strongest reason.

    Args:
        actor, target: what they are called in the language of the interface; the target's own name if empty.
        interface: ``en`` or ``ar``.
    """
    words = sentences(interface)
    issue = shift.target is not None and shift.target.id.startswith("iss:")
    before, after = earlier.stance_on(shift.target), later.stance_on(shift.target)
    levels = words["issue_levels" if issue else "towards_levels"]
    was, now = levels[_level(before)], levels[_level(after)]
    frame = "nobody" if shift.target is None else "issue" if issue else "towards"
    named = target or (shift.target.name if shift.target else "")
    return str(words[_pattern(shift, later, was == now, after > before)]).format(
        **{"from": shown(earlier.date, interface), "to": shown(later.date, interface)},
        who=words[frame].format(actor=actor, target=named),
        was=was,
        now=now,
        before=f"{before:+.2f}",
        after=f"{after:+.2f}",
        because=_because(shift, words),
    )


def _pattern(shift: Shift, later: Position, same_level: bool, warmer: bool) -> str:
    if shift.kind == "conditional":
        return "condition_added" if later.conditional else "condition_dropped"
    if shift.kind == "contradiction":
        return "contradiction"
    if same_level:
        return "softer" if warmer else "harder"
    return "moved"


def _because(shift: Shift, words: dict[str, Any]) -> str:
    told = (f.name for f in shift.features if f.contribution > _COUNTS and f.name in words["reasons"])
    reason = next(told, None)
    return str(words["because"]).format(reason=words["reasons"][reason]) if reason else ""


def shown(date: DateRange, interface: str = "en") -> str:
    """A date or interval as text: the day, the two ends, or that it is unknown."""
    words = sentences(interface)
    if date.earliest and date.earliest == date.latest:
        return _day(date.earliest, words)
    kind = "between" if date.earliest and date.latest else "after" if date.earliest else "before"
    pattern = words[kind if date.earliest or date.latest else "unknown"]
    ends = {"earliest": date.earliest, "latest": date.latest}
    return str(pattern).format(**{name: _day(end, words) if end else "" for name, end in ends.items()})


def _day(day: dt.date, words: dict[str, Any]) -> str:
    """In digits, or with the month's name where digits and hyphens would change places beside the letters."""
    return f"{day.day} {words['months'][day.month - 1]} {day.year}" if "months" in words else day.isoformat()


@cache
def sentences(interface: str) -> dict[str, Any]:
    """The patterns of one language of the interface."""
    return tomllib.loads((FOLDER / f"{interface}.toml").read_text(encoding="utf-8"))


def _level(stance: float) -> int:
    return sum(stance >= limit for limit in _LIMITS)
