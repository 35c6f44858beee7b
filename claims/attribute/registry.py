"""The actor registry: people, institutions and countries with their names in several scripts and dated roles.

The built-in files lie beside this module in ``registry/``; their form and sources are in ``registry/SOURCES.md``.
Names of countries come from CLDR through Babel, in every language that CLDR has.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parent / "registry"


@dataclass(frozen=True, slots=True)
class Role:
    """An office held from a day to a day; ``None`` is an open end.

    ``of`` is an actor id (``cty:RU``, ``org:nato``); ``at`` the one that an ambassador is sent to, where it is
    recorded.
    """

    code: str
    of: str | None
    start: dt.date | None
    end: dt.date | None
    at: str | None = None

    def overlaps(self, earliest: dt.date | None, latest: dt.date | None) -> bool:
        """Whether the office was held on some day of the interval (open ends allowed)."""
        begins_in_time = self.start is None or latest is None or self.start <= latest
        return begins_in_time and (self.end is None or earliest is None or self.end >= earliest)


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor of the registry. ``names`` maps a language to spellings; ``country`` is an actor id or None."""

    id: str
    kind: str
    name: str
    country: str | None
    names: dict[str, tuple[str, ...]]
    roles: tuple[Role, ...] = ()
    short: dict[str, tuple[str, ...]] = field(default_factory=dict)
    demonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    metonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gender: str | None = None


class Registry:
    """All known actors, by id and by office; ``digest`` tells a project's registry from the built-in one."""

    def __init__(self, entities: Iterable[Entity], digest: str = "") -> None:
        self.digest = digest
        self.entities = {entity.id: entity for entity in entities}
        self._holders: dict[tuple[str, str | None], list[tuple[Role, Entity]]] = defaultdict(list)
        for entity in self.entities.values():
            for role in entity.roles:
                self._holders[role.code, role.of].append((role, entity))

    def get(self, actor_id: str) -> Entity | None:
        """The actor, or None for an id that the registry does not have."""
        return self.entities.get(actor_id)

    def holders(
        self,
        code: str,
        of: str | None,
        earliest: dt.date | None = None,
        latest: dt.date | None = None,
        at: str | None = None,
    ) -> list[Entity]:
        """Who held the office (``at`` a posting) within the interval, each once, in the order of the registry."""
        held = self._holders.get((code, of), ())
        return _unique([e for role, e in held if at in (None, role.at) and role.overlaps(earliest, latest)])

    def head_codes(self, of: str, code: str) -> frozenset[str]:
        """The offices meant by a general word for the head of a country or body ("leader", "chief", "president")."""
        if of.startswith("cty:"):
            return _HEADS_OF_STATES if code in _GENERAL else frozenset()
        return frozenset() if code in _SERVANTS or ":" in code else _HEADS

    def heads(self, of: str, code: str, earliest: dt.date | None = None, latest: dt.date | None = None) -> list[Entity]:
        """Who may be meant by "the leader of", "the chief of", "the president of" where the body has another word for
        it.
        """
        codes = self.head_codes(of, code)
        offices = [head for head, body in self._holders if body == of and head in codes]
        return _unique([holder for head in offices for holder in self.holders(head, of, earliest, latest)])

    def speaks_for(self, actor_id: str, earliest: dt.date | None, latest: dt.date | None) -> Entity | None:
        """The body or state for which an actor speaks within the interval; None for anybody but a spokesperson."""
        code, _, of = actor_id.removeprefix("role:").partition("@")
        entity = self.entities.get(actor_id)
        served = [of] if actor_id.startswith("role:") and code == "spokesperson" else []
        if entity is not None and (earliest or latest):
            held = (role for role in entity.roles if role.code == "spokesperson" and role.overlaps(earliest, latest))
            served += [role.of for role in held if role.of]
        known = {body.id: body for one in served if (body := self.entities.get(one))}
        return next(iter(known.values())) if len(known) == 1 else None

    def country_of(self, actor_id: str) -> str | None:
        """The country that an actor belongs to or is; None for international bodies and unknown actors."""
        if actor_id.startswith("cty:"):
            return actor_id
        entity = self.entities.get(actor_id)
        if entity is not None:
            return entity.country
        _, _, of = actor_id.partition("@")
        return self.country_of(of) if of else None


