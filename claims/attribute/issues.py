"""The issues that texts argue about, found by the stems of their words."""

from __future__ import annotations

from typing import Any

from claims.attribute.names import affixed
from claims.attribute.trie import Trie
from claims.text.stems import stem
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
    return affixed(key, settings) if settings.get("clitics") else (stem(key, lang),)
