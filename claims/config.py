"""All settings, in one frozen model. claims.toml is overridden by the environment, and that by flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.errors import ConfigError

FILE = "claims.toml"
_PREFIX = "CLAIMS_"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IngestConfig(_Section):
    """What is read. ``max_bytes`` bounds one page; ``exclude`` are globs of paths that are left out."""

    max_bytes: int = Field(default=20_000_000, ge=1)
    exclude: tuple[str, ...] = ()


class ActorsConfig(_Section):
    """``file``: the project's own actors; ``actors.jsonl`` of the working folder, if there is one, where None."""

    file: Path | None = None


class EmbedConfig(_Section):
    """``model``: ``default``, a sentence-transformers folder, or a hub name."""

    model: str = "default"
    precision: str = Field(default="auto", pattern="^(auto|fp32|bf16)$")
    batch_size: int = Field(default=16, ge=1, le=1024)
    threads: int | None = Field(default=None, ge=1)


class RetrieveConfig(_Section):
    """``min_similarity``: least cosine of a candidate pair; ``max_per_claim``: closest pairs kept for each claim.

    ``prune``: whether pairs that cheap features call unrelated or the same are left unread; without it every pair of
    one holder whose order is known is read, which is slow and there to measure what pruning loses.
    """

    min_similarity: float = Field(default=0.78, ge=-1, le=1)
    max_per_claim: int = Field(default=40, ge=1)
    prune: bool = True


class ShiftConfig(_Section):
    """``min_probability``: findings below it are not reported.

    ``noise_band``: a finding that the baseline knows is reported until its probability falls this far below.
    """

    min_probability: float = Field(default=0.4, ge=0, le=1)
    noise_band: float = Field(default=0.02, ge=0, le=0.2)


class JudgeConfig(_Section):
    """``name``: a cross-encoder's hub name or folder, or ``openai:MODEL``; none if empty. ``budget``: most calls."""

    name: str = ""
    base_url: str | None = None
    budget: int = Field(default=200, ge=0)


class ExplainConfig(_Section):
    """``most``: findings, the most certain first, whose words are measured by leaving them out."""

    most: int = Field(default=50, ge=0)


class Config(_Section):
    """Everything that a run depends on beside its input."""

    ingest: IngestConfig = IngestConfig()
    actors: ActorsConfig = ActorsConfig()
    embed: EmbedConfig = EmbedConfig()
    retrieve: RetrieveConfig = RetrieveConfig()
    judge: JudgeConfig = JudgeConfig()
    explain: ExplainConfig = ExplainConfig()
    shift: ShiftConfig = ShiftConfig()


def load(file: Path | None = None, flags: Mapping[str, Mapping[str, Any]] | None = None) -> Config:
    """The settings of a run.

    ``file`` is claims.toml (the one in the working folder if None and there is one); ``flags`` maps a section to
    values that were given on the command line, None meaning "not given". Environment variables are
    ``CLAIMS_SECTION_NAME``.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown or out of range.
    """
    path = file or (Path(FILE) if Path(FILE).is_file() else None)
    values: dict[str, dict[str, Any]] = {}
    if path is not None:
        try:
            read = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read as settings: {error}") from error
        # The gate reads its own section.
        values = {name: section for name, section in read.items() if name != "gate"}
    for section, field in Config.model_fields.items():
        model = field.annotation
        for name in getattr(model, "model_fields", {}):
            given = os.environ.get(f"{_PREFIX}{section}_{name}".upper())
            if given is not None:
                values.setdefault(section, {})[name] = given
    for section, given_flags in (flags or {}).items():
        values.setdefault(section, {}).update({name: value for name, value in given_flags.items() if value is not None})
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path or 'settings'}: {place}: {first['msg']}") from error
