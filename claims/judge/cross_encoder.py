"""Any sentence-transformers cross-encoder with inference labels, by hub name or folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.errors import ModelUnavailable
from claims.judge.choose import JudgedPair
from claims.models import digest_of_folder, model_folder
from claims.models.cache import Progress
from claims.score.labels import INFERENCES, RELATIONS
from claims.score.readings import ReadingCache

# How the labels of inference models begin, whatever their case and language form.
_BEGINNINGS = {"entailment": "entail", "neutral": "neutral", "contradiction": "contradict"}
_BATCH = 16


class CrossEncoderJudge:
    """Takes entailment, neutral and contradiction of a pair from a cross-encoder; the relation stays the network's."""

    def __init__(self, name: str, cache: Path) -> None:
        self.name = name
        self._cache = cache
        self.counts = {"judge_read": 0}

    def read(
        self, pairs: Sequence[JudgedPair], readings: NDArray[np.float32], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """See :class:`claims.judge.Judge`.

        Raises:
            ModelUnavailable: there is no such model, or its labels are not those of inference.
        """
        folder = model_folder(self.name, progress)
        cache = ReadingCache(self._cache / "readings.sqlite", f"judge {digest_of_folder(folder)}")
        texts = [(pair.earlier, pair.later) for pair in pairs]
        rows, new = cache.complete(texts, len(INFERENCES), partial(self._predict, progress=progress))
        self.counts["judge_read"] += new
        found = readings.copy()
        found[:, len(RELATIONS) :] = rows
        return found

    def _predict(
        self, texts: list[tuple[str, ...]], before: int, total: int, *, progress: Progress | None
    ) -> NDArray[np.float32]:
        model, columns = self._loaded
        found = np.zeros((len(texts), len(INFERENCES)), np.float32)
        # Pairs of like length together: padding costs as much as words do.
        order = sorted(range(len(texts)), key=lambda row: sum(map(len, texts[row])))
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            got = model.predict([texts[row] for row in rows], batch_size=_BATCH, apply_softmax=True)
            found[rows] = np.asarray(got)[:, columns]
            if progress:
                progress(before + min(start + _BATCH, len(order)), total, "reading pairs with the judge")
        return found.round(3)

    @cached_property
    def _loaded(self) -> tuple[Any, list[int]]:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        folder = model_folder(self.name)
        try:
            from sentence_transformers import CrossEncoder

            model = CrossEncoder(str(folder), local_files_only=True)
        except (OSError, ImportError, RuntimeError, ValueError) as error:
            raise ModelUnavailable(
                f"cannot load {self.name} as a cross-encoder: {str(error).splitlines()[0]}"
            ) from error
        names = {int(place): str(label).lower() for place, label in model.model.config.id2label.items()}
        columns = [next((p for p, label in names.items() if label.startswith(b)), -1) for b in _BEGINNINGS.values()]
        if min(columns) < 0:
            labels = ", ".join(names.values())
            raise ModelUnavailable(f"{self.name} does not judge inference: its labels are {labels}")
        return model, columns
