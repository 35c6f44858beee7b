"""The encoder backend that loads any sentence-transformers folder, on the processor."""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from claims.embed.encoder import EncoderChoice, Progress, Vectors
from claims.errors import ModelUnavailable


class SentenceTransformerEncoder:
    """A sentence-transformers model in fp32 or bf16.

    Only texts of equal length share a batch, so no batch is padded: a padded row would take other rounding steps, and
    a text's vector would then change with its neighbours. Texts beyond the model's longest input are cut by its
    tokenizer, and lone surrogates, which tokenizers refuse, become question marks.

    Args:
        choice: the folder with its prefix and precision.
        threads: of torch, for the whole process; ``None`` leaves them as they are.
        batch_size: texts multiplied at once, at most; 8 to 32 do best.

    Raises:
        ModelUnavailable: the folder holds no model that loads.
        ValueError: ``batch_size`` or ``threads`` is below 1.
    """

    def __init__(self, choice: EncoderChoice, *, threads: int | None = None, batch_size: int = 16) -> None:
        if batch_size < 1 or (threads is not None and threads < 1):
            raise ValueError("batch_size and threads must be at least 1")
        self._choice = choice
        self._batch_size = batch_size
        with _quiet():
            # Importing these takes 5 to 14 s: a run whose vectors are all known never pays it.
            import torch
            from sentence_transformers import SentenceTransformer

            if threads is not None:
                torch.set_num_threads(threads)
            try:
                self._model: Any = SentenceTransformer(
                    str(choice.folder),
                    device="cpu",
                    local_files_only=True,
                    model_kwargs={"dtype": torch.bfloat16 if choice.precision == "bf16" else torch.float32},
                )
            except Exception as error:  # transformers raises whatever the broken file led it to
                cause = str(error).strip().splitlines() or [type(error).__name__]
                raise ModelUnavailable(f"cannot load the encoder in {choice.folder}: {cause[0]}") from error
        if choice.precision == "bf16":
            # In bf16 a mean over tokens keeps 8 bits; lengths came out at 1.006. Pool and normalise in fp32.
            self._model[0].register_forward_hook(_token_vectors_to_fp32)
        self._model.eval()
        self.dim = int(self._model.get_embedding_dimension())

    @property
    def name(self) -> str:
        """The folder's name and the precision."""
        return self._choice.name

    @property
    def digest(self) -> str:
        """The digest of weights, precision and prefix."""
        return self._choice.digest

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encodes ``texts``; float32 [len(texts), dim], rows of length 1, in the order given.

        Args:
            texts: any strings, without the prefix.
            progress: told after each batch.
        """
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        done = 0
        with _quiet():
            prefixed = [(self._choice.prefix + text).encode("utf-8", "replace").decode() for text in texts]
            for rows in self._batches(prefixed):
                batch = [prefixed[row] for row in rows]
                # prompt="" keeps a default prompt of the model away: the prefix is already there.
                vectors[rows] = self._model.encode(
                    batch, prompt="", batch_size=len(batch), normalize_embeddings=True, show_progress_bar=False
                )
                done += len(rows)
                if progress:
                    progress(done, len(texts), "embedding claims")
        return vectors

    def _batches(self, texts: list[str]) -> Iterator[list[int]]:
        """Rows of ``texts`` in batches of one token length, shortest first; equal lengths keep their order."""
        lengths = self._token_lengths(texts)
        rows = sorted(range(len(texts)), key=lengths.__getitem__)
        for _, equal in itertools.groupby(rows, key=lengths.__getitem__):
            while batch := list(itertools.islice(equal, self._batch_size)):
                yield batch

    def _token_lengths(self, texts: list[str]) -> list[int]:
        if not texts:
            return []
        tokens = self._model.tokenizer(texts, truncation=True, max_length=self._model.max_seq_length)
        return [len(ids) for ids in tokens["input_ids"]]


def _token_vectors_to_fp32(_module: object, _inputs: object, features: dict[str, Any]) -> dict[str, Any]:
    features["token_embeddings"] = features["token_embeddings"].float()
    return features


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the libraries' bars, advice and warnings away from the caller's terminal, and puts everything back."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    loggers = [logging.getLogger(name) for name in ("transformers", "sentence_transformers", "huggingface_hub")]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bar = _show_weight_bar(False)
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
            _show_weight_bar(bar)


def _show_weight_bar(on: bool) -> bool:
    """Turns transformers' bar over the weights on or off; returns what it was."""
    from transformers.utils import logging as transformers_logging

    was = bool(transformers_logging.is_progress_bar_enabled())
    (transformers_logging.enable_progress_bar if on else transformers_logging.disable_progress_bar)()
    return was
