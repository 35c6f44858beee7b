"""Relative expressions, on one day and on an interval."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.dating import find_relative, resolve
from claims.records import DateRange

THURSDAY = DateRange(earliest=dt.date(2022, 1, 13), latest=dt.date(2022, 1, 13))


def span(first: str, last: str | None = None) -> DateRange:
    return DateRange(earliest=dt.date.fromisoformat(first), latest=dt.date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ar", "قال اليوم", span("2022-01-13")),
        ("ar", "قال أمس الأربعاء", span("2022-01-12")),
        ("ar", "أول من أمس", span("2022-01-11")),
        ("ar", "غدا", span("2022-01-14")),
        ("ar", "يوم الأربعاء الماضي", span("2022-01-12")),
        ("ar", "والثلاثاء", span("2022-01-11")),
        ("ar", "في مارس الماضي", span("2021-03-01", "2021-03-31")),
        ("ar", "في تموز الماضي", span("2021-07-01", "2021-07-31")),
        ("ar", "قبل يومين", span("2022-01-11")),
        ("ar", "قبل ثلاثة أعوام", span("2019-01-01", "2019-12-31")),
        ("ar", "الشهر الماضي", span("2021-12-01", "2021-12-31")),
        ("ar", "العام الماضي", span("2021-01-01", "2021-12-31")),
        ("ar", "مارس من العام الماضي", span("2021-03-01", "2021-03-31")),
        ("en", "today", span("2022-01-13")),
        ("en", "the day before yesterday", span("2022-01-11")),
        ("en", "on Thursday", span("2022-01-13")),
        ("en", "last Thursday", span("2022-01-06")),
        ("en", "on Friday", span("2022-01-07")),
        ("en", "next Friday", span("2022-01-14")),
        ("en", "last March", span("2021-03-01", "2021-03-31")),
        ("en", "March of last year", span("2021-03-01", "2021-03-31")),
        ("en", "two days ago", span("2022-01-11")),
        ("en", "three years ago", span("2019-01-01", "2019-12-31")),
        ("en", "two months ago", span("2021-11-01", "2021-11-30")),
        ("en", "two weeks ago", span("2021-12-27", "2022-01-02")),
        ("en", "earlier this month", span("2022-01-01", "2022-01-13")),
        ("en", "last month", span("2021-12-01", "2021-12-31")),
        ("en", "last week", span("2022-01-02", "2022-01-09")),
        ("fr", "hier", span("2022-01-12")),
        ("fr", "avant-hier", span("2022-01-11")),
        ("fr", "mercredi", span("2022-01-12")),
        ("fr", "jeudi dernier", span("2022-01-06")),
        ("fr", "en juillet dernier", span("2021-07-01", "2021-07-31")),
        ("fr", "il y a deux jours", span("2022-01-11")),
        ("fr", "la semaine dernière", span("2022-01-03", "2022-01-09")),
        ("fr", "l'an dernier", span("2021-01-01", "2021-12-31")),
        ("ru", "вчера", span("2022-01-12")),
        ("ru", "позавчера", span("2022-01-11")),
        ("ru", "в среду", span("2022-01-12")),
        ("ru", "в прошлый четверг", span("2022-01-06")),
        ("ru", "в марте прошлого года", span("2021-03-01", "2021-03-31")),
        ("ru", "два дня назад", span("2022-01-11")),
        ("ru", "на прошлой неделе", span("2022-01-03", "2022-01-09")),
        ("ru", "в прошлом месяце", span("2021-12-01", "2021-12-31")),
        ("de", "am Mittwoch", span("2022-01-12")),
        ("de", "gestern", span("2022-01-12")),
        ("de", "vor zwei Jahren", span("2020-01-01", "2020-12-31")),
        ("es", "el miércoles", span("2022-01-12")),
        ("es", "hace tres días", span("2022-01-10")),
        ("tr", "Çarşamba günü", span("2022-01-12")),
        ("fi", "keskiviikkona", span("2022-01-12")),
    ],
)
def test_on_a_day(lang: str, text: str, expected: DateRange) -> None:
    (mention,) = find_relative(text, lang)
    starts = (6, 0) if lang == "en" else (0,)
    assert resolve(mention, THURSDAY, starts) == expected
    assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("yesterday", span("2022-01-10", "2022-01-20"), span("2022-01-09", "2022-01-19")),
        # Only one Wednesday is the day before a day of the interval.
        ("yesterday, Wednesday", span("2022-01-12", "2022-01-15"), span("2022-01-12")),
        ("today, Thursday", span("2022-01-01", "2022-01-31"), span("2022-01-06", "2022-01-27")),
        ("on Wednesday", span("2022-01-12", "2022-01-15"), span("2022-01-12")),
        ("last March", span("2021-02-01", "2022-05-01"), span("2020-03-01", "2022-03-31")),
        ("last year", span("2020-06-01", "2022-05-01"), span("2019-01-01", "2021-12-31")),
    ],
)
def test_both_ends_of_an_interval_move(text: str, anchor: DateRange, expected: DateRange) -> None:
    (mention,) = find_relative(text, "en")
    assert resolve(mention, anchor, (0,)) == expected


def test_an_open_end_stays_open() -> None:
    (mention,) = find_relative("yesterday", "en")
    assert resolve(mention, DateRange(latest=dt.date(2022, 1, 13))) == DateRange(latest=dt.date(2022, 1, 12))


@pytest.mark.parametrize(("lang", "text"), [("en", "the month of rain"), ("ru", "окружающая среда"), ("fr", "un mois")])
def test_nothing_relative(lang: str, text: str) -> None:
    assert find_relative(text, lang) == []
