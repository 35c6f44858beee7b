"""The actors of a run: settled by the project's decisions, joined across scripts, listed, merged and split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from claims.attribute.joining import joined
from claims.attribute.project import FILE, Project, load
from claims.errors import UsageError
from claims.extraction import Annotated
from claims.files import write_bytes
from claims.records import Actor, Claim

_UNKNOWN = "name:"


def settle(annotated: Sequence[Annotated], project: Project) -> tuple[list[Annotated], list[str]]:
    """The claims with their final actors, and one note where people were joined across spellings.

    The project's decisions come first; then unknown people are joined where it is sure (see
    :mod:`claims.attribute.joining`), but not what a decision named.
    """
    settled = [_with(item, project.settled(item.claim.actor)) if item.claim.actor else item for item in annotated]
    decided = {*project.same, *project.same.values(), *project.apart.values()}
    names: dict[str, tuple[str, int]] = {}
    for item in settled:
        actor = item.claim.actor
        if actor is not None and actor.id.startswith(_UNKNOWN) and actor.id not in decided:
            longest, count = names.get(actor.id, ("", 0))
            names[actor.id] = (max(longest, actor.name, key=len), count + 1)
    same = joined(names)
    if not same:
        return settled, []
    done = []
    for item in settled:
        actor = item.claim.actor
        into = same.get(actor.id) if actor else None
        if actor is not None and into is not None:
            item = _with(item, actor.model_copy(update={"id": into, "name": names[into][0]}))
        done.append(item)
    pairs = ", ".join(f"{names[one][0]} = {names[other][0]}" for one, other in sorted(same.items()))
    return done, [f"People joined by the sound of their names: {pairs}. `claims actors split` parts them."]


def _with(item: Annotated, actor: Actor) -> Annotated:
    if item.claim.actor == actor:
        return item
    return item.model_copy(update={"claim": item.claim.model_copy(update={"actor": actor})})


@dataclass(frozen=True)
class Listed:
    """One actor of a run: how often, by which words and in which languages the articles have it."""

    id: str
    name: str
    claims: int
    surfaces: tuple[str, ...]
    langs: tuple[str, ...]


def listed(run: Path) -> list[Listed]:
    """The actors of a run's ``claims.jsonl``, those with most claims first.

    Raises:
        UsageError: the folder has no claims, or they cannot be read.
    """
    path = run / "claims.jsonl" if run.is_dir() else run
    try:
        claims = [Claim.model_validate_json(line) for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; name the folder of `claims run --out`") from error
    except ValueError as error:
        raise UsageError(f"{path}: no claims of this version") from error
    count: Counter[str] = Counter(claim.actor.id for claim in claims if claim.actor)
    found = []
    for actor, number in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        own = [(claim, claim.actor) for claim in claims if claim.actor and claim.actor.id == actor]
        surfaces = Counter(named.surface for _, named in own)
        langs = tuple(sorted({claim.lang for claim, _ in own}))
        found.append(Listed(actor, own[0][1].name, number, tuple(word for word, _ in surfaces.most_common()), langs))
    return found


def merge(one: str, into: str, file: Path | None = None) -> Path:
    """Decide that ``one`` is ``into``; returns the file that now says so.

    Raises:
        UsageError: the ids are the same, or the decision would go round in a circle.
        ConfigError: the file cannot be read.
        OutputUnwritable: the file cannot be written.
    """
    path = file or Path(FILE)
    project = load(path if path.is_file() else None)
    _check(one, into)
    if project.settled(Actor(id=into, name="", surface="")).id == one:
        raise UsageError(f"{into} is already {one}: remove that line from {path} first")
    return _append(path, {"same": [one, into]})


def split(actor: str, surface: str, to: str, file: Path | None = None) -> Path:
    """Decide that what the articles call ``surface`` is not ``actor`` but ``to``; returns the file that now says so.

    Raises:
        UsageError, ConfigError, OutputUnwritable: as for :func:`merge`.
    """
    path = file or Path(FILE)
    load(path if path.is_file() else None)
    _check(actor, to)
    if not surface.strip():
        raise UsageError("the words that the articles use are empty")
    return _append(path, {"apart": {"id": actor, "surface": surface, "as": to}})


def _check(one: str, other: str) -> None:
    for actor in (one, other):
        if ":" not in actor:
            raise UsageError(f"{actor}: an id has a colon (per:…, org:…, name:…); `claims actors list` shows them")
    if one == other:
        raise UsageError(f"{one} is itself")


def _append(path: Path, row: dict[str, object]) -> Path:
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_bytes(path, before + orjson.dumps(row) + b"\n")
    return path
