"""Which mention is the source of a cue, and through whose hands a statement passes."""

from __future__ import annotations

import pytest

from tests.attribute.sample import holders, read


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # A dropped subject goes on with who spoke, and the sentence's own subject goes before.
        ("ar", "قال كمال أيدين إن الوقت حان. وأضاف أن بلاده جاهزة.", ["per:kemal-aydin", "per:kemal-aydin"]),
        ("ar", "استقبل كمال أيدين الوفد في قصره، وقال إن العلاقات ممتازة.", ["per:kemal-aydin"]),
        # «His own»: the verb's gender tells which of two speakers goes on.
        (
            "ar",
            "قال كمال أيدين إن الوقت حان. وقالت ليلى دمير إن الملف معقد. وأضاف أن القرار قريب.",
            ["per:kemal-aydin", "per:leyla-demir", "per:kemal-aydin"],
        ),
        # A common noun behind the verb is its subject; nobody known holds that.
        ("ar", "قال كمال أيدين إن الوقت حان. ويتوقع محللون أن ترتفع الأسعار غدا.", ["per:kemal-aydin", None]),
        # A masculine verb has no feminine country for a subject.
        ("ar", "وكان بافل زيمين حضر اللقاء، إذ وصف تركيا بأنها شريك موثوق.", ["per:pavel-zimin"]),
        # «In Moscow» says where.
        ("ar", "وفي موسكو، حذر بافل زيمين من عواقب القرار الأخير.", ["per:pavel-zimin"]),
        # "Between A, B and C": all of them are governed, so the first mention that is free is the subject.
        (
            "ar",
            "نشرت الرئاسة الروسية وثائق عن لقاء جرى بين موسكو وأنقرة وحلف الناتو، معتبرة أنه تأخر كثيرا.",
            ["body:presidency@cty:RU"],
        ),
        ("ar", "«الباب مفتوح أمام الجميع»، يقول كمال أيدين.", ["per:kemal-aydin"]),
        ("ar", "نقلت وكالة تاس عن بافل زيمين قوله إن الاتصالات مستمرة.", ["per:pavel-zimin"]),
        ("en", "Sweden, the Turkish president said, is not ready.", ["per:kemal-aydin"]),
        ("en", "The Turkish president, who met Orlov in Samarkand, urged calm.", ["per:kemal-aydin"]),
        ("en", "Kemal Aydin thanked NATO but warned against delay.", ["per:kemal-aydin", "per:kemal-aydin"]),
        ("en", "Turkey's Leyla Demir called for restraint.", ["per:leyla-demir"]),
        ("en", "Zimin was not convinced: “Everyone has seen the plans,” he told reporters.", ["per:pavel-zimin"]),
        ("en", "Its leader, Boris Orlov, “has gone far beyond what is normal,” he added.", [None]),
        ("fr", "« Il faut attendre », a prévenu jeudi à Genève Kemal Aydin.", ["per:kemal-aydin"]),
        ("fr", "Boris Orlov a commis, selon lui, une faute grave.", [None]),
        ("ru", "Переговоров пока не будет, заявил Павел Зимин.", ["per:pavel-zimin"]),
        (
            "ru",
            "«Мы ценим эти усилия», — сказал Кемаль Айдын. По его словам, визит состоится.",
            ["per:kemal-aydin"] * 2,
        ),
    ],
)
def test_source(lang: str, text: str, expected: list[str | None]) -> None:
    assert holders(text, lang) == expected


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = "“We used our right,” Orlov said. “We hit no civilians.\n“Our action is over.”\nThe market fell again."
    assert holders(text, "en") == ["per:boris-orlov"] * 3 + [None]


def test_an_open_mark_does_not_swallow_the_article() -> None:
    text = "Orlov said that “the matter is closed.\nThe market fell again on Friday.\nRain is expected in the north."
    assert holders(text, "en")[1:] == [None, None]


def test_a_body_hands_its_own_leaders_words_on() -> None:
    [statement] = read("أعلن الكرملين أن بوريس أورلوف أكد أهمية الحوار.", "ar")
    assert statement.actor is not None
    assert (statement.actor.id, statement.chain, statement.factivity) == (
        "per:boris-orlov",
        ("org:kremlin",),
        "asserted",
    )


def test_a_body_keeps_its_account_of_another_countrys_leader() -> None:
    [statement] = read("أعلن الكرملين أن كمال أيدين أكد أهمية الحوار.", "ar")
    assert statement.actor is not None
    assert (statement.actor.id, statement.chain, statement.factivity) == ("org:kremlin", (), "reported")


def test_an_outlet_hands_on_to_anybody() -> None:
    [statement] = read("TASS said Kemal Aydin insisted on a ceasefire.", "en")
    assert statement.actor is not None
    assert (statement.actor.id, statement.chain) == ("per:kemal-aydin", ("org:tass",))


def test_the_spokesman_is_not_his_master() -> None:
    assert holders("The Kremlin spokesman said no talks were planned.", "en") == ["per:pavel-zimin"]


def test_a_denial_denies_what_is_reported_and_not_what_it_says_itself() -> None:
    text = "ونفى بافل زيمين ما يتردد عن أن موسكو تستعد للهجوم."
    assert [s.factivity for s in read(text, "ar")] == ["denied"]
    direct = read("Zimin denied the report: “We have no such plans at all.”", "en")
    assert direct[-1].speech == "direct"
    assert direct[-1].factivity == "asserted"


@pytest.mark.parametrize(
    ("text", "factivity"),
    [
        ("Orlov said Russia would return to the deal if sanctions were lifted.", "conditional"),
        ("Orlov said: “Why should Russia return to this deal?”", "questioned"),
        ("Orlov said Russia would return to the deal.", "asserted"),
    ],
)
def test_factivity(text: str, factivity: str) -> None:
    assert [s.factivity for s in read(text, "en")] == [factivity]
