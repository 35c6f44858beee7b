"""The words that carry a finding are measured by leaving them out, and what speaks against it is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.explanation import explain_findings
from claims.extraction import Annotated
from claims.models.default import default_digest, default_model
from claims.records import Actor, Claim, Finding, PairScore, Relation
from claims.score.position import PositionReader
from tests.factory import finding, pair

WARM = "We want talks with Xland and welcome its friendly offer"
COLD = "Xland is our enemy and we condemn its brutal attacks"


def claim(claim_id: str, text: str) -> Annotated:
    made = Claim(
        id=claim_id,
        article_id=claim_id,
        text=text,
        quote=text,
        start=0,
        end=len(text),
        lang="en",
        actor=Actor(id="per:someone", name="Someone", surface="Someone"),
    )
    return Annotated(claim=made, targets=(), scope="statement", act=None, conditional=False)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PositionReader]:
    yield PositionReader(default_model, default_digest(), tmp_path_factory.mktemp("readings"))


def explained(reader: PositionReader, found: Finding, pairs: list[PairScore], **texts: str) -> Any:
    claims = {name: claim(name, text) for name, text in texts.items()}
    [explanation] = explain_findings([found], claims, pairs, reader)
    return explanation


def test_words_have_their_place_and_the_strongest_comes_first(reader: PositionReader) -> None:
    found = explained(reader, finding("a", "b", "hardening", target=None), [pair("a", "b")], a=WARM, b=COLD)
    assert found.earlier
    assert found.later
    for text, words in ((WARM, found.earlier), (COLD, found.later)):
        assert all(text[word.start : word.end] == word.text for word in words)
        weights = [abs(word.weight) for word in words]
        assert weights == sorted(weights, reverse=True)
        assert min(weights) >= 0.1


def test_the_weight_of_a_word_is_what_the_odds_lose_without_it(reader: PositionReader) -> None:
    shorter = "We want talks with Xland and its friendly offer"
    whole = explained(reader, finding("a", "b", "hardening", target=None), [pair("a", "b")], a=WARM, b=COLD)
    rest = explained(reader, finding("a", "b", "hardening", target=None), [pair("a", "b")], a=shorter, b=COLD)
    # Leaving out another word from the shorter text starts from other odds: the two explanations differ.
    assert {w.text: w.weight for w in whole.later} != {w.text: w.weight for w in rest.later}


def test_nothing_is_read_twice(reader: PositionReader) -> None:
    explained(reader, finding("a", "b", "hardening", target=None), [pair("a", "b")], a=WARM, b=COLD)
    before = reader.computed
    explained(reader, finding("a", "b", "hardening", target=None), [pair("a", "b")], a=WARM, b=COLD)
    assert reader.computed == before


def test_the_restatement_that_speaks_against_it(reader: PositionReader) -> None:
    same = Relation(consistent=0.8, shift=0.1, unrelated=0.1)
    weaker = Relation(consistent=0.6, shift=0.2, unrelated=0.2)
    pairs = [pair("a", "b"), pair("a", "c", relation=weaker), pair("a", "d", relation=same), pair("e", "f")]
    found = explained(
        reader, finding("a", "b", "hardening", target=None), pairs, a=WARM, b=COLD, c=WARM, d=WARM, e=WARM, f=COLD
    )
    assert (found.against, found.against_consistent) == ("d", 0.8)
    alone = explained(reader, finding("a", "b", "hardening", target=None), [pair("a", "b")], a=WARM, b=COLD)
    assert alone.against is None


def test_without_findings_nothing_is_loaded(tmp_path: Path) -> None:
    def unavailable() -> Path:
        raise AssertionError("loaded")

    assert explain_findings([], {}, [], PositionReader(unavailable, "", tmp_path)) == []
