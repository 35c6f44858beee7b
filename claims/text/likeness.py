"""How alike two spellings of a personal name sound, in any two scripts.

Each name is romanised (anyascii), cut into parts, and each part is written as sounds. Two parts are compared by a
weighted edit distance: letters that scripts write one for the other cost little, and so do vowels, which Arabic and
Hebrew leave out. Names are the same if their parts can be laid side by side so that each pair is alike; a family name
in common is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise, permutations
from typing import NamedTuple

from anyascii import anyascii

from claims.text.script import dominant_script

# Digraphs of romanisation, each one sound; the longest first.
_SOUNDS = (
    ("schtsch", "S"), ("shch", "S"), ("chzh", "J"), ("tsch", "C"), ("tsz", "J"), ("tsh", "C"), ("sch", "S"),
    ("tch", "C"), ("dzh", "J"), ("sh", "S"), ("ch", "C"), ("zh", "J"), ("kh", "X"), ("gh", "g"), ("th", "t"),
    ("ph", "f"), ("dh", "d"), ("ts", "C"), ("tz", "C"), ("cz", "C"), ("sz", "S"), ("dj", "J"), ("ck", "k"),
    ("qu", "k"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("w", "v"),
)  # fmt: skip
# What one script writes for the other's sound: Greek has no b and d of its own, Han few endings.
_GREEK = (("nt", "d"), ("gk", "g"), ("tz", "J"), ("ch", "X"), ("ou", "u"), ("ei", "i"))
_HAN = (("er", "r"), ("zh", "J"), ("q", "C"), ("x", "S"), ("c", "C"))
_CLASSES = ("pbfv", "td", "kgqXh", "szSCJ", "ckCsSJ", "Jgyj", "mn", "lr", "Xhj", "CJtd", "dz", "qC", "Wvfbu")
_TWO_SOUNDS = frozenset(["kh", "th", "ph", "gh", "dh"])
# W is the letter that Arabic and Hebrew write for u, o, w and v.
_VOWELS = frozenset("aeiouyW")
# Letters that come and go between scripts: breaths and glides.
_WEAK = frozenset("hvyjW")
_SILENT = frozenset("stdzpk")
_LONG_ENOUGH = 4
_ALIKE = 0.25
_VOWEL_COST = 0.06
_DROPPED_VOWEL = 0.1
_DROPPED_WEAK = 0.4
_SONS = frozenset(["bin", "ben", "ibn", "bint", "bn"])
_YOUNGER = frozenset(["jr", "junior", "fils", "filho", "mladSiy", "mladSij"])
_PARTICLES = frozenset(
    "al el ul as ash ad ar at an az abu abd de del della di da dos du van von der den la le y e ter zu".split()  # noqa: SIM905
)
# Beyond so many parts only the first ones are tried, as a name has few.
_MOST_PARTS = 5
_LETTERS = re.compile("[A-Za-z'`]+")
_NUMERAL = re.compile("i{1,3}|iv|vi{0,3}|ix|x[iv]*")
_ARABIC_ARTICLE = re.compile(r"(?:(?<=\s)|^)ال(?=\w{3})")
_ARABIC_YOUNGER = re.compile(r"\s(?:الابن|نجل)\b")
# The first name in another place, a part too many, another order: taken off the likeness.
_NOT_FIRST = 0.25
_ONE_MORE = 0.02
_TURNED = 0.06
_OTHER_FATHER = 0.5
_ALIKE_FATHER = 0.62


# From here on two spellings are taken for one person's.
SURE = 0.74


def _class_pairs() -> frozenset[tuple[str, str]]:
    return frozenset((a, b) for group in _CLASSES for a in group for b in group if a != b)


_PAIRS = _class_pairs()
_COARSE = {letter: group[0] for group in ("pbf", "td", "szSCJc", "kgqX", "mn", "lr") for letter in group}


class Spelling(NamedTuple):
    """A name as sounds: its parts in order, what stands behind "son of", a numeral, and a word for "the younger"."""

    parts: tuple[str, ...]
    fathers: tuple[str, ...]
    numeral: str | None
    younger: bool
    script: str | None


@lru_cache(maxsize=50_000)
def spelling(name: str) -> Spelling:
    """A name as sounds; particles and articles are left out where something else is left."""
    script = dominant_script(name)
    younger = bool(_ARABIC_YOUNGER.search(name)) or (script == "Hani" and name[0] in "小")
    bare = _ARABIC_YOUNGER.sub("", name) if script == "Arab" else name.lstrip("小") if script == "Hani" else name
    if script in ("Arab", "Hebr"):
        bare = _ARABIC_ARTICLE.sub("", bare).replace("و", "W").replace("ו", "W").replace("ב", "b")
    roman = anyascii(bare.replace("·", " ").replace("・", " ").replace("\u200c", ""))
    if script == "Hani":
        roman = roman.lower()
    words = [
        w if script in ("Arab", "Hebr") else w.lower()
        for w in _LETTERS.findall(roman.replace("-", " ").replace("’", "'"))
    ]
    found = [_sounds(word, script) for word in words]
    numeral = next((w for w in words[1:] if script == "Latn" and _NUMERAL.fullmatch(w)), None)
    fathers = tuple(found[i + 1] for i, w in enumerate(words[:-1]) if w in _SONS and i)
    younger = younger or any(w in _YOUNGER for w in words)
    kept = [
        sound
        for word, sound in zip(words, found, strict=True)
        if word not in _PARTICLES | _SONS | _YOUNGER and word != numeral
    ]
    return Spelling(tuple(kept or found), fathers, numeral, younger, script)


def _sounds(part: str, script: str | None) -> str:
    """One part as sounds; doubled letters once."""
    table = (_GREEK if script == "Grek" else _HAN if script == "Hani" else ()) + _SOUNDS
    if script == "Grek" and part.startswith("mp"):
        part = "b" + part[2:]
    if script == "Latn" and part.startswith("x"):
        part = "S" + part[1:]
    for written, sound in table:
        # In Hebrew these letters stand for two sounds each.
        if script != "Hebr" or written not in _TWO_SOUNDS:
            part = part.replace(written, sound)
    part = re.sub(r"(.)\1+", r"\1", part.replace("'", "").replace("`", "").replace("x", "ks")) or part
    return part[:-1] if part.endswith("ng") else part


@lru_cache(maxsize=200_000)
def part_likeness(one: str, other: str) -> float:
    """How alike two parts sound, in [0, 1]; both as :func:`spelling` gives them."""
    if one == other:
        return 1.0
    above = [0.0]
    for letter in other:
        above.append(above[-1] + _dropped(letter))
    for letter in one:
        row = [above[0] + _dropped(letter)]
        for at, against in enumerate(other, 1):
            row.append(
                min(
                    above[at] + _dropped(letter),
                    row[-1] + _dropped(against),
                    above[at - 1] + _exchanged(letter, against),
                )
            )
        above = row
    # A last letter that is written and not spoken (Dubois, Дюбуа).
    for longer, shorter in ((one, other), (other, one)):
        if longer[-1] in _SILENT and shorter[-1] in _VOWELS and len(longer) > _LONG_ENOUGH:
            above[-1] = max(0.0, above[-1] - 1.0 + _DROPPED_WEAK)
    weight = max(_weight(one), _weight(other))
    return max(0.0, 1.0 - above[-1] / weight)


def _weight(part: str) -> float:
    return max(1.5, sum(1.0 for letter in part if letter not in _VOWELS) + 0.25 * sum(c in _VOWELS for c in part))


def _dropped(letter: str) -> float:
    return _DROPPED_VOWEL if letter in _VOWELS else _DROPPED_WEAK if letter in _WEAK else 1.0


def _exchanged(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        return _VOWEL_COST
    if (one, other) in _PAIRS:
        return _ALIKE
    return _DROPPED_VOWEL + _DROPPED_WEAK if {one, other} <= _VOWELS | _WEAK else 1.2


def name_likeness(one: str, other: str) -> float:
    """How surely two spellings name one person, in [0, 1]: the likeness of the least alike pair of their parts.

    Both names need two parts, or stand as one part in both. Parts that only one name has (a middle name, a
    patronymic) count little against it, another first name or another father's name much.
    """
    a, b = spelling(one), spelling(other)
    first, second = a.parts, b.parts
    if not first or not second or a.younger != b.younger or (a.numeral and b.numeral and a.numeral != b.numeral):
        return 0.0
    han = "Hani" in (a.script, b.script)
    whole = _whole(first, second) if han or len(first) != len(second) else 0.0
    if len(first) > len(second):
        first, second = second, first
    if len(first) < 2:
        score = whole if len(second) > 1 else part_likeness(first[0], second[0])
    else:
        score = max(_aligned(first, second), whole)
    if a.fathers and b.fathers and part_likeness(a.fathers[0], b.fathers[0]) < _ALIKE_FATHER:
        score = min(score, _OTHER_FATHER)
    return max(0.0, score)


def _aligned(short: Sequence[str], long: Sequence[str]) -> float:
    """The best way to lay the parts of the shorter name beside those of the longer."""
    short, long = tuple(short[:_MOST_PARTS]), tuple(long[:_MOST_PARTS])
    best = 0.0
    for order in permutations(range(len(long)), len(short)):
        score = min(part_likeness(part, long[at]) for part, at in zip(short, order, strict=True))
        if score <= best:
            continue
        turned = any(before > after for before, after in pairwise(order))
        score -= _ONE_MORE * (len(long) - len(short)) + (_TURNED if turned else 0.0)
        # Where a name has one part more, it is the same person's only if the first names stand side by side.
        score -= (
            _NOT_FIRST if len(long) > len(short) and 0 not in (order[0], order[-1] if turned else order[0]) else 0.0
        )
        best = max(best, score)
    return best


def _whole(first: Sequence[str], second: Sequence[str]) -> float:
    """Names whose parts are cut differently ("Kim Jong-un", «김정은», "Abdulrahman"): compared as one word each."""
    straight = part_likeness("".join(first), "".join(second))
    turned = max(
        part_likeness("".join((*first[1:], first[0])), "".join(second)),
        part_likeness("".join(first), "".join((*second[1:], second[0]))),
    )
    return max(straight, turned - 0.03) - 0.02


def same_person(one: str, other: str, least: float = SURE) -> bool:
    """Whether two spellings surely name one person."""
    return name_likeness(one, other) >= least


def bucket(name: str) -> tuple[str, str] | None:
    """A coarse key that spellings of one name nearly always share: the first sure sounds of its first and last part.

    None for a name of fewer than two parts.
    """
    found = spelling(name).parts
    return (_first_sound(found[0]), _first_sound(found[-1])) if len(found) > 1 else None


def _first_sound(part: str) -> str:
    return next((_COARSE[letter] for letter in part if letter in _COARSE), "")
