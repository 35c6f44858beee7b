"""Second stage: ``python -m training.positions [--public FOLDER]``.

From what the first stage learnt, authored statements and pairs teach stance, type of event and the relation of two
positions; inference pairs and translations are mixed in, so that they are not forgotten. An eighth of the authored data
is never trained on; the numbers at the end, and in ``position.json`` beside the weights, are from it.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from claims.score.position import WEIGHTS
from training import data
from training.data import Pair, Statement
from training.inference import OUT as FIRST_STAGE
from training.inference import public_folder
from training.trainer import Item, Trainer, batches, held_out

RATE = 1.2e-4
EPOCHS = 2
# Pairs are fewer than statements, and harder.
REPEAT = 3
INFERENCE_AN_EPOCH = 9000
TRANSLATIONS_AN_EPOCH = 900
STRANGERS_AN_EPOCH = 900
# How often the target is left out, so that a stance can be read without one.
WITHOUT_TARGET = 0.3


def epoch(
    statements: Sequence[Statement], pairs: Sequence[Pair], folder: Path, rng: random.Random, repeat: int
) -> list[list[Item]]:
    """The batches of one time over the authored data, pairs ``repeat`` times, mixed with public pairs."""
    said = [s._replace(target="") if rng.random() < WITHOUT_TARGET else s for s in statements]
    compared = [_turned(pair) if rng.random() < 0.5 else pair for _ in range(repeat) for pair in pairs]
    compared += strangers(pairs, STRANGERS_AN_EPOCH, rng)
    compared += [
        pair._replace(relation=0 if pair.inference == 0 else 2)
        for pair in data.translations(folder, TRANSLATIONS_AN_EPOCH, seed=rng.randrange(10**6))
    ]
    inferred = data.inference(folder)
    rng.shuffle(inferred)
    plan = [*batches(said, rng), *batches(compared, rng), *batches(inferred[:INFERENCE_AN_EPOCH], rng)]
    rng.shuffle(plan)
    return plan


def _turned(pair: Pair) -> Pair:
    """The pair the other way round: its relation is the same, an entailment would not be."""
    return pair._replace(a=pair.b, b=pair.a, inference=None if pair.inference == 0 else pair.inference)


def strangers(pairs: Sequence[Pair], count: int, rng: random.Random) -> list[Pair]:
    """Texts of one language from two pairs: unrelated, whatever they have in common."""
    by_language: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_language[pair.lang].append(pair)
    found = []
    for _ in range(count):
        one, other = rng.sample(by_language[rng.choice(pairs).lang], 2)
        found.append(Pair(one.a, other.b, one.lang, relation=2))
    return found


def measure(trainer: Trainer, statements: Sequence[Statement], pairs: Sequence[Pair]) -> dict[str, float]:
    """Numbers on authored items that were not trained on."""
    stances, events = trainer.aims(statements)
    wanted = np.array([s.stance for s in statements])
    clear = np.abs(wanted) >= 0.3
    told = np.array([s.event if s.event is not None else -1 for s in statements])
    relations, inferences = trainer.pairs(pairs)
    truth = np.array([p.relation for p in pairs])
    opposed = np.array([p.inference == 2 for p in pairs])
    result = {
        "statements": len(statements),
        "stance_correlation": float(np.corrcoef(stances, wanted)[0, 1]),
        "stance_side_accuracy": float((np.sign(stances[clear]) == np.sign(wanted[clear])).mean()),
        "stance_mean_error": float(np.abs(stances - wanted).mean()),
        "event_accuracy": float((events.argmax(1) == told)[told >= 0].mean()),
        "pairs": len(pairs),
        "relation_accuracy": float((relations.argmax(1) == truth).mean()),
        "relation_macro_f1": float(f1_score(truth, relations.argmax(1), average="macro")),
        "contradiction_recall": float((inferences[opposed].argmax(1) == 2).mean()),
    }
    return {name: round(value, 4) for name, value in result.items()}


def main() -> None:
    """Train, measure, write the weights and the numbers beside them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path, default=Path("../shared/data"), help="folder of the public sets")
    parser.add_argument("--start", type=Path, default=FIRST_STAGE, help="weights of the first stage")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--repeat", type=int, default=REPEAT, help="times that pairs are seen in an epoch")
    options = parser.parse_args()
    folder = public_folder(options.public)
    rng = random.Random(0)
    pairs = data.pairs()
    trained = [pair for pair in pairs if not held_out(pair.a)]
    kept = [pair for pair in pairs if held_out(pair.a)]
    statements = [s for s in data.statements() if not held_out(s.text)] + data.sides(trained)
    unseen = [s for s in data.statements() if held_out(s.text)] + data.sides(kept)
    plan = [batch for _ in range(options.epochs) for batch in epoch(statements, trained, folder, rng, options.repeat)]
    trainer = Trainer(RATE, len(plan))
    trainer.network.load(options.start)
    trainer.run(plan, "positions")
    trainer.network.save(options.out, original=trainer.new_network())
    # What ships is the change at a lower rank: that is what is measured.
    trainer.network = trainer.new_network()
    trainer.network.load(options.out)
    trainer.network.eval()
    numbers = measure(trainer, unseen, kept) | {"trained_statements": len(statements), "trained_pairs": len(trained)}
    print(json.dumps(numbers))
    options.out.with_suffix(".json").write_text(json.dumps(numbers, indent=1) + "\n")


if __name__ == "__main__":
    main()
