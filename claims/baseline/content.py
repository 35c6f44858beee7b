"""The words by which a claim is known again: what is left of a text when its layout and spelling habits are gone.

These rules are part of fingerprint version 1. A change to any of them changes fingerprints, and with them every
baseline that is in use: it needs a new version (:data:`claims.baseline.fingerprint.VERSION`).
"""

from __future__ import annotations

import re
import unicodedata

from claims.text.words import words

# Left out of a key: small words that editors add and drop. No negator, number, modal or condition may stand here.
# One list for all languages, because the language of a short text is itself a guess.
LIGHT_WORDS = frozenset(
    {"a", "an", "the", "of", "to", "and", "that"}
    | {"le", "la", "les", "l", "de", "du", "des", "d", "et", "que", "qu"}
    | {"и", "в", "во", "что"}
    | {"و", "في", "من", "ان"}
)
_SIGNS = str.maketrans({"\u066b": ".", "\u066c": ",", "\u2212": "-", "\u2010": "-", "\u00ad": "-"})
# A hyphen between letters joins them, with or without a line break after it: a word broken at a line's end is whole.
_JOINT = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_MINUS = re.compile(r"(?<![\w-])-(?=\d)")


def plain(text: str) -> str:
    """One spelling of a text: NFKC, nothing invisible, no vowel marks, Western digits, whole words, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_SIGNS)
        text = "".join(_letter(char) for char in text)
    return " ".join(_MINUS.sub(" minus ", _JOINT.sub("", text)).split())


def _letter(char: str) -> str:
    if unicodedata.category(char) == "Cf" or unicodedata.combining(char):
        return ""
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def folded_words(text: str) -> tuple[str, ...]:
    """All words of a text, folded, in order: no case, accents, marks, punctuation, wrapping or script of digits."""
    return tuple(_bare(word.key) for word in words(plain(text)))


def content_words(text: str) -> tuple[str, ...]:
    """The folded words of a text without :data:`LIGHT_WORDS`; all words where nothing else would be left."""
    every = folded_words(text)
    return tuple(word for word in every if word not in LIGHT_WORDS) or every


def first_content_words(text: str, count: int) -> tuple[str, ...]:
    """The first ``count`` content words of a long text, without folding all of it."""
    start = text.split(maxsplit=8 * count)
    if len(start) > 8 * count:
        found = [word for word in folded_words(" ".join(start[:-1])) if word not in LIGHT_WORDS]
        if len(found) > count:
            return tuple(found[:count])
    return content_words(text)[:count]


def _bare(word: str) -> str:
    """``u.s.`` reads ``us``; ``1.2.`` at the end of a sentence reads ``1.2``; other words are as they are."""
    if "." not in word:
        return word
    word = word.rstrip(".")
    return word if any(char.isdigit() for char in word) else word.replace(".", "")
