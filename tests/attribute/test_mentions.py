"""Who is mentioned: names, offices with what they serve, unknown people, bodies taken up again."""

from __future__ import annotations

import pytest

from claims.attribute.trie import Trie
from tests.attribute.sample import mentions


@pytest.mark.parametrize(
    ("lang", "text", "surface", "code", "of"),
    [
        ("ar", "قال السفير الروسي في أنقرة إن اللقاء مفيد", "السفير الروسي في أنقرة", "ambassador", "cty:RU"),
        ("ar", "وأكد وزير الخارجية التركي أن الباب مفتوح", "وزير الخارجية التركي", "foreign_minister", "cty:TR"),
        ("en", "Turkey's new foreign minister spoke.", "Turkey's new foreign minister", "foreign_minister", "cty:TR"),
        ("en", "The Russian ambassador left.", "Russian ambassador", "ambassador", "cty:RU"),
        ("en", "The NATO chief was clear.", "NATO chief", "director", "org:nato"),
        (
            "fr",
            "Le ministre turc des Affaires étrangères a parlé.",
            "ministre turc des Affaires étrangères",
            "foreign_minister",
            "cty:TR",
        ),
        ("ru", "Слово взял российский посол.", "российский посол", "ambassador", "cty:RU"),
    ],
)
def test_an_office_reaches_to_what_it_serves(lang: str, text: str, surface: str, code: str, of: str) -> None:
    found = [(words, m.role, m.of) for words, m in mentions(text, lang) if m.kind == "role"]
    assert (surface, code, of) in found


def test_the_first_of_two_titles_is_the_head() -> None:
    text = "قال وزير الدفاع في حكومة الرئيس التركي كمال أيدين إن الجيش مستعد"
    first = next(m for _, m in mentions(text, "ar") if m.kind == "role")
    assert (first.role, first.of) == ("defence_minister", "cty:TR")
    unknown = text.replace("كمال أيدين", "سليم الزواوي")
    assert [surface for surface, m in mentions(unknown, "ar") if m.is_person] == []


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("ar", "قال مدرب المنتخب، سليم الزواوي، إن الفريق جاهز", "سليم الزواوي"),
        ("ar", "وأضافت الطبيبة هدى العمري للصحفيين أن الوضع مستقر", "هدى العمري"),
        ("ar", "وكتب سمير العطار أن الأسعار ترتفع", "سمير العطار"),
        ("en", "The club's chairman, Peter Osei, was pleased.", "Peter Osei"),
        ("en", "Dr. Helen Abara runs the clinic.", "Helen Abara"),
        ("fr", "La docteure Claire Montbrun juge la consigne tardive.", "Claire Montbrun"),
        ("ru", "Принц Абдель Азиз бен Хамад выступил первым.", "Абдель Азиз бен Хамад"),
    ],
)
def test_unknown_people_are_found_by_title_or_capitals(lang: str, text: str, name: str) -> None:
    assert name in [surface for surface, m in mentions(text, lang) if m.kind == "name"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "وأشار إلى أن عقد المدرب مستمر مهما كانت النتيجة"),
        ("ar", "ورحب الأمين العام للحلف بالقمة المقبلة"),
        ("en", "They met on a cold Monday in October."),
        ("ru", "Журналистам показали новый завод."),
    ],
)
def test_common_words_are_no_names(lang: str, text: str) -> None:
    assert [surface for surface, m in mentions(text, lang) if m.is_person] == []


def test_a_last_name_behind_another_first_name_is_somebody_else() -> None:
    assert [m.ids for _, m in mentions("Alan Orlov won the race.", "en")] == [()]
    assert [m.ids for _, m in mentions("On Monday Orlov won the race.", "en")] == [("per:boris-orlov",)]


def test_the_kingdom_is_the_one_that_the_text_has_named() -> None:
    from tests.attribute.sample import memory

    said = memory("en")
    for _, mention in mentions("Saudi Arabia spoke first.", "en", said):
        said.note(mention)
    assert [m.ids for _, m in mentions("The kingdom agreed.", "en", said)] == [("cty:SA",)]
    for _, mention in mentions("Jordan did not.", "en", said):
        said.note(mention)
    assert mentions("The kingdom agreed.", "en", said) == []


def test_the_longest_match_wins_and_an_unfinished_one_falls_back() -> None:
    trie: Trie[str] = Trie()
    trie.add(["a"], "short")
    trie.add(["a", "b", "c"], "long")
    keys = [("a",), ("x", "b"), ("c",), ("a",), ("b",)]
    assert trie.longest(keys[0], keys, 0) == (3, ["long"])
    assert trie.longest(keys[3], keys, 3) == (1, ["short"])
    assert trie.longest(("z",), keys, 0) is None
    trie.add([], "nothing")
    assert trie.longest(("",)) is None
