"""What an article has said so far about its actors: full names, offices, and who spoke last."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from claims.attribute.lexicon import Lexicon
from claims.attribute.mention import Mention
from claims.attribute.names import sounding, spellings
from claims.attribute.registry import Entity, Registry, Role
from claims.records import Actor
from claims.text.names import skeleton
from claims.text.words import Word, words

# Offices and trades that many people have at once: the word alone points at nobody outside the article.
MANY_HOLDERS = frozenset(
    [
        "minister",
        "deputy_minister",
        "deputy_foreign_minister",
        "legislator",
        "adviser",
        "envoy",
        "commander",
        "judge",
        "director",
        "governor",
        "mayor",
    ]
)
# Words so general that they mean whoever spoke last, where nobody of the article holds such an office.
_GENERAL = frozenset(["minister", "spokesperson", "movement_leader", "prince"])
# Two spellings of one name share at least so much.
_ALIKE = 0.6
_ALIKE_LAST = 0.75


@dataclass
class Memory:
    """The actors of one article; ``earliest``/``latest`` is when it was published, as far as known."""

    lexicon: Lexicon
    registry: Registry
    earliest: dt.date | None = None
    latest: dt.date | None = None
    persons: dict[str, Actor] = field(default_factory=dict)
    last_source: Actor | None = None
    """Who told what was said last, which may not be who said it."""
    _speakers: list[tuple[Actor | None, str | None]] = field(default_factory=list)
    _surnames: dict[str, str] = field(default_factory=dict)
    _first_names: dict[str, str] = field(default_factory=dict)
    _roles: dict[tuple[str, str | None], str] = field(default_factory=dict)
    _aliases: dict[str, str] = field(default_factory=dict)
    _bodies: dict[str, None] = field(default_factory=dict)
    _genders: dict[str, str] = field(default_factory=dict)
    _name_keys: dict[str, set[str]] = field(default_factory=dict)
    _news: list[str] = field(default_factory=list)
    """The keys by which the article made somebody known, in order; the empty key stands for a country or body."""

    # ── What the article says ────────────────────────────────────────────────────────────────────────────────────────

    def see(self, actor: Actor, role: Mention | None = None) -> None:
        """Remember a person whom the article names, and the office that it gives them."""
        self.persons.setdefault(actor.id, actor)
        parts = words(actor.surface)
        keys = self._name_keys.setdefault(actor.id, set())
        self._news += [word.key for word in parts if word.key not in keys]
        keys.update(word.key for word in parts)
        if len(parts) > 1 or actor.id.startswith("per:"):
            self._learn(self._surnames, self.lexicon.stem(parts[-1].key), actor)
            self._learn(self._surnames, parts[-1].key, actor)
        if len(parts) > 1 and self.lexicon.stem(parts[0].key) not in self._first_names:
            self._learn(self._first_names, self.lexicon.stem(parts[0].key), actor)
        if role is not None and role.role:
            self._roles[role.role, role.of] = actor.id

    def _learn(self, names: dict[str, str], key: str, actor: Actor) -> None:
        if names.get(key) != actor.id:
            names[key] = actor.id
            self._news.append(key)

    def age(self) -> int:
        """How much the article has made known so far; grows."""
        return len(self._news)

    def news_since(self, age: int) -> set[str]:
        """The keys of the names that became known since (the empty key for a country or a body)."""
        return set(self._news[age:])

    def note(self, mention: Mention) -> None:
        """Remember the countries and bodies that a mention names, for "the kingdom" and "the alliance"."""
        for inner in (mention, *mention.inner):
            if inner.kind not in ("person", "name", "descriptor") and len(inner.ids) == 1:
                if inner.ids[0] not in self._bodies:
                    self._news.append("")
                self._bodies.setdefault(inner.ids[0])

    def spoke(self, actor: Actor | None, gender: str | None = None) -> None:
        """Remember who speaks; None for somebody whom the article leaves unnamed ("analysts")."""
        if actor is not None:
            if actor.id.startswith("per:"):
                self.persons.setdefault(actor.id, actor)
            entity = self.registry.get(actor.id)
            gender = (entity and entity.gender) or gender or self._genders.get(actor.id)
            if gender:
                self._genders[actor.id] = gender
        self._speakers = [said for said in self._speakers if actor is None or said[0] is None or said[0].id != actor.id]
        self._speakers.append((actor, gender))

    def last_speaker(self, gender: str | None = None) -> Actor | None:
        """Who spoke last, of the given gender or of one that the article does not show."""
        for actor, shown in reversed(self._speakers):
            if gender is None or shown in (None, gender):
                return actor
        return None

    def full_name(self, actor: Actor) -> str:
        """How the article calls an actor in full; the registry's name where it never does."""
        known = self.persons.get(actor.id)
        return known.surface if known is not None and len(known.surface.split()) > 1 else actor.name

    # ── Who is meant ─────────────────────────────────────────────────────────────────────────────────────────────────

    def by_surname(self, word: Word) -> Actor | None:
        """The person of this article whose last name the word is."""
        return next(
            (self.persons[self._surnames[k]] for k in self.lexicon.plain_keys(word) if k in self._surnames), None
        )

    def by_first_name(self, word: Word) -> str | None:
        """The person of this article whose first name the word is."""
        return self._first_names.get(self.lexicon.stem(word.key))

    def name_keys(self, actor_id: str) -> set[str]:
        """The folded words of a person's names, as the article and the registry have them."""
        keys = self._name_keys.setdefault(actor_id, set())
        entity = self.registry.get(actor_id)
        if entity is not None and not keys & {""}:
            # The empty key marks that the registry's spellings are in.
            keys |= {word.key for name in spellings(entity, self.lexicon.lang) for word in words(name)} | {""}
        return keys

    def named_among(self, meant: Iterable[str]) -> str | None:
        """The one actor of those meant (ids, or ``kind:…`` for any of a kind) that the article names; None if
        several.
        """
        found = []
        for actor in self._bodies:
            entity = self.registry.get(actor)
            if actor in meant or (entity and f"kind:{entity.kind}" in meant):
                found.append(actor)
        return found[0] if len(found) == 1 else None

    def resolve(self, mention: Mention, surface: str) -> Actor | None:
        """The actor that a mention stands for, or None where the article and the registry leave it open."""
        if mention.is_person:
            return self._person(mention, surface)
        if mention.kind == "descriptor":
            if mention.role == "same" and self.last_source is not None:
                return self.last_source.model_copy(update={"surface": surface})
            if mention.role == "body":
                return self._last_body(surface)
            return self._last(surface)
        if mention.kind == "role":
            return self._officeholder(mention, surface)
        entity = self.registry.get(mention.ids[0]) if mention.ids else None
        return _named(entity, surface) if entity else None

    def introduce(self, mention: Mention, surface: str, role: Mention | None) -> None:
        """Take in a person whom the article names, in full or behind a title."""
        if mention.kind == "name" and role is not None:
            known = self._known_by_office(surface, role)
            if known is not None:
                self._aliases[name_id(surface)] = known.id
        actor = self.resolve(mention, surface)
        if actor and (mention.last > mention.first or actor.id.startswith("per:")):
            self.see(actor, role)

    def _known_by_office(self, surface: str, role: Mention) -> Entity | None:
        """The registry's person behind an unlisted spelling: the office was theirs, and the name is alike."""
        given = [word.key for word in words(surface)]
        for entity in self._holders(role.role or "", role.of, dated=False):
            for name in spellings(entity, self.lexicon.lang):
                own = [word.key for word in words(name)]
                # Colleagues and relatives share an office or a last name: both names must be alike.
                both = len(given) < 2 or len(own) < 2 or _alike(own[0], given[0], _ALIKE)
                if both and _alike(own[-1], given[-1], _ALIKE_LAST) and _likeness(name, surface) >= _ALIKE:
                    return entity
        return None

    def _person(self, mention: Mention, surface: str) -> Actor | None:
        if not mention.ids:
            known_person = self._aliases.get(name_id(surface)) or self.lexicon.names.skeletons.get(skeleton(surface))
            known_person = known_person or sounding(surface, self.lexicon.lang, self.registry)
            entity = self.registry.get(known_person) if known_person else None
            shorter = (
                [a for a in self.persons if name_id(surface) != a and self._is_part(surface, a)] if not entity else []
            )
            if len(shorter) == 1:
                return self._again(shorter[0], surface)
            return _named(entity, surface) if entity else Actor(id=name_id(surface), name=surface, surface=surface)
        known = [actor for actor in mention.ids if actor in self.persons]
        if len(known) == 1:
            return self.persons[known[0]].model_copy(update={"surface": surface})
        candidates = [entity for actor in (known or mention.ids) if (entity := self.registry.get(actor))]
        if len(candidates) > 1:
            in_office = [e for e in candidates if any(role.overlaps(self.earliest, self.latest) for role in e.roles)]
            candidates = in_office if len(in_office) == 1 else []
        return _named(candidates[0], surface) if candidates else None

    def _is_part(self, surface: str, actor_id: str) -> bool:
        """Whether all words of a name are words of a longer one that the article has for a person."""
        keys = {word.key for word in words(surface)}
        return keys < self._name_keys.get(actor_id, set()) - {""}

    def _officeholder(self, mention: Mention, surface: str) -> Actor | None:
        code, of = mention.role or "", mention.of
        if mention.is_office_body:
            return self._body(code.removeprefix("body:"), of, surface)
        said = self._roles.get((code, of))
        if said and (of is not None or len(self._holding(code, None)) == 1):
            return self._again(said, surface)
        here = self._holding(code, of)
        if here:
            return self._again(self._latest(here), surface)
        if of is None:
            return self._last(surface) if code in _GENERAL or mention.is_trade else None
        posted = self.registry.holders(code, of, self.earliest, self.latest, _posting(mention))
        holders = posted if len(posted) == 1 else self._holders(code, of)
        if len(holders) == 1 and self.earliest and self.latest and code not in MANY_HOLDERS:
            return _named(holders[0], surface)
        body = self.registry.get(of)
        if code == "spokesperson" and body and body.kind != "country":
            return _named(body, surface)
        return Actor(id=f"role:{code}@{of}", name=surface, surface=surface)

    def _holding(self, code: str, of: str | None) -> list[str]:
        """The people of this article who hold the office, in the order in which it names them."""
        return [actor for actor in self.persons if self._held(actor, code, of)]

    def _latest(self, actors: list[str]) -> str:
        """Of several: who spoke last, else who was named first (in the title or the lead)."""
        return next((a.id for a, _ in reversed(self._speakers) if a and a.id in actors), actors[0])

    def _held(self, actor_id: str, code: str, of: str | None) -> bool:
        given = ((role, body) for (role, body), holder in self._roles.items() if holder == actor_id)
        if any(_is_called(role, code) and self._belongs(body, of) for role, body in given):
            return True
        entity = self.registry.get(actor_id)
        if entity is not None and code == "prince" and _is_prince(entity):
            return True
        return entity is not None and any(
            (_is_called(role.code, code) or self._leads(role, code, of))
            and self._belongs(role.of, of)
            and role.overlaps(self.earliest, self.latest)
            for role in entity.roles
        )

    def _leads(self, role: Role, code: str, of: str | None) -> bool:
        """Whether a role is meant by a general word for the head of a body or a state ("Turkey's leader")."""
        return of is not None and role.of == of and role.code in self.registry.head_codes(of, code)

    def _belongs(self, body: str | None, of: str | None) -> bool:
        """Whether an office of ``body`` may be called an office of ``of``: it is the same, or its country."""
        if of is None or body == of:
            return True
        return (body is not None and self.registry.country_of(body) == of) or self._is_seat(of, body)

    def _is_seat(self, of: str, body: str | None) -> bool:
        """Whether ``of`` is the seat of a state's power ("the master of the Kremlin")."""
        entity = self.registry.get(of)
        return entity is not None and entity.kind == "government" and entity.country == body

    def _holders(self, code: str, of: str | None, dated: bool = True) -> list[Entity]:
        """Who held the office, at the article's time or ever."""
        if of is None:
            return []
        earliest, latest = (self.earliest, self.latest) if dated else (None, None)
        holders = self.registry.holders(code, of, earliest, latest)
        country = self.registry.country_of(of)
        if not holders and country and country != of:
            holders = self.registry.holders(code, country, earliest, latest)
        return holders or self.registry.heads(of, code, earliest, latest)

    def _body(self, code: str, of: str | None, surface: str) -> Actor | None:
        """ "The foreign ministry" of somebody; without a country it is nobody in particular."""
        owner = self.registry.get(of) if of else None
        if owner is None:
            return None
        name = f"{owner.name}: {code.replace('_', ' ')}"
        return Actor(id=f"body:{code}@{owner.id}", name=name, surface=surface)

    def _again(self, actor_id: str, surface: str) -> Actor:
        return self.persons[actor_id].model_copy(update={"surface": surface})

    def _last_body(self, surface: str) -> Actor | None:
        """The body that spoke last ("the ministry"); people in between do not matter."""
        spoken = (actor for actor, _ in reversed(self._speakers) if actor and actor.id.startswith(("org:", "body:")))
        found = next(spoken, None)
        return found.model_copy(update={"surface": surface}) if found else None

    def _last(self, surface: str) -> Actor | None:
        speaker = self.last_speaker()
        return speaker.model_copy(update={"surface": surface}) if speaker else None


def _is_prince(entity: Entity) -> bool:
    names = (*entity.names.get("en", ()), *entity.short.get("en", ()))
    return any(name.startswith("Prince") for name in names) or any(role.code == "crown_prince" for role in entity.roles)


def _is_called(held: str, code: str) -> bool:
    """Whether an office may be called by a title: by its own, and a ministry's head by "the minister"."""
    return held == code or (code == "minister" and held.endswith("_minister"))


def _posting(mention: Mention) -> str | None:
    """Where an ambassador is sent to: the second country or body of the title."""
    ids = [inner.ids[0] for inner in mention.inner if len(inner.ids) == 1 and inner.ids[0] != mention.of]
    return ids[0] if ids else None


def _alike(one: str, other: str, least: float) -> bool:
    return skeleton(one) == skeleton(other) or _likeness(one, other) >= least


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _named(entity: Entity, surface: str) -> Actor:
    return Actor(id=entity.id, name=entity.name, surface=surface)


def name_id(surface: str) -> str:
    """Id of a person whom the registry does not know: the folded name."""
    return "name:" + re.sub(r"\s+", "-", " ".join(word.key for word in words(surface)))
