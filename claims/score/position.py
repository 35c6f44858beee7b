"""Reads stances, types of event and relations with the position network; loads it only when something is new."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.errors import ModelUnavailable
from claims.score.labels import EVENTS, INFERENCES, RELATIONS
from claims.score.readings import ReadingCache

WEIGHTS = Path(__file__).parent / "weights" / "position.safetensors"
# One row of a pair's reading: relation (consistent, shift, unrelated), inference (entailment, neutral, contradiction).
PAIR_WIDTH = len(RELATIONS) + len(INFERENCES)
# One row of a statement's reading: its stance, and the probabilities of the event's types.
AIM_WIDTH = 1 + len(EVENTS)
_DECIMALS = 3
_LONGEST = 192
Progress = Callable[[int, int, str], None]


class PositionReader:
    """Stances of texts and relations of pairs of texts, cached by the digest of weights and text.

    Args:
        make_folder: prepares and names the folder of the default encoder; called only when something is new.
        encoder_weights: digest of that encoder's weights.
        cache: folder of the cache.
        threads: of torch; None leaves them as they are.
    """

    def __init__(
        self, make_folder: Callable[[], Path], encoder_weights: str, cache: Path, threads: int | None = None
    ) -> None:
        self._make_folder = make_folder
        self._encoder_weights = encoder_weights
        self._cache = cache
        self._threads = threads
        self.computed = 0

    @cached_property
    def digest(self) -> str:
        """Digest over the encoder's weights and the adapter."""
        adapter = hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()
        return hashlib.sha256(f"{self._encoder_weights} {adapter} {_DECIMALS}".encode()).hexdigest()

    def aims(self, aims: Sequence[tuple[str, str]], progress: Progress | None = None) -> NDArray[np.float32]:
        """How each text stands towards a target, given as (text, target).

        The target is a name or an issue in words, best in the text's language; empty where there is none.

        Returns:
            float32 [n, 6], rounded to 3 decimals: the stance in [-1, 1], then the probabilities of :data:`EVENTS`.
        """
        cache = ReadingCache(self._cache / "readings.sqlite", f"aim {self.digest}")
        read = partial(self._read, width=AIM_WIDTH, progress=progress, step="reading stances")
        rows, new = cache.complete(list(aims), AIM_WIDTH, read)
        self.computed += new
        return rows

    def relations(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> NDArray[np.float32]:
        """Relation and inference probabilities of each pair (earlier, later), float32 [n, 6]."""
        cache = ReadingCache(self._cache / "readings.sqlite", f"relation {self.digest}")
        read = partial(self._read, width=PAIR_WIDTH, progress=progress, step="reading pairs")
        rows, new = cache.complete(list(pairs), PAIR_WIDTH, read)
        self.computed += new
        return rows

    def _read(
        self,
        texts: list[tuple[str, ...]],
        before: int,
        total: int,
        *,
        width: int,
        progress: Progress | None,
        step: str,
    ) -> NDArray[np.float32]:
        import torch

        network, tokenizer = self._loaded
        ids = tokenizer(
            ["query: " + first for first, _ in texts],
            [second for _, second in texts],
            truncation=True,
            max_length=_LONGEST,
        )["input_ids"]
        found = np.zeros((len(texts), width), np.float32)
        done = 0
        for rows in _equal_lengths([len(row) for row in ids]):
            block = torch.tensor([ids[row] for row in rows])
            with torch.inference_mode():
                if step == "reading stances":
                    stance, event = network.read_aim(block, torch.ones_like(block))
                    got = torch.cat([stance.unsqueeze(1), event.softmax(-1)], dim=1)
                else:
                    relation, inference = network.read_pair(block, torch.ones_like(block))
                    got = torch.cat([relation.softmax(-1), inference.softmax(-1)], dim=1)
            found[rows] = got.numpy()
            done += len(rows)
            if progress:
                progress(before + done, total, step)
        return found.round(_DECIMALS)

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import torch
            from tokenizers import Tokenizer  # noqa: F401
            from transformers import AutoTokenizer
            from transformers.utils import logging

            from claims.score.network import PositionNetwork

            logging.set_verbosity_error()
            logging.disable_progress_bar()
            if self._threads:
                torch.set_num_threads(self._threads)
            folder = self._make_folder()
            tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
            network = PositionNetwork(folder, tokenizer.sep_token_id)
            network.load(WEIGHTS)
            network.eval()
            return network, tokenizer
        except (OSError, ImportError, RuntimeError) as error:
            raise ModelUnavailable(f"cannot load the position network: {str(error).splitlines()[0]}") from error


def _equal_lengths(lengths: Sequence[int], size: int = 16) -> Iterator[list[int]]:
    """Rows of one token length together: no padding, so a text's reading does not depend on the texts beside it."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for _, group in groupby(order, key=lengths.__getitem__):
        rows = list(group)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]
