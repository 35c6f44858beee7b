"""Findings of a run against the findings that are known.

- ``unchanged``: the baseline has the fingerprint; or an article was given another title, and the actor and the words of
  both claims are the same. The decision stands.
- ``updated``: the actor is the same, and each claim is the same or an edited wording of itself (:mod:`.meaning`).
  Somebody decided on another wording, so the decision does not stand: the finding counts as unreviewed.
- ``new``: everything else. A changed negation, number or modality makes a finding new.

A line of the baseline that no finding took is ``absent`` if both its articles were in the run's input, else it was not
checked: a run over part of the corpus says nothing about the rest.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from claims.baseline.entry import Entry, Side, entry_of, is_cut
from claims.baseline.fingerprint import Keyed, article_identity, keyed
from claims.baseline.meaning import likeness, nearly_same, same_words
from claims.baseline.store import Baseline
from claims.records import Article, Finding, State

Judgement = Literal["unreviewed", "confirmed", "rejected", "unsure", "expired"]

_EDITED, _MOVED, _SAME = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Matched:
    """A finding, its state in ``finding.state``, and the known finding it was recognised as (None if new)."""

    item: Keyed
    entry: Entry | None = None

    @property
    def finding(self) -> Finding:
        """The finding, with its state."""
        return self.item.finding

    def judgement(self, day: dt.date) -> Judgement:
        """What is decided about the finding as it reads now, on ``day``."""
        if self.entry is None or self.finding.state != "unchanged":
            return "unreviewed"
        return "expired" if self.entry.expired(day) else self.entry.decision


@dataclass(frozen=True, slots=True)
class Matching:
    """All findings of a run in their order, and the lines of the baseline that none of them took."""

    findings: tuple[Matched, ...] = ()
    absent: tuple[Entry, ...] = ()
    not_checked: tuple[Entry, ...] = ()


def match(items: Sequence[Keyed], baseline: Baseline, articles: Collection[str]) -> Matching:
    """Recognises findings. ``articles`` are the identities of all articles in the run's input, findings or none."""
    left = {entry.fingerprint: entry for entry in baseline.entries}
    taken: dict[int, tuple[Entry, int]] = {}
    for number, item in enumerate(items):
        entry = left.pop(item.finding.fingerprint, None)
        if entry is not None:
            taken[number] = (entry, _SAME)
    for number, entry, grade in _resembling(items, taken, left.values()):
        if number not in taken and entry.fingerprint in left:
            taken[number] = (left.pop(entry.fingerprint), grade)
    inside: list[Entry] = []
    outside: list[Entry] = []
    for entry in left.values():
        seen = entry.earlier.article in articles and entry.later.article in articles
        (inside if seen else outside).append(entry)
    found = tuple(_matched(item, *taken.get(number, (None, 0))) for number, item in enumerate(items))
    return Matching(found, tuple(inside), tuple(outside))


def _matched(item: Keyed, entry: Entry | None, grade: int) -> Matched:
    state: State = "new" if entry is None else "updated" if grade == _EDITED else "unchanged"
    finding = item.finding.model_copy(update={"state": state})
    return Matched(Keyed(finding, item.earlier, item.later), entry)


def _resembling(
    items: Sequence[Keyed], taken: Collection[int], entries: Iterable[Entry]
) -> list[tuple[int, Entry, int]]:
    """Every finding with every line that it may be, best first, in an order that no listing changes."""
    of_actor: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_actor[entry.actor.id].append(entry)
    found = []
    for number, item in enumerate(items):
        if number in taken:
            continue
        own = entry_of(item)
        for entry in of_actor.get(item.finding.actor.id, ()):
            grades, like = max(_compare(own.earlier, own.later, *sides) for sides in _both_ways(entry))
            if grades[0]:
                order = (-grades[0], -grades[1], -like, entry.fingerprint, item.finding.fingerprint)
                found.append((order, (number, entry, grades[0])))
    return [candidate for _, candidate in sorted(found, key=lambda pair: pair[0])]


def _both_ways(entry: Entry) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    """A date that was mended may turn the two claims of a finding round."""
    return (entry.earlier, entry.later), (entry.later, entry.earlier)


def _compare(one: Side, two: Side, earlier: Side, later: Side) -> tuple[tuple[int, int], float]:
    """How well two known claims fit a finding's: the lesser and the greater grade, and the likeness of the words."""
    first = _grade(one, earlier)
    second = _grade(two, later) if first else 0
    if not second:
        return (0, 0), 0.0
    like = likeness(one.quote, earlier.quote) + likeness(two.quote, later.quote)
    return (min(first, second), max(first, second)), like


def _grade(claim: Side, known: Side) -> int:
    if claim.key == known.key:
        return _SAME
    if is_cut(claim.quote) or is_cut(known.quote):
        # What was cut off may hold the change.
        return 0
    if same_words(claim.quote, known.quote):
        return _MOVED
    return _EDITED if nearly_same(known.quote, claim.quote) else 0


def states_of(findings: Sequence[Finding], articles: Sequence[Article], known: Baseline) -> list[Finding]:
    """The findings, in their order, each with its state against a baseline.

    Raises:
        KeyError: a finding names an article that is not in ``articles``.
    """
    items = keyed(findings, {article.id: article for article in articles})
    return [found.finding for found in match(items, known, {*map(article_identity, articles)}).findings]
