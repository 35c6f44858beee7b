"""Stated dates, over languages, calendars and scripts, and the numbers that are no dates."""

from __future__ import annotations

import datetime as dt

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.dating import find_mentions
from claims.dating.fold import fold


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


DAYS = [
    ("ar", "عقدت الجلسة في 13 يناير 2022 بالعاصمة", "2022-01-13"),
    ("ar", "١٣ يناير ٢٠٢٢", "2022-01-13"),
    ("ar", "الثلاثاء 4 كانون الثاني 2022", "2022-01-04"),
    ("ar", "7 مارس/آذار 2019", "2019-03-07"),
    ("ar", "7 آذار/ مارس 2019", "2019-03-07"),
    ("ar", "7 آذار (مارس) 2019", "2019-03-07"),
    ("ar", "في 3 جانفي 2020", "2020-01-03"),
    ("ar", "يوم 18 فيفري 2021", "2021-02-18"),
    ("ar", "2 غشت 2020", "2020-08-02"),
    ("ar", "30 تشرين الأول 2018", "2018-10-30"),
    ("ar", "30 تشرين أول 2018", "2018-10-30"),
    ("ar", "الأول من مارس 2021", "2021-03-01"),
    ("ar", "الرابع والعشرين من فبراير 2022", "2022-02-24"),
    ("ar", "20 من أغسطس عام 2019", "2019-08-20"),
    ("ar", "نشر في ١٣/٠١/٢٠٢٢", "2022-01-13"),
    ("ar", "13\u200f/01\u200f/2022", "2022-01-13"),
    ("ar", "٥ فَبْرايِر ٢٠٢٠م", "2020-02-05"),
    ("ar", "12 رجب 1443 هـ", "2022-02-13"),
    ("ar", "1 رمضان 1444", "2023-03-23"),
    ("ar", "12/07/1443هـ", "2022-02-13"),
    ("ar", "آخر زيارة: 29th, February 2024 GMT", "2024-02-29"),
    ("fa", "۱۳ ژانویهٔ ۲۰۲۲", "2022-01-13"),
    ("en", "signed on January 9, 2026 in Oslo", "2026-01-09"),
    ("en", "Jan. 9, 2026", "2026-01-09"),
    ("en", "Sept 3 2020", "2020-09-03"),
    ("en", "the 3rd of September 2020", "2020-09-03"),
    ("en", "29th, February 2024 GMT", "2024-02-29"),
    ("en", "Thursday, 13 January 2022", "2022-01-13"),
    ("en", "Thursday, January 13th, 2022", "2022-01-13"),
    ("en", "first of March 2021", "2021-03-01"),
    ("en", "2022-01-13", "2022-01-13"),
    ("en", "2022-01-13T10:20:30Z", "2022-01-13"),
    ("en", "2022-01-13 10:20", "2022-01-13"),
    ("en", "2022/01/13", "2022-01-13"),
    ("en", "25/12/2021", "2021-12-25"),
    ("en", "12/25/2021", "2021-12-25"),
    ("en", "04/04/2021", "2021-04-04"),
    ("en", "9 Ramadan 1445 AH", "2024-03-19"),
    ("fr", "le 1er mars 2021", "2021-03-01"),
    ("fr", "mercredi 12 janvier 2022", "2022-01-12"),
    ("fr", "12 août 2020", "2020-08-12"),
    ("fr", "12 aou\u0302t 2020", "2020-08-12"),
    ("fr", "le 5 févr. 2020", "2020-02-05"),
    ("fr", "05/10/2022 à 07h12", "2022-10-05"),
    ("fr", "le premier mai 2019", "2019-05-01"),
    ("ru", "13 января 2022 г.", "2022-01-13"),
    ("ru", "13 января 2022 года", "2022-01-13"),
    ("ru", "1-го марта 2021 года", "2021-03-01"),
    ("ru", "9 мая 2020", "2020-05-09"),
    ("ru", "в четверг, 13 января 2022", "2022-01-13"),
    ("ru", "13.01.2022", "2022-01-13"),
    ("ru", "13.01.22", "2022-01-13"),
    ("ru", "двадцать четвёртого февраля 2022", "2022-02-24"),
    ("de", "am Donnerstag, dem 13. Januar 2022", "2022-01-13"),
    ("de", "3. März 2021", "2021-03-03"),
    ("de", "03.04.2021", "2021-04-03"),
    ("es", "el 5 de marzo de 2021", "2021-03-05"),
    ("es", "5/3/2021", "2021-03-05"),
    ("tr", "13 Ocak 2022 Perşembe", "2022-01-13"),
    ("tr", "5 AĞUSTOS 2021", "2021-08-05"),
    ("it", "3 febbraio 2021", "2021-02-03"),
    ("pt", "7 de abril de 2020", "2020-04-07"),
    ("uk", "5 березня 2021 року", "2021-03-05"),
    ("pl", "5 marca 2021", "2021-03-05"),
    ("zh", "2022年1月13日星期四", "2022-01-13"),
    ("hu", "2022. január 13.", "2022-01-13"),
    ("he", "13 בינואר 2022", "2022-01-13"),
    ("qqq", "2022-01-13", "2022-01-13"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), DAYS)
