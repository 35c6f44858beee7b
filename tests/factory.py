"""Builds records for tests; every field has a default that the test at hand does not care about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from claims.records import DateRange, Direction, Finding, FindingActor, FindingSide, PairScore, Relation, Target
from claims.shift.position import Position


def day(text: str | None, until: str | None = None) -> DateRange:
    """``"2017-08-30"``, or an interval up to ``until``; None is unknown."""
    if text is None:
        return DateRange()
    return DateRange(earliest=dt.date.fromisoformat(text), latest=dt.date.fromisoformat(until or text))


def position(claim_id: str, stance: float, date: DateRange, **changes: Any) -> Position:
    """A held claim of one actor towards one country, in an article of its own."""
    fields: dict[str, Any] = {
        "claim_id": claim_id,
        "article_id": f"article of {claim_id}",
        "actor": "per:someone",
        "targets": (Target(id="cty:XX", name="Xland"),),
        "stance": stance,
        "factivity": "asserted",
        "act": "say",
        "date": date,
        "named": True,
        "conditional": False,
    }
    return Position(**(fields | changes))


def pair(earlier: str, later: str, shift: float = 0.9, **changes: Any) -> PairScore:
    """A scored pair; what is not shift is consistent."""
    fields: dict[str, Any] = {
        "earlier": earlier,
        "later": later,
        "similarity": 0.85,
        "relation": Relation(consistent=round(1 - shift, 4), shift=shift, unrelated=0.0),
        "contradiction": 0.1,
    }
    return PairScore(**(fields | changes))


def finding(earlier: str, later: str, direction: Direction, **changes: Any) -> Finding:
    """A finding between two articles, given by their paths."""
    sides = [
        FindingSide(claim_id=path, article_id=path, path=path, quote="…", start=0, end=1, date=DateRange())
        for path in (earlier, later)
    ]
    fields: dict[str, Any] = {
        "fingerprint": "f" * 64,
        "kind": direction,
        "direction": direction,
        "actor": FindingActor(id="per:someone", name="Someone"),
        "target": Target(id="cty:XX", name="Xland"),
        "earlier": sides[0],
        "later": sides[1],
        "probability": 0.8,
        "explanation": "Someone moved.",
    }
    return Finding(**(fields | changes))
