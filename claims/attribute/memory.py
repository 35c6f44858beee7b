"""What an article has said so far about its actors: full names, offices, and who spoke last."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from claims.attribute.lexicon import Lexicon, spellings
from claims.attribute.mentions import Mention
from claims.attribute.registry import Entity, Registry
from claims.records import Actor
from claims.text.names import skeleton
from claims.text.words import Word, words

MANY_HOLDERS = frozenset(
    ["minister", "deputy_minister", "deputy_foreign_minister", "legislator", "adviser", "envoy", "commander", "judge", "director", "governor", "mayor"]
)


@dataclass
class Memory:
    """The actors of one article; ``earliest``/``latest`` is when it was published, as far as known."""

    lexicon: Lexicon
    registry: Registry
    earliest: dt.date | None = None
    latest: dt.date | None = None
    last_speaker: Actor | None = None
    persons: dict[str, Actor] = field(default_factory=dict)
    _surnames: dict[str, str] = field(default_factory=dict)
    _roles: dict[tuple[str, str | None], str] = field(default_factory=dict)

    def see(self, actor: Actor, role: Mention | None = None) -> None:
        """Remember a person whom the article names, and the office that it gives them."""
        self.persons.setdefault(actor.id, actor)
        name_words = words(actor.surface)
        if len(name_words) > 1 or actor.id.startswith("per:"):
            self._surnames[self.lexicon.stem(name_words[-1].key)] = actor.id
        if role is not None and role.role:
            self._roles[role.role, role.of] = actor.id

    def by_surname(self, word: Word) -> Actor | None:
        """The person of this article whose last name the word is."""
        for key in self.lexicon.plain_keys(word):
            found = self._surnames.get(key)
            if found:
                return self.persons[found]
        return None

    def resolve(self, mention: Mention, surface: str) -> Actor | None:
        """The actor that a mention stands for, or None where the article and the registry leave it open."""
        if mention.kind in ("person", "name"):
            return self._person(mention, surface)
        if mention.kind == "descriptor":
            return self._last(surface)
        if mention.kind == "role":
            return self._officeholder(mention, surface)
        entity = self.registry.get(mention.ids[0]) if mention.ids else None
        return self._named(entity, surface) if entity else None

    def _person(self, mention: Mention, surface: str) -> Actor | None:
        if not mention.ids:
            known_person = self.lexicon.by_skeleton.get(skeleton(surface))
            entity = self.registry.get(known_person) if known_person else None
            if entity:
                return self._named(entity, surface)
            return Actor(id=name_id(surface), name=surface, surface=surface)
        known = [actor for actor in mention.ids if actor in self.persons]
        if len(known) == 1:
            return self.persons[known[0]].model_copy(update={"surface": surface})
        candidates = [entity for actor in (known or mention.ids) if (entity := self.registry.get(actor))]
        if len(candidates) > 1:
            in_office = [e for e in candidates if any(role.overlaps(self.earliest, self.latest) for role in e.roles)]
            candidates = in_office if len(in_office) == 1 else []
        return self._named(candidates[0], surface) if candidates else None

    def _officeholder(self, mention: Mention, surface: str) -> Actor | None:
        code, of = mention.role or "", mention.of
        if code.startswith("body:"):
            return self._body(code.removeprefix("body:"), of, surface)
        said = self._roles.get((code, of))
        if said:
            return self.persons[said].model_copy(update={"surface": surface})
        if of is None:
            return self._bare_office(code, surface)
        country = self.registry.country_of(of)
        holders = self.registry.holders(code, of, self.earliest, self.latest)
        if not holders and country and country != of:
            holders = self.registry.holders(code, country, self.earliest, self.latest)
        if not holders:
            holders = self.registry.heads(of, code, self.earliest, self.latest)
        named = [entity for entity in holders if entity.id in self.persons]
        if len(named) == 1:
            return self._named(named[0], surface)
        if len(holders) == 1 and self.earliest and self.latest and _single_holder(code):
            return self._named(holders[0], surface)
        if code == "spokesperson":
            body = self.registry.get(of)
            return self._named(body, surface) if body and body.kind != "country" else _office(code, of, surface)
        return _office(code, of, surface)

    def _bare_office(self, code: str, surface: str) -> Actor | None:
        """ "The minister" without a country: the one of this article who holds such an office, else who spoke last."""
        speaker = self.last_speaker
        if speaker and self._held(speaker.id, code):
            return self._last(surface)
        if code == "movement_leader":
            return self._last(surface)
        matching = [actor for (role, _), actor in self._roles.items() if role == code]
        matching += [actor for actor in self.persons if actor not in matching and self._held(actor, code)]
        if len(set(matching)) == 1:
            return self.persons[matching[0]].model_copy(update={"surface": surface})
        return self._last(surface) if not matching and code in ("minister", "spokesperson") else None

    def _body(self, code: str, of: str | None, surface: str) -> Actor | None:
        """ "The foreign ministry" of somebody; without a country it is nobody in particular."""
        owner = self.registry.get(of) if of else None
        if owner is None:
            return None
        name = f"{owner.name}: {code.replace('_', ' ')}"
        return Actor(id=f"body:{code}@{owner.id}", name=name, surface=surface)

    def _held(self, actor_id: str, code: str) -> bool:
        entity = self.registry.get(actor_id)
        if any(role == code and holder == actor_id for (role, _), holder in self._roles.items()):
            return True
        general = code == "minister"
        return bool(entity) and any(
            (role.code == code or (general and role.code.endswith("_minister")))
            and role.overlaps(self.earliest, self.latest)
            for role in entity.roles  # type: ignore[union-attr]
        )

    def _last(self, surface: str) -> Actor | None:
        return self.last_speaker.model_copy(update={"surface": surface}) if self.last_speaker else None

    def _named(self, entity: Entity, surface: str) -> Actor:
        return Actor(id=entity.id, name=entity.name, surface=surface)

    def surname_candidates(self, entity: Entity) -> list[str]:
        """Keys of the last names under which texts of this language mention a person."""
        return [self.lexicon.stem(words(name)[-1].key) for name in spellings(entity, self.lexicon.lang) if words(name)]


def _single_holder(code: str) -> bool:
    """Offices that one person holds at a time; there are many envoys, advisers and ministers at once."""
    return code not in MANY_HOLDERS


def _office(code: str, of: str, surface: str) -> Actor:
    return Actor(id=f"role:{code}@{of}", name=surface, surface=surface)


def name_id(surface: str) -> str:
    """Id of a person whom the registry does not know: the folded name."""
    return "name:" + re.sub(r"\s+", "-", " ".join(word.key for word in words(surface)))
