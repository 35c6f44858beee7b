"""Whatever the text, attribution gives statements that lie in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.text.segment import paragraphs, quoted_spans, sentences
from tests.attribute.sample import read

_PIECES = (
    "قال", "وأضاف", "إن", "أن", "السفير", "الروسي", "كمال أيدين", "«", "»", "،", ":", "نقلت", "عن", "قوله", "بحسب",
    "Orlov", "said", "that", "the Turkish president", "he", "“", "”", '"', ",", ".", "according to", "who", "and",
    "a-t-il déclaré", "selon lui", "заявил", "Павел Зимин", "по его словам", "—", "\n", "\u200f", "\u202b", "\u200b",
    "ـ", "ً", "д.", "U.S.", "'s", "\u0301", "\U0001f600",
)  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(_PIECES), max_size=25).map("".join),
    st.text(max_size=200),
)


def check(text: str, lang: str) -> None:
    position = 0
    for statement in read(text, lang):
        assert 0 <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end].strip()
        low, high = statement.sentence
        assert low <= statement.start
        assert statement.end <= high
        assert low >= position
        position = low
        if statement.actor is not None:
            assert statement.actor.surface.strip()


@given(texts, st.sampled_from(["ar", "en", "fr", "ru", "fa", "zz"]))
@settings(max_examples=150, deadline=None)
def test_statements_lie_in_the_text(text: str, lang: str) -> None:
    check(text, lang)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_quotations_lie_in_their_paragraphs(text: str) -> None:
    spans = paragraphs(text, [])
    for low, high in quoted_spans(text, spans):
        assert any(start <= low < high <= end for start, end in spans)
    for start, end in spans:
        for low, high in sentences(text, start, end, "ar"):
            assert start <= low < high <= end


@pytest.mark.parametrize("lang", ["ar", "en", "ru"])
@pytest.mark.parametrize(
    "text", ["", "«", '"', "”", ":", "ق" * 100_000, "“" * 3_000, "قال " * 3_000, "Orlov said " * 2_000]
)
def test_odd_texts(text: str, lang: str) -> None:
    check(text, lang)
