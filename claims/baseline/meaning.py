"""Whether two wordings of a claim may say the same: nearly the same words; negations, numbers, modality alike.

Nothing here is part of a fingerprint, so the word lists (``meaning.toml`` and ``claims/lang``) may grow at any time.
The lists of all languages are used together, whatever language a claim is in: a word too many only makes a wording new.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from claims.baseline import content
from claims.baseline.content import LIGHT_WORDS, folded_words
from claims.lang.loader import language, languages

NEARLY = 0.8
"""Least share of content words, in order, that two wordings of one claim have in common."""

_Phrases = frozenset[tuple[str, ...]]


class Commitments(NamedTuple):
    """What a wording commits to, in order: negators and modal words, each with the word after it, and numbers."""

    negations: tuple[tuple[str, str], ...]
    modality: tuple[tuple[str, str], ...]
    numbers: tuple[str, ...]


content_words = lru_cache(maxsize=8192)(content.content_words)


@lru_cache(maxsize=8192)
def _set(text: str) -> frozenset[str]:
    return frozenset(content_words(text))


@cache
def _lists() -> dict[str, Any]:
    text = Path(__file__).with_name("meaning.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _section(name: str) -> list[str]:
    return [word for listed in _lists()[name].values() for word in listed]


def _phrases(listed: Iterable[str]) -> _Phrases:
    return frozenset(phrase for phrase in map(folded_words, listed) if phrase)


@cache
def _known() -> tuple[_Phrases, _Phrases, frozenset[str]]:
    data = [language(code) for code in languages()]
    attribution = [section.get("attribution", {}) for section in data]
    negators = _phrases([*_section("negation"), *(w for part in attribution for w in part.get("negators", ()))])
    modal = _phrases([*_section("modality"), *(w for part in attribution for w in part.get("conditionals", ()))])
    counts = [words for section in data for words in section.get("dates", {}).get("numbers", {}).values()]
    numbers = _phrases([*_section("number"), *(word for words in counts for word in words)])
    # "don't" is two words, of which only the second negates.
    alone = frozenset(phrase for phrase in negators if len(phrase) == 1)
    single = frozenset(phrase[0] for phrase in numbers if len(phrase) == 1) - LIGHT_WORDS
    return alone, modal - alone, single


@cache
def _attached() -> tuple[str, ...]:
    return tuple(folded_words(letter)[0] for letter in _section("attached"))


@cache
def _opposites() -> tuple[str, ...]:
    return tuple(folded_words(beginning)[0] for beginning in _section("opposites"))


def _forms(word: str) -> tuple[str, ...]:
    """The word, and the word without the letters that are written onto it."""
    return (word, *(word.removeprefix(letter) for letter in _attached() if word.startswith(letter)))


def _marks(words: tuple[str, ...], phrases: _Phrases) -> tuple[tuple[str, str], ...]:
    longest = max((len(phrase) for phrase in phrases), default=0)
    found = []
    for at in range(len(words)):
        for form in _forms(words[at]):
            for length in range(longest, 0, -1):
                phrase = (form, *words[at + 1 : at + length])
                if len(phrase) == length and phrase in phrases:
                    after = next((word for word in words[at + length :] if word not in LIGHT_WORDS), "")
                    found.append((" ".join(phrase), after))
    return tuple(found)


def commitments(text: str) -> Commitments:
    """What a wording commits to, comparable with ``==``."""
    words = folded_words(text)
    negators, modal, numbers = _known()
    counted = tuple(word for word in words if _counts(word, numbers))
    return Commitments(_marks(words, negators), _marks(words, modal), counted)


def _counts(word: str, numbers: frozenset[str]) -> bool:
    return any(char.isdigit() for char in word) or word == "minus" or not numbers.isdisjoint(_forms(word))


def same_words(first: str, second: str) -> bool:
    """Whether two texts differ at most in layout, case, marks, punctuation and light words."""
    return content_words(first) == content_words(second)


def likeness(first: str, second: str) -> float:
    """How much of two texts' content words agrees in order, in [0, 1]; the same whichever text comes first."""
    one, two = sorted((content_words(first), content_words(second)))
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    if matcher.real_quick_ratio() < NEARLY or matcher.quick_ratio() < NEARLY:
        return 0.0
    return matcher.ratio()


def nearly_same(first: str, second: str) -> bool:
    """Whether ``second`` can be an edited wording of ``first``: nearly its words, and the same commitments.

    A negation, a number or a modal word that came, went or moved, and a word that became its opposite (legal, illegal),
    make it another claim.
    """
    one, two = _set(first), _set(second)
    # Most pairs differ in most words: that is seen at once.
    return (
        len(one & two) >= len(one ^ two)
        and likeness(first, second) >= NEARLY
        and commitments(first) == commitments(second)
        and not _turned(one - two, two - one)
    )


def _turned(gone: frozenset[str], come: frozenset[str]) -> bool:
    return any(
        longer == beginning + shorter
        for some, others in ((gone, come), (come, gone))
        for longer in some
        for shorter in others
        for beginning in _opposites()
    )
