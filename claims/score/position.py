"""Reads stances and relations with the position network; loads it only when something is new."""

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
from claims.score.readings import ReadingCache

WEIGHTS = Path(__file__).parent / "weights" / "position.safetensors"
# What follows is one row of a pair's reading: relation (consistent, shift, unrelated), inference (entailment, neutral,
# contradiction).
PAIR_WIDTH = 6
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

    def stances(self, texts: Sequence[str], progress: Progress | None = None) -> NDArray[np.float32]:
        """The stance of each text in [-1, 1], float32 [n], rounded to 3 decimals."""
        cache = ReadingCache(self._cache / "readings.sqlite", f"stance {self.digest}")
        read = partial(self._read, progress=progress, what="stances")
        rows, new = cache.complete([(text,) for text in texts], 1, read)
        self.computed += new
        return rows[:, 0] if len(rows) else np.zeros(0, np.float32)

    def relations(self, pairs: Sequence[tuple[str, str]], progress: Progress | None = None) -> NDArray[np.float32]:
        """Relation and inference probabilities of each pair (earlier, later), float32 [n, 6]."""
        cache = ReadingCache(self._cache / "readings.sqlite", f"relation {self.digest}")
        read = partial(self._read, progress=progress, what="pairs")
        rows, new = cache.complete(list(pairs), PAIR_WIDTH, read)
        self.computed += new
        return rows

    def _read(
        self, texts: list[tuple[str, ...]], before: int, total: int, progress: Progress | None, what: str
    ) -> NDArray[np.float32]:
        import torch

        network, tokenizer = self._loaded
        single = len(texts[0]) == 1
        first = ["query: " + text[0] for text in texts]
        second = None if single else [text[1] for text in texts]
        ids = tokenizer(first, second, truncation=True, max_length=_LONGEST)["input_ids"]
        found = np.zeros((len(texts), 1 if single else PAIR_WIDTH), np.float32)
        done = 0
        for rows in _equal_lengths([len(row) for row in ids]):
            block = torch.tensor([ids[row] for row in rows])
            with torch.inference_mode():
                pooled = network.pooled({"input_ids": block, "attention_mask": torch.ones_like(block)})
                if single:
                    got = torch.tanh(network.stance(pooled))
                else:
                    got = torch.cat([network.relation(pooled).softmax(-1), network.nli(pooled).softmax(-1)], dim=1)
            found[rows] = got.numpy()
            done += len(rows)
            if progress:
                progress(before + done, total, f"reading {what}")
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
            network = PositionNetwork(folder)
            network.load(WEIGHTS, merge=True)
            network.eval()
            return network, AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
        except (OSError, ImportError, RuntimeError) as error:
            raise ModelUnavailable(f"cannot load the position network: {str(error).splitlines()[0]}") from error


def _equal_lengths(lengths: Sequence[int], size: int = 16) -> Iterator[list[int]]:
    """Rows of one token length together: no padding, so a text's reading does not depend on the texts beside it."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    for _, group in groupby(order, key=lengths.__getitem__):
        rows = list(group)
        for start in range(0, len(rows), size):
            yield rows[start : start + size]
