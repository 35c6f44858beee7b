"""run.json: everything that is needed to repeat a run and to trust its files."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import orjson
from packaging.requirements import Requirement

from claims import __version__
from claims.config import Config
from claims.records import SCHEMA_VERSION, Article, Finding, Rejected

FILE = "run.json"
PACKAGE = Path(__file__).parent
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a run read: its path as it was given, and the SHA-256 of its bytes (None for standard input)."""

    path: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a run tells of itself. ``given`` are files beside the articles by their part: ``dates``, ``baseline``."""

    status: str
    inputs: Sequence[InputFile] = ()
    given: Mapping[str, InputFile] = field(default_factory=dict)
    articles: Sequence[Article] = ()
    findings: Sequence[Finding] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)
    rejected: Sequence[Rejected] = ()
    models: Mapping[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()


def today() -> date:
    """The day of the run: ``SOURCE_DATE_EPOCH`` where it is set, so that a run can be repeated to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch and epoch.isdigit() else datetime.now(UTC).date()


def input_file(path: Path, shown: str | None = None) -> InputFile:
    """A file with its digest; None for what cannot be read (the stage that needs it says so)."""
    if not path.is_file():
        # Opening a pipe would wait for ever.
        return InputFile(shown or str(path), None)
    try:
        with path.open("rb") as file:
            return InputFile(shown or str(path), hashlib.file_digest(file, "sha256").hexdigest())
    except OSError:
        return InputFile(shown or str(path), None)


def manifest(
    facts: Facts,
    config: Config,
    *,
    outputs: Mapping[str, bytes] | None = None,
    times: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """The content of run.json. ``outputs`` are files by name, ``times`` seconds by step."""
    by_reason = Counter(f"{item.stage}.{item.reason}" for item in facts.rejected)
    return {
        "schema_version": SCHEMA_VERSION,
        "status": facts.status,
        "id": run_id(facts.articles, facts.findings),
        "date": today().isoformat(),
        "tool": {"name": "claims", "version": __version__, "code": code_digest()},
        "command": ["claims", *sys.argv[1:]],
        "versions": {**facts.models, "python": platform.python_version(), **installed()},
        "environment": _environment(),
        "config": config.model_dump(mode="json"),
        "inputs": [_told(item) for item in facts.inputs],
        "given": {name: _told(item) for name, item in sorted(facts.given.items())},
        "counts": {**facts.counts, "rejected": dict(sorted(by_reason.items()))},
        "notes": list(facts.notes),
        "outputs": {name: hashlib.sha256(content).hexdigest() for name, content in sorted((outputs or {}).items())},
        "seconds": {name: round(value, 3) for name, value in (times or {}).items()},
    }


def run_id(articles: Sequence[Article], findings: Sequence[Finding]) -> str:
    """What a run is known by: its articles' texts and its findings as a person reads them.

    32 hexadecimal letters. The same input under the same models gives the same name, whatever the baseline, the cache,
    the machine or the day, so that judgements made on one run can be told from those made on another.
    """
    texts = sorted(_sha(article.text) for article in articles)
    found = sorted((f.fingerprint, f.kind, f.earlier.quote, f.later.quote) for f in findings)
    # Escaped: texts may hold lone surrogates.
    return _sha(json.dumps(["claims-run", 1, texts, found], separators=(",", ":")))[:_ID_LENGTH]


def encoded(content: Mapping[str, Any]) -> bytes:
    """run.json as bytes: indented, with a final line break."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


@cache
def code_digest() -> str:
    """SHA-256 over the package's own files, weights and language data among them: two equal ones compute alike."""
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.update(f"{path.relative_to(PACKAGE).as_posix()}\0{digest}\n".encode())
    return found.hexdigest()


@cache
def installed() -> dict[str, str]:
    """The versions of the packages that this one requires, as they are installed here."""
    found = {}
    for name in required():
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


@cache
def required() -> dict[str, Requirement]:
    """What this package's own metadata requires, without extras, by name; empty where it is not installed."""
    try:
        listed = metadata.requires("claims") or []
    except metadata.PackageNotFoundError:
        return {}
    needed = [Requirement(line) for line in listed]
    return {need.name: need for need in needed if need.marker is None or need.marker.evaluate({"extra": ""})}


def _environment() -> dict[str, Any]:
    names = sorted(name for name in os.environ if name.startswith("CLAIMS_") and name != "CLAIMS_CACHE")
    names += [name for name in ("SOURCE_DATE_EPOCH", "OMP_NUM_THREADS", "HF_HUB_OFFLINE") if name in os.environ]
    return {
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "variables": {name: os.environ[name] for name in names},
    }


def _told(item: InputFile) -> dict[str, str | None]:
    return {"path": item.path, "sha256": item.sha256}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
