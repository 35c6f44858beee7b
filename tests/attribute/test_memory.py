"""Whom offices, short names and descriptions stand for, by what the article and the registry say."""

from __future__ import annotations

import datetime as dt

import pytest

from claims.attribute.memory import Memory, name_id
from claims.attribute.mention import Mention
from claims.records import Actor
from tests.attribute.sample import holders, memory, mentions


def resolved(text: str, lang: str, known: Memory) -> list[str | None]:
    return [actor.id if (actor := known.resolve(m, words)) else None for words, m in mentions(text, lang, known)]


def test_an_office_is_its_holders_at_the_articles_time() -> None:
    assert resolved("The Turkish president", "en", memory("en")) == ["per:kemal-aydin"]
    before = memory("en", dt.date(2005, 1, 1))
    assert resolved("The Turkish prime minister", "en", before) == ["per:kemal-aydin"]
    assert resolved("The Turkish president", "en", before) == ["role:head_of_state@cty:TR"]


def test_without_a_date_only_the_article_names_the_holder() -> None:
    known = memory("en", None)
    assert resolved("The Turkish president", "en", known) == ["role:head_of_state@cty:TR"]
    known.see(Actor(id="per:kemal-aydin", name="Kemal Aydin", surface="Kemal Aydin"))
    assert resolved("The Turkish president", "en", known) == ["per:kemal-aydin"]


def test_an_ambassador_is_told_by_the_posting() -> None:
    assert resolved("قال السفير الروسي في أنقرة", "ar", memory("ar")) == ["per:ivan-lukin"]
    assert resolved("قال السفير الروسي", "ar", memory("ar")) == ["role:ambassador@cty:RU"]


def test_the_bare_office_is_who_spoke_last_then_who_was_named_first() -> None:
    known = memory("en")
    for key, name in (("kemal-aydin", "Kemal Aydin"), ("boris-orlov", "Boris Orlov")):
        known.see(Actor(id=f"per:{key}", name=name, surface=name))
    assert resolved("the president", "en", known) == ["per:kemal-aydin"]
    known.spoke(known.persons["per:boris-orlov"])
    assert resolved("the president", "en", known) == ["per:boris-orlov"]


def test_an_unlisted_spelling_is_known_by_the_office() -> None:
    known = memory("en")
    role = Mention(0, 1, "role", role="foreign_minister", of="cty:TR")
    known.introduce(Mention(2, 3, "name"), "Layla Demirr", role)
    assert known.resolve(Mention(2, 3, "name"), "Layla Demirr").id == "per:leyla-demir"  # type: ignore[union-attr]
    known.introduce(Mention(2, 3, "name"), "Aylin Demir", role)
    colleague = known.resolve(Mention(2, 3, "name"), "Aylin Demir")
    assert colleague is not None
    assert colleague.id == name_id("Aylin Demir")
    known.introduce(Mention(2, 3, "name"), "Selin Kaya", role)
    assert known.resolve(Mention(2, 3, "name"), "Selin Kaya").id == name_id("Selin Kaya")  # type: ignore[union-attr]


@pytest.mark.parametrize(("gender", "expected"), [("f", "per:a"), ("m", "per:b"), (None, "per:b")])
def test_the_last_speaker_of_a_gender(gender: str | None, expected: str) -> None:
    known = memory("ar")
    known.spoke(Actor(id="per:a", name="A", surface="A"), "f")
    known.spoke(Actor(id="per:b", name="B", surface="B"), "m")
    found = known.last_speaker(gender)
    assert found is not None
    assert found.id == expected


def test_somebody_unnamed_hides_earlier_speakers_of_the_same_gender() -> None:
    known = memory("ar")
    known.spoke(Actor(id="per:a", name="A", surface="A"), "f")
    known.spoke(None, "f")
    assert known.last_speaker("f") is None


def test_a_trade_takes_up_whom_it_introduced() -> None:
    introduced = "Coach Martin Lind praised his side. Captain Ade Oso said the draw was fair."
    text = introduced + " The coach said the title was gone."
    assert holders(text, "en")[-1] == "name:martin-lind"


def test_names_are_ids_by_their_folded_words() -> None:
    assert name_id("هُدى العُمري") == name_id("هدى العمري") == "name:هدي-العمري"