# Words for whoever leads, whatever the office is called.
_GENERAL = frozenset(["movement_leader", "director"])
_HEADS_OF_STATES = frozenset(["head_of_state", "head_of_government", "supreme_leader"])
# Offices in the service of a body: its head is not meant by them.
_SERVANTS = frozenset(["spokesperson", "adviser", "envoy", "ambassador"])
# Offices at the top of a body, whatever the body calls them.
_HEADS = frozenset(
    [
        "secretary_general",
        "director",
        "commission_president",
        "council_president",
        "central_bank_governor",
        "central_bank_president",
        "chief_executive",
        "party_leader",
        "movement_leader",
        "club_president",
        "commander",
        "head_of_state",
    ]
)


def _unique(entities: list[Entity]) -> list[Entity]:
    return list({entity.id: entity for entity in entities}.values())


@cache
def built_in() -> Registry:
    """The registry that ships with the tool."""
    people = [_person(line) for path in sorted(FOLDER.glob("people*.jsonl")) for line in _lines(path)]
    institutions = [_institution(line) for line in _lines(FOLDER / "institutions.jsonl")]
    countries = [_country(line) for line in _lines(FOLDER / "countries.jsonl")]
    return Registry([*people, *institutions, *countries])


def _lines(path: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def _names(raw: dict[str, list[str]] | None) -> dict[str, tuple[str, ...]]:
    return {lang: tuple(values) for lang, values in (raw or {}).items()}


def actor_id(code: str | None) -> str | None:
    """The actor id behind a registry reference: an ISO 3166 code becomes ``cty:XX``, an id stays."""
    if not code:
        return None
    return code if ":" in code else f"cty:{code.upper()}"


def _person(raw: dict[str, Any]) -> Entity:
    roles = tuple(
        Role(
            role["role"],
            actor_id(role.get("of")),
            _date(role.get("from"), False),
            _date(role.get("to"), True),
            actor_id(role.get("at")),
        )
        for role in raw.get("roles", ())
    )
    return Entity(
        raw["id"],
        "person",
        raw["name"],
        actor_id(raw.get("country")),
        _names(raw["names"]),
        roles,
        _names(raw.get("short")),
        gender=raw.get("gender"),
    )


def _institution(raw: dict[str, Any]) -> Entity:
    return Entity(raw["id"], raw["kind"], raw["name"], actor_id(raw.get("country")), _names(raw["names"]))


def _country(raw: dict[str, Any]) -> Entity:
    english = _territories("en").get(raw["code"], raw["code"])
    return Entity(
        raw["id"],
        "country",
        english,
        raw["id"],
        _names(raw.get("extra_names")),
        demonyms=_names(raw.get("demonyms")),
        metonyms=_names(raw.get("metonyms")),
    )


def actor_of(raw: dict[str, Any], known: Entity | None = None) -> Entity:
    """The actor of one line of a project; where it is ``known``, its names are added to and its other fields replaced.

    Raises:
        KeyError: a new actor lacks its id, name or names.
        ValueError: a date is no date, or the kind of actor cannot be told.
    """
    if known is None:
        if raw["id"].startswith("per:"):
            return _person(raw)
        if raw["id"].startswith("org:"):
            return _institution({"kind": "international", **raw})
        raise ValueError(f"{raw['id']}: a new id begins with per: or org:")
    line = _person({"name": known.name, "country": None, "names": {}, **raw})
    names = {lang: (*known.names.get(lang, ()), *line.names.get(lang, ())) for lang in known.names | line.names}
    return replace(
        known,
        name=line.name,
        country=line.country if "country" in raw else known.country,
        names={lang: tuple(dict.fromkeys(spelled)) for lang, spelled in names.items()},
        short={**known.short, **line.short},
        roles=line.roles if "roles" in raw else known.roles,
        gender=line.gender or known.gender,
    )


@cache
def _territories(lang: str) -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        return dict(Locale.parse(lang).territories)
    except (UnknownLocaleError, ValueError):
        return {}


def country_name(code: str, lang: str) -> str | None:
    """CLDR's name of a country (ISO 3166 alpha-2) in a language; None where it has none."""
    return _territories(lang).get(code)


def _date(value: str | None, last: bool) -> dt.date | None:
    """First or last day that a date of the registry (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``) can mean."""
    if not value:
        return None
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else (12 if last else 1)
    if not last:
        return dt.date(year, month, 1)
    return (dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)
