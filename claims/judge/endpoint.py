"""A language model behind any OpenAI-compatible endpoint: cached, within a budget, and never needed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.errors import ModelUnavailable
from claims.judge.choose import JudgedPair
from claims.models.cache import Progress
from claims.score.labels import INFERENCES, RELATIONS
from claims.score.readings import ReadingCache

# A pair that the network is this sure is no shift is not worth a call.
_WORTH = 0.15
_TIMEOUT = 60.0
_INSTRUCTION = (Path(__file__).parent / "instruction.txt").read_text(encoding="utf-8").strip()


class EndpointJudge:
    """Asks the model for the relation of a pair; those that the network thinks likeliest to be shifts come first.

    Args:
        model: the endpoint's name for it.
        cache: folder of the cache; an answer is asked for once, by the digest of model and question.
        base_url: of the endpoint.
        budget: most calls in a run; pairs beyond it keep the network's reading and are counted.
    """

    def __init__(self, model: str, cache: Path, *, base_url: str | None, budget: int) -> None:
        self.name = f"openai:{model}"
        self._model, self._base_url, self._budget = model, base_url, budget
        self._cache = ReadingCache(cache / "readings.sqlite", f"endpoint {base_url} {model} {_digest(_INSTRUCTION)}")
        self.counts = {"judge_read": 0, "judge_unreadable": 0, "judge_over_budget": 0}

    def read(
        self, pairs: Sequence[JudgedPair], readings: NDArray[np.float32], progress: Progress | None = None
    ) -> NDArray[np.float32]:
        """See :class:`claims.judge.Judge`. A reply that cannot be read leaves the network's reading, and is counted.

        Raises:
            ModelUnavailable: the library is not installed, or the endpoint refuses or cannot be reached.
        """
        shift = RELATIONS.index("shift")
        rows = [int(row) for row in np.argsort(-readings[:, shift], kind="stable") if readings[row, shift] >= _WORTH]
        found = readings.copy()
        left = self._budget
        for done, row in enumerate(rows):
            question = self._question(pairs[row])
            answer = self._cache.known([(question,)], len(RELATIONS) + 1)[0]
            if answer is None:
                if not left:
                    self.counts["judge_over_budget"] += 1
                    continue
                left -= 1
                answer = self._ask(question)
            if answer is not None:
                found[row] = _merged(found[row], answer)
            if progress:
                progress(done + 1, len(rows), "asking the judge")
        return found

    def _question(self, pair: JudgedPair) -> str:
        return json.dumps(
            {
                "holder": pair.actor or None,
                "target": pair.target or None,
                "earlier": {"date": pair.earlier_date or None, "statement": pair.earlier},
                "later": {"date": pair.later_date or None, "statement": pair.later},
            },
            ensure_ascii=False,
        )

    def _ask(self, question: str) -> NDArray[np.float32] | None:
        import openai

        try:
            reply = self._client.chat.completions.create(
                model=self._model,
                temperature=0,
                messages=[{"role": "system", "content": _INSTRUCTION}, {"role": "user", "content": question}],
            )
            content = reply.choices[0].message.content or ""
        except (openai.OpenAIError, IndexError, ValueError) as error:
            cause = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ModelUnavailable(f"the judge {self.name} does not answer: {cause}") from error
        self.counts["judge_read"] += 1
        answer = _parsed(content)
        if answer is None:
            self.counts["judge_unreadable"] += 1
            return None
        self._cache.store((question,), answer)
        return answer

    @cached_property
    def _client(self) -> Any:
        try:
            import openai
        except ImportError as error:
            raise ModelUnavailable("--judge openai:… needs the openai package: pip install 'claims[openai]'") from error
        key = os.environ.get("OPENAI_API_KEY", "none")
        return openai.OpenAI(base_url=self._base_url, api_key=key, timeout=_TIMEOUT, max_retries=2)


def _parsed(content: str) -> NDArray[np.float32] | None:
    """The probabilities in a reply: relation [3], contradiction [1]; None if they are not there or out of range."""
    start, end = content.find("{"), content.rfind("}")
    try:
        told = json.loads(content[start : end + 1])
        values = np.array([float(told[name]) for name in (*RELATIONS, "contradiction")], np.float32)
    except (ValueError, KeyError, TypeError):
        return None
    total = float(values[:3].sum())
    if not np.isfinite(values).all() or values.min() < 0 or values.max() > 1 or not 0.5 <= total <= 1.5:
        return None
    values[:3] /= total
    return values


def _merged(reading: NDArray[np.float32], answer: NDArray[np.float32]) -> NDArray[np.float32]:
    """The reading with the answer's relation and contradiction; what is left of inference keeps its proportions."""
    found = reading.copy()
    found[: len(RELATIONS)] = answer[:3]
    place = len(RELATIONS) + INFERENCES.index("contradiction")
    others = [len(RELATIONS) + k for k, name in enumerate(INFERENCES) if name != "contradiction"]
    rest = float(found[others].sum())
    found[others] *= (1 - answer[3]) / rest if rest > 0 else 0
    found[place] = answer[3]
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
