"""Which script a text is written in, and which way it reads."""

from __future__ import annotations

from collections import Counter

_RANGES = (
    (0x0041, 0x024F, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0750, 0x077F, "Arab"),
    (0x08A0, 0x08FF, "Arab"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE70, 0xFEFF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x10A0, 0x10FF, "Geor"),
    (0x3040, 0x30FF, "Jpan"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xAC00, 0xD7AF, "Hang"),
)
RIGHT_TO_LEFT = frozenset({"Arab", "Hebr"})


def script_of(character: str) -> str | None:
    """ISO 15924 code of one letter's script; None for digits, signs and scripts that are not listed."""
    if not character.isalpha():
        return None
    point = ord(character)
    return next((name for low, high, name in _RANGES if low <= point <= high), None)


def dominant_script(text: str) -> str | None:
    """The script of most letters of the text (the first 5,000 code points); None where there is no letter."""
    counts = Counter(name for name in map(script_of, text[:5000]) if name)
    return counts.most_common(1)[0][0] if counts else None


def direction(text: str) -> str:
    """``rtl`` or ``ltr``, by the dominant script and not by the first letter."""
    return "rtl" if dominant_script(text) in RIGHT_TO_LEFT else "ltr"
