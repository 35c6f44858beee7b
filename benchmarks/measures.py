"""Accuracy, macro-F1 and calibration of labelled guesses, each with a 95% interval by bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_DRAWS = 1000
_BINS = 10


@dataclass(frozen=True)
class Measured:
    """A number with the ends of its 95% interval, all in [0, 1]."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def interval(count: int, of: Callable[[NDArray[np.int64]], float], seed: int = 0) -> Measured:
    """The number ``of`` takes on all of ``count`` items, and its 95% interval over items drawn with replacement."""
    rng = np.random.default_rng(seed)
    drawn = [of(rng.integers(0, count, count)) for _ in range(_DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Measured(of(np.arange(count)), float(low), float(high))


def accuracy(truth: Sequence[str], guess: Sequence[str]) -> Measured:
    """Share of right guesses."""
    hits = np.array([a == b for a, b in zip(truth, guess, strict=True)])
    return interval(len(hits), lambda rows: float(hits[rows].mean()))


def macro_f1(truth: Sequence[str], guess: Sequence[str], labels: Sequence[str]) -> Measured:
    """Mean F1 over ``labels``."""
    numbers = {label: number for number, label in enumerate(dict.fromkeys([*labels, *truth, *guess]))}
    a = np.array([numbers[label] for label in truth])
    b = np.array([numbers[label] for label in guess])
    chosen = [numbers[label] for label in labels]
    return interval(len(a), lambda rows: float(_mean_f1(a[rows], b[rows], chosen)))


def _mean_f1(truth: NDArray[np.int64], guess: NDArray[np.int64], labels: Sequence[int]) -> float:
    found = []
    for label in labels:
        both = int(((truth == label) & (guess == label)).sum())
        found.append(2 * both / max(1, int((truth == label).sum() + (guess == label).sum())))
    return float(np.mean(found))


def calibration_error(truth: Sequence[str], labels: Sequence[str], probabilities: NDArray[np.float64]) -> float:
    """Expected calibration error of the most likely label, in ten equal bins (Guo et al. 2017), in [0, 1]."""
    sure = probabilities.max(axis=1)
    right = np.array([labels[k] == label for k, label in zip(probabilities.argmax(axis=1), truth, strict=True)])
    return float(sum(abs(right[b].mean() - sure[b].mean()) * b.mean() for b in _binned(sure) if b.any()))


def reliability(truth: Sequence[str], labels: Sequence[str], probabilities: NDArray[np.float64]) -> list[str]:
    """The reliability plot as text: a line a bin, with mean certainty, share that is right, count."""
    sure = probabilities.max(axis=1)
    right = np.array([labels[k] == label for k, label in zip(probabilities.argmax(axis=1), truth, strict=True)])
    rows = []
    for b in _binned(sure):
        if b.any():
            bar = "█" * round(20 * float(right[b].mean()))
            rows.append(f"  sure {sure[b].mean():.2f}  right {right[b].mean():.2f}  {bar:20s} n={int(b.sum())}")
    return rows


def _binned(sure: NDArray[np.float64]) -> list[NDArray[np.bool_]]:
    places = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return [places == number for number in range(_BINS)]
