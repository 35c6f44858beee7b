"""How much a decoded text looks like writing in the languages of a charset's family: letters, case, whole words."""

from __future__ import annotations

import re
from itertools import pairwise

# In order of how common they are among news pages that are not UTF-8; an equal score keeps the earlier one.
CANDIDATES = (
    ("cp1252", "west"),
    ("cp1256", "arabic"),
    ("cp1251", "cyrillic"),
    ("koi8_u", "cyrillic"),
    ("iso8859_6", "arabic"),
    ("cp1250", "central"),
    ("cp1254", "turkish"),
    ("cp1253", "greek"),
    ("cp1255", "hebrew"),
    ("iso8859_2", "central"),
    ("iso8859_5", "cyrillic"),
    ("cp866", "cyrillic"),
    ("iso8859_7", "greek"),
    ("iso8859_8", "hebrew"),
    ("latin_1", "west"),
)

# Letters beyond ASCII by family: frequent, usual, rare. What is in none of them speaks against the family.
_LETTERS = {
    "arabic": ("اليمونرتبدهعفسق", "كحجأةشصىطخإضذغزئثءؤظآپچگکی", "ژًٌٍَُِّْـہھےںٹڈڑ"),
    "cyrillic": ("оеаинтсрвлкмдпу", "яыьгзбчйхжшюцщіїєґў", "фэъёџњљјћђѓќѕ"),
    "west": ("éèàçêäöüßñáíóúãåøæœ¡¿", "âîôûùëïõº°ªò", "ìýðþÿ"),
    "central": ("áéíóúąęłšžřčěůćńśżź", "ýöüőűťďňôäăîâșțşţđ", "ŕĺľ"),
    "turkish": ("ığşüöç", "âîû", ""),
    "greek": ("αοιετσνηυρπκμλωςόάέίήύώ", "δθφχγβξζψ", "ϊϋΐΰ"),
    "hebrew": ("יוהלארתבשמ", "נעםדקחפכגטןצזסךףץ", "ְֱֲֳִֵֶַָֹֻּ"),
}
_MARKS = "«»“”„’‘—–…،؛؟€№§\u00a0·•™©®°\u200c\u200f\u200e\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:[\u064b-\u0652\u05b0-\u05c2][^\W\d_]*)*")
_COMMON = {
    "arabic": "في من على إلى أن ان التي الذي هذا هذه عن مع لا قال كان بين بعد قبل كل هو هي به در از که این است",
    "cyrillic": "и в не на что с по это как к из за для от он но его о а у же бы то та і що до про від",
    "west": "le la les des et est que qui dans pour une der und ist nicht el los las en por del di che per och att os",
    "turkish": "ve bir bu da de ile için çok değil olarak",
    "central": "je na se w z do nie jest się że są by jak pro ze ale což být și este hogy az",
    "greek": "και το να της του την από με για στην",
    "hebrew": "של את על לא הוא כי זה עם גם",
}
_WORDS = {family: frozenset(words.split()) for family, words in _COMMON.items()}
_LATIN = frozenset({"west", "central", "turkish"})
_LONE = frozenset("авикосуяіейжб")
_SHOUTED = 0.5


def likeness(text: str, family: str) -> float:
    """How well ``text`` reads as writing of ``family``: about 1 for real text, below 0 for the wrong charset.

    The value is the mean over the characters beyond ASCII; words that mix scripts or have a capital inside, and
    symbols, count against. Frequent small words count for it. 0.0 for a text that is all ASCII.
    """
    frequent, usual, rare = _LETTERS[family]
    worth = {**dict.fromkeys(rare, 0.2), **dict.fromkeys(usual, 0.6), **dict.fromkeys(frequent, 1.0)}
    worth.update(dict.fromkeys(_MARKS, 0.36))
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return 0.0
    total = sum(worth.get(char, worth.get(char.lower(), -1.5) - 0.45) for char in beyond)
    words = [word for word in _WORD.findall(text) if any(char > "\x7f" for char in word)]
    for word in words:
        high = sum(char > "\x7f" for char in word)
        if family in _LATIN:
            # A Latin word has at most a few letters with accents; a word made of them is another script misread.
            total -= high * 1.5 if high > 1 and high > 0.75 * len(word) else 0
        elif high < len(word):
            total -= 2.0 * min(high, len(word) - high) + 1.0
        pairs = pairwise(word)
        if any(before.islower() and char.isupper() and max(before, char) > "\x7f" for before, char in pairs):
            total -= 1.5 * high
        if family == "cyrillic" and len(word) == 1 and word.lower() not in _LONE:
            # A lone letter that is no word is a dash or a quotation mark misread.
            total -= 1.5
    shouted = sum(word.isupper() and len(word) > 1 for word in words)
    if family == "cyrillic" and shouted > _SHOUTED * len(words):
        # Windows-1251 read as KOI8 turns small letters into capitals; a page all in capitals is rare.
        total -= 0.3 * len(beyond)
    # Over all words, so that one accented letter in a French line does not pass for a Russian word.
    every = _WORD.findall(text)
    common = sum(word.lower() in _WORDS[family] for word in every)
    return total / len(beyond) + common / max(1, len(every))
