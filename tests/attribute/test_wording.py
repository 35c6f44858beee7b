"""Which words of a statement name its source, which are its content, and how it reads alone."""

from __future__ import annotations

import pytest

from claims.attribute.statement import Statement
from tests.attribute.sample import read


def said(text: str, lang: str, part: str) -> tuple[Statement, str | None, str | None]:
    at = text.index(part)
    found = next(s for s in read(text, lang) if s.start <= at < s.end)
    cut = [text[slice(*span)] if span else None for span in (found.source, found.content)]
    return found, cut[0], cut[1]


@pytest.mark.parametrize(
    ("lang", "text", "part", "source", "content"),
    [
        (
            "en",
            "President Boris Orlov said on Friday that the talks go on.",
            "the talks",
            "Boris Orlov",
            "that the talks go on.",
        ),
        ("en", "Officials said the talks had failed.", "the talks", "Officials", "the talks had failed."),
        (
            "ar",
            "قال الرئيس الروسي بوريس أورلوف إن المحادثات مستمرة.",
            "المحادثات",
            "بوريس أورلوف",
            "إن المحادثات مستمرة.",
        ),
        ("ar", "كشفت مصادر مطلعة أن المحادثات فشلت.", "المحادثات", "مصادر مطلعة", "أن المحادثات فشلت."),
        (
            "ru",
            "Борис Орлов заявил, что переговоры продолжаются.",
            "переговоры",
            "Борис Орлов",
            "что переговоры продолжаются.",
        ),
    ],
)
def test_source_and_content(lang: str, text: str, part: str, source: str, content: str) -> None:
    _, named, told = said(text, lang, part)
    assert (named, told) == (source, content)


def test_a_source_without_a_name_has_words_and_no_actor() -> None:
    found, named, _ = said("Analysts said the talks had failed.", "en", "the talks")
    assert named == "Analysts" and found.actor is None


def test_a_claim_reads_alone() -> None:
    text = "Boris Orlov arrived on Monday. He said the talks would go on. “We are ready,” he said."
    indirect, _, _ = said(text, "en", "the talks")
    direct, _, _ = said(text, "en", "We are ready")
    assert indirect.standalone == "[Boris Orlov] He said the talks would go on."
    assert direct.standalone.startswith("Boris Orlov: We are ready")
    assert text[indirect.start : indirect.end] == "He said the talks would go on."


def test_an_office_that_the_article_fills_is_named_in_brackets() -> None:
    text = "President Kemal Aydin met the press. Boris Orlov said the Turkish president was right."
    found, _, _ = said(text, "en", "was right")
    assert "the Turkish president [Kemal Aydin] was right" in found.standalone


@pytest.mark.parametrize(
    ("lang", "text", "modality"),
    [
        ("en", "Boris Orlov warned that prices would rise.", "warns"),
        ("en", "Boris Orlov said that prices would rise.", None),
        ("ar", "هدد بوريس أورلوف بإغلاق الحدود.", "threatens"),
        ("ar", "قال بوريس أورلوف إن الأسعار ترتفع، محذرا من أزمة كبيرة جديدة.", None),
    ],
)
def test_modality(lang: str, text: str, modality: str | None) -> None:
    assert read(text, lang)[0].modality == modality


def test_a_participle_carries_its_own_modality() -> None:
    text = "قال بوريس أورلوف إن الأسعار ترتفع، محذرا من أزمة كبيرة جديدة."
    assert [s.modality for s in read(text, "ar")] == [None, "warns"]


def test_mocked_content_is_not_asserted() -> None:
    assert read("Boris Orlov mocked the claim that prices would rise.", "en")[0].factivity == "questioned"


def test_the_innermost_holder_and_the_chain() -> None:
    outlet = read("نقلت وكالة تاس عن بوريس أورلوف قوله إن المحادثات مستمرة.", "ar")[0]
    assert (outlet.actor and outlet.actor.id, outlet.chain) == ("per:boris-orlov", ("org:tass",))
    spoken = read("قال بافل زيمين إن الرئيس بوريس أورلوف أكد أن المحادثات مستمرة.", "ar")[0]
    assert (spoken.actor and spoken.actor.id, spoken.chain) == ("per:boris-orlov", ("per:pavel-zimin",))


def test_anothers_words_told_by_a_stranger_stay_the_tellers_account() -> None:
    told = read("قال بافل زيمين إن الرئيس التركي كمال أيدين أكد أن المحادثات مستمرة.", "ar")[0]
    assert told.actor and told.actor.id == "per:pavel-zimin"


def test_asking_for_anonymity_is_no_statement() -> None:
    text = "قال مسؤول رفيع، طلب عدم ذكر اسمه، إن الصفقة قريبة جدا."
    assert len(read(text, "ar")) == 1
