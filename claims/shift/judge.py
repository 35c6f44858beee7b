"""From scored pairs to findings: where one holder's position towards one target moved between two dates."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from claims.records import Direction, Feature, Kind, PairScore, Target
from claims.shift.order import probability_before
from claims.shift.position import Position, Shift, by_holder_and_article, mean_stance
from claims.shift.turning_points import turning_points

# A stance nearer to zero than this takes no side.
_SIDE = 0.12
# One of the two must be clearer than this: between two lukewarm sentences nothing moved.
_CLEAR = 0.3
# The smallest movement that is a movement at all.
_LEAST_GAP = 0.3
# On one and the same side it must be larger than what the stances are usually off by.
_LEAST_ON_ONE_SIDE = 0.45
# Which share of the step all statements of the two articles usually make together, and what more or less of it
# counts in log-odds.
_USUAL_SHARE = 0.5
_CLEAR_DRIFT = 0.5
_ALONG = 1.2
_AGAINST = 2.2
# Without a target or issue that both name, only claims as close as two wordings of one matter are about the same.
_ONE_MATTER = 0.94
# What two processors' stances differ by at most, and then some: a known pair need not clear the steps above again.
_NOISE = 0.02
# What the language files call the verbs of expecting and predicting.
_FORECAST = "expects"
_DOUBTS = {
    "no_shared_target": "no counterpart or issue that both name",
    "target_from_context": "the counterpart is taken from the context of one of them",
    "no_movement": "the stance itself did not move",
    "denied": "one of them denies words of others",
    "questioned": "one of them is a question or puts words in doubt",
    "holder_is_a_country": "the holder is a country as a whole",
}


def find_shifts(
    pairs: Sequence[PairScore],
    positions: Mapping[str, Position],
    min_probability: float,
    *,
    known: Collection[frozenset[str]] = (),
    band: float = 0.0,
) -> list[Shift]:
    """The movements worth showing, most certain first: the best pair for each holder, target and stretch of time.

    A pair counts if its order in time is certain enough, both claims are the holder's own (not reported of another),
    and they move at all. The pair's own probability is then moved, in log-odds, by what the holder says otherwise about
    the target in the same two articles, and by doubts that lie outside the two texts; each is a feature of the finding.

    ``known`` are pairs of claim ids that were findings before. They stay findings down to ``band`` below
    ``min_probability``, and against a rival that is more certain by no more than that, so that noise turns none round.
    """
    by_place = by_holder_and_article(positions)
    candidates = []
    for pair in pairs:
        earlier, later = positions[pair.earlier], positions[pair.later]
        given = band if frozenset((pair.earlier, pair.later)) in known else 0.0
        shift = _judge(pair, earlier, later, by_place, _NOISE if given else 0.0)
        if shift is not None and round(shift.probability + given, 3) >= round(min_probability, 3):
            candidates.append((-shift.probability - given, shift.pair.earlier, shift.pair.later, shift))
    candidates.sort(key=lambda candidate: candidate[:3])
    kept = turning_points([shift for *_, shift in candidates], positions, by_place)
    return sorted(kept, key=lambda shift: (-shift.probability, shift.pair.earlier, shift.pair.later))


def _judge(
    pair: PairScore,
    earlier: Position,
    later: Position,
    by_place: Mapping[tuple[str, str], list[Position]],
    slack: float = 0.0,
) -> Shift | None:
    order = probability_before(earlier.date, later.date)
    if order < 0.9 or "reported" in (earlier.factivity, later.factivity):
        return None
    own = by_place[earlier.actor, earlier.article_id], by_place[later.actor, later.article_id]
    target = shared_target(earlier, later, by_place)
    if target is None and pair.similarity < _ONE_MATTER - slack:
        return None
    was, now = earlier.stance_on(target), later.stance_on(target)
    gap = now - was
    contradicts = pair.contradiction >= 0.9 - slack and pair.similarity >= 0.85 - slack
    conditional = earlier.conditional != later.conditional and pair.similarity >= 0.8 - slack
    least = _LEAST_GAP if was * now < 0 else _LEAST_ON_ONE_SIDE
    moved = abs(gap) >= least - slack and max(abs(was), abs(now)) >= _CLEAR - slack
    if not (moved or contradicts or conditional):
        return None
    before, after = mean_stance(own[0], target), mean_stance(own[1], target)
    drift = after - before
    # What the holder says otherwise on the target, in the same two articles, counts for the step or against it.
    share = drift / gap if abs(gap) >= _LEAST_GAP else _USUAL_SHARE
    clear = min(1.0, abs(drift) / _CLEAR_DRIFT)
    weight = (_ALONG * clear if share > _USUAL_SHARE else _AGAINST) * max(-2.0, min(1.0, share / _USUAL_SHARE - 1))
    doubts = _doubts(pair, earlier, later, target)
    probability = _moved(pair.relation.shift, weight - sum(doubts.values()))
    extra = (
        Feature(
            name="drift",
            value=round(drift, 4),
            contribution=round(weight, 4),
            reason=f"all statements on this: {before:+.2f} before, {after:+.2f} after",
        ),
        Feature(
            name="order",
            value=round(order, 4),
            reason="the order in time is certain" if order > 0.999 else "the order in time is likely",
        ),
        *(Feature(name=name, value=1.0, contribution=-doubt, reason=_DOUBTS[name]) for name, doubt in doubts.items()),
        *_circumstances(earlier, later),
    )
    kind, direction = _kind(was, now, target, contradicts, conditional)
    return Shift(pair, target, kind, direction, round(min(0.99, probability * order), 3), (*pair.features, *extra))


def _doubts(pair: PairScore, earlier: Position, later: Position, target: Target | None) -> dict[str, float]:
    """What speaks against a finding beyond the two texts, in log-odds."""
    found: dict[str, float] = {}
    if target is None:
        found["no_shared_target"] = 0.8
    elif not (earlier.named and later.named):
        found["target_from_context"] = 0.4
    if abs(later.stance_on(target) - earlier.stance_on(target)) < _LEAST_GAP:
        found["no_movement"] = 0.5
    if "denied" in (earlier.factivity, later.factivity):
        found["denied"] = 0.6
    if "questioned" in (earlier.factivity, later.factivity):
        found["questioned"] = 0.3
    if earlier.actor.startswith("cty:"):
        found["holder_is_a_country"] = 1.0
    return found


def _circumstances(earlier: Position, later: Position) -> list[Feature]:
    """What changed beside the position: it is shown and left to the reader, and counts nothing."""
    found = []
    if earlier.lang != later.lang:
        reason = f"one is in {earlier.lang or '?'}, the other in {later.lang or '?'}: at least one may be a translation"
        found.append(Feature(name="translated", value=1.0, reason=reason))
    if earlier.offices and later.offices and not earlier.offices & later.offices:
        was, now = (", ".join(sorted(p.offices)) for p in (earlier, later))
        reason = f"the holder's office changed: {was}, then {now}"
        found.append(Feature(name="office_changed", value=1.0, reason=reason))
    if forecasts := [name for name, side in (("earlier", earlier), ("later", later)) if side.act == _FORECAST]:
        reason = f"{' and '.join(forecasts)}: what was expected, which events may answer without a change of position"
        found.append(Feature(name="forecast", value=1.0, reason=reason))
    return found


def _moved(probability: float, by: float) -> float:
    """A probability moved by log-odds."""
    inside = min(0.999, max(0.001, probability))
    return 1 / (1 + math.exp(-(math.log(inside / (1 - inside)) + by)))


def shared_target(
    earlier: Position, later: Position, by_place: Mapping[tuple[str, str], Sequence[Position]]
) -> Target | None:
    """The target that both claims have: actors before issues, and the one that the holder speaks of most."""
    others = {target.id for target in later.targets}
    shared = [target for target in earlier.targets if target.id in others]
    if len(shared) < 2:
        return shared[0] if shared else None
    said = (*by_place[earlier.actor, earlier.article_id], *by_place[later.actor, later.article_id])
    often = {target.id: sum(any(t.id == target.id for t in p.targets) for p in said) for target in shared}
    return min(shared, key=lambda target: (target.id.startswith("iss:"), -often[target.id]))


def _kind(
    was: float, now: float, target: Target | None, contradicts: bool, conditional: bool
) -> tuple[Kind, Direction]:
    """Towards a counterpart a position hardens or softens; on an issue, for can become against."""
    gap = now - was
    if abs(gap) < _LEAST_GAP:
        return ("conditional" if conditional else "contradiction"), "none"
    direction: Direction = "softening" if gap > 0 else "hardening"
    issue = target is None or target.id.startswith("iss:")
    crossed = was * now < 0 and min(abs(was), abs(now)) >= _SIDE
    if issue and crossed:
        return "reversal", direction
    return ("softening" if gap > 0 else "hardening"), direction
