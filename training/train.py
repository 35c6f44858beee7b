"""Trains the shipped adapter: ``python -m training.train [--public FOLDER] [--out FILE]``.

Two stages on the frozen offline encoder: public inference pairs teach negation, antonyms and numbers; then the authored
statements and pairs teach stance and the relation of two positions, with inference pairs mixed in so that they are not
forgotten. An eighth of the authored data is never trained on; the numbers at the end are from it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoTokenizer

from claims.models.default import default_model
from claims.score.network import PositionNetwork
from training import data
from training.data import Pair, Statement

T = TypeVar("T")
OUT = Path(__file__).parents[1] / "claims" / "score" / "weights" / "position.safetensors"
TOKENS_A_BATCH = 1600
HELD_OUT = 8


def held_out(text: str) -> bool:
    """Whether an authored item belongs to the part that is measured on: by its text, so that additions move nothing."""
    return hashlib.sha256(text.encode()).digest()[0] % HELD_OUT == 0


def batches(items: Sequence[T], lengths: Sequence[int], rng: random.Random) -> Iterator[list[T]]:
    """Items of like length together, about ``TOKENS_A_BATCH`` tokens a batch, batches in random order."""
    order = sorted(range(len(items)), key=lambda i: lengths[i] + rng.random() * 6)
    found: list[list[T]] = []
    batch: list[T] = []
    longest = 0
    for place in order:
        longest = max(longest, lengths[place])
        if batch and longest * (len(batch) + 1) > TOKENS_A_BATCH:
            found.append(batch)
            batch, longest = [], lengths[place]
        batch.append(items[place])
    found.append(batch)
    rng.shuffle(found)
    yield from found


class Trainer:
    """Holds network, tokenizer and optimiser; one step a batch of one task."""

    def __init__(self, rate: float, steps: int) -> None:
        folder = default_model()
        self.tokenizer = AutoTokenizer.from_pretrained(str(folder))
        self.network = PositionNetwork(folder, dtype=torch.bfloat16)
        self.network.adapt()
        parameters = [p for p in self.network.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(self.optimiser, rate, total_steps=steps, pct_start=0.08)
        self.done, self.steps = 0, steps

    def encode(self, first: list[str], second: list[str] | None = None) -> Tensor:
        """Mean token states, float32 [n, width]."""
        prefixed = ["query: " + text for text in first]
        batch = self.tokenizer(prefixed, second, padding=True, truncation=True, max_length=192, return_tensors="pt")
        return self.network.pooled(dict(batch))

    def loss(self, batch: Sequence[Statement] | Sequence[Pair]) -> Tensor:
        """The loss of one batch; a pair with both labels counts for both."""
        head = batch[0]
        if isinstance(head, Statement):
            got = torch.tanh(self.network.stance(self.encode([item.text for item in batch]))).squeeze(-1)
            wanted = torch.tensor([item.stance for item in batch])  # type: ignore[union-attr]
            return 4 * nn.functional.mse_loss(got, wanted)
        pooled = self.encode([p.a for p in batch], [p.b for p in batch])  # type: ignore[union-attr]
        total = pooled.new_zeros(())
        for name in ("relation", "nli"):
            labels = [getattr(pair, name) for pair in batch]
            known = [i for i, label in enumerate(labels) if label is not None]
            if known:
                logits = getattr(self.network, name)(pooled[known])
                goal = torch.tensor([labels[i] for i in known])
                total = total + nn.functional.cross_entropy(logits, goal, label_smoothing=0.05)
        return total

    def step(self, batch: Sequence[Statement] | Sequence[Pair]) -> float:
        """One optimiser step; returns the loss."""
        loss = self.loss(batch)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in self.network.parameters() if p.requires_grad], 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        if self.done < self.steps - 1:
            self.schedule.step()
        self.done += 1
        return float(loss.detach())

    @torch.no_grad()
    def stances(self, texts: list[str]) -> np.ndarray:
        """Stance of each text, float [n]."""
        parts = [
            torch.tanh(self.network.stance(self.encode(texts[i : i + 16]))).squeeze(-1)
            for i in range(0, len(texts), 16)
        ]
        return torch.cat(parts).numpy()

    @torch.no_grad()
    def relations(self, pairs: list[Pair]) -> tuple[np.ndarray, np.ndarray]:
        """Relation and inference probabilities of each pair, float [n, 3] each."""
        found = []
        for i in range(0, len(pairs), 16):
            pooled = self.encode([p.a for p in pairs[i : i + 16]], [p.b for p in pairs[i : i + 16]])
            found.append(torch.stack([self.network.relation(pooled).softmax(-1), self.network.nli(pooled).softmax(-1)]))
        both = torch.cat(found, dim=1).numpy()
        return both[0], both[1]


def length(item: Statement | Pair) -> int:
    """A rough token count, good enough to batch by."""
    text = item.text if isinstance(item, Statement) else item.a + item.b
    return 6 + len(text) // 4


def plan(items: Sequence[Statement] | Sequence[Pair], rng: random.Random) -> list[list]:  # type: ignore[type-arg]
    return list(batches(items, [length(item) for item in items], rng))


def measure(trainer: Trainer, statements: list[Statement], pairs: list[Pair]) -> dict[str, float]:
    """Numbers on the held-out authored items."""
    got = trainer.stances([s.text for s in statements])
    wanted = np.array([s.stance for s in statements])
    clear = np.abs(wanted) >= 0.3
    result = {
        "statements": len(statements),
        "stance_correlation": float(np.corrcoef(got, wanted)[0, 1]),
        "stance_sign_accuracy": float((np.sign(got[clear]) == np.sign(wanted[clear])).mean()),
        "stance_mean_error": float(np.abs(got - wanted).mean()),
    }
    if pairs:
        relation, nli = trainer.relations(pairs)
        truth = np.array([p.relation for p in pairs])
        guess = relation.argmax(1)
        f1 = []
        for label in range(3):
            hit = ((guess == label) & (truth == label)).sum()
            f1.append(2 * hit / max(1, (guess == label).sum() + (truth == label).sum()))
        result |= {
            "pairs": len(pairs),
            "relation_accuracy": float((guess == truth).mean()),
            "relation_macro_f1": float(np.mean(f1)),
            "contradiction_recall": float((nli[[p.nli == 2 for p in pairs]].argmax(1) == 2).mean()),
        }
    return {name: round(value, 4) for name, value in result.items()}


def main() -> None:
    """Train, measure, write the weights and the numbers beside them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--public", type=Path, default=Path("../shared/data"), help="folder of the public sets")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--start", type=Path, help="weights to start from, in place of the first stage")
    parser.add_argument("--first-only", action="store_true", help="stop after the first stage")
    parser.add_argument("--nli", type=int, default=3000, help="inference pairs of each public set")
    parser.add_argument("--threads", type=int, default=0, help="of torch; 0 leaves the choice to it")
    parser.add_argument("--rate", type=float, default=4e-4, help="highest learning rate")
    parser.add_argument("--epochs", type=int, default=4, help="times over the authored data")
    options = parser.parse_args()
    torch.manual_seed(0)
    if options.threads:
        torch.set_num_threads(options.threads)
    rng = random.Random(0)
    if not (options.public / "pairs").is_dir():
        raise SystemExit(f"training: no public sets at {options.public}; name their folder with --public")
    began = time.time()
    public = data.nli(options.public, options.nli)
    statements, pairs = ([], []) if options.first_only else (data.statements(), data.pairs())
    party_pairs = data.political(options.public) if pairs else []
    train_s = [s for s in statements if not held_out(s.text)]
    train_p = [p for p in (*pairs, *party_pairs) if not held_out(p.a)]
    train_s += [
        Statement(t, v, p.lang) for p in train_p if p.stances for t, v in zip((p.a, p.b), p.stances, strict=True)
    ]
    plans: list[list[list]] = []  # type: ignore[type-arg]
    if not options.start:
        plans.append(plan(public, rng))
    if not options.first_only:
        for _ in range(options.epochs):
            mixed = plan(train_s, rng) + plan(train_p, rng) + plan(rng.sample(public, min(600, len(public))), rng)
            rng.shuffle(mixed)
            plans.append(mixed)
    trainer = Trainer(options.rate, sum(len(p) for p in plans))
    if options.start:
        trainer.network.load(options.start, merge=False)
    # Dropout costs more than the arithmetic here, and the adapter is small: it stays off.
    trainer.network.eval()
    test_s = [s for s in statements if held_out(s.text)]
    test_p = [p for p in pairs if held_out(p.a)]
    for number, batches_ in enumerate(plans):
        losses = []
        for i, batch in enumerate(batches_):
            losses.append(trainer.step(batch))
            if i % 20 == 19:
                seconds = time.time() - began
                print(
                    f"part {number} {i + 1}/{len(batches_)} loss {np.mean(losses[-20:]):.3f} {seconds:.0f} s",
                    flush=True,
                )
        if test_s:
            print(json.dumps(measure(trainer, test_s, test_p)), flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    trainer.network.save(options.out)
    if test_s:
        numbers = measure(trainer, test_s, test_p) | {
            "trained_statements": len(train_s),
            "trained_pairs": len(train_p),
            "public_pairs": len(public),
        }
        options.out.with_suffix(".json").write_text(json.dumps(numbers, indent=1) + "\n")


if __name__ == "__main__":
    main()
