"""Bounds on a page's date that its body gives where it states none: past events, days without a year, "today Thursday".

Each bound is a :class:`Bound`: an interval that the page's date lies in, with how far it can be trusted.
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
from claims.dating.places import candidates
from claims.dating.relative import find_relative
from claims.records import DateEvidence, DateRange, Span

# Trust, strongest first.
TERM, CHANGED, PAST_DAY, PAST_YEAR = 4, 3, 2, 1

_SENTENCE_END = re.compile(r"[.!?؟…]+[\s»”\"]|\n")
_LONGEST_TEXT, _LONGEST_SENTENCE = 240, 500
# The newest past date binds; a few more stand by in case it is refused. A list of a thousand dates is no article.
_MOST_BOUNDS, _MOST_TRIED = 12, 200
# A day without a year is one of this year's, or was so lately that nobody could mistake the year.
_YEARLESS_REACH = 183
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|حقوق|все права", re.IGNORECASE)


@dataclass(frozen=True)
class Bound:
    """One bound with its evidence; ``strength`` orders them where they contradict one another."""

    evidence: DateEvidence
    strength: int


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence (or line) around ``[start, end)``."""
    low = max(0, start - _LONGEST_SENTENCE)
    for match in _SENTENCE_END.finditer(text, low, start):
        low = match.end()
    behind = _SENTENCE_END.search(text, end, end + _LONGEST_SENTENCE)
    return low, behind.start() + 1 if behind else min(len(text), end + _LONGEST_SENTENCE)


def quote(text: str, span: tuple[int, int]) -> str:
    """The words of a span as evidence: one line, at most 240 characters."""
    words = " ".join(text[span[0] : span[1]].split())
    return words if len(words) <= _LONGEST_TEXT else words[: _LONGEST_TEXT - 1] + "…"


@cache
def _tenses(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = lexicon(lang)
    clitics = words.clitics or ""
    suffixes = alternation(words.words("past_suffixes"))
    future = rf"(?<!{LETTER}){clitics}{alternation(words.words('future'))}(?!{LETTER})"
    past = rf"(?<!{LETTER})(?:{clitics}{alternation(words.words('past'))}|{LETTER}{{2,}}{suffixes})(?!{LETTER})"
    return re.compile(future), re.compile(past)


def past_bounds(
    text: str, lang: str, mentions: Sequence[DateMention], spans: Sequence[Span], today: dt.date
) -> list[Bound]:
    """Lower bounds: a page is not earlier than what it tells as past. When the tense is unsure there is none."""
    future, past = _tenses(lang)
    found: list[Bound] = []
    dated = [(item.earliest, item) for item in mentions if item.earliest and item.earliest <= today]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    for _, mention in dated[:_MOST_TRIED]:
        if len(found) == _MOST_BOUNDS:
            break
        if _covered(mention, spans):
            continue
        low, high = sentence_around(text, mention.start, mention.end)
        sentence = fold(text[low:high]).text
        if _COPYRIGHT.search(sentence) or future.search(sentence):
            continue
        exact = mention.precision == "day" and mention.weekday_agrees
        # The day of an event is seldom told ahead without a word of future; a year, a month or a span often is.
        if not exact and not past.search(sentence):
            continue
        rule = "past_date" if exact else "past_year" if mention.precision == "year" else "past_span"
        evidence = DateEvidence(rule=rule, text=quote(text, (low, high)), earliest=mention.earliest)
        found.append(Bound(evidence, PAST_DAY if exact else PAST_YEAR))
    return found


def narrowing(
    text: str, lang: str, mentions: Sequence[DateMention], spans: Sequence[Span], within: DateRange, today: dt.date
) -> list[Bound]:
    """Bounds that depend on what is known already: days without a year, "last March", "today Thursday"."""
    high = min(within.latest or today, today)
    found = [*_yearless(text, lang, mentions, spans, within.earliest, high)]
    for item in find_relative(text, lang)[:_MOST_TRIED]:
        if _covered(item, spans):
            continue
        span = sentence_around(text, item.start, item.end)
        if item.rule == "month" and item.direction == -1 and item.month and within.earliest:
            # «مارس الماضي» is not said in March: the ends of the interval leave that month.
            low, top = within.earliest, high
            if low.month == item.month:
                low = calendars.shift(calendars.month_span(low.year, low.month)[1], 1)
            if top.month == item.month:
                top = calendars.shift(calendars.month_span(top.year, top.month)[0], -1)
            if (low, top) != (within.earliest, high):
                found.append(_bound("last_month", text, span, low, top))
        elif item.rule == "day" and item.weekday is not None and -2 <= item.offset <= 1 and within.earliest:
            weekday = (item.weekday - item.offset) % 7
            low = calendars.shift(within.earliest, (weekday - within.earliest.weekday()) % 7)
            top = calendars.shift(high, -((high.weekday() - weekday) % 7))
            found.append(_bound("weekday", text, span, low, top))
    return found


def _yearless(
    text: str, lang: str, mentions: Sequence[DateMention], spans: Sequence[Span], low: dt.date | None, high: dt.date
) -> list[Bound]:
    future, past = _tenses(lang)
    found: list[Bound] = []
    for mention in mentions[:_MOST_TRIED]:
        if mention.year_known or mention.day is None or mention.precision == "unknown" or _covered(mention, spans):
            continue
        span = sentence_around(text, mention.start, mention.end)
        sentence = fold(text[span[0] : span[1]]).text
        if future.search(sentence) or not past.search(sentence):
            continue
        start = calendars.shift_years(low, -1) if low else None
        hulls = []
        for _, last in candidates(mention, start, high):
            top = max(calendars.shift(last, _YEARLESS_REACH), dt.date(last.year, 12, 31))
            if (low is None or top >= low) and last <= high:
                hulls.append((max(last, low) if low else last, min(top, high)))
        if hulls and (low or len(hulls) < 3):
            found.append(_bound("day_without_year", text, span, hulls[0][0], hulls[-1][1]))
    return found


def _bound(rule: str, text: str, span: tuple[int, int], low: dt.date, high: dt.date) -> Bound:
    return Bound(DateEvidence(rule=rule, text=quote(text, span), earliest=low, latest=high), PAST_YEAR)


def _covered(item: object, spans: Sequence[Span]) -> bool:
    start = getattr(item, "start", 0)
    return any(span.start <= start < span.end for span in spans)
