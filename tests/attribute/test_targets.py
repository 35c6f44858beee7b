"""Towards whom a statement is directed, and what officeholders say about a page's date."""

from __future__ import annotations

import datetime as dt

from claims.attribute.terms import terms_of_office
from claims.text.segment import paragraphs, sentences
from tests.attribute.sample import read, registry


def targets(text: str, lang: str) -> list[list[str]]:
    return [[target.id for target in statement.targets] for statement in read(text, lang)]


def test_the_counterpart_in_the_statement_and_not_the_own_side() -> None:
    assert targets("قال بوريس أورلوف إن موسكو تثق في تركيا.", "ar") == [["cty:TR"]]


def test_an_issue_is_a_target_too() -> None:
    assert targets("Orlov said Turkey must lift the sanctions.", "en") == [["cty:TR", "iss:sanctions"]]


def test_a_statement_without_a_counterpart_goes_on_with_the_last_one() -> None:
    [first, second] = read("Orlov said Turkey was a partner. He added that trust takes time.", "en")
    assert (first.scope, second.scope) == ("statement", "article")
    assert [target.id for target in second.targets] == ["cty:TR"]


def test_the_place_of_speaking_is_no_target() -> None:
    [statement] = read("Orlov told reporters in Ankara: “Our patience is at an end.”", "en")
    assert statement.targets == ()


def terms(text: str, lang: str = "en") -> dict[str, tuple[dt.date | None, dt.date | None]]:
    split = [sentences(text, *paragraph, lang) for paragraph in paragraphs(text, [])]
    return {e.rule: (e.earliest, e.latest) for e in terms_of_office(text, split, lang, registry())}


def test_an_officeholder_dates_the_page() -> None:
    found = terms("Turkish Prime Minister Kemal Aydin spoke in parliament.")
    assert found == {"office:head_of_government:per:kemal-aydin": (dt.date(2003, 3, 14), dt.date(2014, 8, 28))}


def test_a_former_officeholder_and_a_last_name_alone_date_nothing() -> None:
    assert terms("Former Turkish Prime Minister Kemal Aydin spoke.") == {}
    assert terms("The prime minister met Aydin.") == {}


def test_an_earlier_hour_is_no_former_office() -> None:
    office = "office:head_of_government:per:kemal-aydin"
    assert office in terms("وصف رئيس الوزراء التركي كمال أيدين في وقت سابق الخطة بالخطيرة.", "ar")
    assert office not in terms("وصف رئيس الوزراء التركي السابق كمال أيدين الخطة بالخطيرة.", "ar")
