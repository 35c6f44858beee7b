"""Trains the position network on mixed batches of statements, pairs and public inference pairs."""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoTokenizer

from claims.models.default import default_model
from claims.score.network import PositionNetwork
from training.data import Pair, Statement

Item = Statement | Pair
T = TypeVar("T", Statement, Pair)
TOKENS_A_BATCH = 1600
LONGEST = 160
HELD_OUT = 8


def held_out(text: str) -> bool:
    """Whether an authored item is in the eighth that is measured on: by its text, so that additions move nothing."""
    return hashlib.sha256(text.encode()).digest()[0] % HELD_OUT == 0


def batches(items: Sequence[Item], rng: random.Random) -> list[list[Item]]:
    """Items of one kind and like length together, about :data:`TOKENS_A_BATCH` tokens a batch, in random order."""
    lengths = [length(item) for item in items]
    order = sorted(range(len(items)), key=lambda i: lengths[i] + rng.random() * 6)
    found: list[list[Item]] = []
    batch: list[Item] = []
    longest = 0
    for place in order:
        longest = max(longest, lengths[place])
        if batch and longest * (len(batch) + 1) > TOKENS_A_BATCH:
            found.append(batch)
            batch, longest = [], lengths[place]
        batch.append(items[place])
    if batch:
        found.append(batch)
    rng.shuffle(found)
    return found


def length(item: Item) -> int:
    """A rough token count, good enough to batch by."""
    text = item.text + item.target if isinstance(item, Statement) else item.a + item.b
    return 6 + len(text) // 4


class Trainer:
    """Holds network, tokenizer and optimiser; one step a batch of one kind.

    Args:
        rate: highest learning rate of the encoder's layers; the heads learn five times as fast.
        steps: how many steps there will be.
        seed: of everything random.
    """

    def __init__(self, rate: float, steps: int, seed: int = 0) -> None:
        torch.manual_seed(seed)
        self.folder = default_model()
        self.tokenizer = AutoTokenizer.from_pretrained(str(self.folder))
        self.network = self.new_network()
        layers = [layer.weight for _, layer in self.network.trained_layers()]
        for weight in layers:
            weight.requires_grad = True
        heads = [p for p in self.network.parameters() if p.requires_grad and not any(p is w for w in layers)]
        groups = [{"params": layers, "lr": rate}, {"params": heads, "lr": 5 * rate}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, [rate, 5 * rate], total_steps=steps + 1, pct_start=0.08
        )
        # Dropout costs more than it brings at this size and length of training.
        self.network.eval()

    def new_network(self) -> PositionNetwork:
        """The network as it is before training."""
        return PositionNetwork(self.folder, self.tokenizer.sep_token_id)

    def encode(self, first: list[str], second: list[str]) -> tuple[Tensor, Tensor]:
        """Token ids and mask, [n, length] each."""
        prefixed = ["query: " + text for text in first]
        batch = self.tokenizer(prefixed, second, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        return batch["input_ids"], batch["attention_mask"]

    def loss(self, batch: Sequence[Item]) -> Tensor:
        """The loss of one batch; what an item is not labelled for does not count."""
        with torch.autocast("cpu", torch.bfloat16):
            if isinstance(batch[0], Statement):
                return self._statement_loss(batch)  # type: ignore[arg-type]
            return self._pair_loss(batch)  # type: ignore[arg-type]

    def _statement_loss(self, batch: Sequence[Statement]) -> Tensor:
        stance, event = self.network.read_aim(*self.encode([s.text for s in batch], [s.target for s in batch]))
        total = 4 * nn.functional.mse_loss(stance.float(), torch.tensor([s.stance for s in batch]))
        known = [i for i, s in enumerate(batch) if s.event is not None]
        if known:
            goal = torch.tensor([batch[i].event for i in known])
            total = total + 0.4 * nn.functional.cross_entropy(event[known].float(), goal, label_smoothing=0.05)
        return total

    def _pair_loss(self, batch: Sequence[Pair]) -> Tensor:
        relation, inference = self.network.read_pair(*self.encode([p.a for p in batch], [p.b for p in batch]))
        total = relation.new_zeros(()).float()
        for logits, labels in ((relation, [p.relation for p in batch]), (inference, [p.inference for p in batch])):
            known = [i for i, label in enumerate(labels) if label is not None]
            if known:
                goal = torch.tensor([labels[i] for i in known])
                share = len(known) / len(batch)
                total = total + share * nn.functional.cross_entropy(logits[known].float(), goal, label_smoothing=0.05)
        return total

    def run(self, plan: Sequence[Sequence[Item]], name: str = "") -> None:
        """All steps of a plan, with a line every hundred."""
        began, losses = time.time(), []
        for number, batch in enumerate(plan):
            loss = self.loss(batch)
            loss.backward()
            nn.utils.clip_grad_norm_([p for p in self.network.parameters() if p.requires_grad], 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad()
            self.schedule.step()
            losses.append(float(loss.detach()))
            if name and number % 100 == 99:
                seconds = time.time() - began
                print(f"{name} {number + 1}/{len(plan)} loss {np.mean(losses[-100:]):.3f} {seconds:.0f} s", flush=True)

    @torch.no_grad()
    @torch.autocast("cpu", torch.bfloat16)
    def aims(self, items: Sequence[Statement]) -> tuple[np.ndarray, np.ndarray]:
        """Stance of each statement towards its target, float [n], and probabilities of its event, float [n, 5]."""
        stances, events = [], []
        for part, back in self._parts([(s.text, s.target) for s in items]):
            stance, event = self.network.read_aim(*part)
            stances.append((back, stance.float().numpy()))
            events.append((back, event.float().softmax(-1).numpy()))
        return _in_order(stances), _in_order(events)

    @torch.no_grad()
    @torch.autocast("cpu", torch.bfloat16)
    def pairs(self, items: Sequence[Pair]) -> tuple[np.ndarray, np.ndarray]:
        """Relation and inference probabilities of each pair, float [n, 3] each."""
        relations, inferences = [], []
        for part, back in self._parts([(p.a, p.b) for p in items]):
            relation, inference = self.network.read_pair(*part)
            relations.append((back, relation.float().softmax(-1).numpy()))
            inferences.append((back, inference.float().softmax(-1).numpy()))
        return _in_order(relations), _in_order(inferences)

    def _parts(self, texts: Sequence[tuple[str, str]], size: int = 32):  # type: ignore[no-untyped-def]
        order = sorted(range(len(texts)), key=lambda i: len(texts[i][0]) + len(texts[i][1]))
        for start in range(0, len(order), size):
            rows = order[start : start + size]
            yield self.encode([texts[i][0] for i in rows], [texts[i][1] for i in rows]), rows


def _in_order(parts: list[tuple[list[int], np.ndarray]]) -> np.ndarray:
    rows = np.concatenate([np.array(back) for back, _ in parts])
    values = np.concatenate([value for _, value in parts])
    found = np.empty_like(values)
    found[rows] = values
    return found
