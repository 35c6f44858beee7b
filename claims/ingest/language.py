"""The language of a text: a declared one where the text bears it out, else py3langid within the script's languages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import Any

UNKNOWN = "und"

# First code point of each block that is told apart, and the script it begins ("" for what is no evidence).
_BLOCKS = (
    (0x0041, "latin"), (0x0250, ""), (0x0370, "greek"), (0x0400, "cyrillic"), (0x0530, "armenian"),
    (0x0590, "hebrew"), (0x0600, "arabic"), (0x0700, ""), (0x0750, "arabic"), (0x0780, ""),
    (0x08A0, "arabic"), (0x0900, "devanagari"), (0x0980, "bengali"), (0x0A00, "gurmukhi"), (0x0A80, "gujarati"),
    (0x0B00, "odia"), (0x0B80, "tamil"), (0x0C00, "telugu"), (0x0C80, "kannada"), (0x0D00, "malayalam"),
    (0x0D80, "sinhala"), (0x0E00, "thai"), (0x0E80, "lao"), (0x0F00, "tibetan"), (0x1000, "myanmar"),
    (0x10A0, "georgian"), (0x1100, "hangul"), (0x1200, "ethiopic"), (0x1400, ""), (0x1780, "khmer"),
    (0x1800, ""), (0x1E00, "latin"), (0x1F00, "greek"), (0x2000, ""), (0x3040, "kana"),
    (0x3100, ""), (0x3400, "han"), (0xA000, ""), (0xAC00, "hangul"), (0xD7B0, ""),
    (0xF900, "han"), (0xFB00, ""), (0xFB50, "arabic"), (0xFE00, ""), (0xFE70, "arabic"),
    (0xFF00, ""), (0x20000, "han"), (0x30000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
_OF_SCRIPT = {
    "arabic": ("ar", "fa", "ur", "ps", "ug", "ku", "sd"),
    "cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn", "tt", "ba", "uz"),
    "hebrew": ("he", "yi"), "greek": ("el",), "armenian": ("hy",), "georgian": ("ka",), "hangul": ("ko",),
    "kana": ("ja",), "han": ("zh", "ja"), "devanagari": ("hi", "mr", "ne", "sa"), "bengali": ("bn", "as"),
    "gurmukhi": ("pa",), "gujarati": ("gu",), "odia": ("or",), "tamil": ("ta",), "telugu": ("te",), "kannada": ("kn",),
    "malayalam": ("ml",), "sinhala": ("si",), "thai": ("th",), "lao": ("lo",), "tibetan": ("dz", "bo"),
    "myanmar": ("my",), "ethiopic": ("am", "ti"), "khmer": ("km",),
}  # fmt: skip
# Letters that only one language of a script writes (or writes often), the most telling first.
_LETTERS = {
    "arabic": (("ur", "ٹڈڑںےھہ"), ("ps", "ټډړږښګڼې"), ("ug", "ۇۆۈۋې"), ("ku", "ڕڵۆێە"), ("fa", "پچژگکی")),
    "cyrillic": (("uk", "іїєґ"), ("be", "ў"), ("mk", "ѓќѕ"), ("sr", "јљњћђџ"), ("kk", "қңұһә")),
}
_OTHER_CODES = {
    "iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "fas": "fa", "per": "fa", "ara": "ar", "eng": "en",
    "fra": "fr", "fre": "fr", "rus": "ru", "urd": "ur",
}  # fmt: skip
_CODE = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")
_ALSO_LATIN = {"sr", "uz", "ku", "kk", "tt"}
_SAMPLE = 4000
# py3langid needs no more than this to be sure, and its cost grows with the text.
_RANKED = 2000
_SHORT = {"latin": 20}
_SHORT_OTHER = 12
_LONG = 60
_RARE = 0.012
_SURE = 0.8
_UNLIKELY = 0.02


def detect(text: str, declared: str | None = None) -> str:
    """ISO 639-1 code of the language of ``text``; ``und`` where nothing tells.

    ``declared`` (a tag such as ``ar-EG``) is believed where the text is in a script of that language and, if long, is
    not plainly another language: templates declare English on pages in any language.
    """
    sample = text[:_SAMPLE]
    script, letters = _script(sample)
    claimed = _plausible(declared, script)
    if not script:
        return claimed or UNKNOWN
    allowed = _OF_SCRIPT.get(script)
    if allowed and len(allowed) == 1:
        return allowed[0]
    short = letters < _SHORT.get(script, _SHORT_OTHER)
    if claimed and letters < _LONG:
        return claimed
    if short:
        return _by_letters(sample, script) or (allowed[0] if allowed else UNKNOWN)
    if script in _LETTERS and (told := _by_letters(sample, script)) and told != "fa":
        found, odds = told, {told: 1.0}
    else:
        odds = _odds(sample, script)
        found = max(odds, key=lambda code: odds[code]) if odds else UNKNOWN
        if script == "arabic" and found in ("ar", "fa"):
            # Persian without a single letter of its own is rare; Arabic with many of them is rarer.
            found = _by_letters(sample, script) or "ar"
            odds = {found: 1.0}
    if claimed and (found == UNKNOWN or odds.get(claimed, 0.0) >= _UNLIKELY or odds[found] < _SURE):
        return claimed
    return found


def _script(text: str) -> tuple[str, int]:
    counts: Counter[str] = Counter()
    # Each character once: a text has thousands, and few different ones.
    for char, times in Counter(text).items():
        if char.isalpha() and (at := bisect_right(_STARTS, ord(char))):
            counts[_BLOCKS[at - 1][1]] += times
    counts.pop("", None)
    if not counts:
        return "", 0
    if counts["kana"] > 0.05 * counts.total():
        # Japanese mixes kana with Han; any share of kana settles it.
        return "kana", counts.total()
    # A Han character is a word or half of one; a Latin letter is a fifth.
    counts["han"] *= 3
    script, letters = counts.most_common(1)[0]
    return script, letters


def _plausible(declared: str | None, script: str) -> str | None:
    """The two-letter code of a declared tag where the text's script can write that language."""
    found = _CODE.match(declared.strip()) if declared else None
    if not found:
        return None
    code = _OTHER_CODES.get(found[0].lower(), found[0].lower())
    if len(code) != 2:
        return None
    other = {name for name, codes in _OF_SCRIPT.items() if code in codes}
    return code if not script or script in other or (script == "latin" and (not other or code in _ALSO_LATIN)) else None


