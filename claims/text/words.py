"""Words with their offsets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from claims.text.normalise import fold, fold_light

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
# A word is letters or digits with their marks; a hyphen, an apostrophe or a dot joins only inside (U.S., al-Sisi,
# l'ONU is cut).
_WORD = re.compile(rf"[^\W_](?:\.(?:[^\W_]\.)+|[^\W_]*(?:(?:[{_MARKS}]+|(?<=\d)[.,٫](?=\d))[^\W_]*)*)")


class Word(NamedTuple):
    """One word: code point offsets ``[start, end)``, its surface, and its two folded forms."""

    start: int
    end: int
    surface: str
    light: str
    key: str


@lru_cache(maxsize=200_000)
def _folded(surface: str) -> tuple[str, str]:
    return fold_light(surface), fold(surface)


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]`` with offsets into ``text``."""
    return list(_words(text, start, len(text) if end is None else end))


@lru_cache(maxsize=4_000)
def _words(text: str, start: int, stop: int) -> tuple[Word, ...]:
    """As :func:`words`; several stages cut the same sentence one after the other."""
    # The tuple is made directly: this is the innermost loop of everything that reads text.
    new = tuple.__new__
    return tuple(
        new(Word, (match.start(), match.end(), surface := match.group(), *_folded(surface)))
        for match in _WORD.finditer(text, start, stop)
    )
