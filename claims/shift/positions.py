"""From scored pairs to findings: where one holder's position towards one target moved between two dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.records import DateRange, Direction, Feature, Kind, PairScore, Target
from claims.shift.order import overlap_in_time, probability_before

# A stance nearer to zero than this takes no side.
_SIDE = 0.12
# The smallest movement that is a movement at all.
_LEAST_GAP = 0.3


@dataclass(frozen=True, slots=True)
class Position:
    """What the shift room needs of a claim: whose it is, towards whom, how, and when.

    ``stance`` in [-1, 1]; ``factivity`` and ``act`` as attribution gave them; ``named`` says that the target stands
    in the statement or its sentence, not only in the article.
    """

    claim_id: str
    article_id: str
    actor: str
    targets: tuple[Target, ...]
    stance: float
    factivity: str
    act: str | None
    date: DateRange
    named: bool
    conditional: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """A movement between two claims, not yet a record."""

    pair: PairScore
    target: Target | None
    kind: Kind
    direction: Direction
    probability: float
    features: tuple[Feature, ...]


def find_shifts(pairs: Sequence[PairScore], positions: Mapping[str, Position], min_probability: float) -> list[Shift]:
    """The movements worth showing, most certain first: the best pair for each holder, target and stretch of time.

    A pair counts if its order in time is certain enough, both claims are held (not denied, not reported of another),
    and they share a target or speak of the same matter. The pair's own probability is then tempered by what the
    holder says otherwise about that target in the same two articles: a lone sentence against the drift of all others
    is no shift.
    """
    by_place: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in positions.values():
        by_place[position.actor, position.article_id].append(position)
    candidates = []
    for pair in pairs:
        earlier, later = positions[pair.earlier], positions[pair.later]
        shift = _judge(pair, earlier, later, by_place)
        if shift is not None and shift.probability >= min_probability:
            candidates.append(shift)
    candidates.sort(key=lambda shift: (-shift.probability, shift.pair.earlier, shift.pair.later))
    return _turning_points(candidates, positions)


def _judge(
    pair: PairScore, earlier: Position, later: Position, by_place: Mapping[tuple[str, str], list[Position]]
) -> Shift | None:
    order = probability_before(earlier.date, later.date)
    if order < 0.9 or {earlier.factivity, later.factivity} & {"reported", "questioned"}:
        return None
    target = _shared_target(earlier, later)
    gap = later.stance - earlier.stance
    contradicts = pair.contradiction >= 0.8 and pair.similarity >= 0.85
    conditional = earlier.conditional != later.conditional and pair.similarity >= 0.8
    if abs(gap) < _LEAST_GAP and not (contradicts or conditional):
        return None
    before = _drift(by_place[earlier.actor, earlier.article_id], target)
    after = _drift(by_place[later.actor, later.article_id], target)
    drift = after - before
    # How much of the step between the two claims the holder's other statements on the target went along with.
    agrees = drift / gap if abs(gap) >= _LEAST_GAP else 1.0
    support = max(0.0, min(1.0, agrees))
    probability = pair.relation.shift * (0.35 + 0.65 * support)
    if target is None:
        probability *= 0.5 if pair.similarity < 0.86 else 0.8
    elif not (earlier.named and later.named):
        probability *= 0.85
    extra = (
        Feature(
            name="drift",
            value=round(drift, 4),
            contribution=round(support - 1, 4),
            reason=f"all statements on this: {before:+.2f} before, {after:+.2f} after",
        ),
        Feature(
            name="order",
            value=round(order, 4),
            reason="the order in time is certain" if order > 0.999 else "the order in time is likely",
        ),
        Feature(
            name="target_named",
            value=float(earlier.named and later.named),
            reason="both name the counterpart"
            if earlier.named and later.named
            else "the counterpart is taken from the context",
        ),
    )
    kind, direction = _kind(earlier, later, contradicts, conditional)
    return Shift(pair, target, kind, direction, round(min(0.99, probability * order), 3), (*pair.features, *extra))


def _shared_target(earlier: Position, later: Position) -> Target | None:
    """The first target that both claims have, actors before issues."""
    others = {target.id for target in later.targets}
    return next((target for target in earlier.targets if target.id in others), None)


def _drift(positions: Sequence[Position], target: Target | None) -> float:
    """Mean stance of what one article has from the holder on the target."""
    own = [p.stance for p in positions if target is None or any(t.id == target.id for t in p.targets)]
    return sum(own) / len(own) if own else 0.0


def _kind(earlier: Position, later: Position, contradicts: bool, conditional: bool) -> tuple[Kind, Direction]:
    gap = later.stance - earlier.stance
    direction: Direction = "none" if abs(gap) < _LEAST_GAP else ("softening" if gap > 0 else "hardening")
    if earlier.stance * later.stance < 0 and min(abs(earlier.stance), abs(later.stance)) >= _SIDE and abs(gap) >= 0.5:
        # A reversal that turns against the counterpart is a hardening for whoever filters by direction.
        return "reversal", direction
    if abs(gap) >= _LEAST_GAP and direction != "none":
        return ("hardening" if gap < 0 else "softening"), direction
    if conditional:
        return "conditional", direction
    return "contradiction", direction


def _turning_points(candidates: Sequence[Shift], positions: Mapping[str, Position]) -> list[Shift]:
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
