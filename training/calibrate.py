"""Fits the relation model over the declared features: ``python -m training.calibrate``.

It is fitted on the authored pairs that the network was not trained on, since on its own training pairs the network is
surer than it will ever be again. The model begins as the network's own answer at a fitted temperature (Guo et al. 2017)
and may leave it, feature by feature, as far as a ridge penalty lets it. The penalty is the strongest whose loss in five
folds lies within one standard error of the best (Breiman et al. 1984): what the pairs do not ask for is not added.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold

from claims.config import Config
from claims.embed import embed
from claims.ingest.language import detect
from claims.models import cache_folder
from claims.models.default import default_digest, default_model
from claims.score.features import NAMES, Side, measure
from claims.score.labels import RELATIONS
from claims.score.position import PositionReader
from claims.score.relation import WEIGHTS
from claims.scoring import encoder_choice
from training import data
from training.trainer import held_out

PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_OWN = [NAMES.index(f"reads_as_{name}") for name in RELATIONS]


def feature_rows(pairs: list[data.Pair], reader: PositionReader) -> NDArray[np.float64]:
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


def fit(
    rows: NDArray[np.float64], truth: NDArray[np.int64], penalty: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights [3, features] and intercept [3] for standardised rows; ``penalty`` holds them to the network's answer."""
    count, width = rows.shape
    prior = np.zeros((3, width))
    prior[range(3), _OWN] = 1.0

    def unpacked(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return values[0] * prior + values[4:].reshape(3, width), values[1:4]

    def loss(values: NDArray[np.float64]) -> float:
        weights, intercept = unpacked(values)
        logits = rows @ weights.T + intercept
        logits -= logits.max(axis=1, keepdims=True)
        sums = np.log(np.exp(logits).sum(axis=1))
        return float((sums - logits[np.arange(count), truth]).mean() + penalty * (values[1:] ** 2).sum())

    begin = np.concatenate([[1.0], np.zeros(3 + 3 * width)])
    return unpacked(minimize(loss, begin, method="L-BFGS-B").x)


def probabilities(
    rows: NDArray[np.float64], weights: NDArray[np.float64], intercept: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Softmax of the linear model, float64 [n, 3]."""
    logits = rows @ weights.T + intercept
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def in_five_folds(rows: NDArray[np.float64], truth: NDArray[np.int64], penalty: float) -> NDArray[np.float64]:
    """Probabilities of each row under a model that has not seen it."""
    found = np.zeros((len(rows), 3))
    for seen, unseen in StratifiedKFold(5, shuffle=True, random_state=0).split(rows, truth):
        found[unseen] = probabilities(rows[unseen], *fit(rows[seen], truth[seen], penalty))
    return found


def main() -> None:
    """Fit, print the numbers, write ``relation.json``."""
    pairs = [pair for pair in data.pairs() if held_out(pair.a)]
    reader = PositionReader(default_model, default_digest(), cache_folder())
    values, truth = feature_rows(pairs, reader), np.array([pair.relation for pair in pairs])
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-9
    # The network's three answers keep one common scale, so that they stay comparable.
    mean[_OWN], scale[_OWN] = 0.0, 1.0
    rows = (values - mean) / scale
    losses = {}
    for penalty in PENALTIES:
        guess = in_five_folds(rows, truth, penalty)
        losses[penalty] = -np.log(guess[np.arange(len(truth)), truth] + 1e-9)
    lowest = min(losses.values(), key=np.mean)
    bound = lowest.mean() + lowest.std() / len(lowest) ** 0.5
    best = max(penalty for penalty, loss in losses.items() if loss.mean() <= bound)
    guess = in_five_folds(rows, truth, best)
    numbers = {
        "pairs": len(pairs),
        "penalty": best,
        "log_loss": round(float(losses[best].mean()), 4),
        "accuracy": round(float((guess.argmax(1) == truth).mean()), 4),
        "macro_f1": round(float(f1_score(truth, guess.argmax(1), average="macro")), 4),
    }
    print(json.dumps(numbers))
    weights, intercept = fit(rows, truth, best)
    content = {
        "features": list(NAMES),
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "weights": weights.round(6).tolist(),
        "intercept": intercept.round(6).tolist(),
        "five_folds": numbers,
    }
    Path(WEIGHTS).write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