def _by_letters(text: str, script: str) -> str | None:
    """The language whose own letters are frequent in ``text``; a name or two in foreign spelling is not enough."""
    lowered = text.lower()
    counts = Counter(lowered)
    total = max(1, sum(times for char, times in counts.items() if char.isalpha()))
    best, most = None, 0.0
    for code, own in _LETTERS.get(script, ()):
        share = sum(counts[char] for char in own) / total
        # Persian letters are in Urdu, Pashto and Kurdish too: there they tell only against Arabic.
        weight = share * (0.2 if code == "fa" else 1.0)
        if share >= _RARE and weight > most:
            best, most = code, weight
    return best


def _odds(text: str, script: str) -> dict[str, float]:
    """Probability of each language that the script allows, by py3langid."""
    model = _model()
    allowed = _OF_SCRIPT.get(script)
    taken = {code for codes in _OF_SCRIPT.values() for code in codes} - _ALSO_LATIN
    ranked = {
        code: float(odds)
        for code, odds in model.rank(text[:_RANKED])
        if len(code) == 2 and (code in allowed if allowed else code not in taken)
    }
    total = sum(ranked.values())
    return {"no" if code in ("nb", "nn") else code: odds / total for code, odds in ranked.items()} if total else {}


@cache
def _model() -> Any:
    # Imported late: loading the model costs over half a second, and a run over declared short records needs none.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
