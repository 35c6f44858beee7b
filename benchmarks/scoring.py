"""Measures the scorer on public and authored sets: ``python -m benchmarks.scoring [--public FOLDER]``.

Every set is one that the shipped weights were not trained on, or is measured in five folds, each with a model that has
not seen its fold. Beside each number stand the simple baselines, a 95% interval by bootstrap, the calibration error.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import baselines, floors
from benchmarks.folds import in_folds
from benchmarks.measures import Measured, accuracy, calibration_error, macro_f1, reliability
from claims.config import Config
from claims.embed import embed
from claims.models import cache_folder
from claims.models.default import default_digest, default_model
from claims.pairs import Pair, score
from claims.score.labels import EVENTS, INFERENCES, RELATIONS
from claims.score.position import PositionReader
from claims.scoring import encoder_choice

GOLD = Path("tests/gold")
XNLI = ("ar", "en", "fr", "ru")


class Row(NamedTuple):
    """One measured number."""

    name: str
    size: int
    what: str
    measured: Measured
    others: dict[str, float]
    calibration: float | None = None


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def relations_of(rows: Sequence[dict[str, Any]]) -> NDArray[np.float64]:
    """What ``claims score`` says of each pair, float64 [n, 3] in the order of :data:`RELATIONS`."""
    pairs = [Pair(id=row["id"], a=row["a"], b=row["b"], target=row.get("target")) for row in rows]
    return np.array([[getattr(one.relation, name) for name in RELATIONS] for one in score(pairs)])


def reader() -> PositionReader:
    """The network's own readings, through the cache."""
    return PositionReader(default_model, default_digest(), cache_folder())


def contrast() -> list[Row]:
    """The authored contrast suite, whole and by kind and language."""
    rows = lines(GOLD / "contrast.jsonl")
    probabilities = relations_of(rows)
    truth = [row["relation"] for row in rows]
    guess = [RELATIONS[k] for k in probabilities.argmax(axis=1)]
    error = calibration_error(truth, RELATIONS, probabilities)
    found = [Row("contrast", len(rows), "accuracy", accuracy(truth, guess), _beside(rows, truth), error)]
    parts: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        parts[f"contrast, {row['kind']}"].append(place)
        parts[f"contrast, {row['lang']}"].append(place)
    for name, places in sorted(parts.items()):
        measured = accuracy([truth[p] for p in places], [guess[p] for p in places])
        found.append(Row(name, len(places), "accuracy", measured, {}))
    print("contrast suite, how sure against how often right:", *reliability(truth, RELATIONS, probabilities), sep="\n")
    return found


def xnli(folder: Path) -> list[Row]:
    """Inference in parallel languages; not trained on."""
    found = []
    for lang in XNLI:
        rows = lines(folder / f"pairs/xnli.dev.{lang}.jsonl")
        began = time.perf_counter()
        own = reader()
        probabilities = own.relations([(row["a"], row["b"]) for row in rows])[:, 3:].astype(np.float64)
        truth = [row["label"] for row in rows]
        guess = [INFERENCES[k] for k in probabilities.argmax(axis=1)]
        error = calibration_error(truth, INFERENCES, probabilities)
        found.append(
            Row(f"xnli.dev {lang}", len(rows), "accuracy", accuracy(truth, guess), _beside(rows, truth), error)
        )
        if own.computed:
            print(f"xnli {lang}: {own.computed / (time.perf_counter() - began):.0f} pairs a second")
    return found


def headlines(folder: Path) -> Row:
    """Arabic headlines (ANS): agree and disagree."""
    rows = lines(folder / "pairs/ans.dev.jsonl")
    probabilities = reader().relations([(row["a"], row["b"]) for row in rows])[:, 3:]
    names = ("agree", "other", "disagree")
    truth, guess = [row["label"] for row in rows], [names[k] for k in probabilities.argmax(axis=1)]
    error = calibration_error(truth, names, probabilities.astype(np.float64))
    measured = macro_f1(truth, guess, ("agree", "disagree"))
    return Row("ans.dev", len(rows), "macro-F1 of agree and disagree", measured, _beside(rows, truth), error)


