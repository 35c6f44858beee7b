"""An actor's stance towards one target over many statements: stretches of a steady position, and where they change.

Optimal partitioning with a penalty for each change (Jackson et al. 2005, "An algorithm for optimal partitioning of data
on an interval"): a change is taken where it explains more than a single reading's error would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# What a reading of one article's statements is usually off by, as a variance.
_NOISE = 0.09
# What a change must explain beyond that, in log-likelihood.
PENALTY = 1.5
# Two stretches whose means lie nearer than this are one position that came back.
_SAME = 0.25


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a holder says of a target in one article: its place in time (ordinal of a day), its stance in [-1, 1]."""

    article_id: str
    day: int
    stance: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Occasions next to each other in time with one position; ``returns`` if it is that of the stretch before last."""

    occasions: tuple[Occasion, ...]
    mean: float
    returns: bool


def stretches(occasions: Sequence[Occasion], penalty: float = PENALTY) -> list[Stretch]:
    """The trajectory: occasions in order of time, cut where the position changes."""
    ordered = sorted(occasions, key=lambda occasion: (occasion.day, occasion.article_id))
    found: list[Stretch] = []
    for start, end in _cuts([occasion.stance for occasion in ordered], penalty):
        part = tuple(ordered[start:end])
        mean = sum(occasion.stance for occasion in part) / len(part)
        found.append(Stretch(part, mean, len(found) > 1 and abs(mean - found[-2].mean) < _SAME))
    return found


def _cuts(values: Sequence[float], penalty: float) -> list[tuple[int, int]]:
    """The cheapest partition of ``values`` into stretches, as (start, end)."""
    sums, squares = [0.0], [0.0]
    for value in values:
        sums.append(sums[-1] + value)
        squares.append(squares[-1] + value * value)

    def cost(start: int, end: int) -> float:
        spread = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
        return spread / (2 * _NOISE)

    best, back = [0.0], [0]
    for end in range(1, len(values) + 1):
        price, start = min((best[start] + cost(start, end) + penalty, start) for start in range(end))
        best.append(price)
        back.append(start)
    found: list[tuple[int, int]] = []
    end = len(values)
    while end:
        found.append((back[end], end))
        end = back[end]
    return found[::-1]
