"""Source, cue and content as spans."""

from __future__ import annotations

import pytest

from claims.attribute.triples import Triple, triples_of
from claims.records import Published
from claims.text.segment import paragraphs, sentences
from tests.attribute.sample import registry

Words = tuple[str | None, str, str | None]


def found(text: str, lang: str = "en") -> list[Triple]:
    split = [sentences(text, *paragraph, lang) for paragraph in paragraphs(text, [])]
    return triples_of(text, split, lang, Published(), registry())


def underlined(text: str, lang: str = "en") -> list[Words]:
    def cut(span: tuple[int, int] | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    return [(cut(t.source), text[t.cue[0] : t.cue[1]], cut(t.content)) for t in found(text, lang) if not t.nested]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor said that the bridge would close.", ("The mayor", "said", "that the bridge would close")),
        (
            "Officials have repeatedly said the bridge is safe.",
            ("Officials", "have repeatedly said", "the bridge is safe"),
        ),
        ("“The bridge is safe,” said a senior aide on Friday.", ("a senior aide", "said", "“The bridge is safe,”")),
        ("“The bridge is safe,” she told reporters in Lyon.", ("she", "told", "“The bridge is safe,”")),
        (
            "Anna Berg, the head of the works council, warned that jobs would go.",
            ("Anna Berg, the head of the works council,", "warned", "that jobs would go"),
        ),
        (
            "The bridge, he said, must be rebuilt at once.",
            ("he", "said", "The bridge, he said, must be rebuilt at once"),
        ),
        ("The bridge is safe, according to a city report.", ("a city report", "according to", "The bridge is safe")),
        ("According to a city report, the bridge is safe.", ("a city report", "According to", "the bridge is safe")),
        ("He told the council that the money was gone.", ("He", "told", "that the money was gone")),
        ("The strike was condemned by the trade union.", ("the trade union", "was condemned by", "The strike")),
        ("She complained about the noise.", ("She", "complained about", "the noise")),
    ],
)
def test_one_attribution(text: str, expected: Words) -> None:
    assert underlined(text) == [expected]


def test_a_second_verb_of_the_same_subject_ends_the_first_content() -> None:
    assert underlined("The minister praised the plan and urged both sides to sign.") == [
        ("The minister", "praised", "the plan"),
        ("The minister", "urged", "both sides to sign"),
    ]


def test_a_participle_takes_the_subject_of_its_sentence() -> None:
    assert underlined("The minister praised the plan, adding that time was short.") == [
        ("The minister", "praised", "the plan"),
        ("The minister", "adding", "that time was short"),
    ]


def test_a_content_goes_on_in_the_next_sentence_of_the_quotation() -> None:
    text = "“We will not sign,” the minister said. “Nobody will.”"
    assert underlined(text) == [("the minister", "said", text)]


def test_a_colon_at_the_end_of_a_paragraph_opens_the_next_one() -> None:
    assert underlined("She said:\n“We will not sign. Nobody will.”") == [
        ("She", "said", "“We will not sign. Nobody will.”")
    ]


def test_a_signature_behind_a_dash_is_the_source() -> None:
    quote = "“We will not sign. Nobody will.”"
    assert underlined(f"{quote} ― Anna Berg, Lyon") == [("Anna Berg", "―", quote)]


def test_what_is_said_within_the_words_of_another_is_nested() -> None:
    made = found("The aide said that the minister denied the report.")
    assert [triple.nested for triple in made] == [False, True]


def test_nouns_that_look_like_verbs_are_no_cues() -> None:
    assert underlined("The questions of the past and the claims of the press were long.") == []


def test_spans_lie_in_the_text_and_hold_their_cue() -> None:
    text = "قال المسؤول إن الجسر آمن. وأضاف أن العمل مستمر."
    for triple in found(text, "ar"):
        assert 0 <= triple.cue[0] < triple.cue[1] <= len(text)
        assert triple.content is None or triple.content[0] < triple.content[1]
    assert len(found(text, "ar")) == 2
