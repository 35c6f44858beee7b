"""A first pass over an article: who is named in full anywhere in it, and with which office."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.mentions import find_mentions
from claims.attribute.sentence import Sentence


def introduce(paragraphs: Sequence[Sequence[Sentence]], memory: Memory) -> None:
    """Take in the people of all sentences; articles name late as well as early."""
    for paragraph in paragraphs:
        for sentence in paragraph:
            mentions = find_mentions(sentence, memory)
            for index, mention in enumerate(mentions):
                memory.note(mention)
                if not mention.is_person:
                    continue
                role = mentions[index - 1] if index and _names_office(mentions[index - 1], mention, sentence) else None
                follows = mentions[index + 1] if index + 1 < len(mentions) else None
                if role is None and follows and follows.kind == "role" and follows.first - mention.last <= 3:
                    role = follows
                memory.introduce(mention, sentence.surface(mention.first, mention.last), role)


def _names_office(role: Mention, person: Mention, sentence: Sentence) -> bool:
    gap = range(role.last + 1, person.first)
    if role.kind != "role" or role.is_office_body or len(gap) > 3:
        return False
    return not any(sentence.is_in(name, i) for i in gap for name in ("prepositions", "joints", "coordinators"))
