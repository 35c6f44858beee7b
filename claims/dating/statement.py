"""The day a statement was made: the article's date, moved by what the sentence says about the saying.

"Lavrov said on Wednesday that the talks of 2014 failed" was said on Wednesday; 2014 belongs to what was said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claims.dating import calendars
from claims.dating.fold import fold
from claims.dating.lexicon import LETTER, alternation, lexicon
from claims.dating.mention import DateMention
from claims.dating.mentions import find_mentions
from claims.dating.places import candidates
from claims.dating.relative import RelativeMention, find_relative, resolve
from claims.lang.loader import language
from claims.records import DateRange
from claims.text.segment import quotations

# How far from the word of saying, in characters, an expression may stand and still date it.
_VERB_REACH, _PLACE_REACH = 60, 48
# Days that a near expression («yesterday», «on Wednesday») can move a statement by.
_NEAR_RULES = ("day", "weekday")


@dataclass(frozen=True)
class _Cues:
    speech: re.Pattern[str]
    places: re.Pattern[str]
    closers: re.Pattern[str]
    week_starts: tuple[int, ...]


@cache
def _cues(lang: str) -> _Cues:
    words = lexicon(lang)
    attribution = language(words.lang).get("attribution", {})
    said = [form for entry in attribution.get("say", ()) for form in str(entry).split("|")]
    speech = {*words.words("speech"), *(fold(form).text for form in said)}
    closers = {*words.words("closers"), *(fold(form).text for form in attribution.get("complementizers", ()))}
    lead = rf"(?<!{LETTER}){words.clitics}"
    end = rf"(?!{LETTER})"
    return _Cues(
        speech=re.compile(lead + alternation(speech) + end),
        places=re.compile(lead + alternation(words.words("speech_places")) + rf"{LETTER}{{0,3}}{end}"),
        closers=re.compile(rf"(?<!{LETTER}){alternation(closers)}{end}|:"),
        week_starts=tuple(words.table.get("week_starts", (0,))),
    )


def statement_date(sentence: str, lang: str, published: DateRange) -> DateRange:
    """The interval in which the statement of ``sentence`` was made; never later than ``published``.

    Without an expression attached to the saying it is the article's own interval. Expressions inside a quotation, or
    behind the word that opens the content ("that", «أن», «что», a colon), do not count. Never raises for text.
    """
    default = DateRange(earliest=published.earliest, latest=published.latest)
    if not find_relative(sentence, lang) and not find_mentions(sentence, lang):
        return default
    cues = _cues(lang)
    framed = _frame(sentence, cues)
    best: tuple[int, DateRange] | None = None
    for start, end, near, meaning in _expressions(framed, lang, published, cues):
        distance = _distance(framed, start, end, near, cues)
        if distance is not None and (best is None or distance < best[0]):
            moved = _held(meaning, published)
            if moved is not None:
                best = (distance, moved)
    return best[1] if best else default


def _frame(sentence: str, cues: _Cues) -> str:
    """The sentence with everything blanked that belongs to the content: quotations and what a closer opens."""
    letters = list(sentence)
    for start, end in quotations(sentence, 0, len(sentence)):
        letters[start:end] = [" "] * (end - start)
        # The mark itself stays: it is where the frame ends.
        letters[start] = letters[end - 1] = '"'
    framed = "".join(letters)
    folded = fold(framed)
    speech = cues.speech.search(folded.text)
    if speech is None:
        speech = cues.places.search(folded.text)
    # Content opens behind the saying; a relative clause before the verb is no content.
    closer = cues.closers.search(folded.text, speech.end()) if speech else cues.closers.search(folded.text)
    if closer is None:
        return framed
    start = folded.raw(*closer.span())[0]
    # «..., he said on Wednesday» behind the content opens the frame again.
    again = next((match for match in cues.speech.finditer(folded.text, closer.end())), None)
    tail = folded.raw(*again.span())[0] if again and _closes_content(folded.text, again) else len(framed)
    return framed[:start] + "|" * (tail - start) + framed[tail:]


def _closes_content(folded: str, verb: re.Match[str]) -> bool:
    """Whether a verb of saying stands in a tail, behind a comma or a quotation mark and a name or pronoun."""
    before = folded[max(0, verb.start() - 40) : verb.start()]
    return bool(re.search(r"[,\"»”]\s*(?:[-—]\s*)?(?:[^\s,]+\s+){0,4}$", before)) and len(folded) - verb.end() < 60


def _expressions(
    framed: str, lang: str, published: DateRange, cues: _Cues
) -> Iterator[tuple[int, int, bool, DateRange]]:
    """(start, end, near, meaning) of every date expression in the frame."""
    relatives = find_relative(framed, lang)
    mentions = find_mentions(framed, lang)
    for item in relatives:
        if any(_overlap(item, other) and other.day is not None for other in mentions):
            continue  # «Thursday 13 January» is read as a whole below
        meaning = resolve(item, published, cues.week_starts)
        yield item.start, item.end, item.rule in _NEAR_RULES, meaning
    for other in mentions:
        beside = next((item for item in relatives if _overlap(item, other) and item.rule == "month_of_year"), None)
        if other.day is None and any(_overlap(item, other) for item in relatives):
            continue
        found = _stated(other, published, resolve(beside, published) if beside else None)
        if found:
            yield other.start, other.end, other.day is not None or other.rule in ("iso", "numeric"), found


def _overlap(item: RelativeMention, other: DateMention) -> bool:
    return item.start < other.end and other.start < item.end


def _stated(mention: DateMention, published: DateRange, within: DateRange | None) -> DateRange | None:
    """A stated date; without a year it is the latest one up to the day of publication, for either end of that."""
    if mention.earliest and mention.latest:
        return DateRange(earliest=mention.earliest, latest=mention.latest)
    if within and within.earliest and within.latest:
        spans = candidates(mention, within.earliest, within.latest)
        return DateRange(earliest=spans[-1][0], latest=spans[-1][1]) if spans else None
    low, high = _latest(mention, published.earliest), _latest(mention, published.latest)
    return DateRange(earliest=low[0] if low else None, latest=high[1] if high else None) if low or high else None


def _latest(mention: DateMention, end: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """The latest days that a mention without a year can mean when written on ``end``."""
    # Nine years hold each day and weekday at least once, but for 29 February on one weekday.
    spans = candidates(mention, calendars.shift_years(end, -9), end) if end else []
    return spans[-1] if spans else None


def _distance(framed: str, start: int, end: int, near: bool, cues: _Cues) -> int | None:
    """How far an expression stands from the saying; None where nothing attaches it."""
    folded = fold(framed)
    start, end = folded.at(start), folded.at(end)
    found: list[int] = []
    for match in cues.speech.finditer(folded.text):
        if match.end() <= start:
            gap = start - match.end()
            if gap <= _VERB_REACH and not cues.closers.search(folded.text, match.end(), start):
                found.append(gap)
        elif end <= match.start():
            gap = match.start() - end
            opens = not folded.text[:start].strip(' "|-,').count(" ") > 1
            # Before the verb a far expression dates it only at the head of the sentence ("In March, Lavrov said").
            if gap <= _VERB_REACH and "|" not in folded.text[end : match.start()] and (near or opens):
                found.append(gap + 1)
    for match in cues.places.finditer(folded.text):
        gap = start - match.end() if match.end() <= start else match.start() - end
        between = folded.text[min(match.end(), end) : max(match.start(), start)]
        if 0 <= gap <= _PLACE_REACH and '"' not in between and "|" not in between:
            found.append(gap)
    if found:
        return min(found)
    # No known word of saying: a near expression in the main clause still dates what the sentence tells.
    return 1000 + start if near and not cues.speech.search(folded.text) else None


def _held(meaning: DateRange, published: DateRange) -> DateRange | None:
    """The meaning cut at the day of publication; None where it lies after it."""
    limit = published.latest
    if limit and meaning.earliest and meaning.earliest > limit:
        return None
    latest: dt.date | None = meaning.latest
    if limit and (latest is None or latest > limit):
        latest = limit
    return DateRange(earliest=meaning.earliest, latest=latest)
