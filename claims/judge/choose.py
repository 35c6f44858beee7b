"""From the value of ``--judge`` to a judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from claims.errors import UsageError
from claims.models.cache import Progress

ENDPOINT = "openai:"


class JudgedPair(NamedTuple):
    """Two claims of one holder and what a judge may know of them; dates as text, empty where unknown."""

    earlier: str
    later: str
    actor: str = ""
    target: str = ""
    earlier_date: str = ""
    later_date: str = ""


class Judge(Protocol):
    """Reads pairs anew."""

    name: str
    """What run.json says of it."""

    def read(
        self, pairs: Sequence[JudgedPair], readings: NDArray[np.float32], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """The readings [n, 6] (relation, then inference probabilities) with what the judge has to say in place of the
        network's; a row that it says nothing on stays as it is.

        Raises:
            ModelUnavailable: the judge cannot be loaded or reached.
        """

    @property
    def counts(self) -> dict[str, int]:
        """What run.json counts of its work."""


def choose_judge(name: str, cache: Path, *, base_url: str | None = None, budget: int = 200) -> Judge:
    """The judge behind ``openai:MODEL`` or a cross-encoder's hub name or folder; nothing is loaded yet.

    Args:
        cache: folder of the cache.
        base_url: of the endpoint; the library's own default, or ``OPENAI_BASE_URL``, if None.
        budget: most calls of the endpoint in a run.

    Raises:
        UsageError: an endpoint's model is not named, or a base URL is given for a cross-encoder.
    """
    if name.startswith(ENDPOINT):
        from claims.judge.endpoint import EndpointJudge

        model = name.removeprefix(ENDPOINT)
        if not model:
            raise UsageError("--judge openai: needs a model's name, as in openai:MODEL")
        return EndpointJudge(model, cache, base_url=base_url, budget=budget)
    if base_url is not None:
        raise UsageError(f"--base-url goes with --judge openai:MODEL, not with {name}")
    from claims.judge.cross_encoder import CrossEncoderJudge

    return CrossEncoderJudge(name, cache)
