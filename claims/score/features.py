"""The declared features of a pair of claims. Each has a name, a value, and a reason in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from claims.lang.loader import language
from claims.text.normalise import fold, fold_light
from claims.text.stems import stem
from claims.text.words import words

NAMES = (
    "reads_as_consistent",
    "reads_as_shift",
    "reads_as_unrelated",
    "contradiction",
    "entailment",
    "stance_gap",
    "sides_change",
    "similarity",
    "shared_words",
    "negation_differs",
    "numbers_differ",
    "condition_differs",
)


@dataclass(frozen=True, slots=True)
class Side:
    """What the features need of one claim."""

    text: str
    lang: str
    stance: float


@cache
def _phrases(lang: str, name: str) -> tuple[str, ...]:
    entries = language(lang).get("attribution", {}).get(name, ())
    return tuple(" " + " ".join(fold_light(word.surface) for word in words(entry)) + " " for entry in entries)


@lru_cache(maxsize=20_000)
def _profile(text: str, lang: str) -> tuple[frozenset[str], int, frozenset[str], bool]:
    """Content words, number of negators, numbers, and whether there is a condition."""
    tokens = words(text)
    light = " " + " ".join(word.light for word in tokens) + " "
    negators = sum(light.count(phrase) for phrase in _phrases(lang, "negators"))
    conditional = any(phrase in light for phrase in _phrases(lang, "conditionals"))
    content = frozenset(stem(word.key, lang) for word in tokens if len(word.key) > 3)
    numbers = frozenset(fold(number) for number in re.findall(r"\d+(?:[.,٫]\d+)?", text))
    return content, negators, numbers, conditional


def measure(earlier: Side, later: Side, similarity: float, reading: Sequence[float]) -> NDArray[np.float64]:
    """The feature values of a pair, float64 [len(NAMES)], in the order of :data:`NAMES`.

    ``reading`` is the pair's row of :meth:`PositionReader.relations`; ``similarity`` the cosine of the vectors.
    Features that compare words are 0 for a pair in two languages.
    """
    consistent, shift, unrelated, entailment, _, contradiction = (float(value) for value in reading)
    same_language = earlier.lang == later.lang
    a, b = _profile(earlier.text, earlier.lang), _profile(later.text, later.lang)
    shared = len(a[0] & b[0]) / max(1, min(len(a[0]), len(b[0]))) if same_language else 0.0
    gap = abs(earlier.stance - later.stance)
    opposite = max(0.0, min(-earlier.stance * np.sign(later.stance), abs(later.stance)))
    close = shared >= 0.5
    return np.array(
        [
            _logit(consistent, shift + unrelated),
            _logit(shift, consistent + unrelated),
            _logit(unrelated, consistent + shift),
            contradiction,
            entailment,
            gap,
            opposite,
            similarity,
            shared,
            float(same_language and close and (a[1] > 0) != (b[1] > 0)),
            float(close and bool(a[2] or b[2]) and a[2] != b[2]),
            float(a[3] != b[3]),
        ],
        dtype=np.float64,
    )


def _logit(part: float, rest: float) -> float:
    return float(np.log((part + 0.01) / (rest + 0.01)))


def reason(name: str, value: float, earlier: Side, later: Side) -> str:
    """What a feature says, in a few words."""
    return {
        "reads_as_shift": "read together, the two claims look like a change of position"
        if value > 0
        else "read together, the two claims do not look like a change of position",
        "reads_as_consistent": "read together, the two claims look like one position"
        if value > 0
        else "read together, the two claims do not look like one position",
        "reads_as_unrelated": "they are about different things" if value > 0 else "they are about the same thing",
        "contradiction": f"both can hardly be true at once ({value:.2f})"
        if value > 0.5
        else f"no flat contradiction ({value:.2f})",
        "entailment": f"one follows from the other ({value:.2f})"
        if value > 0.5
        else f"neither follows from the other ({value:.2f})",
        "stance_gap": f"stance {earlier.stance:+.2f}, then {later.stance:+.2f}",
        "sides_change": "from one side to the other" if value > 0.15 else "the same side, or no clear side",
        "similarity": f"meaning alike by {value:.2f}",
        "shared_words": f"{value:.0%} of the content words are shared",
        "negation_differs": "one is negated, the other is not" if value else "negation alike",
        "numbers_differ": "the numbers differ" if value else "no differing numbers",
        "condition_differs": "a condition in one of them only" if value else "conditions alike",
    }[name]
