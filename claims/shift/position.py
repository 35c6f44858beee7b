"""What the shift room knows of a claim, and a movement between two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims.records import DateRange, Direction, Feature, Kind, PairScore, Target


@dataclass(frozen=True, slots=True)
class Position:
    """What the shift room needs of a claim: whose it is, towards whom, how, and when.

    ``stance`` in [-1, 1] is that of the statement as it stands, ``towards`` the stance towards each of its targets, by
    id. ``offices`` are those that the holder may have had on the date. ``factivity`` and ``act`` are as attribution
    gave them; ``named`` says that the target stands in the statement or its sentence, not only in the article.
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
    lang: str = ""
    offices: frozenset[str] = frozenset()
    towards: Mapping[str, float] = field(default_factory=dict)

    def stance_on(self, target: Target | None) -> float:
        """The stance towards a target; that of the statement as it stands where there is none."""
        return self.towards.get(target.id, self.stance) if target else self.stance


@dataclass(frozen=True, slots=True)
class Shift:
    """A movement between two claims, not yet a record."""

    pair: PairScore
    target: Target | None
    kind: Kind
    direction: Direction
    probability: float
    features: tuple[Feature, ...]


def by_holder_and_article(positions: Mapping[str, Position]) -> Mapping[tuple[str, str], list[Position]]:
    """What each holder says in each article."""
    found: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in positions.values():
        found[position.actor, position.article_id].append(position)
    return found


def mean_stance(positions: Sequence[Position], target: Target | None) -> float:
    """What one article has from the holder on the target: the mean stance, weighted by how clearly each takes a side.

    Denials are left out: their stance is towards the words that are denied.
    """
    own = [
        p.stance_on(target)
        for p in positions
        if p.factivity != "denied" and (target is None or any(t.id == target.id for t in p.targets))
    ]
    return sum(stance * abs(stance) for stance in own) / sum(map(abs, own)) if any(own) else 0.0
