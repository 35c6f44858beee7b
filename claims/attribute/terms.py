"""Officeholders as evidence of a page's date: "Foreign Minister X" was written while X held that office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from claims.attribute.lexicon import lexicon
from claims.attribute.memory import MANY_HOLDERS, Memory
from claims.attribute.mention import Mention
from claims.attribute.mentions import find_mentions
from claims.attribute.named import known_names
from claims.attribute.registry import Registry, Role
from claims.attribute.sentence import Sentence
from claims.lang.loader import language
from claims.records import DateEvidence
from claims.text.normalise import fold_light

_LONGEST_QUOTE = 160
# How near to a name "former" belongs to it, in words.
_NEAR = 5


def terms_of_office(
    text: str, sentences: Sequence[Sequence[tuple[int, int]]], lang: str, registry: Registry
) -> list[DateEvidence]:
    """One interval for each person whom the page calls by an office: from the first to the last day that they held it.

    A person counts if the sentence has the title of an office that the registry gives them, and no word that says it
    is over.
    """
    lexicon_ = lexicon(lang, registry)
    if not lexicon_.known:
        return []
    memory = Memory(lexicon_, registry)
    over, times = _folded(lang, "former"), _folded(lang, "former_not_after")
    found: dict[str, DateEvidence] = {}
    for paragraph in sentences:
        for start, end in paragraph:
            sentence = Sentence(text, start, end, lexicon_)
            if not _names_somebody(sentence, memory):
                continue
            mentions = find_mentions(sentence, memory)
            codes = {m.role for outer in mentions for m in (outer, *outer.inner) if m.kind == "role"} - MANY_HOLDERS
            for mention in mentions if codes else ():
                # A last name alone may be another person's.
                if mention.kind != "person" or len(mention.ids) != 1 or mention.first == mention.last:
                    continue
                entity = registry.get(mention.ids[0])
                held = [role for role in entity.roles if role.code in codes] if entity else []
                if entity is None or not held or entity.id in found or _is_over(mention, sentence, over, times):
                    continue
                first, last = _hull(held)
                quote = text[start : min(end, start + _LONGEST_QUOTE)]
                rule = f"office:{held[0].code}:{entity.id}"
                found[entity.id] = DateEvidence(rule=rule, text=quote, earliest=first, latest=last)
    return list(found.values())


def _names_somebody(sentence: Sentence, memory: Memory) -> bool:
    """Whether a sentence has the full name of one known person: most have none, and need not be read further."""
    return any(m.kind == "person" and len(m.ids) == 1 and m.first < m.last for m in known_names(sentence, memory))


def _folded(lang: str, name: str) -> frozenset[str]:
    return frozenset(fold_light(word) for word in language(lang).get("descriptors", {}).get(name, ()))


def _is_over(mention: Mention, sentence: Sentence, over: frozenset[str], times: frozenset[str]) -> bool:
    tokens = sentence.tokens
    before = range(max(0, mention.first - _NEAR), mention.first)
    after = range(mention.last + 1, min(len(tokens), mention.last + _NEAR))
    return any(tokens[i].light in over and not (i and tokens[i - 1].light in times) for i in (*before, *after))


def _hull(roles: Sequence[Role]) -> tuple[dt.date | None, dt.date | None]:
    starts, ends = [role.start for role in roles], [role.end for role in roles]
    first = None if any(day is None for day in starts) else min(day for day in starts if day)
    last = None if any(day is None for day in ends) else max(day for day in ends if day)
    return first, last