def political(folder: Path) -> list[Row]:
    """Positions of parties and of debaters, each in five folds on the shipped network's readings."""
    found = []
    rows = lines(folder / "pairs/inconsistency.dev.jsonl")
    truth = [row["label"] for row in rows]
    names, probabilities = in_folds(rows, truth, reader())
    guess = [names[k] for k in probabilities.argmax(axis=1)]
    error = calibration_error(truth, names, probabilities)
    others = _beside(rows, truth, names)
    for peer in ("gpt4", "llama70b"):
        others[peer] = macro_f1(truth, [row[peer] for row in rows], names).value
    found.append(Row("inconsistency.dev", len(rows), "macro-F1", macro_f1(truth, guess, names), others, error))
    rows = lines(folder / "pairs/prosecco.dev.jsonl")
    truth = [row["label"] for row in rows]
    names, probabilities = in_folds(rows, truth, reader())
    guess = [names[k] for k in probabilities.argmax(axis=1)]
    error = calibration_error(truth, names, probabilities)
    found.append(Row("prosecco.dev", len(rows), "accuracy", accuracy(truth, guess), _beside(rows, truth), error))
    return found


def plover(folder: Path) -> Row:
    """Sentences coded to events: cooperation or conflict, from the type that the network reads; not trained on."""
    rows = json.loads((folder / "stance/plover_gold.json").read_text(encoding="utf-8"))
    coded = [(row["text"], _side(row["event"])) for row in rows if row.get("text") and _side(row["event"])]
    readings = reader().aims([(text, "") for text, _ in coded])
    warm = readings[:, 1 + EVENTS.index("verbal_cooperation")] + readings[:, 1 + EVENTS.index("material_cooperation")]
    cold = readings[:, 1 + EVENTS.index("verbal_conflict")] + readings[:, 1 + EVENTS.index("material_conflict")]
    truth = [side for _, side in coded]
    guess = ["cooperation" if a > b else "conflict" for a, b in zip(warm, cold, strict=True)]
    share = max(truth.count(side) for side in set(truth)) / len(truth)
    return Row("plover_gold", len(coded), "accuracy", accuracy(truth, guess), {"majority": share})


# The quad classes of PLOVER's event types (its manual, 2018).
_COOPERATION = frozenset(["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"])
_CONFLICT = frozenset(
    ["DEMAND", "DISAPPROVE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "FIGHT"]
) | {"INVESTIGATE"}


def _side(event: str) -> str | None:
    if event in _COOPERATION:
        return "cooperation"
    return "conflict" if event in _CONFLICT else None


def _beside(rows: Sequence[dict[str, Any]], truth: Sequence[str], labels: Sequence[str] = ()) -> dict[str, float]:
    """The baselines on the same pairs, by the same measure: macro-F1 if ``labels`` are given, else accuracy."""
    texts = [text for row in rows for text in (row["a"], row["b"])]
    choice = encoder_choice(Config(), None)
    vectors, _ = embed(texts, cache_folder() / "vectors", choice.load, choice.digest)
    cosines = (vectors[0::2] * vectors[1::2]).sum(axis=1)
    made = baselines.guesses([(row["a"], row["b"]) for row in rows], truth, cosines)
    measure = (lambda guess: macro_f1(truth, guess, labels)) if labels else (lambda guess: accuracy(truth, guess))
    return {name: measure(guess).value for name, guess in made.items()}


def main() -> None:
    """Print the table; with ``--check`` end with 1 if a number fell below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path, default=Path("../shared/data"), help="folder of the public sets")
    parser.add_argument("--check", action="store_true", help="compare with benchmarks/floors.json")
    options = parser.parse_args()
    rows = contrast()
    if (options.public / "pairs").is_dir():
        rows += [*political(options.public), headlines(options.public), *xnli(options.public), plover(options.public)]
    else:
        print(f"scoring: no public sets at {options.public}; only the authored sets are measured")
    for row in rows:
        beside = "  ".join(f"{name} {value:.3f}" for name, value in row.others.items())
        error = f"  calibration error {row.calibration:.3f}" if row.calibration is not None else ""
        print(f"{row.name:28s} n={row.size:5d}  {row.what} {row.measured}{error}  {beside}")
    if options.check:
        floors.check({row.name: row.measured.value for row in rows})


if __name__ == "__main__":
    main()
