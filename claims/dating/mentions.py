"""Stated dates in a text: «13 января 2022 г.», «9 و10 يناير», "Jan 9, 2026", 2022-01-13, 13/01/2022.

A mention says what the words say and no more: a missing year stays missing. Relative expressions ("yesterday") are in
:mod:`claims.dating.relative`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from claims.dating import calendars
from claims.dating.fold import Folded, fold
from claims.dating.lexicon import LETTER
from claims.dating.mention import DateMention, MentionPrecision, build
from claims.dating.numeric import numeric
from claims.dating.patterns import YEAR, Patterns, patterns

_WORD = re.compile(rf"{LETTER}+")
_YEAR = re.compile(rf"(?<![\d.,:/$€£№#+\-–_]){YEAR}(?![\w/:]|-\d\d-)")
_NUMBER = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_REACH = 48  # characters of a date on either side of its month's name


@lru_cache(maxsize=64)
def _find(text: str, lang: str) -> tuple[DateMention, ...]:
    folded = fold(text)
    own = patterns(lang)
    found = [*_named(folded.text, own), *numeric(folded.text, own)]
    if own.lexicon.lang != "en":
        # Pages of any language carry English date lines; there a year has to stand by.
        found += [item for item in _named(folded.text, patterns("en")) if item.year_known]
    found += _years(folded.text, own)
    chosen: list[DateMention] = []
    taken = bytearray(len(folded.text))
    for item in sorted(found, key=lambda item: (item.start - item.end, not item.year_known)):
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\x01" * (item.end - item.start)
            chosen.append(item)
    chosen.sort(key=lambda item: item.start)
    chosen = _share_year([_beside(folded.text, item, own) for item in chosen], folded.text, own)
    located = (_raw(text, folded, item) for item in _one_calendar(chosen))
    return tuple(item for item in located if not _is_common_word(item, own))


def _is_common_word(item: DateMention, names: Patterns) -> bool:
    """«may 5», «в Августе»: a month without its year has the capital that the language gives months, or has none."""
    table = names.lexicon.table
    if item.year_known:
        return False
    if table.get("capital_months") and item.surface == item.surface.lower():
        return True
    return bool(table.get("lower_months")) and item.rule == "month" and item.surface.istitle()


def find_mentions(text: str, lang: str) -> list[DateMention]:
    """Every stated date of a text, in order, none overlapping another.

    ``lang`` is an ISO 639-1 code; one that CLDR does not know still gets ISO and numeric dates. Never raises for text.
    """
    return list(_find(text, lang))


def _raw(text: str, folded: Folded, item: DateMention) -> DateMention:
    start, end = folded.raw(item.start, item.end)
    if not item.year_known and text[end - 1] == ".":
        end -= 1  # the end of the sentence, not of an abbreviation
    surface = text[start:end]
    return replace(item, start=start, end=end, surface=surface)


def _windows(text: str, names: Patterns) -> list[tuple[int, int]]:
    """The stretches around words that may name a month; the whole text where words are not spaced."""
    if not names.lexicon.spaced or any(re.search(r"\bM{1,2}\b", item) for item in names.lexicon.patterns):
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    anchors = names.anchors
    for match in _WORD.finditer(text):
        if match.group() in anchors:
            low, high = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
            if found and low <= found[-1][1]:
                low = found.pop()[0]
            found.append((low, high))
    return found


def _named(text: str, names: Patterns) -> list[DateMention]:
    found = []
    for low, high in _windows(text, names):
        # A window must not begin or end inside a number or a word.
        while low > 0 and not text[low - 1].isspace():
            low -= 1
        while high < len(text) and not text[high].isspace():
            high += 1
        for rule, pattern in names.dated:
            for match in pattern.finditer(text, low, high):
                item = _mention(match, rule, names)
                if item:
                    found.append(item)
    return found


def _mention(match: re.Match[str], rule: str, names: Patterns) -> DateMention | None:
    groups = match.groupdict()
    words = names.lexicon
    start, end = match.span()
    year = int(groups["y"]) if groups.get("y") else None
    if groups.get("h"):
        return _hijri(match, names)
    name = _SPACE.sub(" ", groups.get("m") or "")
    month = int(groups["mn"]) if groups.get("mn") else words.months.get(name) or words.short_months.get(name)
    if month is None:
        return None
    days = _days(groups.get("d"), names)
    second = _SPACE.sub(" ", groups.get("m2") or "")
    other = words.months.get(second) or words.short_months.get(second) or month
    if name in words.short_months and year is None and (words.lang != "en" or not days):
        return None  # «5 mar», «3 sec»: an abbreviation needs its year
    if other != month and days:
        return None
    if rule == "month":
        start = match.start("m")
    weekday = words.weekdays.get(groups["w"], words.short_weekdays.get(groups["w"])) if groups.get("w") else None
    return build(start, end, rule, year, month, days, weekday, other)


def _days(written: str | None, names: Patterns) -> list[int]:
    if not written:
        return []
    numbers = [int(number) for number in _NUMBER.findall(written)]
    if numbers:
        return numbers
    number = names.ordinals.get(_SPACE.sub(" ", written).strip())
    return [number] if number else []


def _hijri(match: re.Match[str], names: Patterns) -> DateMention | None:
    groups = match.groupdict()
    days = _days(groups.get("d"), names)
    month = names.hijri[_SPACE.sub(" ", groups["h"])]
    first = calendars.hijri(int(groups["y"]), month, min(days) if days else None)
    last = calendars.hijri(int(groups["y"]), month, max(days) if days else None)
    if first is None or last is None:
        return None
    tail = names.hijri_after.match(match.string, match.end())
    end = tail.end() if tail else match.end()
    precision: MentionPrecision = "month" if not days else "day" if len(set(days)) == 1 else "range"
    return DateMention(match.start(), end, "", first[0], last[1], precision, "hijri")


def _years(text: str, names: Patterns) -> list[DateMention]:
    """Years alone: only behind a cue («in», «عام»), before one («году»), or as in "a 2015 interview"."""
    found = []
    needs_after = bool(names.lexicon.table.get("year_requires_after"))
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        after = names.year_after.match(text, match.end())
        if names.quantity_after.match(text, match.end()):
            continue
        cued = bool(after) or (not needs_after and bool(names.year_before.search(before)))
        tail = text[match.end() : match.end() + 2]
        attributive = len(tail) == 2 and tail[0] in " -" and tail[1].isalpha() and match.group()[2:] != "00"
        if cued or (attributive and names.attributive_before.search(before)):
            year = int(match.group())
            first, last = calendars.year_span(year)
            end = after.end() if after else match.end()
            found.append(DateMention(match.start(), end, "", first, last, "year", "year"))
    return found


def _beside(text: str, item: DateMention, names: Patterns) -> DateMention:
    """The mention with the weekday and the "last" that stand beside it."""
    before = text[max(0, item.start - 32) : item.start]
    if (item.weekday is None and item.day is not None) or item.rule in ("hijri", "iso", "numeric"):
        match = names.weekday_before.search(before)
        if match:
            item = replace(item, start=item.start - len(before) + match.start("w"))
        else:
            match = names.weekday_after.match(text, item.end)
            if match:
                item = replace(item, end=match.end("w"))
        if match:
            name = _SPACE.sub(" ", match.group("w"))
            words = names.lexicon
            item = replace(item, weekday=words.weekdays.get(name, words.short_weekdays.get(name)))
    if item.weekday is not None and item.precision == "day" and item.earliest:
        item = replace(item, weekday_agrees=item.earliest.weekday() == item.weekday)
    if not item.year_known and (names.last_after.match(text, item.end) or names.last_before.search(before)):
        item = replace(item, relative=True)
    return item


def _share_year(items: list[DateMention], text: str, names: Patterns) -> list[DateMention]:
    """«28 February - 2 March 2021»: the first of two joined dates takes the year of the second."""
    for index in range(len(items) - 2, -1, -1):
        left, right = items[index], items[index + 1]
        joined = right.start - left.end < 24 and names.range_join.fullmatch(text[left.end : right.start])
        if left.year_known or not right.year_known or not joined or left.month is None or not right.earliest:
            continue
        year = right.earliest.year - (1 if right.month and left.month > right.month else 0)
        days = [left.day, left.last_day or left.day] if left.day else []
        numbers = [number for number in days if number is not None]
        built = build(left.start, left.end, left.rule, year, left.month, numbers, left.weekday)
        items[index] = replace(built, relative=False)
    return items


def _one_calendar(items: list[DateMention]) -> list[DateMention]:
    """Joins a Hijri date to the same day in the Gregorian calendar beside it (to within two days) as one mention."""
    kept: list[DateMention] = []
    for item in items:
        last = kept[-1] if kept else None
        if last is None or not _same_day(last, item):
            kept.append(item)
            continue
        whole = item if last.rule == "hijri" else last
        other = last if whole is item else item
        weekday = other.weekday if whole.weekday is None else whole.weekday
        agrees = weekday is None or whole.earliest is None or whole.earliest.weekday() == weekday
        kept[-1] = replace(whole, start=last.start, end=item.end, weekday=weekday, weekday_agrees=agrees)
    return kept


def _same_day(left: DateMention, right: DateMention) -> bool:
    if (left.rule == "hijri") == (right.rule == "hijri") or right.start - left.end >= 24:
        return False
    return bool(left.earliest and right.earliest and abs((left.earliest - right.earliest).days) <= 2)
