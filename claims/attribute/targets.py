"""Towards whom a statement is directed: the actors that it names besides its holder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.attribute.lexicon import issue_keys
from claims.attribute.memory import Memory
from claims.attribute.mentions import Mention, find_mentions
from claims.records import Target
from claims.text.words import Word, words

if TYPE_CHECKING:
    from claims.attribute.attribution import Statement

_MOST = 4
# How many statements back a target still carries over, and from which scopes.
_MEMORY = 4
_NAMED = ("statement", "sentence")


def targets_in(statements: Sequence[Statement], text: str, memory: Memory) -> list[Statement]:
    """The statements with their targets.

    A target stands in the statement, else in the rest of its sentence, else it is the counterpart that the article names most
    often beside the holder's own side.
    """
    cache: dict[tuple[int, int, bool], list[str]] = {}

    def named(span: tuple[int, int], places: bool = True) -> list[str]:
        if (*span, places) not in cache:
            tokens = words(text, *span)
            mentions = find_mentions(tokens, memory, text)
            if not places:
                mentions = [mention for mention in mentions if not _is_place(mention, tokens, memory)]
            cache[*span, places] = _actors(mentions, memory)
        return cache[*span, places]

    overall: Counter[str] = Counter()
    for span in dict.fromkeys(statement.sentence for statement in statements):
        overall.update(set(named(span)))
    done = []
    for statement in statements:
        if statement.actor is None:
            done.append(statement)
            continue
        own = _own_side(statement.actor.id, memory)
        issues = _issues(text, statement.start, statement.end, memory) or _issues(text, *statement.sentence, memory)
        for scope, span in (("statement", (statement.start, statement.end)), ("sentence", statement.sentence)):
            found = [actor for actor in named(span, scope == "statement") if actor not in own]
            if found:
                break
        else:
            scope, found = "article", _context(done, statement, own, overall)
        found = found[:_MOST] if scope != "article" or not issues else []
        targets = tuple(Target(id=actor, name=_name(actor, memory)) for actor in (*found, *issues))
        done.append(replace(statement, targets=targets, scope=scope if found else ("statement" if issues else "none")))
    return done


def _context(done: Sequence[Statement], statement: Statement, own: set[str], overall: Counter[str]) -> list[str]:
    """What a statement without a counterpart of its own goes on about: its holder's last target, else the article's."""
    for earlier in reversed(done[-_MEMORY:]):
        if earlier.actor and statement.actor and earlier.actor.id == statement.actor.id and earlier.scope in _NAMED:
            return [target.id for target in earlier.targets if not target.id.startswith("iss:")][:1]
    countries = [actor for actor, count in overall.most_common() if actor not in own and count >= 2]
    return sorted(countries, key=lambda actor: not actor.startswith("cty:"))[:1]


def _issues(text: str, start: int, end: int, memory: Memory) -> list[str]:
    tokens = words(text, start, end)
    lang = memory.lexicon.lang
    stems = [issue_keys(word.key, lang) for word in tokens]
    found: dict[str, None] = {}
    for index in range(len(stems)):
        match = memory.lexicon.issues.longest(
            stems[index],
            lambda ahead, at=index: stems[at + ahead] if at + ahead < len(stems) else (),  # type: ignore[misc]
        )
        for issue in match[1] if match else ():
            found.setdefault(issue)
    return list(found)[:_MOST]


def _is_place(mention: Mention, tokens: Sequence[Word], memory: Memory) -> bool:
    """Whether the mention says where something was said ("told reporters in Brussels")."""
    before = tokens[max(0, mention.first - 2) : mention.first]
    return mention.kind != "role" and any(memory.lexicon.is_in("at_words", word) for word in before)


def _own_side(actor_id: str, memory: Memory) -> set[str]:
    country = memory.registry.country_of(actor_id)
    own = {actor_id} | ({country} if country else set())
    entity = memory.registry.get(actor_id)
    if entity is not None:
        served = [role.of for role in entity.roles if role.of and role.overlaps(memory.earliest, memory.latest)]
        own |= set(served)
    _, _, of = actor_id.partition("@")
    return own | ({of} if of else set())


def _actors(mentions: Sequence[Mention], memory: Memory) -> list[str]:
    """Actors behind the mentions as targets, each once: a government's people and bodies stand for the country."""
    found: dict[str, None] = {}
    for mention in mentions:
        for inner in (*mention.inner, mention) if mention.kind == "role" else (mention,):
            for actor in _stands_for(inner, memory):
                found.setdefault(actor)
    return list(found)


def _stands_for(mention: Mention, memory: Memory) -> list[str]:
    if mention.kind == "role" and mention.of:
        country = memory.registry.country_of(mention.of)
        return [country or mention.of]
    if len(mention.ids) != 1:
        return []
    actor = mention.ids[0]
    entity = memory.registry.get(actor)
    if entity is None or entity.kind == "news":
        return []
    if entity.kind == "person":
        return [entity.country] if entity.country else [actor]
    if entity.kind in ("country", "international", "movement", "party", "company"):
        return [actor]
    return [entity.country or actor]


def _name(actor_id: str, memory: Memory) -> str:
    entity = memory.registry.get(actor_id)
    if entity is not None:
        return entity.name
    return actor_id.partition(":")[2].replace("_", " ").replace("-", " ")
