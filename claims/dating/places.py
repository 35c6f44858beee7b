"""Where a page states its own date: beside a "published" cue, on a date line, in a dateline, on a line of its own.

A date in running text is an event's date and is not found here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claims.dating import calendars
from claims.dating.fold import fold
from claims.dating.lexicon import LETTER, alternation, lexicon
from claims.dating.mention import DateMention
from claims.dating.relative import find_relative
from claims.records import Span

# Strength of a place; the strongest that a page has decides.
PUBLISHED, DATELINE, TODAY, OWN_LINE = 4, 3, 2, 1

_HEAD_LINES, _HEAD_CHARACTERS, _TAIL_LINES = 14, 1600, 4
_CUE_REACH, _LINE_REACH = 60, 160
_DATE_SPANS = ("date", "byline", "published")
# What may follow a dateline's date: an agency in brackets, then a dash or a colon.
_DATELINE_END = re.compile(r"\s*,?\s*(?:\d{4}\s*)?(?:[(/\[][^()\[\]\n]{2,40}[)/\]]\s*[-:.,]{0,2}|[-:.]\s|\s-{1,2})")
_PLACE = re.compile(r"[^\d.!?:;\"«»“”]{2,48}")
_CLOCK = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?|[+-]\d{2}:?\d{2}")
_BARS = re.compile(r"[|•·]")
# Before the date a mark, with a small word after it («Genève, le»); behind it a mark, or the zone of a clock.
_MARK_BEFORE = re.compile(rf"(?:^|[,\-:/()]\s*)(?:{LETTER}{{1,4}})?\s*$")
_MARK_AFTER = re.compile(rf"[,\-/()]|{LETTER}{{1,6}}\b|$")
_MOST_LETTERS, _BYLINE_WORDS = 24, 6
_LETTERS = re.compile(rf"{LETTER}+")


@dataclass(frozen=True)
class Place:
    """A date that a page states as its own. ``updated``: the page says that it was changed then, not published."""

    mention: DateMention
    rule: str
    strength: int
    updated: bool = False


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    number: int
    last: int


@cache
def _cues(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions for "published" and "updated" at the end of what stands before a date."""
    words, english = lexicon(lang), lexicon("en")
    found = []
    for key in ("published", "updated"):
        cues = alternation({*words.words(key), *english.words(key)})
        # Between cue and date: marks, a clock, a weekday, small words; never a sentence.
        found.append(re.compile(rf"(?<!{LETTER}){cues}(?!{LETTER})[\s:|,\-–·•]*(?:{LETTER}{{1,12}}[\s,:]+){{0,3}}$"))
    return found[0], found[1]


def find_places(text: str, lang: str, mentions: Sequence[DateMention], spans: Sequence[Span]) -> list[Place]:
    """The page's own dates among its mentions, in the order of the text. A mention may lack its year."""
    if not mentions:
        return []
    folded = fold(text)
    lines = _lines(folded.text)
    published, updated = _cues(lang)
    found = []
    for mention in mentions:
        if mention.precision == "unknown" or mention.precision == "year":
            continue
        start, end = folded.at(mention.start), folded.at(mention.end)
        line = next((line for line in lines if line.start <= start < line.end), None)
        if line is None:
            continue
        before = _before(folded.text, lines, line, start)
        reason = next((span.reason for span in spans if span.start <= mention.start < span.end), "")
        cue, change = published.search(before), updated.search(before)
        if change and (not cue or change.start() >= cue.start()):
            found.append(Place(mention, "updated_line", PUBLISHED, updated=True))
        elif cue and (line.number < _HEAD_LINES or line.last < _TAIL_LINES or _short(folded.text, line)):
            found.append(Place(mention, "published_line", PUBLISHED))
        elif any(word in reason for word in _DATE_SPANS):
            found.append(Place(mention, "date_line", PUBLISHED))
        elif not reason:
            bare = _bare(folded.text, line, start, end, lang) if _names_a_day(mention) else None
            if bare:
                found.append(Place(mention, *bare))
    return found


def _names_a_day(mention: DateMention) -> bool:
    return mention.day is not None or mention.rule in ("iso", "numeric", "numeric_ambiguous", "hijri")


