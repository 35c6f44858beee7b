"""Public sets with labels of their own, measured in five folds: a small model over the shipped network's readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.score.position import PositionReader
from training.calibrate import feature_rows
from training.data import Pair


def in_folds(
    rows: Sequence[dict[str, Any]], truth: Sequence[str], reader: PositionReader
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Labels in order, and probabilities [n, labels] of each row under a model that has not seen its fold."""
    pairs = [Pair(row["a"], row["b"], row.get("lang", "en")) for row in rows]
    values = feature_rows(pairs, reader)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=2000, class_weight="balanced"))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    labels = tuple(sorted(set(truth)))
    return labels, cross_val_predict(model, values, np.array(truth), cv=folds, method="predict_proba")
