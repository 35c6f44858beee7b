"""Paragraphs, sentences and quotations, with exact offsets."""

from __future__ import annotations

import pytest

from claims.text.segment import after_dateline, clipped, marked, paragraphs, quotations, quoted_spans, sentences, trim


def cut(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text), lang)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "قال الوزير، وهو يبتسم، إن الوقت حان؛ ثم غادر القاعة."),
        ("ar", "التقى الوفد د. سمير العطار في القاهرة."),
        ("en", "Mr. Brown met Sen. J. White at 5 p.m. on Sunday."),
        ("en", "“It is over. We are done. Nothing more will come,” he said."),
        ("fr", "M. Rivière a vu Mme. Castel vers 18 h."),
        ("ru", "Встреча прошла в 2019 г. в Москве при участии А. Иванова."),
    ],
)
def test_one_sentence_stays_one(lang: str, text: str) -> None:
    assert cut(text, lang) == [text]


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("ar", ["قال الوزير إن الوقت حان.", "وأضاف: «لن ننتظر»."]),
        ("ar", ["هل انتهى الأمر؟", "لا أحد يعرف."]),
        ("en", ["He left on Sunday.", "Nobody saw him."]),
        ("ru", ["Он уехал.", "Никто его не видел."]),
    ],
)
def test_two_sentences_are_two(lang: str, parts: list[str]) -> None:
    assert cut("  ".join(parts), lang) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال «نعم» ثم «لا».", ["«نعم»", "«لا»"]),
        ("“A “b” c” d", ["“A “b” c”"]),
        ('He said "we saw "it" there" twice.', ['"we saw "it" there"']),
        ("„so“ und „nicht”", ["„so“", "„nicht”"]),
        ("«open only", []),
        ('5" screen', []),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [text[low:high] for low, high in quotations(text, 0, len(text))] == found


def test_a_quotation_runs_over_paragraphs_that_open_or_close_it() -> None:
    text = "He said: “One.\n“Two.\nThree.” Four.\nFive."
    spans = quoted_spans(text, paragraphs(text, []))
    assert [text[low:high] for low, high in spans] == ["“One.", "“Two.", "Three.”"]


def test_clipped_to_a_sentence() -> None:
    assert clipped([(0, 5), (8, 20)], 3, 10) == [(3, 5), (8, 10)]
    assert clipped([(0, 3)], 3, 10) == []


def test_trim_takes_white_space_and_direction_marks() -> None:
    assert trim(" \u200fنص\u200e ", 0, 6) == (2, 4)
    assert trim(" \u200b ", 0, 3) is None


def test_excluded_lines_are_no_paragraphs() -> None:
    text = "One.\nTwo.\n\nThree."
    assert [text[a:b] for a, b in paragraphs(text, [(5, 9)])] == ["One.", "Three."]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("MOSCOW, March 4 - The plan is dead.", "The plan is dead."),
        ("BUENOS AIRES (Newsline) — The plan is dead.", "The plan is dead."),
        ("Kyiv, 13 May – The plan is dead.", "The plan is dead."),
        ("القاهرة (النشرة) – أعلن الوزير ذلك.", "أعلن الوزير ذلك."),
        ("بيروت - أعلن الوزير ذلك.", "أعلن الوزير ذلك."),
        ("МОСКВА, 13 апреля — Сделка заключена.", "Сделка заключена."),
        ("The minister - a former judge - resigned.", "The minister - a former judge - resigned."),
        ("Sweden – long neutral – has joined.", "Sweden – long neutral – has joined."),
        ("A twenty-year plan is dead.", "A twenty-year plan is dead."),
        ("MOSCOW -", "MOSCOW -"),
    ],
)
def test_the_place_line_is_no_part_of_the_first_sentence(text: str, rest: str) -> None:
    assert text[after_dateline(text, 0, len(text)) :] == rest


def test_two_apostrophes_are_a_quotation_mark_and_offsets_stay() -> None:
    text = "He said ''we will not go'' and ''it's late,'' twice."
    seen = marked(text)
    assert len(seen) == len(text)
    assert [text[low:high] for low, high in quotations(seen, 0, len(seen))] == ["''we will not go''", "''it's late,''"]
    assert marked("It's one apostrophe") == "It's one apostrophe"
