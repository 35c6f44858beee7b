"""Towards whom a statement is directed: the actors that it names besides its holder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.attribute.issues import issue_keys
from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.sentence import Sentence
from claims.attribute.statement import Statement
from claims.records import Target

_MOST = 4
# How many statements back a target still carries over, and from which scopes.
_MEMORY = 4
_NAMED = ("statement", "sentence")


# A sentence with its mentions, by its span.
Read = Mapping[tuple[int, int], tuple[Sentence, Sequence[Mention]]]


def targets_in(statements: Sequence[Statement], read: Read, memory: Memory) -> list[Statement]:
    """The statements with their targets.

    A target stands in the statement, else in the rest of its sentence, else it is the counterpart that the article
    names most often beside the holder's own side.
    """
    overall: Counter[str] = Counter()
    issues: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for span in dict.fromkeys(statement.sentence for statement in statements):
        sentence, mentions = read[span]
        overall.update(_actors(mentions, memory))
        issues[span] = _issues(sentence)
    done: list[Statement] = []
    for statement in statements:
        done.append(_aimed(statement, done, read, issues, overall, memory))
    return done


def _aimed(
    statement: Statement,
    done: Sequence[Statement],
    read: Read,
    issues: Mapping[tuple[int, int], Sequence[tuple[int, str]]],
    overall: Counter[str],
    memory: Memory,
) -> Statement:
    if statement.actor is None:
        return statement
    sentence, mentions = read[statement.sentence]
    own = _own_side(statement.actor.id, memory)
    about = issues[statement.sentence]
    inside = [issue for start, issue in about if statement.start <= start < statement.end]
    topics = list(dict.fromkeys(inside or [issue for _, issue in about]))[:_MOST]
    within = [m for m in mentions if _lies_in(m, sentence, statement)]
    elsewhere = [m for m in mentions if not _is_place(m, sentence)]
    scope, found = "statement", [actor for actor in _actors(within, memory) if actor not in own]
    if not found:
        scope, found = "sentence", [actor for actor in _actors(elsewhere, memory) if actor not in own]
    if not found:
        scope, found = "article", [] if topics else _context(done, statement, own, overall)
    found = found[:_MOST]
    targets = tuple(Target(id=actor, name=_name(actor, memory)) for actor in (*found, *topics))
    return replace(statement, targets=targets, scope=scope if found else ("statement" if topics else "none"))


def _lies_in(mention: Mention, sentence: Sentence, statement: Statement) -> bool:
    tokens = sentence.tokens
    return statement.start <= tokens[mention.first].start and tokens[mention.last].end <= statement.end


def _context(done: Sequence[Statement], statement: Statement, own: set[str], overall: Counter[str]) -> list[str]:
    """What a statement without a counterpart of its own goes on about: its holder's last target, else the article's."""
    for earlier in reversed(done[-_MEMORY:]):
        if earlier.actor and statement.actor and earlier.actor.id == statement.actor.id and earlier.scope in _NAMED:
            return [target.id for target in earlier.targets if not target.id.startswith("iss:")][:1]
    countries = [actor for actor, count in overall.most_common() if actor not in own and count >= 2]
    return sorted(countries, key=lambda actor: not actor.startswith("cty:"))[:1]


def _issues(sentence: Sentence) -> list[tuple[int, str]]:
    """The issues of a sentence, each with the code point where its words begin."""
    lexicon = sentence.lexicon
    stems = [issue_keys(word.key, lexicon.lang, lexicon.settings) for word in sentence.tokens]
    found = []
    for index, word in enumerate(sentence.tokens):
        match = lexicon.issues.longest(stems[index], stems, index)
        found += [(word.start, issue) for issue in match[1]] if match else []
    return found


def _is_place(mention: Mention, sentence: Sentence) -> bool:
    """Whether the mention says where something was said ("told reporters in Brussels")."""
    before = range(max(0, mention.first - 2), mention.first)
    return mention.kind != "role" and any(sentence.is_in("at_words", i) for i in before)


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
