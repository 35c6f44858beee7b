"""A run's folder as the gate reads it: only what is whole, and only what its run.json vouches for."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.baseline.fingerprint import Keyed, article_identity, keyed
from claims.errors import RunIncomplete
from claims.records import SCHEMA_VERSION, Article, Finding

MANIFEST = "run.json"
FINDINGS = "findings.jsonl"
ARTICLES = "articles.jsonl"

_Record = TypeVar("_Record", Article, Finding)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Counts(_Part):
    """How much a run read and found; ``rejected`` counts what was left out, by reason."""

    articles: int = Field(default=0, ge=0)
    claims: int = Field(default=0, ge=0)
    claims_with_holder: int = Field(default=0, ge=0)
    findings: int = Field(default=0, ge=0)
    rejected: dict[str, int] = {}


class RunManifest(_Part):
    """What the gate needs of run.json; anything else in it is left to others."""

    schema_version: int
    status: str
    id: str = ""
    counts: Counts = Counts()
    outputs: dict[str, str] = {}

    @property
    def complete(self) -> bool:
        """Whether the run says that it came to its end with all its input."""
        return self.status == "complete"


@dataclass(frozen=True, slots=True)
class Run:
    """A run: its findings with their keys, the articles that these name (by id), and the identities of all articles."""

    folder: Path
    manifest: RunManifest
    findings: tuple[Keyed, ...] = ()
    articles: Mapping[str, Article] | None = None
    identities: frozenset[str] = frozenset()


def read_run(folder: Path) -> Run:
    """A run as its folder has it. Of an incomplete run only the manifest is read.

    Raises:
        RunIncomplete: a file is missing, torn or not the one that the run wrote; the message names it.
    """
    manifest = _manifest(folder)
    if not manifest.complete:
        return Run(folder, manifest)
    for name in (FINDINGS, ARTICLES):
        if name not in manifest.outputs:
            raise RunIncomplete(f"{folder / MANIFEST}: names no digest for {name}; {_again(folder)}")
    for name, digest in sorted(manifest.outputs.items()):
        _check(folder, name, digest)
    findings = list(_records(folder / FINDINGS, Finding))
    if len(findings) != manifest.counts.findings:
        told = manifest.counts.findings
        raise RunIncomplete(f"{folder / FINDINGS}: {len(findings)} findings, run.json counts {told}; {_again(folder)}")
    named = {side.article_id for finding in findings for side in (finding.earlier, finding.later)}
    identities, articles = set(), {}
    for article in _records(folder / ARTICLES, Article):
        identities.add(article_identity(article))
        if article.id in named:
            articles[article.id] = article
    for finding in findings:
        missing = {finding.earlier.article_id, finding.later.article_id} - articles.keys()
        if missing:
            raise RunIncomplete(f"{folder / FINDINGS}: names article {min(missing)}, which {ARTICLES} lacks")
    return Run(folder, manifest, tuple(keyed(findings, articles)), articles, frozenset(identities))


def read_complete(folder: Path) -> Run:
    """A run from which a baseline may be made or changed.

    Raises:
        RunIncomplete: as :func:`read_run`, and where the run did not complete or read no article.
    """
    run = read_run(folder)
    if not run.manifest.complete:
        raise RunIncomplete(f"{folder}: the run is {run.manifest.status}; {_again(folder)}")
    if not run.manifest.counts.articles:
        raise RunIncomplete(f"{folder}: the run read no article; {_again(folder)}")
    return run


def _again(folder: Path) -> str:
    return f"run it again: {rerun(folder)}"


def rerun(folder: Path | str) -> str:
    """The command that makes a run's folder."""
    return f"claims run PATH… --out {shlex.quote(str(folder))}"


def _manifest(folder: Path) -> RunManifest:
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise RunIncomplete(f"{folder}: no finished run here (no {MANIFEST}); make one: {rerun(folder)}") from error
    except OSError as error:
        raise RunIncomplete(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        manifest = RunManifest.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise RunIncomplete(f"{path}: {place + ': ' if place else ''}{first['msg']}; {_again(folder)}") from error
    if manifest.schema_version != SCHEMA_VERSION:
        raise RunIncomplete(
            f"{path}: written with schema version {manifest.schema_version}, this version of claims reads "
            f"{SCHEMA_VERSION}; {_again(folder)}"
        )
    return manifest


def _check(folder: Path, name: str, digest: str) -> None:
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name:
        raise RunIncomplete(f"{folder / MANIFEST}: output {name!r} lies outside the run's folder")
    path = folder / relative
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise RunIncomplete(f"{path}: missing, though run.json names it; {_again(folder)}") from error
    except OSError as error:
        raise RunIncomplete(f"{path}: cannot be read: {error.strerror or error}") from error
    if found != digest.lower().removeprefix("sha256:"):
        raise RunIncomplete(f"{path}: not the file that the run wrote (its digest differs); {_again(folder)}")


def _records(path: Path, model: type[_Record]) -> Iterator[_Record]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield model.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(str(part) for part in first["loc"])
                raise RunIncomplete(f"{path}:{number}: {place + ': ' if place else ''}{first['msg']}") from error