def test_day(lang: str, text: str, expected: str) -> None:
    (mention,) = find_mentions(text, lang)
    assert (mention.earliest, mention.latest, mention.precision) == (day(expected), day(expected), "day")
    assert mention.year_known
    assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(
    ("lang", "text", "first", "last", "precision"),
    [
        ("ar", "مارس 2021", "2021-03-01", "2021-03-31", "month"),
        ("ar", "في عام ٢٠١٥ وقعت", "2015-01-01", "2015-12-31", "year"),
        ("ar", "9 و10 يناير 2022", "2022-01-09", "2022-01-10", "range"),
        ("ar", "رمضان 1444هـ", "2023-03-23", "2023-04-20", "month"),
        ("en", "9-10 January 2022", "2022-01-09", "2022-01-10", "range"),
        ("en", "January 9 and 10, 2022", "2022-01-09", "2022-01-10", "range"),
        ("en", "03/04/2021", "2021-03-04", "2021-04-03", "range"),
        ("en", "February 2024", "2024-02-01", "2024-02-29", "month"),
        ("en", "in a 2015 interview", "2015-01-01", "2015-12-31", "year"),
        ("en", "since 2014 nothing moved", "2014-01-01", "2014-12-31", "year"),
        ("fr", "en mars 2021", "2021-03-01", "2021-03-31", "month"),
        ("fr", "depuis 2014", "2014-01-01", "2014-12-31", "year"),
        ("ru", "в марте 2021 года", "2021-03-01", "2021-03-31", "month"),
        ("ru", "в 2014 году", "2014-01-01", "2014-12-31", "year"),
        ("de", "im März 2021", "2021-03-01", "2021-03-31", "month"),
        ("es", "marzo de 2021", "2021-03-01", "2021-03-31", "month"),
        ("zh", "2021年3月", "2021-03-01", "2021-03-31", "month"),
    ],
)
def test_span(lang: str, text: str, first: str, last: str, precision: str) -> None:
    (mention,) = find_mentions(text, lang)
    assert (mention.earliest, mention.latest, mention.precision) == (day(first), day(last), precision)


