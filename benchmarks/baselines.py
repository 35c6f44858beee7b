"""The simple scorers that the tool is measured against: the most frequent label, cosine, word overlap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.text.words import words


def overlap(a: str, b: str) -> list[float]:
    """What the words alone tell of a pair: shared parts, lengths."""
    one, other = ({word.key for word in words(text)} for text in (a, b))
    both = len(one & other)
    return [both / max(1, len(one | other)), both / max(1, min(len(one), len(other))), len(one), len(other)]


def guesses(
    pairs: Sequence[tuple[str, str]], truth: Sequence[str], cosines: NDArray[np.float32]
) -> dict[str, list[str]]:
    """The label that each baseline gives each pair; the fitted ones in five folds, never on their own fold."""
    most = max(sorted(set(truth)), key=list(truth).count)
    found = {"majority": [most] * len(truth)}
    rows = {
        "cosine": cosines.reshape(-1, 1),
        "word overlap": np.array([overlap(a, b) for a, b in pairs]),
    }
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    for name, features in rows.items():
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000, class_weight="balanced"))
        found[name] = list(cross_val_predict(model, features, np.array(truth), cv=folds))
    return found
