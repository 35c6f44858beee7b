"""Stems of words, by Snowball, in every language that it has a stemmer for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """The stem of a folded word; the word itself in a language without a stemmer."""
    stemmed = _stemmer(lang)
    return stemmed(word) if stemmed else word


@cache
def _stemmer(lang: str) -> Callable[[str], str] | None:
    from babel import Locale, UnknownLocaleError
    from snowballstemmer import algorithms, stemmer

    try:
        # Snowball calls its algorithms by the English names of the languages.
        name = str(Locale.parse(lang).english_name).lower()
    except (UnknownLocaleError, ValueError):
        return None
    if name not in algorithms():
        return None
    found: Any = stemmer(name)
    return lambda word: str(found.stemWord(word))
