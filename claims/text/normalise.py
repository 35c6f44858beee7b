"""Folding of letters, so that spellings of one word compare equal. Nothing here touches offsets: fold words, not
texts.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

TATWEEL = "\u0640"
# Letters that Arabic-script papers interchange; the second table also joins what only names may join.
_LIGHT = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ک": "ك", "ی": "ي", "ے": "ي", TATWEEL: None, "ـ": None})
_FULL = str.maketrans({"ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "گ": "ك", "ڤ": "ف", "پ": "ب", "چ": "ج", "ہ": "ه"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@lru_cache(maxsize=200_000)
def fold_light(word: str) -> str:
    """Case, compatibility forms, vowel marks, tatweel, hamza seats and digits; keeps ى/ي and ة/ه apart.

    Accents of Latin and Greek letters go; «й» and «ё» are letters of their own and «ё» reads «е».
    """
    if word.isascii():
        return word.casefold()
    word = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е").replace("й", "\ue000")
    word = word.translate(_LIGHT)
    word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", word).replace("\ue000", "й").translate(_LIGHT).translate(_DIGITS)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """As :func:`fold_light`, and the Arabic letters that papers write one for the other (ى ي, ة ه, ؤ و …)."""
    light = fold_light(word)
    return light if light.isascii() else light.translate(_FULL)
