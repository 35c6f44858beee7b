"""From all movements between two statements to those that an editor reads: one for each turn of a position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.records import Feature, Target
from claims.shift.order import middle, overlap_in_time
from claims.shift.position import Position, Shift, mean_stance
from claims.shift.trajectory import Occasion, Stretch, stretches

# With fewer occasions there is no trajectory: the pair speaks for itself.
_LEAST_OCCASIONS = 3
_BY_STANCE = ("hardening", "softening", "reversal")
ByPlace = Mapping[tuple[str, str], Sequence[Position]]


def turning_points(candidates: Sequence[Shift], positions: Mapping[str, Position], by_place: ByPlace) -> list[Shift]:
    """One shift for each turn, the most certain first; ``candidates`` come in that order.

    Where a holder speaks of a target on three occasions or more, a movement must lie across a change point of the
    trajectory, between the stretch before and the stretch after it; so one statement out of line makes no finding.
    """
    articles: dict[str, list[Sequence[Position]]] = defaultdict(list)
    for (holder, _), said in by_place.items():
        articles[holder].append(said)
    cache: dict[tuple[str, str], list[Stretch]] = {}
    kept = []
    for shift in candidates:
        earlier, later = positions[shift.pair.earlier], positions[shift.pair.later]
        if shift.target is None or shift.kind not in _BY_STANCE:
            kept.append(shift)
            continue
        key = earlier.actor, shift.target.id
        if key not in cache:
            cache[key] = stretches(occasions(shift.target, articles[earlier.actor]))
        turned = _turn(shift, earlier, later, cache[key])
        if turned is not None:
            kept.append(turned)
    return _apart(kept, positions)


def occasions(target: Target, articles: Sequence[Sequence[Position]]) -> list[Occasion]:
    """What one actor says of the target, one occasion for each of its ``articles``; undated ones are left out."""
    found = []
    for said in articles:
        on_it = [p for p in said if any(t.id == target.id for t in p.targets)]
        day = middle(on_it[0].date) if on_it else None
        if day is not None:
            found.append(Occasion(on_it[0].article_id, day.toordinal(), mean_stance(on_it, target)))
    return found


def _turn(shift: Shift, earlier: Position, later: Position, found: Sequence[Stretch]) -> Shift | None:
    """The shift, if it lies across a change of the trajectory; marked where the position came back."""
    if sum(len(stretch.occasions) for stretch in found) < _LEAST_OCCASIONS:
        return shift
    place = {o.article_id: number for number, stretch in enumerate(found) for o in stretch.occasions}
    before, after = place.get(earlier.article_id), place.get(later.article_id)
    if before is None or after is None:
        return shift
    if after != before + 1:
        return None
    moved = found[after].mean - found[before].mean
    if (moved > 0) != (later.stance_on(shift.target) > earlier.stance_on(shift.target)):
        return None
    count = sum(len(stretch.occasions) for stretch in found)
    means = f"{found[before].mean:+.2f}, then {found[after].mean:+.2f}"
    reason = f"one of {len(found) - 1} turns in {count} articles: {means}"
    extra = [Feature(name="trajectory", value=round(moved, 4), reason=reason)]
    if found[after].returns:
        extra.append(Feature(name="returns", value=1.0, reason="back to the position held before the last turn"))
    return replace(shift, features=(*shift.features, *extra))


def _apart(candidates: Sequence[Shift], positions: Mapping[str, Position]) -> list[Shift]:
    """One shift for each holder, target and direction in any stretch of time: the most certain of those that
    overlap.
    """
    kept: list[Shift] = []
    for shift in candidates:
        earlier, later = positions[shift.pair.earlier], positions[shift.pair.later]
        rivals = (
            (positions[other.pair.earlier], positions[other.pair.later])
            for other in kept
            if positions[other.pair.earlier].actor == earlier.actor and _same_matter(other, shift, positions)
        )
        if not any(overlap_in_time(a.date, b.date, earlier.date, later.date) for a, b in rivals):
            kept.append(shift)
    return kept


def _same_matter(one: Shift, other: Shift, positions: Mapping[str, Position]) -> bool:
    """Two shifts that an editor would read as one: the same target, or the same two articles and direction."""
    if one.target is not None and other.target is not None and one.target.id == other.target.id:
        return True
    return _articles(one, positions) == _articles(other, positions) and one.direction == other.direction


def _articles(shift: Shift, positions: Mapping[str, Position]) -> tuple[str, str]:
    return positions[shift.pair.earlier].article_id, positions[shift.pair.later].article_id
