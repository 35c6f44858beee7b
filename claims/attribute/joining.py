"""Joins people of a corpus whom the registry does not know, across spellings and scripts, only where that is sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from claims.text.likeness import SURE, bucket, name_likeness

# Two spellings are joined from here on, and only if no third name comes near either of them.
JOINED = 0.86


def joined(names: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    """Which id stands for which, for people without an entry in the registry.

    ``names`` maps an id to a name of at least two parts and the number of its claims. A join needs two names that are
    each other's only likeness in the corpus; the id with more claims stands for both, else the
    one in Latin letters. A name that is like several is
    left alone.
    """
    buckets: dict[tuple[str, str], list[str]] = defaultdict(list)
    for actor, (name, _) in names.items():
        key = bucket(name)
        if key is not None:
            buckets[key].append(actor)
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for group in buckets.values():
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                alike = name_likeness(names[one][0], names[other][0])
                if alike >= SURE:
                    near[one][other] = near[other][one] = alike
    found: dict[str, str] = {}
    for one, others in near.items():
        if len(others) != 1:
            continue
        other, alike = next(iter(others.items()))
        if alike >= JOINED and len(near[other]) == 1 and _weight(one, names) < _weight(other, names):
            found[one] = other
    return found


def _weight(actor: str, names: Mapping[str, tuple[str, int]]) -> tuple[int, bool, str]:
    """Which of two ids stands for both: that with more claims, then the one in Latin letters."""
    return names[actor][1], actor.isascii(), actor
