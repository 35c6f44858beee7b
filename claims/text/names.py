"""Spellings of personal names that differ only as transliterations do."""

from __future__ import annotations

from functools import lru_cache

from claims.text.words import words

# Knowledge of the Arabic script, and not of one language in it: letters that stand for one foreign sound (Stoltenberg
# with ج, غ, ق or ك), and long vowels that are written or not.
_SAME = str.maketrans(
    {
        "ج": "غ",
        "ق": "غ",
        "ك": "غ",
        "ط": "ت",
        "ص": "س",
        "ث": "س",
        "ز": "س",
        "ذ": "د",
        "ض": "د",
        "ظ": "د",
        "ح": "ه",
        "خ": "ه",
    }
)
_WEAK = frozenset("اويىءئؤعه")


@lru_cache(maxsize=50_000)
def skeleton(name: str) -> str:
    """The consonants of a name, one letter a sound group, doubled ones once; words stay apart, in order.

    Only for Arabic script; names in other scripts give their folded words.
    """
    parts = []
    for word in words(name):
        key = word.key
        if not "\u0600" <= key[:1] <= "\u06ff":
            parts.append(key)
            continue
        kept = key[:1] if key[0] not in _WEAK else ""
        for letter in key[1:]:
            if letter not in _WEAK and (not kept or kept[-1] != letter):
                kept += letter
        parts.append(kept.translate(_SAME))
    return " ".join(parts)
