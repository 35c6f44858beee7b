"""The relation of two claims: a multinomial logistic model over the declared features.

Weights are trained on the authored pairs (``training/calibrate.py``) and lie in ``weights/relation.json``. The
contribution of a feature is its part of the log-odds of "shift" against the mean of the other two.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import orjson
from numpy.typing import NDArray

from claims.records import Feature, Relation
from claims.score.features import NAMES, Side, reason

WEIGHTS = Path(__file__).parent / "weights" / "relation.json"
_ORDER = ("consistent", "shift", "unrelated")


@cache
def _weights() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    raw = orjson.loads(WEIGHTS.read_bytes())
    if tuple(raw["features"]) != NAMES:
        raise ValueError("relation.json was trained for other features; run make train")
    return tuple(np.array(raw[name]) for name in ("mean", "scale", "weights", "intercept"))  # type: ignore[return-value]


def relation(values: NDArray[np.float64]) -> Relation:
    """Probabilities of the three relations for feature values [len(NAMES)], rounded to 4 decimals and summing to 1."""
    mean, scale, weights, intercept = _weights()
    logits = weights @ ((values - mean) / scale) + intercept
    odds = np.exp(logits - logits.max())
    parts = (odds / odds.sum()).round(4)
    return Relation(consistent=parts[0], shift=round(float(1 - parts[0] - parts[2]), 4), unrelated=parts[2])


def explained(values: NDArray[np.float64], earlier: Side, later: Side) -> tuple[Feature, ...]:
    """The features with what each added to "shift", the strongest first."""
    mean, scale, weights, _ = _weights()
    against = weights[[0, 2]].mean(axis=0)
    parts = (weights[1] - against) * (values - mean) / scale
    made = [
        Feature(
            name=name,
            value=round(float(value), 4),
            contribution=round(float(part), 4),
            reason=reason(name, float(value), earlier, later),
        )
        for name, value, part in zip(NAMES, values, parts, strict=True)
    ]
    return tuple(sorted(made, key=lambda feature: (-abs(feature.contribution), feature.name)))
