"""Dates written in digits: ISO 8601, dd/mm/yyyy and its kin, numeric Hijri dates."""

from __future__ import annotations

import re

from claims.dating import calendars
from claims.dating.mention import DateMention
from claims.dating.patterns import Patterns

_CLOCK = r"(?:(?:t|\s)\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s?(?:z(?![^\W\d_])|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(?<![\w/.,:+-])(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d|[-/.]\d){_CLOCK}")
_YEAR_LAST = re.compile(
    r"(?<![\d/.,:+-])(?<![$€£№#])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[-/]\d|[.,:]\d|\s?[%$€£])"
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199


def numeric(text: str, names: Patterns) -> list[DateMention]:
    """Mentions written in digits, in folded text. Day and month go by the language; where English leaves both
    readings open the mention spans them."""
    if not any(mark in text for mark in "-/."):
        return []
    found = []
    for match in _YEAR_FIRST.finditer(text):
        year, month, number = int(match[1]), int(match[3]), int(match[4])
        item = _gregorian(match, year, [(month, number)], "iso") or _hijri(match, names, year, month, number)
        if item:
            found.append(item)
    for match in _YEAR_LAST.finditer(text):
        if len(match[4]) == 2 and (match[2] == "-" or len(match[1]) < 2 or len(match[3]) < 2):
            continue  # 1-2-10 and 3.1.20 are scores and versions
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == 2:
            year += 2000 if year < 70 else 1900
        readings = _readings(first, second, match[2], names)
        item = _gregorian(match, year, readings, "numeric") or _hijri(match, names, year, second, first)
        if item:
            found.append(item)
    return found


def _readings(first: int, second: int, sign: str, names: Patterns) -> list[tuple[int, int]]:
    """(month, day) pairs that the two numbers can mean in this language."""
    day_first, month_first = (second, first), (first, second)
    if second > 12:
        return [month_first]
    if first > 12 or sign == ".":
        return [day_first]
    if names.lexicon.table.get("ambiguous"):
        return [day_first, month_first]
    return [month_first] if names.lexicon.order.startswith("md") else [day_first]


def _gregorian(match: re.Match[str], year: int, readings: list[tuple[int, int]], rule: str) -> DateMention | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    dates = sorted(found for month, number in readings if (found := calendars.day(year, month, number)))
    if not dates:
        return None
    precision = "day" if dates[0] == dates[-1] else "range"
    rule = rule if precision == "day" else "numeric_ambiguous"
    return DateMention(*match.span(), "", dates[0], dates[-1], "day" if precision == "day" else "range", rule)


def _hijri(match: re.Match[str], names: Patterns, year: int, month: int, number: int) -> DateMention | None:
    tail = names.hijri_after.match(match.string, match.end())
    span = calendars.hijri(year, month, number) if tail or names.lexicon.lang == "ar" else None
    if span is None:
        return None
    return DateMention(match.start(), tail.end() if tail else match.end(), "", *span, "day", "hijri")
