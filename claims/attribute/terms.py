"""Officeholders as evidence of a page's date: "Foreign Minister X" was written while X held that office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from claims.attribute.lexicon import lexicon
from claims.attribute.memory import MANY_HOLDERS, Memory
from claims.attribute.mentions import Mention, find_mentions
from claims.attribute.registry import Registry, Role
from claims.lang.loader import language
from claims.records import DateEvidence
from claims.text.normalise import fold_light
from claims.text.words import Word, words

_LONGEST_QUOTE = 160


def terms_of_office(
    text: str, sentences: Sequence[Sequence[tuple[int, int]]], lang: str, registry: Registry
) -> list[DateEvidence]:
    """One interval for each person whom the page calls by an office: from the first to the last day that they held it.

    A person counts if the sentence has the title of an office that the registry gives them, and no word that says it is over.
    """
    lexicon_ = lexicon(lang, registry)
    if not lexicon_.known:
        return []
    memory = Memory(lexicon_, registry)
    over = frozenset(fold_light(word) for word in _former(lang))
    found: dict[str, DateEvidence] = {}
    for paragraph in sentences:
        for start, end in paragraph:
            tokens = words(text, start, end)
            mentions = find_mentions(tokens, memory, text)
            codes = {m.role for m in mentions if m.kind == "role" and m.role not in MANY_HOLDERS} | {
                inner.role
                for m in mentions
                for inner in m.inner
                if inner.kind == "role" and inner.role not in MANY_HOLDERS
            }
            for mention in mentions:
                if (
                    mention.kind != "person"
                    or len(mention.ids) != 1
                    or mention.ids[0] in found
                    or _is_over(mention, tokens, over)
                ):
                    continue
                if mention.first == mention.last:
                    continue
                entity = registry.get(mention.ids[0])
                held = [role for role in entity.roles if role.code in codes] if entity else []
                if entity and held:
                    first, last = _hull(held)
                    quote = text[start : min(end, start + _LONGEST_QUOTE)]
                    found[entity.id] = DateEvidence(
                        rule=f"office:{held[0].code}:{entity.id}", text=quote, earliest=first, latest=last
                    )
    return list(found.values())


def _former(lang: str) -> list[str]:
    return list(language(lang).get("descriptors", {}).get("former", ()))


def _is_over(mention: Mention, tokens: Sequence[Word], over: frozenset[str]) -> bool:
    near = tokens[max(0, mention.first - 5) : mention.first] + list(tokens[mention.last + 1 : mention.last + 5])  # type: ignore[operator]
    return any(word.light in over for word in near)


def _hull(roles: Sequence[Role]) -> tuple[dt.date | None, dt.date | None]:
    starts, ends = [role.start for role in roles], [role.end for role in roles]
    first = None if any(day is None for day in starts) else min(day for day in starts if day)
    last = None if any(day is None for day in ends) else max(day for day in ends if day)
    return first, last