@pytest.mark.parametrize(
    ("lang", "text", "month", "first", "last"),
    [
        ("ar", "وفي يومي 9 و10 يناير", 1, 9, 10),
        ("ar", "18 مارس/آذار", 3, 18, 18),
        ("en", "9-10 January", 1, 9, 10),
        ("en", "On May 5 the", 5, 5, 5),
        ("fr", "le 1er mars", 3, 1, 1),
        ("ru", "1-го марта", 3, 1, 1),
        ("ru", "29 февраля", 2, 29, 29),
        ("de", "am 13. Januar", 1, 13, 13),
        ("es", "7 de mayo", 5, 7, 7),
    ],
)
def test_without_year(lang: str, text: str, month: int, first: int, last: int) -> None:
    (mention,) = find_mentions(text, lang)
    assert (mention.month, mention.day, mention.last_day) == (month, first, last)
    assert not mention.year_known and mention.earliest is None and mention.latest is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "بصيغة «2+2» بين البلدين"),
        ("ar", "مارس ضغوطا على الحكومة"),
        ("ar", "قرار مجلس الأمن رقم 2015"),
        ("ar", "30 يوما و 2000 جندي"),
        ("en", "the 2+2 format"),
        ("en", "won 3-1 after 12-10"),
        ("en", "$2015 and 2,015 people"),
        ("en", "Law No. 2020 was"),
        ("en", "+7 495 123-45-67"),
        ("en", "call 01-02-03-04-05"),
        ("en", "he may 5 times march 3 miles"),
        ("en", "version 3.1.20"),
        ("en", "in 2000 people"),
        ("en", "price of 2.5 million"),
        ("en", "99/99/2021"),
        ("en", "rate of 1999.50"),
        ("ru", "он остался в Августе"),
        ("fr", "2000 euros par mois"),
        ("fr", "le score 3-2"),
        ("ru", "2000 рублей"),
        ("ru", "закон № 2019"),
        ("ru", "счёт 3:2"),
        ("de", "2000 Euro"),
        ("es", "5 mar adentro"),
    ],
)
def test_no_date(lang: str, text: str) -> None:
    assert find_mentions(text, lang) == []


def test_weekday_that_contradicts_is_kept_and_marked() -> None:
    (mention,) = find_mentions("Monday, 13 January 2022", "en")
    assert (mention.weekday, mention.weekday_agrees, mention.earliest) == (0, False, day("2022-01-13"))


def test_day_that_no_calendar_has() -> None:
    (mention,) = find_mentions("30 February 2021", "en")
    assert (mention.precision, mention.earliest) == ("unknown", None)


def test_joined_dates_share_the_year() -> None:
    first, second = find_mentions("from 28 December to 2 January 2022", "en")
    assert (first.earliest, second.earliest) == (day("2021-12-28"), day("2022-01-02"))


def test_hijri_beside_gregorian_is_one_mention() -> None:
    (mention,) = find_mentions("الأربعاء ٤ شعبان ١٤٤٥هـ - ١٤ فبراير ٢٠٢٤م", "ar")
    assert (mention.earliest, mention.weekday, mention.weekday_agrees) == (day("2024-02-14"), 2, True)


def test_last_is_marked() -> None:
    (mention,) = find_mentions("في مارس الماضي", "ar")
    assert mention.relative and mention.month == 3 and mention.precision == "month"


def test_two_months_is_a_range() -> None:
    (mention,) = find_mentions("يناير/فبراير 2020", "ar")
    assert (mention.earliest, mention.latest) == (day("2020-01-01"), day("2020-02-29"))


def test_chinese_names_do_not_leak_into_other_languages() -> None:
    find_mentions("2022年1月13日", "zh")
    assert [item.earliest for item in find_mentions("5 de julho de 2020", "pt")] == [day("2020-07-05")]


LOCALES = ["ar", "en", "fr", "ru", "de", "es", "tr", "fa", "it", "pl"]


@pytest.mark.parametrize("style", ["long", "full"])
@settings(max_examples=60, deadline=None)
@given(date=st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), locale=st.sampled_from(LOCALES))
def test_what_babel_writes_is_read_back(style: str, date: dt.date, locale: str) -> None:
    written = format_date(date, style, locale=locale)
    (mention,) = find_mentions(f"- {written} -", locale)
    assert (mention.earliest, mention.latest, mention.precision) == (date, date, "day")
    assert mention.weekday_agrees


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80))
def test_folding_leads_back_to_the_raw_text(text: str) -> None:
    folded = fold(text)
    for position in range(len(folded.text)):
        start, end = folded.raw(position, position + 1)
        assert end == start + 1 and fold(text[start:end]).text in (folded.text[position], "σ")


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(alphabet="0123456789/-. يناير Jan marс2022,", max_size=60), lang=st.sampled_from(["ar", "en", "ru"])
)
def test_mentions_never_raise_overlap_or_lie(text: str, lang: str) -> None:
    end = 0
    for mention in find_mentions(text, lang):
        assert mention.start >= end and text[mention.start : mention.end] == mention.surface
        end = mention.end
