"""``claims score``: the relation of given pairs of statements, without articles around them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from claims.config import Config
from claims.embed import embed
from claims.errors import UsageError
from claims.models import cache_folder
from claims.models.default import default_digest, default_model
from claims.records import Relation
from claims.score.features import Side, measure
from claims.score.position import PositionReader, Progress
from claims.score.relation import relation
from claims.scoring import encoder_choice

# Below this probability of the most likely relation the scorer does not decide.
ABSTAIN_BELOW = 0.5


class Pair(BaseModel):
    """Two statements; unknown fields are ignored. ``target`` is whom or what they are about, in words."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str | int
    a: str
    b: str
    target: str | None = None
    lang: str | None = None


class Scored(BaseModel):
    """How the two statements of a pair relate: one line of output.

    ``relation`` holds probabilities that sum to 1; ``contradiction`` is the probability that both cannot be true;
    stances lie in [-1, 1]; ``abstain`` says that no relation is likely enough.
    """

    model_config = ConfigDict(frozen=True)

    id: str | int
    relation: Relation
    contradiction: float
    stance_a: float
    stance_b: float
    abstain: bool


def read_pairs(path: str) -> list[Pair]:
    """The pairs of a JSON Lines file, or of standard input for ``-``.

    Raises:
        UsageError: the file cannot be read, or a line is no pair; names file and line.
    """
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    found = []
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(Pair.model_validate(orjson.loads(line)))
        except (orjson.JSONDecodeError, ValidationError) as error:
            cause = "not JSON" if isinstance(error, orjson.JSONDecodeError) else "needs id, a and b"
            raise UsageError(f"{path}:{number}: {cause}") from error
    return found


def score(pairs: Sequence[Pair], progress: Progress | None = None, config: Config | None = None) -> list[Scored]:
    """How the statements of each pair relate, in order.

    Raises:
        ModelUnavailable: the encoder cannot be prepared.
    """
    if not pairs:
        return []
    settings = config or Config()
    reader = PositionReader(lambda: default_model(progress), default_digest(), cache_folder(), settings.embed.threads)
    texts = [text for pair in pairs for text in (pair.a, pair.b)]
    aims = [(text, pair.target or "") for pair in pairs for text in (pair.a, pair.b)]
    stances = reader.aims(aims, progress)[:, 0].reshape(-1, 2)
    choice = encoder_choice(settings, progress)
    vectors, _ = embed(
        texts, cache_folder() / "vectors", lambda: choice.load(settings.embed.threads), choice.digest, progress
    )
    readings = reader.relations([(pair.a, pair.b) for pair in pairs], progress)
    languages = _languages(pairs)
    found = []
    for row, pair in enumerate(pairs):
        stance_a, stance_b = float(stances[row, 0]), float(stances[row, 1])
        similarity = round(float(vectors[2 * row] @ vectors[2 * row + 1]), 4)
        sides = Side(pair.a, languages[2 * row], stance_a), Side(pair.b, languages[2 * row + 1], stance_b)
        told = relation(measure(*sides, similarity, readings[row].tolist()))
        found.append(
            Scored(
                id=pair.id,
                relation=told,
                contradiction=round(float(readings[row][5]), 3),
                stance_a=round(stance_a, 3),
                stance_b=round(stance_b, 3),
                abstain=max(told.consistent, told.shift, told.unrelated) < ABSTAIN_BELOW,
            )
        )
    return found


def _languages(pairs: Sequence[Pair]) -> list[str]:
    from claims.ingest.language import detect

    return [pair.lang or detect(text, None) for pair in pairs for text in (pair.a, pair.b)]
