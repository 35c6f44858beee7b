"""Finds the mentions of actors in a sentence: names, offices, countries, unknown people, descriptions."""

from __future__ import annotations

from dataclasses import replace

from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.named import known_names
from claims.attribute.offices import find_roles, find_titles
from claims.attribute.sentence import Sentence
from claims.attribute.unknown import unknown_names


def find_mentions(sentence: Sentence, memory: Memory) -> list[Mention]:
    """All mentions in order of their first word; a role swallows the country or body that it belongs to."""
    names = known_names(sentence, memory)
    titles = [_with_body(title, names) for title in find_titles(sentence, names)]
    covered = {index for mention in titles for index in range(mention.first, mention.last + 1)}
    within = {id(inner) for title in titles for inner in title.inner}
    names = [m for m in names if m.kind == "person" or not any(i in covered for i in range(m.first, m.last + 1))]
    persons = {index for m in names if m.kind == "person" for index in range(m.first, m.last + 1)}
    titles = [title for title in titles if title.first not in persons]
    roles = find_roles(titles, names, sentence, memory.registry)
    swallowed = within | {id(inner) for role in roles for inner in role.inner}
    kept = [mention for mention in names if id(mention) not in swallowed] + roles
    kept += unknown_names(sentence, kept)
    kept += _descriptors(sentence, {index for m in kept for index in range(m.first, m.last + 1)})
    return sorted(kept, key=lambda mention: (mention.first, -mention.last))


def _with_body(title: Mention, names: list[Mention]) -> Mention:
    """A title whose last word begins the name of a body takes in the rest of it («глава МИД Германии»)."""
    for name in names:
        if title.first < name.first <= title.last < name.last and name.is_body:
            return replace(title, last=name.last, inner=(*title.inner, name))
    return title


def _descriptors(sentence: Sentence, taken: set[int]) -> list[Mention]:
    """Descriptions that name no office ("the diplomat"): they stand for somebody already named."""
    found: list[Mention] = []
    for index in range(len(sentence.tokens)):
        if index in taken:
            continue
        match = sentence.lexicon.descriptors.longest(sentence.plain[index], sentence.keys, index)
        if match and not taken & set(range(index, index + match[0])):
            found.append(Mention(index, index + match[0] - 1, "descriptor", role=match[1][0] or None))
    return found


__all__ = ["Mention", "find_mentions"]
