"""``claims.lock``: which models a run uses, with the digests of their weights, to be committed beside the corpus.

``claims run --locked`` refuses to run with any other. The lock also settles the precision, which otherwise follows the
processor, so that two machines compute in the same numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.config import Config
from claims.errors import LockMismatch
from claims.files import write_bytes
from claims.models import Progress, cache_folder
from claims.models.default import default_digest, default_model
from claims.score.position import PositionReader
from claims.scoring import encoder_choice

VERSION = 1


class _Pin(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EncoderPin(_Pin):
    """The encoder: ``model`` as it is named in the settings, its weights' digest, the prefix and the precision."""

    model: str
    weights: str = Field(pattern="^[0-9a-f]{64}$")
    prefix: str
    precision: Literal["fp32", "bf16"]


class ModelLock(_Pin):
    """All models of a run. ``position`` is the digest of the network that reads stances and relations."""

    format: Literal["claims-lock"] = Field(default="claims-lock", alias="schema")
    version: int = VERSION
    encoder: EncoderPin
    position: str = Field(pattern="^[0-9a-f]{64}$")


def models_of(config: Config, progress: Progress | None = None) -> ModelLock:
    """The models that a run with these settings uses; loads none, but prepares the default where it is missing.

    Raises:
        ModelUnavailable: there is no such model.
    """
    choice = encoder_choice(config, progress)
    reader = PositionReader(lambda: default_model(progress), default_digest(), cache_folder())
    pin = EncoderPin(model=config.embed.model, weights=choice.weights, prefix=choice.prefix, precision=choice.precision)
    return ModelLock(encoder=pin, position=reader.digest)


def write(path: Path, config: Config, progress: Progress | None = None) -> str:
    """Writes the lock of these settings, and gives the line that tells it.

    Raises:
        ModelUnavailable, OutputUnwritable: as finding the models and writing do.
    """
    lock = models_of(config, progress)
    content = lock.model_dump(mode="json", by_alias=True)
    write_bytes(path, orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
    pin = lock.encoder
    return f"{path}: {pin.model} ({pin.precision}, weights {pin.weights[:12]}), positions {lock.position[:12]}"


def read(path: Path) -> ModelLock:
    """The lock in a file.

    Raises:
        LockMismatch: there is none, or it cannot be read.
    """
    try:
        lock = ModelLock.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise LockMismatch(f"{path}: there is no lock; make one with: claims lock") from error
    except OSError as error:
        raise LockMismatch(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        told = f"{path}: {place + ': ' if place else ''}{first['msg']}"
        raise LockMismatch(f"{told}; make it anew: claims lock") from error
    if lock.version != VERSION:
        raise LockMismatch(
            f"{path}: lock version {lock.version}, this version of claims reads {VERSION}; make it anew: claims lock"
        )
    return lock


def held_to(path: Path, config: Config, progress: Progress | None = None) -> Config:
    """The settings with the lock's precision where they leave it open.

    Raises:
        LockMismatch: there is no lock, or it pins other models than these settings use.
        ModelUnavailable: there is no such model.
    """
    lock = read(path)
    if config.embed.precision == "auto":
        embed = config.embed.model_copy(update={"precision": lock.encoder.precision})
        config = config.model_copy(update={"embed": embed})
    found = models_of(config, progress)
    differing = [
        f"{name} is {_short(now)}, the lock has {_short(pinned)}"
        for name, now, pinned in (
            ("model", found.encoder.model, lock.encoder.model),
            ("precision", found.encoder.precision, lock.encoder.precision),
            ("prefix", repr(found.encoder.prefix), repr(lock.encoder.prefix)),
            ("weights", found.encoder.weights, lock.encoder.weights),
            ("positions", found.position, lock.position),
        )
        if now != pinned
    ]
    if differing:
        raise LockMismatch(
            f"{path}: {'; '.join(differing)}; install the locked version, or take the new models with: claims lock"
        )
    return config


def _short(value: str) -> str:
    return value[:12] if len(value) == 64 else value
