"""run.json: what a run was made of, and how it went."""

from __future__ import annotations

import hashlib
import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import metadata
from typing import Any

import orjson

from claims import __version__
from claims.config import Config
from claims.records import SCHEMA_VERSION, Rejected

_PACKAGES = (
    "sentence-transformers",
    "torch",
    "transformers",
    "faiss-cpu",
    "numpy",
    "trafilatura",
    "htmldate",
    "sentencex",
)


def today() -> date:
    """The day of the run: ``SOURCE_DATE_EPOCH`` where it is set, so that a run can be repeated to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch and epoch.isdigit() else datetime.now(UTC).date()


def manifest(
    *,
    status: str,
    config: Config,
    inputs: Iterable[tuple[str, str]],
    counts: Mapping[str, Any],
    rejected: Sequence[Rejected],
    versions: Mapping[str, str],
    notes: Sequence[str],
    outputs: Mapping[str, bytes],
    times: Mapping[str, float],
) -> dict[str, Any]:
    """The content of run.json. ``inputs`` are article paths with their languages; ``times`` are seconds by step."""
    by_reason = Counter(f"{item.stage}.{item.reason}" for item in rejected)
    return {
        "schema_version": SCHEMA_VERSION,
        "status": status,
        "date": today().isoformat(),
        "tool": {"name": "claims", "version": __version__},
        "versions": {**versions, "python": platform.python_version(), **_installed()},
        "config": config.model_dump(mode="json"),
        "inputs": sorted({path for path, _ in inputs}),
        "counts": {**counts, "rejected": dict(sorted(by_reason.items()))},
        "notes": list(notes),
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(outputs.items())},
        "seconds": {name: round(value, 3) for name, value in times.items()},
    }


def encoded(content: Mapping[str, Any]) -> bytes:
    """run.json as bytes: indented, with a final line break."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def _installed() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
