"""A first pass over an article: who is named in full anywhere in it, and with which office."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.mentions import find_mentions
from claims.attribute.sentence import Sentence


class Introduction:
    """What the first pass found. It is final where nothing that a sentence speaks of became known after it."""

    def __init__(self, paragraphs: Sequence[Sequence[Sentence]], memory: Memory) -> None:
        self._memory = memory
        self._first: dict[int, tuple[int, list[Mention]]] = {}
        _introduce(paragraphs, memory, self._first)

    def mentions(self, sentence: Sentence) -> list[Mention]:
        """The mentions of a sentence, with all that the article makes known."""
        age, found = self._first.get(sentence.start, (0, []))
        news = self._memory.news_since(age)
        if not news or not self._may_mean(sentence, news):
            return found
        return find_mentions(sentence, self._memory)

    def _may_mean(self, sentence: Sentence, news: set[str]) -> bool:
        if any(key in news for keys in sentence.keys for key in keys) or any(w.key in news for w in sentence.tokens):
            return True
        # The empty key: a body became known, which "the alliance" may mean.
        anaphors = sentence.lexicon.anaphors
        return "" in news and any(anaphors.begins(keys) for keys in sentence.keys)


def _introduce(
    paragraphs: Sequence[Sequence[Sentence]], memory: Memory, first: dict[int, tuple[int, list[Mention]]]
) -> None:
    for paragraph in paragraphs:
        for sentence in paragraph:
            age = memory.age()
            mentions = find_mentions(sentence, memory)
            first[sentence.start] = (age, mentions)
            for index, mention in enumerate(mentions):
                memory.note(mention)
                if not mention.is_person:
                    continue
                role = mentions[index - 1] if index and _names_office(mentions[index - 1], mention, sentence) else None
                follows = mentions[index + 1] if index + 1 < len(mentions) else None
                if role is None and follows and follows.kind == "role" and _stands_beside(mention, follows, sentence):
                    role = follows
                memory.introduce(mention, sentence.surface(mention.first, mention.last), role)


def _names_office(role: Mention, person: Mention, sentence: Sentence) -> bool:
    gap = range(role.last + 1, person.first)
    if role.kind != "role" or role.is_office_body or len(gap) > 3:
        return False
    return not any(sentence.is_in(name, i) for i in gap for name in ("prepositions", "joints", "coordinators"))


def _stands_beside(person: Mention, role: Mention, sentence: Sentence) -> bool:
    """Whether a title behind a name is its own: right behind it, or set apart by a sign; not past a verb."""
    gap = range(person.last, role.first)
    if len(gap) > 3:
        return False
    return len(gap) == 1 or any(sentence.stopped(i, i + 1) for i in gap)
