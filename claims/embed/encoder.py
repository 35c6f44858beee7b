"""What an encoder is, and what is known of one before it is loaded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Float32 [n, dim]; each row has length 1."""

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, what)``; ``0 <= done <= total``."""

Precision = Literal["fp32", "bf16"]

_MARKER = "claims-model.json"  # written by claims.models; rooms of a stage do not import each other
_BF16_FLAGS = {"avx512_bf16", "amx_bf16"}


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is the cosine similarity.

    A text's vector depends on the text alone: not on the texts beside it, nor on their order. ``digest`` changes
    whenever the vectors may change.
    """

    @property
    def name(self) -> str:
        """The name for a person."""

    @property
    def digest(self) -> str:
        """64 hexadecimal digits over weights, precision and prefix."""

    @property
    def dim(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Float32 [len(texts), dim], rows in the order of ``texts`` and of length 1."""


@dataclass(frozen=True)
class EncoderChoice:
    """An encoder by its parts, not loaded: enough to know its digest.

    Attributes:
        folder: a sentence-transformers folder on this machine.
        weights: the digest of that folder (``claims.models.digest_of_folder``).
        prefix: what is put before each text.
        precision: of the weights and the products; lengths and means are always taken in fp32.
    """

    folder: Path
    weights: str
    prefix: str
    precision: Precision

    @property
    def name(self) -> str:
        """The folder's name and the precision."""
        return f"{self.folder.name} ({self.precision})"

    @property
    def digest(self) -> str:
        """The digest of the encoder that ``load`` will return."""
        parts = json.dumps([1, self.weights, self.precision, self.prefix])
        return hashlib.sha256(parts.encode()).hexdigest()

    def load(self, threads: int | None = None, batch_size: int = 16) -> Encoder:
        """Loads the encoder; takes seconds.

        Raises:
            ModelUnavailable: the folder holds no model that sentence-transformers loads.
        """
        from claims.embed.sentence_transformers import SentenceTransformerEncoder

        return SentenceTransformerEncoder(self, threads=threads, batch_size=batch_size)


def choose_encoder(
    folder: Path, weights: str, *, prefix: str | None = None, precision: Precision | Literal["auto"] = "auto"
) -> EncoderChoice:
    """Settles prefix and precision of the model in ``folder``, reading only its small JSON files.

    Args:
        folder: a sentence-transformers folder.
        weights: its digest.
        prefix: put before each text; ``None`` takes the model's own.
        precision: ``auto`` is bf16 where the processor multiplies it faster, else fp32.
    """
    settled: Precision = fastest_precision() if precision == "auto" else precision
    return EncoderChoice(folder, weights, own_prefix(folder) if prefix is None else prefix, settled)


def own_prefix(folder: Path) -> str:
    """What the model itself wants before a text: our prepared default's, else its default prompt, else nothing."""
    prefix = _json(folder / _MARKER).get("prefix")
    if not isinstance(prefix, str):
        config = _json(folder / "config_sentence_transformers.json")
        prompts, default = config.get("prompts"), config.get("default_prompt_name")
        prefix = prompts.get(default) if isinstance(prompts, dict) and default else None
    return prefix if isinstance(prefix, str) else ""


def fastest_precision(cpuinfo: Path = Path("/proc/cpuinfo")) -> Precision:
    """bf16 if the processor has instructions for it, else fp32; fp32 where that cannot be told. Imports no torch."""
    try:
        flags = re.search(r"^flags\s*:(.*)$", cpuinfo.read_text(), re.MULTILINE)
    except OSError:
        return "fp32"
    return "bf16" if flags and _BF16_FLAGS & set(flags[1].split()) else "fp32"


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
