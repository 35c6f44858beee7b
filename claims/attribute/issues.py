"""The issues that texts argue about, found by the stems of their words."""

from __future__ import annotations

from functools import cache
from typing import Any

from claims.attribute.names import affixed
from claims.attribute.trie import Trie
from claims.text.words import words


def issue_trie(lang: str, data: dict[str, Any], settings: dict[str, Any]) -> Trie[str]:
    """Issues by the stems of their words; an issue is an id (``iss:inflation``)."""
    trie: Trie[str] = Trie()
    for issue, phrases in data.get("issues", {}).items():
        for phrase in phrases:
            trie.add([issue_keys(word.key, lang, settings)[-1] for word in words(phrase)], f"iss:{issue}")
    return trie


def issue_keys(key: str, lang: str, settings: dict[str, Any]) -> tuple[str, ...]:
    """The keys of a folded word among the issues.

    A language with clitics loses only what is written on to the word: its stemmer joins too much.
    """
    return affixed(key, settings) if settings.get("clitics") else (_stem_of(key, lang),)


@cache
def _stem_of(key: str, lang: str) -> str:
    """The stem of a folded word, by Snowball; the word itself where Snowball has no stemmer."""
    from snowballstemmer import algorithms

    name = _SNOWBALL.get(lang)
    return str(_snowball(name).stemWord(key)) if name in algorithms() else key


@cache
def _snowball(name: str) -> Any:
    from snowballstemmer import stemmer as make

    return make(name)


# Snowball calls its algorithms by the English names of the languages.
_SNOWBALL = {
    "en": "english",
    "fr": "french",
    "ru": "russian",
    "de": "german",
    "es": "spanish",
    "tr": "turkish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
}
