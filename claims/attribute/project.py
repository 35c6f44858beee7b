"""A project's own actors: ``actors.jsonl`` adds to the built-in registry, corrects it, joins and parts.

A line is one of

- an actor in the form of the registry files (``registry/SOURCES.md``): a new id adds it, a known one corrects it: the
  names are added, every other field that the line has takes the place of the built-in one;
- ``{"same": ["name:…", "per:…"]}``: the first id is the second one's person;
- ``{"apart": {"id": "per:…", "surface": "…", "as": "name:…"}}``: what the articles call by these words is somebody
  else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from claims.attribute.registry import Entity, Registry, actor_of, built_in
from claims.errors import ConfigError
from claims.records import Actor
from claims.text.normalise import fold

FILE = "actors.jsonl"


@dataclass(frozen=True)
class Project:
    """The registry of a project, and its decisions on ids that runs gave: ``same`` and ``apart``."""

    registry: Registry
    same: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def settled(self, actor: Actor) -> Actor:
        """The actor that the project's decisions make of one."""
        other = self.apart.get((actor.id, fold(actor.surface)))
        if other is not None:
            return self._renamed(actor, other)
        seen = {actor.id}
        found = actor.id
        while (after := self.same.get(found)) is not None and after not in seen:
            seen.add(after)
            found = after
        return self._renamed(actor, found) if found != actor.id else actor

    def _renamed(self, actor: Actor, found: str) -> Actor:
        entity = self.registry.get(found)
        name = entity.name if entity else actor.name
        return actor.model_copy(update={"id": found, "name": name})


def load(path: Path | None = None) -> Project:
    """The project of a file; that of ``actors.jsonl`` in the working folder if None, and the built-in one without it.

    Raises:
        ConfigError: the file is named and absent, or a line of it is none of the three kinds.
    """
    chosen = path or (Path(FILE) if Path(FILE).is_file() else None)
    if chosen is None:
        return Project(built_in())
    try:
        raw = chosen.read_bytes()
    except OSError as error:
        raise ConfigError(f"{chosen}: cannot be read: {error.strerror}") from error
    return _project(str(chosen), raw)


@lru_cache(maxsize=8)
def _project(path: str, raw: bytes) -> Project:
    entities = dict(built_in().entities)
    same: dict[str, str] = {}
    apart: dict[tuple[str, str], str] = {}
    for number, line in enumerate(raw.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            if not isinstance(row, dict):
                raise ValueError("no JSON object")
            _take(row, entities, same, apart)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            why = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            raise ConfigError(f"{path}:{number}: no actor and no decision: {why}") from error
    return Project(Registry(entities.values(), hashlib.sha256(raw).hexdigest()), same, apart)


def _take(
    row: dict[str, Any], entities: dict[str, Entity], same: dict[str, str], apart: dict[tuple[str, str], str]
) -> None:
    if "same" in row:
        one, other = (str(actor) for actor in row["same"])
        same[one] = other
    elif "apart" in row:
        parted = row["apart"]
        apart[str(parted["id"]), fold(str(parted["surface"]))] = str(parted["as"])
    else:
        known = entities.get(str(row["id"]))
        entities[str(row["id"])] = actor_of(row, known)
