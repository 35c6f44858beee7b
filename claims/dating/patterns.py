"""The regular expressions of one language's dates, built once from its lexicon and kept.

Every expression names its groups: ``d`` (one or more days, joined), ``m``/``m2`` (month), ``mn`` (month as a number),
``y`` (year), ``w`` (weekday), ``h`` (Hijri month).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claims.dating.lexicon import LETTER, Lexicon, alternation, compiled, lexicon

YEAR = r"(?:1[89]|20|21)\d\d(?![\d%]|[.,]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_ENDING = r"(?:\s?(?:st|nd|rd|th|er|re|eme|º|°|ª|-?(?:го|е|ого|му|ое|ым|м))(?![^\W\d_])|\.(?!\d))?"
# No day of a date: the tail of a longer number, a decimal, a score, a sum of money.
_NO_NUMBER_BEFORE = r"(?<![\d$€£₽№#+])(?<!\d[.,:/+])"
# What makes the number behind a month a quantity and no day.
_QUANTITY = r"(?![.,:]\d|\s?%|\s*-\s*\d{3}|\s+(?:percent|per\s+cent|million|billion|thousand)\b)"
_YEARS_ORDER = re.compile(r"'((?:[^']|'')*)'|([dMLyEc]+)|([^'dMLyEc]+)")


@dataclass(frozen=True)
class Patterns:
    """Compiled expressions of one language; ``anchors`` are the folded words that a date may begin to be found by."""

    lexicon: Lexicon
    dated: tuple[tuple[str, re.Pattern[str]], ...]
    anchors: frozenset[str]
    weekday_before: re.Pattern[str]
    weekday_after: re.Pattern[str]
    year_before: re.Pattern[str]
    year_after: re.Pattern[str]
    attributive_before: re.Pattern[str]
    quantity_after: re.Pattern[str]
    range_join: re.Pattern[str]
    hijri_after: re.Pattern[str]
    last_before: re.Pattern[str]
    last_after: re.Pattern[str]
    ordinals: dict[str, int]
    hijri: dict[str, int]


@cache
def patterns(lang: str) -> Patterns:
    """The expressions of a language code, from CLDR and the language's data."""
    words = lexicon(lang)
    ordinals, hijri = words.numbered("ordinals"), words.numbered("hijri")
    all_months = {**words.short_months, **words.months}
    names = {*all_months, *hijri}
    clitics = [""]
    if letters := words.table.get("clitics", ""):
        clitics += [*letters, *(a + b for a in letters for b in letters)]
    # A particle that CLDR writes onto the month («d בMMMM»).
    clitics += [letter for pattern in words.patterns for letter in re.findall(r"([^\W\da-zA-Z])M", pattern)]
    return Patterns(
        lexicon=words,
        dated=_dated(words, alternation(all_months), alternation(ordinals), alternation(hijri)) if all_months else (),
        anchors=frozenset(clitic + re.split(r"[\s.\-']", name)[0] for name in names for clitic in clitics),
        weekday_before=_weekday_before(words),
        weekday_after=re.compile(r"\s*[,(]\s*" + _weekday(words, "w") + _end(words) + r"(?!\.?\s*\d)"),
        year_before=re.compile(_cue(words, "year_cues") + r"\s?$"),
        year_after=re.compile(rf"\s?{alternation(words.words('year_after'))}{_end(words)}"),
        attributive_before=re.compile(_cue(words, "year_attributives") + r"\s$"),
        quantity_after=re.compile(rf"\s?{alternation((*words.words('not_after_year'), '%', '$', '€', '£'))}"),
        range_join=re.compile(rf"\s?(?:-|{alternation(words.words('joins'))})\s?"),
        hijri_after=re.compile(rf"\s?(?:ه|{alternation(words.words('hijri_after'))})(?!{LETTER})"),
        last_before=re.compile(rf"(?<!{LETTER}){alternation(words.words('last_before'))}\s+$"),
        last_after=re.compile(rf"\s*,?\s*{alternation(words.words('last_after'))}{_end(words)}"),
        ordinals=ordinals,
        hijri=hijri,
    )


def _cue(words: Lexicon, key: str) -> str:
    return rf"(?<!{LETTER}){words.clitics}{alternation(words.words(key))}"


def _end(words: Lexicon) -> str:
    return rf"(?!{LETTER})" if words.spaced else ""


def _weekday(words: Lexicon, group: str) -> str:
    return rf"(?P<{group}>{alternation({**words.short_weekdays, **words.weekdays})})"


