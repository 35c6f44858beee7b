"""The publication date: stated, spanned, deduced, unknown."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from claims.dating import published
from claims.records import DateEvidence, Published, Span

TODAY = dt.date(2026, 11, 21)
BODY = "The minister spoke of the budget and of the roads. Nothing more was agreed at the meeting in the capital."


def d(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def date(text: str, lang: str = "en", **options: object) -> Published:
    return published(text, lang, today=TODAY, **options)  # type: ignore[arg-type]


def term(first: str | None, last: str | None) -> DateEvidence:
    return DateEvidence(rule="term", text="Minister X", earliest=d(first), latest=d(last))


def rules(found: Published) -> list[str]:
    return [item.rule for item in found.evidence]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", f"Roads\nPublished: Jan 9, 2026\n{BODY}", "2026-01-09"),
        ("en", f"Roads\nPosted on 9 January 2026 at 10:15 GMT\n{BODY}", "2026-01-09"),
        ("en", f"Roads\n9 January 2026\n{BODY}", "2026-01-09"),
        ("en", f"Roads\nFriday, January 9, 2026 - 10:15 am\n{BODY}", "2026-01-09"),
        ("en", f"OSLO, Jan 9, 2026 (Reuters) - {BODY}", "2026-01-09"),
        ("en", f"Roads\nBy Jane Doe 9 January 2026\n{BODY}", "2026-01-09"),
        ("en", f"{BODY}\nPublished\n2026-01-09", "2026-01-09"),
        ("en", f"Roads\nToday, 9 January 2026, the minister spoke of roads.\n{BODY}", "2026-01-09"),
        ("ar", "الطرق\nتاريخ النشر: 29th, February 2024 GMT\nتحدث الوزير عن الطرق.", "2024-02-29"),
        ("ar", "الطرق\nنُشر في ١٣/٠١/٢٠٢٢\nتحدث الوزير عن الطرق.", "2022-01-13"),
        ("ar", "موسكو 13 يناير 2022 (رويترز) - تحدث الوزير عن الطرق في العاصمة.", "2022-01-13"),
        ("ar", "الخميس 13 كانون الثاني/يناير 2022\nتحدث الوزير عن الطرق.", "2022-01-13"),
        ("fr", "Routes\nPublié le 12 juillet 2023, 19h41\nLe ministre a parlé des routes.", "2023-07-12"),
        ("fr", "Genève, le 5 mai 2023\nLe ministre a parlé des routes.", "2023-05-05"),
        ("ru", "Дороги\nОпубликовано 8 июля 2019 года, 20:15\nМинистр говорил о дорогах.", "2019-07-08"),
        ("ru", "Дороги\n13.04.2020 09:30 МСК\nМинистр говорил о дорогах.", "2020-04-13"),
        ("ru", "МОСКВА, 13 апреля 2020 (ТАСС) - Министр говорил вчера о дорогах.", "2020-04-13"),
        ("de", "Straßen\nVeröffentlicht am 5. März 2021\nDer Minister sprach.", "2021-03-05"),
        ("es", "Carreteras\nPublicado el 5 de marzo de 2021\nEl ministro habló.", "2021-03-05"),
        ("tr", "Yollar\nYayınlanma tarihi: 5 Mart 2021\nBakan konuştu.", "2021-03-05"),
    ],
)
def test_stated(lang: str, text: str, expected: str) -> None:
    found = date(text, lang)
    assert (found.earliest, found.latest, found.precision) == (d(expected), d(expected), "day")
    assert found.evidence and "contradiction" not in rules(found)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", f"{BODY} On 5 March 2021 the minister signed the treaty."),
        ("ar", "تحدث الوزير عن الطرق. وفي 5 مارس 2021 وقعت الحكومة الاتفاق مع الشركة."),
        ("ru", "Министр говорил о дорогах. 5 марта 2021 года был подписан договор с компанией."),
        ("fr", "Le ministre a parlé. Le 5 mars 2021, le traité avait été signé avec la société."),
    ],
)
def test_a_date_in_the_body_is_an_event_and_bounds_the_page(lang: str, text: str) -> None:
    found = date(text, lang)
    assert (found.earliest, found.latest, found.precision) == (d("2021-03-05"), TODAY, "range")


def test_a_headline_with_a_date_is_no_date_line() -> None:
    assert date(f"Speech of 5 March 2021\n{BODY}").precision != "day"


@pytest.mark.parametrize(
    "text",
    [
        "The plant will open by 2025.",
        "They plan to meet on 5 March 2024.",
        "He wants neutrality by 2020.",
        "© 2024 The Paper",
        "Talks are scheduled for March 2022.",
    ],
)
def test_the_future_gives_no_bound(text: str) -> None:
    found = date(f"{BODY} {BODY}\n{text}")
    assert (found.earliest, found.latest, found.precision) == (None, None, "unknown")


def test_nothing_at_all() -> None:
    assert date(BODY) == Published()
    assert date("") == Published()


def test_metadata_alone_and_with_the_page() -> None:
    stamp = DateEvidence(
        rule="meta:published", text="2021-03-05T10:00Z", earliest=d("2021-03-05"), latest=d("2021-03-05")
    )
    assert date(BODY, metadata=(stamp,)).earliest == d("2021-03-05")
    found = date(f"Roads\nPublished: 7 March 2021\n{BODY}", metadata=(stamp,))
    assert (found.earliest, found.latest, found.precision) == (d("2021-03-05"), d("2021-03-07"), "range")
    assert "contradiction" in rules(found)


def test_a_month_and_a_day_within_it_agree() -> None:
    stamp = DateEvidence(rule="meta:issue", text="March 2021", earliest=d("2021-03-01"), latest=d("2021-03-31"))
    assert date(f"Roads\nPublished: 7 March 2021\n{BODY}", metadata=(stamp,)).precision == "day"
    assert date(BODY, metadata=(stamp,)).precision == "month"


def test_metadata_after_today_or_never_set_is_not_believed() -> None:
    for wrong in ("2031-01-01", "1970-01-01"):
        stamp = DateEvidence(rule="meta:published", text=wrong, earliest=d(wrong), latest=d(wrong))
        found = date(f"Roads\n9 January 2026\n{BODY}", metadata=(stamp,))
        assert (found.earliest, found.latest) == (d("2026-01-09"), d("2026-01-09"))


def test_an_update_is_an_upper_bound() -> None:
    found = date(f"Roads\nLast updated: 7 March 2021\n{BODY}")
    assert (found.earliest, found.latest, found.precision) == (None, d("2021-03-07"), "range")


def test_the_published_line_outranks_the_update() -> None:
    found = date(f"Roads\nPublished: 5 March 2021\nUpdated: 7 March 2021\n{BODY}")
    assert (found.earliest, found.latest) == (d("2021-03-05"), d("2021-03-05"))


def test_ambiguous_line_spans_both_readings() -> None:
    found = date(f"Roads\nPublished: 03/04/2021\n{BODY}")
    assert (found.earliest, found.latest, found.precision) == (d("2021-03-04"), d("2021-04-03"), "range")


def test_a_date_line_span_is_strong_and_other_boilerplate_is_not_searched() -> None:
    text = f"{BODY} See 5 March 2021 here now\nMore: 9 May 2023 was the day of the fair in the town of Lima"
    start = text.index("5 March")
    spans = (Span(start=start, end=start + 12, reason="date_line"),)
    assert date(text, spans=spans).earliest == d("2021-03-05")
    related = (Span(start=text.index("More"), end=len(text), reason="related"),)
    assert date(text, spans=related).earliest != d("2023-05-09")


def test_dateline_a_day_before_the_published_line_agrees() -> None:
    found = date(f"Published: 14 January 2022\nOSLO, Jan 13, 2022 (Reuters) - {BODY}")
    assert (found.earliest, found.precision) == (d("2022-01-14"), "day")
    far = date(f"Published: 14 January 2024\nOSLO, Jan 13, 2022 (Reuters) - {BODY}")
    assert (far.earliest, far.latest) == (d("2022-01-13"), d("2024-01-14")) and "contradiction" in rules(far)


def test_dateline_without_year_takes_the_years_that_the_terms_allow() -> None:
    text = f"OSLO, Jan 13 (Reuters) - {BODY}"
    assert date(text).precision == "unknown"
    one = date(text, constraints=(term("2021-06-01", "2022-06-01"),))
    assert (one.earliest, one.latest) == (d("2022-01-13"), d("2022-01-13"))
    many = date(text, constraints=(term("2018-06-01", "2022-06-01"),))
    assert (many.earliest, many.latest, many.precision) == (d("2019-01-13"), d("2022-01-13"), "range")


def test_a_weekday_rules_years_out() -> None:
    found = date(f"Thursday, January 13\n{BODY}", constraints=(term("2017-01-01", "2024-01-01"),))
    assert (found.earliest, found.latest) == (d("2022-01-13"), d("2022-01-13"))


def test_terms_intersect_and_every_one_is_evidence() -> None:
    found = date(BODY, constraints=(term("2017-02-01", "2019-01-01"), term("2016-05-01", "2018-03-31")))
    assert (found.earliest, found.latest, found.precision) == (d("2017-02-01"), d("2018-03-31"), "range")
    assert rules(found) == ["term", "term"]


def test_an_open_term_ends_today() -> None:
    found = date(BODY, constraints=(term("2017-02-01", None),))
    assert (found.earliest, found.latest) == (d("2017-02-01"), TODAY)


def test_the_weakest_evidence_yields_to_a_term() -> None:
    text = f"{BODY} In 2021 the treaty was signed."
    found = date(text, constraints=(term("2017-02-01", "2019-01-01"),))
    assert (found.earliest, found.latest) == (d("2017-02-01"), d("2019-01-01"))
    assert any(rule.startswith("contradiction") for rule in rules(found))


def test_the_odd_term_out_is_dropped() -> None:
    terms = (term("2017-01-01", "2019-01-01"), term("2018-01-01", "2020-01-01"), term("2005-01-01", "2007-01-01"))
    found = date(BODY, constraints=terms)
    assert (found.earliest, found.latest) == (d("2018-01-01"), d("2019-01-01"))
    assert rules(found).count("contradiction:term") == 1


def test_a_stated_date_outside_a_term_stands_with_a_note() -> None:
    found = date(f"Roads\nPublished: 9 January 2026\n{BODY}", constraints=(term("2017-01-01", "2019-01-01"),))
    assert found.precision == "day" and "contradiction:term" in rules(found)


def test_today_thursday_trims_the_ends() -> None:
    found = date(
        "The minister said today, Thursday, that roads matter.", constraints=(term("2022-01-10", "2022-01-21"),)
    )
    assert (found.earliest, found.latest, found.precision) == (d("2022-01-13"), d("2022-01-20"), "range")


def test_a_past_day_without_year_bounds_a_short_interval() -> None:
    text = f"{BODY} The two sides met in Geneva on 9 and 10 January."
    found = date(text, constraints=(term("2022-01-01", "2022-09-01"),))
    assert (found.earliest, found.latest) == (d("2022-01-10"), d("2022-09-01"))
    assert "day_without_year" in rules(found)


def test_last_march_is_not_said_in_march() -> None:
    text = "The minister recalled the plan of last March. Roads matter."
    found = date(text, constraints=(term("2022-03-10", "2023-03-12"),))
    assert (found.earliest, found.latest) == (d("2022-04-01"), d("2023-02-28"))


def test_never_after_today() -> None:
    early = dt.date(2022, 1, 1)
    found = published(BODY, "en", constraints=(term("2021-06-01", "2022-06-01"),), today=early)
    assert found.latest == early


@pytest.mark.parametrize("lang", ["en", "ar", "zh"])
@pytest.mark.parametrize(
    "text", ["13 January 2022 " * 3000, "13 " + " " * 50_000 + "January", "1/" * 25_000, "5," * 25_000 + " January"]
)
def test_no_text_takes_quadratic_time(text: str, lang: str) -> None:
    started = time.process_time()
    date(text, lang)
    assert time.process_time() - started < 4
