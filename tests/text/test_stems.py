"""Stems by Snowball, where it knows the language."""

from __future__ import annotations

import pytest

from claims.text.stems import stem


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [("en", "sanctions", "sanction"), ("ru", "санкциями", "санкции"), ("fr", "négociations", "négociation")],
)
def test_forms_of_a_word_share_a_stem(lang: str, one: str, other: str) -> None:
    assert stem(one, lang) == stem(other, lang)


@pytest.mark.parametrize("lang", ["zh", "und", "", "xx"])
def test_a_language_without_a_stemmer_keeps_the_word(lang: str) -> None:
    assert stem("sanctions", lang) == "sanctions"
