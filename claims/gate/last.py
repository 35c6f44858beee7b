"""How much the last run had: ``passed.json`` in a run's folder, written when the gate passes.

Only a run that passed becomes the measure for the next: a run that lost half its articles and failed must not make the
next one with as few pass.
"""

from __future__ import annotations

from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.errors import UsageError
from claims.files import write_bytes
from claims.gate.read import MANIFEST, RunManifest

PASSED = "passed.json"


class Size(BaseModel):
    """How many articles and claims a run had, and which run it was (``id`` of its run.json)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    run: str = ""
    articles: int = Field(ge=0)
    claims: int = Field(ge=0)


def remember(folder: Path, manifest: RunManifest) -> None:
    """Notes in a run's folder that the run passed.

    Raises:
        OutputUnwritable: the folder cannot be written.
    """
    size = Size(run=manifest.id, articles=manifest.counts.articles, claims=manifest.counts.claims)
    write_bytes(folder / PASSED, orjson.dumps(size.model_dump()) + b"\n")


def last_run(folder: Path, named: Path | None = None) -> Size | None:
    """How much the last run that passed in ``folder`` had; None where none did.

    ``named`` is the folder of another run, whether or not it passed a gate.

    Raises:
        UsageError: ``named`` holds no finished run, or a file that is there cannot be read.
    """
    found = _size((named or folder) / PASSED)
    if found is not None or named is None:
        return found
    path = named / MANIFEST
    try:
        manifest = RunManifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        told = f"{named}: --last names no finished run (neither {PASSED} nor a readable {MANIFEST})"
        raise UsageError(told) from error
    if not manifest.complete:
        raise UsageError(f"{named}: --last names a run that is {manifest.status or 'without a status'}")
    return Size(run=manifest.id, articles=manifest.counts.articles, claims=manifest.counts.claims)


def _size(path: Path) -> Size | None:
    try:
        return Size.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return None
    except (OSError, ValidationError) as error:
        raise UsageError(f"{path}: cannot be read as the size of the last run; delete it") from error
