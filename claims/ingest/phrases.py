"""What the language files say about page furniture, compiled once: whole lines, openings, patterns, dates, agencies.

The tables of all languages are used on every page: furniture is often in another language than the story, and the
phrases are long or exact enough not to collide. See ``[boilerplate]`` and ``[stories]`` in ``claims/lang/*.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from claims.ingest.lines import Line, fold, trim
from claims.lang.loader import language, languages

_COLON = re.compile(r"\s*[:：]")
_TIME = re.compile(r"\d{1,2}\s*[:.h٫]\s*\d{2}(?!\d)")
_TOKEN = re.compile(r"[^\W_]+")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|e|го|г|h|t|z|am|pm|min|мин)?\d*z?|t\d+z?")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_NUMERIC_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
# An opening of one word needs a colon behind it: "Share:" is a button, "Share prices fell" is news.
_OPENING_WORDS = 16
_COLON_WORDS = 40
# A line of parts: "Home / World", "PARIS - 3 March 2021", or buttons set apart by wide gaps.
_PARTS = re.compile(r"\s+[|>»›•·/–—-]\s+|\s*[|•]\s*|\s{2,}|\t")
_DATED_PARTS = re.compile(r"\s+[|>»›•·–—-]\s+|\s*[|•,،(]\s*")
_BARRED = re.compile(r"[|>»›•·/]|\s{3,}|\t")
_DASHED = re.compile(r"\s[–—-]\s")
_PART_WORDS = 4
_DATE_WORDS = 14
_PATTERN_WORDS = 60


@dataclass(frozen=True)
class Phrases:
    """The furniture phrases of all languages, folded. ``starts`` are kept by their first word, the longest first."""

    lines: dict[str, str]
    starts: dict[str, tuple[tuple[str, str], ...]]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    agencies: frozenset[str]
    date_words: frozenset[str]
    continuers: tuple[str, ...]
    masthead: frozenset[str]


@cache
def phrases() -> Phrases:
    """The phrases of every language file, read once."""
    lines: dict[str, str] = {}
    starts: list[tuple[str, str]] = []
    patterns: list[tuple[re.Pattern[str], str]] = []
    agencies: set[str] = set()
    dates: set[str] = set()
    continuers: set[str] = set()
    for code in languages():
        table = language(code).get("boilerplate", {})
        for reason, entries in table.get("lines", {}).items():
            lines.update({trim(fold(entry)): reason for entry in entries})
        for reason, entries in table.get("starts", {}).items():
            starts.extend((trim(fold(entry)), reason) for entry in entries)
        for reason, entries in table.get("patterns", {}).items():
            patterns.extend((re.compile(entry), reason) for entry in entries)
        agencies.update(trim(fold(entry)) for entry in table.get("agencies", ()))
        for entry in table.get("date_words", ()):
            dates.update(_TOKEN.findall(fold(entry)))
        for locale in table.get("locales", ()):
            dates.update(calendar_words(locale))
        continuers.update(fold(entry) for entry in language(code).get("stories", {}).get("continuers", ()))
    # The longest opening first, so that the most specific reason wins.
    starts.sort(key=lambda item: -len(item[0]))
    by_word: dict[str, tuple[tuple[str, str], ...]] = {}
    for start, reason in starts:
        first = _first_word(start)
        by_word[first] = (*by_word.get(first, ()), (start, reason))
    masthead = frozenset(key for key, reason in lines.items() if reason == "masthead")
    return Phrases(lines, by_word, tuple(patterns), frozenset(agencies), frozenset(dates), tuple(continuers), masthead)


def _first_word(folded: str) -> str:
    found = _TOKEN.search(folded)
    return found[0] if found else ""


@cache
def calendar_words(locale: str) -> frozenset[str]:
    """Folded month and weekday names of a locale (``ar``, ``ar_LB``, ``de``); empty where there is no such locale."""
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    words: set[str] = set()
    for names in (found.months, found.days):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for name in names[form][width].values():
                    words.update(token for token in _TOKEN.findall(fold(name)) if not token.isdigit())
    return frozenset(words)


def phrase_reason(line: Line) -> str | None:
    """The reason for which a phrase table sets ``line`` aside, or None.

    A long sentence that merely opens with, or holds, a listed phrase is content: openings apply to short lines and to
    lines where a colon follows the phrase.
    """
    table = phrases()
    if line.words > _PATTERN_WORDS:
        return None
    if not line.key:
        # Rules of dashes, stars, emoji: nothing to read.
        return "chrome"
    if reason := table.lines.get(line.key):
        return reason
    for pattern, reason in table.patterns:
        if pattern.search(line.text):
            return reason
    lead = len(line.folded) - len(line.folded.lstrip('*#>-–—•·|►▶“"«([ '))
    opening = line.folded[lead:]
    for start, reason in table.starts.get(_first_word(opening), ()):
        if not opening.startswith(start):
            continue
        rest = opening[len(start) :]
        if rest[:1].isalnum():
            continue
        colon = bool(_COLON.match(rest))
        if colon and line.words <= _COLON_WORDS:
            return reason
        if " " in start and line.words <= _OPENING_WORDS:
            return reason
    if line.key in table.agencies:
        return "source"
    if reason := _longer(opening, line):
        return reason
    parts = [Line(0, 0, part, False) for part in _PARTS.split(line.text) if part.strip()]
    if len(parts) > 1 and line.words <= _OPENING_WORDS:
        reasons = [phrase_reason(part) or ("date_line" if date_strength(part, "und") else None) for part in parts]
        if None not in reasons:
            return "date_line" if "date_line" in reasons else reasons[0]
    return None


def _longer(opening: str, line: Line) -> str | None:
    """The reason of a whole-line phrase that goes on a little: "Follow us: …", "Most read this week"."""
    table = phrases()
    if line.words > _OPENING_WORDS:
        return None
    reason = table.lines.get(trim(_COLON.split(opening, maxsplit=1)[0])) if _COLON.search(opening) else None
    if reason is None and not line.closed:
        words = opening.split()
        heads = (" ".join(words[:count]) for count in range(len(words) - 1, max(1, len(words) - 4), -1))
        reason = next((table.lines[head] for head in heads if head in table.lines), None)
    # A section's name before a colon is part of many headlines: "World: …".
    return None if reason == "chrome" else reason


def menu_reason(line: Line, lang: str, *, foot: bool) -> str | None:
    """The reason for a line of short parts set apart by bars, arrows or wide gaps, as menus and crumbs are; or None.

    ``foot``: the line stands below the body, where one known part is enough.
    """
    parts = [Line(0, 0, part, False) for part in _PARTS.split(line.text) if part.strip()]
    if line.closed or len(parts) < 2 or any(part.words > _PART_WORDS for part in parts):
        return None
    known = [phrase_reason(part) for part in parts]
    calendar = phrases().date_words | calendar_words(lang)
    if any(date_strength(part, lang) or calendar.issuperset(_TOKEN.findall(part.folded)) for part in parts):
        return "date_line"
    # One dash between two short parts may be a headline ("Quake in Peru - two dead"), and two blanks a slip.
    if len(parts) == 2 and line.words > _PART_WORDS and not _BARRED.search(line.text):
        return next((reason for reason in known if reason), None) if foot else None
    if len(parts) == 2 and not any(known) and not _BARRED.search(line.text) and not _DASHED.search(line.text):
        return None
    return "chrome"


def is_byline(line: Line) -> bool:
    """Whether a short line opens with a byline's word ("by", "par", "كتب"), also without a colon."""
    first = line.folded.partition(" ")[0]
    openings = phrases().starts.get(_first_word(line.folded), ())
    return line.words <= _PART_WORDS + 3 and not line.closed and (first, "byline") in openings


