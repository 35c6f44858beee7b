"""First stage: ``python -m training.inference [--public FOLDER]``.

Public inference pairs teach negation, antonyms, numbers and who does what to whom; translated news sentences keep the
languages together. The result, ``build/inference.safetensors``, is what the second stage starts from.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from training import data
from training.trainer import Trainer, batches

OUT = Path("build/inference.safetensors")
RATE = 1.5e-4
EPOCHS = 2
TRANSLATIONS = 2400


def public_folder(given: Path) -> Path:
    """The folder of the public sets; ends the program with one line if it is not there."""
    if not (given / "pairs").is_dir():
        raise SystemExit(f"training: no public sets at {given}; name their folder with --public")
    return given


def main() -> None:
    """Train, measure on a set that is not trained on, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path, default=Path("../shared/data"), help="folder of the public sets")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    options = parser.parse_args()
    folder = public_folder(options.public)
    rng = random.Random(0)
    plan = []
    for epoch in range(options.epochs):
        plan += batches([*data.inference(folder), *data.translations(folder, TRANSLATIONS, seed=epoch)], rng)
    trainer = Trainer(RATE, len(plan))
    trainer.run(plan, "inference")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    trainer.network.save(OUT)
    unseen = [
        data.Pair(row["a"], row["b"], "fa", inference=data.INFERENCE_LABELS[row["label"]])
        for row in data.lines(folder / "pairs/farstail.val.jsonl")
    ]
    _, got = trainer.pairs(unseen)
    right = np.mean(got.argmax(1) == np.array([pair.inference for pair in unseen]))
    print(f"farstail.val, {len(unseen)} pairs: accuracy {right:.3f}")


if __name__ == "__main__":
    main()
