"""The day of a statement: what is attached to the saying counts, what belongs to the content does not."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.dating import statement_date
from claims.records import DateRange


def span(first: str, last: str | None = None) -> DateRange:
    return DateRange(earliest=dt.date.fromisoformat(first), latest=dt.date.fromisoformat(last or first))


PAGE = span("2022-01-13")  # a Thursday


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        ("en", "The minister said on Wednesday that roads matter.", span("2022-01-12")),
        ("en", "On Wednesday the minister said that roads matter.", span("2022-01-12")),
        ("en", "“Roads matter,” he said on Tuesday.", span("2022-01-11")),
        ("en", "The minister said that the roads closed on Wednesday.", PAGE),
        ("en", "The minister said: “On Monday we close the roads.”", PAGE),
        ("en", "In a 2015 interview he called roads useless.", span("2015-01-01", "2015-12-31")),
        ("en", "The minister said last month that roads matter.", span("2021-12-01", "2021-12-31")),
        ("en", "In March, the minister said that roads matter.", span("2021-03-01", "2021-03-31")),
        ("en", "The minister, who took office in 2017, said roads matter.", PAGE),
        ("en", "The minister said on 5 March 2020 that roads matter.", span("2020-03-05")),
        ("en", "The minister said on 5 December that roads matter.", span("2021-12-05")),
        ("en", "Roads matter.", PAGE),
        ("en", "Roads will close tomorrow, the minister said.", PAGE),
        ("en", "The minister warned in March of last year that roads matter.", span("2021-03-01", "2021-03-31")),
        ("ar", "قال الوزير أمس الأربعاء إن الطرق مهمة", span("2022-01-12")),
        ("ar", "وقال الوزير، خلال مقابلة في مارس الماضي، إن الطرق مهمة", span("2021-03-01", "2021-03-31")),
        ("ar", "قال الوزير إن الطرق أغلقت أمس الأربعاء", PAGE),
        ("ar", "قال الوزير اليوم الخميس: «أغلقنا الطرق أمس»", PAGE),
        ("ar", "دعا الوزير، أمس الأربعاء، إلى إصلاح الطرق", span("2022-01-12")),
        ("ar", "وأوضح في حديث نشر أول من أمس أن الطرق مهمة", span("2022-01-11")),
        ("fr", "Le ministre a déclaré mercredi que les routes comptent.", span("2022-01-12")),
        ("fr", "Le ministre a déclaré que les routes ferment mercredi.", PAGE),
        (
            "fr",
            "Dans un entretien en juillet dernier, il a dit que les routes comptent.",
            span("2021-07-01", "2021-07-31"),
        ),
        ("ru", "Министр заявил в среду, что дороги важны.", span("2022-01-12")),
        ("ru", "Министр заявил, что дороги закрыли в среду.", PAGE),
        ("ru", "«Дороги важны», — сказал министр во вторник.", span("2022-01-11")),
        ("ru", "В интервью в марте прошлого года он говорил о дорогах.", span("2021-03-01", "2021-03-31")),
        ("de", "Der Minister sagte am Mittwoch, dass Straßen wichtig sind.", span("2022-01-12")),
        ("es", "El ministro dijo el miércoles que las carreteras importan.", span("2022-01-12")),
    ],
)
def test_statement(lang: str, sentence: str, expected: DateRange) -> None:
    assert statement_date(sentence, lang, PAGE) == expected


def test_an_interval_moves_with_the_page() -> None:
    page = span("2022-01-10", "2022-01-20")
    assert statement_date("He said yesterday that roads matter.", "en", page) == span("2022-01-09", "2022-01-19")
    assert statement_date("He said that roads matter.", "en", page) == page


def test_never_later_than_the_page() -> None:
    assert statement_date("He said on 5 March 2023 that roads matter.", "en", PAGE) == PAGE
    assert statement_date("He said this week that roads matter.", "en", PAGE).latest == PAGE.latest


def test_an_unknown_page_stays_open() -> None:
    assert statement_date("He said yesterday that roads matter.", "en", DateRange()) == DateRange()
    assert statement_date("In a 2015 interview he said so.", "en", DateRange()) == span("2015-01-01", "2015-12-31")