def _weekday_before(words: Lexicon) -> re.Pattern[str]:
    small = r"(?:the|le|el|den|am|de|a|il|on|du)"
    start = rf"(?<!{LETTER})" if words.spaced else ""
    return re.compile(rf"{start}{words.clitics}{_weekday(words, 'w')}\.?\s*[,،(]?\s*(?:{small}\s+)?$")


def _dated(words: Lexicon, month: str, ordinal: str, hijri: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    start, end = (rf"(?<!{LETTER})", rf"(?!{LETTER})") if words.spaced else ("", "")
    joins = alternation((*words.words("joins"), "-", "/", ","))
    day = rf"(?:{_DAY}{_ENDING}|{ordinal}{end})"
    days = rf"(?P<d>{day}(?:\s?{joins}\s?{day}){{0,3}})"
    connectors = alternation((*words.words("connectors"), *_literals(words, "d", "M")))
    year_connectors = alternation((*words.words("year_connectors"), *_literals(words, "M", "y")))
    link = rf"\s*,?\s*(?:{connectors}\s*){{0,2}}"
    second = rf"(?:\s?[/(-]\s?(?P<m2>{month})\.?{end}(?:\s?\))?)?"
    named = rf"{start}{words.clitics}(?P<m>{month})\.?{end}{second}"
    suffix = alternation(words.words("year_after"))
    year = rf"(?:\s*,?\s*(?:{year_connectors}\s*){{0,2}}(?P<y>{YEAR})(?:\s?{suffix}{end})?)"
    hijri_year = rf"\s*,?\s*(?:{year_connectors}\s*)?(?P<y>1[345]\d\d)(?!\d)"
    found = [(_cldr(pattern, words, month), "cldr") for pattern in words.patterns]
    found += [
        (rf"{_NO_NUMBER_BEFORE}{start}{days}{link}{named}{year}?", "day_month"),
        (rf"{start}{words.clitics}(?P<h>{hijri}){end}{hijri_year}", "hijri"),
        (rf"{_NO_NUMBER_BEFORE}{start}{days}{link}{start}(?P<h>{hijri}){end}{hijri_year}", "hijri"),
        (rf"{named}{year}", "month_year"),
        (rf"{_cue(words, 'month_cues')}\s?{named}", "month"),
        (rf"{named}(?=\s+{alternation(words.words('last_after'))})", "month"),
    ]
    if words.table.get("month_first") or words.order.startswith(("md", "ym")):
        found.append((rf"{named}\s*,?\s*(?:the\s+)?{days}{_QUANTITY}{year}?", "month_day"))
    return tuple((rule, compiled(pattern)) for pattern, rule in found)


def _literals(words: Lexicon, left: str, right: str) -> list[str]:
    """Words that CLDR's patterns write between two fields («de» in «d 'de' MMMM 'de' y»)."""
    found = []
    for pattern in words.patterns:
        for text in re.findall(rf"{left}'?\.?\s*'([^']+)'\s*{right}|{left}([^\W\da-zA-Z]+){right}", pattern):
            found += [part.strip().lower() for part in text if part.strip()]
    return found


def _cldr(pattern: str, words: Lexicon, month: str) -> str:
    """One CLDR pattern as an expression; white space is elastic, literals stand as they are."""
    parts = []
    for literal, fields, other in _YEARS_ORDER.findall(pattern):
        if not fields:
            text = literal or other
            parts += [r"\s*" if piece.isspace() else _literal(piece) for piece in re.findall(r"\s+|\S+", text)]
        elif fields[0] == "d":
            parts.append(rf"(?P<d>{_DAY})")
        elif fields[0] in "ML":
            parts.append(rf"(?P<m>{month})\.?" if len(fields) > 2 else r"(?P<mn>1[0-2]|0?[1-9])(?!\d)")
        elif fields[0] == "y":
            parts.append(rf"(?P<y>{YEAR})")
        else:
            parts.append(_weekday(words, "w") + r"\.?")
    edge = rf"(?<!{LETTER})" if words.spaced else ""
    return edge + _NO_NUMBER_BEFORE + "".join(parts) + (r"(?!\d)" if pattern.endswith("y") else "")


def _literal(piece: str) -> str:
    """A literal as folded text has it; a lone punctuation mark may be missing."""
    from claims.dating.fold import fold_word

    folded = fold_word(piece)
    return re.escape(folded) + "?" if len(folded) == 1 and not folded.isalnum() else re.escape(folded)