def _bare(text: str, line: _Line, start: int, end: int, lang: str) -> tuple[str, int] | None:
    """A date that no cue and no span marks: in a dateline, behind "today", or alone on its line."""
    head = line.number < _HEAD_LINES and line.start < _HEAD_CHARACTERS
    # More than this before or behind a date is a sentence in any case.
    before, after = text[max(line.start, start - _LINE_REACH) : start], text[end : min(line.end, end + _LINE_REACH)]
    if head and before.strip() and start - line.start < _CUE_REACH and _is_dateline(before.strip(), after):
        return "dateline", DATELINE
    left = before[-24:]
    for item in find_relative(left, lang):
        if item.rule == "day" and item.offset == 0 and not left[item.end :].strip(" ,("):
            return "today_date", TODAY
    if not head and line.last >= _TAIL_LINES:
        return None
    byline = re.match(rf"\s*{alternation((*lexicon(lang).words('byline'), 'by'))}\s", before)
    alone = _alone("" if byline and len(before.split()) <= _BYLINE_WORDS else before, after)
    return ("own_line", OWN_LINE) if alone else None


def _alone(before: str, after: str) -> bool:
    """Whether nothing but a place, a clock and small words share the line, or its part between bars, with a date.

    «Talks of 5 March» is a headline: what stands before a date of the page ends in a mark.
    """
    before = _CLOCK.sub(" ", _BARS.split(before)[-1]).strip()
    after = _CLOCK.sub(" ", _BARS.split(after)[0]).strip()
    if re.search(r"\d{3}", before + after) or len("".join(_LETTERS.findall(before + after))) > _MOST_LETTERS:
        return False
    return (not before or bool(_MARK_BEFORE.search(before))) and (not after or bool(_MARK_AFTER.match(after)))


def _is_dateline(before: str, after: str) -> bool:
    """«MOSCOW, Jan 13 (Reuters) -»: a place and no sentence before, an agency or a dash behind."""
    if not _PLACE.fullmatch(before) or not _DATELINE_END.match(after) or len(before.split()) > 6:
        return False
    rest = _DATELINE_END.sub("", after, count=1)
    return len(rest.split()) >= 4


def _before(folded: str, lines: list[_Line], line: _Line, start: int) -> str:
    """What stands before a mention on its line; the line above where there is nothing."""
    before = folded[max(line.start, start - _CUE_REACH) : start]
    if before.strip() or not line.number:
        return _CLOCK.sub(" ", before)
    above = next((item for item in lines if item.number == line.number - 1), None)
    return _CLOCK.sub(" ", folded[max(above.start, above.end - _CUE_REACH) : above.end]) if above else before


def _short(text: str, line: _Line) -> bool:
    return line.end - line.start < _LINE_REACH and len(text[line.start : line.end].split()) <= 14


def _lines(text: str) -> list[_Line]:
    """The lines with something on them, numbered from the head and from the tail."""
    found = []
    position = 0
    for piece in text.splitlines(keepends=True):
        if piece.strip():
            found.append((position, position + len(piece)))
        position += len(piece)
    return [_Line(start, end, index, len(found) - 1 - index) for index, (start, end) in enumerate(found)]


def candidates(mention: DateMention, low: dt.date | None, high: dt.date) -> list[tuple[dt.date, dt.date]]:
    """The spans that a mention can mean within ``[low, high]``: one, or one a year where the year is not stated.

    A stated weekday rules years out. Without ``low`` the years go back 30 from ``high``.
    """
    if mention.earliest and mention.latest:
        return [(mention.earliest, mention.latest)]
    if mention.month is None:
        return []
    found = []
    for year in range((low or calendars.shift_years(high, -30)).year, high.year + 1):
        if mention.day is None:
            first, last = calendars.month_span(year, mention.month)
        else:
            one = calendars.day(year, mention.month, mention.day)
            two = calendars.day(year, mention.month, mention.last_day or mention.day)
            if one is None or two is None:
                continue
            first, last = one, two
            if mention.weekday is not None and first == last and first.weekday() != mention.weekday:
                continue
        if last >= (low or dt.date.min) and first <= high:
            found.append((first, last))
    return found
