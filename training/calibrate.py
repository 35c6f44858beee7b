"""Fits the relation model over the declared features: ``python -m training.calibrate``.

It is fitted on the authored pairs that the network was not trained on, since on its own training pairs the network is
surer than it will ever be again. The numbers are from five folds over those pairs.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from claims.config import Config
from claims.embed import embed
from claims.ingest.language import detect
from claims.models import cache_folder
from claims.models.default import default_digest, default_model
from claims.score.features import NAMES, Side, measure
from claims.score.position import PositionReader
from claims.score.relation import WEIGHTS
from claims.scoring import encoder_choice
from training import data
from training.trainer import held_out

STRENGTH = 0.3


def feature_rows(pairs: list[data.Pair], reader: PositionReader) -> np.ndarray:
    """Feature values of each pair as the tool would measure them, float64 [n, len(NAMES)]."""
    texts = [text for pair in pairs for text in (pair.a, pair.b)]
    stances = reader.aims([(text, target) for p in pairs for text, target in zip((p.a, p.b), p.targets, strict=True)])
    choice = encoder_choice(Config(), None)
    vectors, _ = embed(texts, cache_folder() / "vectors", choice.load, choice.digest)
    readings = reader.relations([(pair.a, pair.b) for pair in pairs])
    rows = []
    for i, pair in enumerate(pairs):
        langs = (pair.lang, pair.lang) if len(pair.lang) == 2 else (detect(pair.a), detect(pair.b))
        sides = [
            Side(text, lang, float(stances[2 * i + k, 0]))
            for k, (text, lang) in enumerate(zip((pair.a, pair.b), langs, strict=True))
        ]
        rows.append(measure(sides[0], sides[1], float(vectors[2 * i] @ vectors[2 * i + 1]), readings[i].tolist()))
    return np.array(rows)


def main() -> None:
    """Fit, print the numbers, write ``relation.json``."""
    pairs = [pair for pair in data.pairs() if held_out(pair.a)]
    reader = PositionReader(default_model, default_digest(), cache_folder())
    rows, truth = feature_rows(pairs, reader), np.array([pair.relation for pair in pairs])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    guess = cross_val_predict(model, rows, truth, cv=folds)
    numbers = {
        "pairs": len(pairs),
        "accuracy": round(float((guess == truth).mean()), 4),
        "macro_f1": round(float(f1_score(truth, guess, average="macro")), 4),
    }
    print(json.dumps(numbers))
    model.fit(rows, truth)
    scaler, logistic = model.steps[0][1], model.steps[1][1]
    content = {
        "features": list(NAMES),
        "mean": scaler.mean_.round(6).tolist(),
        "scale": scaler.scale_.round(6).tolist(),
        "weights": logistic.coef_.round(6).tolist(),
        "intercept": logistic.intercept_.round(6).tolist(),
        "five_folds": numbers,
    }
    Path(WEIGHTS).write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
