"""Words and how their letters are folded."""

from __future__ import annotations

import pytest

from claims.text.names import skeleton
from claims.text.normalise import fold, fold_light
from claims.text.script import direction, dominant_script
from claims.text.words import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("الولايات المتّحدة، اليوم", ["الولايات", "المتّحدة", "اليوم"]),
        ("the U.S. said 3.5 million", ["the", "U.S.", "said", "3.5", "million"]),
        ("l'ONU n'a rien dit", ["l", "ONU", "n", "a", "rien", "dit"]),
        ("\u200fنص\u200f", ["نص"]),
        ("«»,. —", []),
    ],
)
def test_words_with_exact_offsets(text: str, found: list[str]) -> None:
    cut = words(text)
    assert [word.surface for word in cut] == found
    assert [text[word.start : word.end] for word in cut] == found


def test_a_window_keeps_the_offsets_of_the_text() -> None:
    assert [(word.start, word.surface) for word in words("one two three", 4, 7)] == [(4, "two")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("قالَ", "قال"), ("أكّد", "اكد"), ("مـــصر", "مصر"), ("Élysée", "elysee"), ("ещё", "еще"), ("٢٠٢٤", "2024")],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold_light(one) == fold_light(other)


def test_light_folding_keeps_apart_what_full_folding_joins() -> None:
    assert fold_light("مصرى") != fold_light("مصري")
    assert fold("مصرى") == fold("مصري")
    assert fold_light("وزارة") != fold_light("وزاره")
    assert fold("وزارة") == fold("وزاره")


def test_letters_that_are_letters_of_their_own() -> None:
    assert fold("йод") != fold("иод")


@pytest.mark.parametrize(
    ("one", "other"),
    [("ستولتنبرغ", "ستولتنبرج"), ("شويغو", "شويجو"), ("ميدفيديف", "مدفديف"), ("غروسي", "جروسي")],
)
def test_transliterations_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_other_names_do_not() -> None:
    assert skeleton("لافروف") != skeleton("لوكين")
    assert skeleton("Lavrov") == "lavrov"


def test_scripts() -> None:
    assert dominant_script("Reuters: قال الوزير إن الوقت حان") == "Arab"
    assert dominant_script("123 —") is None
    assert direction("BBC عربي: الأخبار") == "rtl"
    assert direction("Новости") == "ltr"
