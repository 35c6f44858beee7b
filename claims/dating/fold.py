"""Folding of a whole text for date search, with a way back to the raw offsets.

Dates are found by regular expressions on folded text: lower case, no accents, no vowel marks, no bidi marks, ASCII
digits. ``claims.text.normalise`` folds words and may change their length; here a position has to lead back.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

# Signs that carry nothing and that papers put inside dates: combining marks, tatweel, bidi and zero-width marks.
_DROPPED = (
    "\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
)
_DROP = re.compile(f"[{_DROPPED}]")
_SAME = {"ı": "i", "ς": "σ", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ٱ": "ا", "،": ",", "؛": ";"}
_SAME |= {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"} | dict.fromkeys("‐‑‒–—−―", "-")
_SAME |= dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u202f\u3000\t", " ") | {"／": "/", "．": ".", "：": ":"}


@dataclass(frozen=True)
class Folded:
    """A folded text and the raw offset of each of its characters (``None``: the offsets are the same)."""

    text: str
    offsets: tuple[int, ...] | None

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of the folded span ``[start, end)``; the span must not be empty."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1

    def at(self, position: int) -> int:
        """The folded position of a raw one; that of the next kept character where it was dropped."""
        return position if self.offsets is None else bisect_left(self.offsets, position)


@cache
def _table() -> dict[int, str]:
    """One character for one: digits to ASCII, letters to their base letter."""
    table = {ord(key): value for key, value in _SAME.items()}
    for code in [*range(0x80, 0x700), *range(0x1E00, 0x2000)]:
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]):
            table.setdefault(code, _SAME.get(parts[0], parts[0]))
    for code in range(0x80, 0x10000):
        digit = unicodedata.decimal(chr(code), None)
        if digit is not None:
            table[code] = str(digit)
    return table


@lru_cache(maxsize=8)
def fold(text: str) -> Folded:
    """The folded text. Lower-casing keeps the length here: the one letter that would grow («İ») is mapped before."""
    if text.isascii():
        return Folded(text.lower().replace("\t", " ").replace("`", "'"), None)
    if _DROP.search(text) is None:
        return Folded(text.translate(_table()).lower(), None)
    offsets: list[int] = []
    position = 0
    for match in _DROP.finditer(text):
        offsets.extend(range(position, match.start()))
        position = match.end()
    offsets.extend(range(position, len(text)))
    return Folded(_DROP.sub("", text).translate(_table()).lower(), tuple(offsets))


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """A name or cue as it reads in folded text."""
    return " ".join(fold(word).text.split())