def date_strength(line: Line, lang: str) -> int:
    """How much of a date stamp a line is: 0 none, 1 a time of day, 2 a date. A stamp holds nothing but the date."""
    if line.words > _DATE_WORDS:
        return 0
    whole = _strength(line, lang)
    if whole or line.closed:
        return whole
    # A place or an outlet beside the date: "Geneva, 5 May 2023", "Cairo - 18 September 2024 (agencies)".
    parts = [Line(0, 0, part, False) for part in _DATED_PARTS.split(line.text) if part.strip()]
    dated = [_strength(part, lang) for part in parts]
    other = [part for part, strength in zip(parts, dated, strict=True) if not strength]
    full = any(strength == 2 and _YEAR.search(part.folded) for part, strength in zip(parts, dated, strict=True))
    return 2 if full and len(other) <= 2 and all(part.words <= _PART_WORDS for part in other) else 0


def _strength(line: Line, lang: str) -> int:
    table = phrases()
    known = table.date_words | calendar_words(lang)
    numbers = named = 0
    for token in _TOKEN.findall(line.folded):
        if _ORDINAL.fullmatch(token):
            numbers += 1
        elif token in known:
            named += 1
        else:
            return 0
    if not numbers:
        return 0
    if _NUMERIC_DATE.search(line.folded) or (named and (numbers >= 2 or _YEAR.search(line.folded))):
        timed_only = not _NUMERIC_DATE.search(line.folded) and not _YEAR.search(line.folded)
        return 1 if timed_only and _TIME.search(line.folded) and numbers <= 2 else 2
    if _TIME.search(line.folded):
        return 1
    return 2 if named and numbers and not line.closed and line.words >= 2 else 0
