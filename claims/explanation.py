"""What carries a finding: measured by leaving words out and reading again, not by the network's attention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from claims.attribute.labels import label
from claims.extraction import Annotated
from claims.records import CarryingWord, Claim, Explanation, Finding, PairScore, Target
from claims.score.features import Side, measure
from claims.score.position import PositionReader, Progress
from claims.score.relation import relation
from claims.text.words import words

# Longer claims are measured on their first words only; what is kept of each side.
_MOST_WORDS = 60
_KEPT = 6
# A word that moves the odds by less than this carries nothing.
_LEAST = 0.1
# A restatement must be at least this likely to say the same as one side of the finding.
_CONSISTENT = 0.5


def explain_findings(
    findings: Sequence[Finding],
    claims: Mapping[str, Annotated],
    pairs: Sequence[PairScore],
    reader: PositionReader,
    progress: Progress | None = None,
) -> list[Explanation]:
    """One explanation for each finding, in order; every reading goes through the reader's cache.

    Raises:
        ModelUnavailable: a reading is new and the network cannot be loaded.
    """
    scored = {(pair.earlier, pair.later): pair for pair in pairs}
    cases = [
        (finding, claims[finding.earlier.claim_id].claim, claims[finding.later.claim_id].claim) for finding in findings
    ]
    wanted = [texts for finding, one, other in cases for texts in _variants(one, other)]
    aims = [(text, _called(finding.target, lang)) for finding, one, other in cases for text, lang in _sides(one, other)]
    stances = dict(zip(aims, reader.aims(aims, progress)[:, 0].tolist(), strict=True)) if aims else {}
    readings = dict(zip(wanted, reader.relations(wanted, progress).tolist(), strict=True)) if wanted else {}
    found = []
    for finding, one, other in cases:
        pair = scored[finding.earlier.claim_id, finding.later.claim_id]
        odds = _Odds(finding.target, one.lang, other.lang, pair.similarity, stances, readings)
        against = _against(finding, pairs)
        found.append(
            Explanation(
                fingerprint=finding.fingerprint,
                stances=(
                    round(stances[one.text, _called(finding.target, one.lang)], 3),
                    round(stances[other.text, _called(finding.target, other.lang)], 3),
                ),
                earlier=_carrying(one.text, odds.of(one.text, other.text), lambda t, o=odds, b=other.text: o.of(t, b)),
                later=_carrying(other.text, odds.of(one.text, other.text), lambda t, o=odds, a=one.text: o.of(a, t)),
                against=against[0] if against else None,
                against_consistent=against[1] if against else None,
            )
        )
    return found


class _Odds:
    """Log-odds of a shift between two texts under the whole relation model; the vectors' cosine stays as it was."""

    def __init__(
        self,
        target: Target | None,
        lang: str,
        other_lang: str,
        similarity: float,
        stances: Mapping[tuple[str, str], float],
        readings: Mapping[tuple[str, str], list[float]],
    ) -> None:
        self._langs = lang, other_lang
        self._names = _called(target, lang), _called(target, other_lang)
        self._similarity, self._stances, self._readings = similarity, stances, readings

    def of(self, earlier: str, later: str) -> float:
        sides = [
            Side(text, lang, self._stances[text, name])
            for text, lang, name in zip((earlier, later), self._langs, self._names, strict=True)
        ]
        shift = relation(measure(sides[0], sides[1], self._similarity, self._readings[earlier, later])).shift
        inside = min(0.999, max(0.001, shift))
        return float(np.log(inside / (1 - inside)))


def _called(target: Target | None, lang: str) -> str:
    return label(target, lang) if target else ""


def _without(text: str) -> list[tuple[int, int, str]]:
    """Each word's place, and the text without it."""
    places = [(word.start, word.end) for word in words(text)][:_MOST_WORDS]
    return [(start, end, " ".join((text[:start] + " " + text[end:]).split())) for start, end in places]


def _variants(one: Claim, other: Claim) -> list[tuple[str, str]]:
    """The two texts, and each of them with one word left out."""
    shorter = [(text, other.text) for _, _, text in _without(one.text)]
    return [(one.text, other.text), *shorter, *((one.text, text) for _, _, text in _without(other.text))]


def _sides(one: Claim, other: Claim) -> list[tuple[str, str]]:
    return [
        (text, claim.lang) for claim in (one, other) for text in (claim.text, *(t for _, _, t in _without(claim.text)))
    ]


def _carrying(text: str, full: float, odds_of) -> tuple[CarryingWord, ...]:  # type: ignore[no-untyped-def]
    found = [
        CarryingWord(start=start, end=end, text=text[start:end], weight=round(full - odds_of(shorter), 3))
        for start, end, shorter in _without(text)
    ]
    strong = [word for word in found if abs(word.weight) >= _LEAST]
    return tuple(sorted(strong, key=lambda word: (-abs(word.weight), word.start))[:_KEPT])


def _against(finding: Finding, pairs: Sequence[PairScore]) -> tuple[str, float] | None:
    """The claim that says on the other side of the turn what one side of the finding said."""
    best: tuple[float, str] | None = None
    for pair in pairs:
        same = pair.relation.consistent
        if same < _CONSISTENT:
            continue
        if pair.earlier == finding.earlier.claim_id and pair.later != finding.later.claim_id:
            best = max(best or (0.0, ""), (same, pair.later))
        elif pair.later == finding.later.claim_id and pair.earlier != finding.earlier.claim_id:
            best = max(best or (0.0, ""), (same, pair.earlier))
    return (best[1], best[0]) if best else None
