"""When two claims make a finding, of which kind, and when they do not."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest

from claims.records import PairScore, Target
from claims.shift.judge import find_shifts
from claims.shift.position import Position, Shift
from claims.shift.wording import explain, sentences
from tests.factory import day, pair, position

EARLY, LATE = day("2017-08-30"), day("2022-01-13")


def shifts(*positions: Position, pairs: list[PairScore] | None = None, least: float = 0.3) -> list[Shift]:
    found = {p.claim_id: p for p in positions}
    return find_shifts(pairs or [pair(positions[0].claim_id, positions[1].claim_id)], found, least)


def two(before: float, after: float, **changes: Any) -> list[Shift]:
    return shifts(position("a", before, EARLY, **changes), position("b", after, LATE, **changes))


@pytest.mark.parametrize(
    ("before", "after", "kind", "direction"),
    [
        (0.6, -0.8, "hardening", "hardening"),
        (-0.7, 0.7, "softening", "softening"),
        (-0.2, -0.8, "hardening", "hardening"),
        (0.9, 0.3, "hardening", "hardening"),
        (-0.9, -0.3, "softening", "softening"),
        (0.05, 0.7, "softening", "softening"),
    ],
)
def test_kind_and_direction(before: float, after: float, kind: str, direction: str) -> None:
    [shift] = two(before, after)
    assert (shift.kind, shift.direction) == (kind, direction)


@pytest.mark.parametrize(("before", "after", "kind"), [(0.6, -0.8, "reversal"), (-0.2, -0.8, "hardening")])
def test_on_an_issue_for_becomes_against(before: float, after: float, kind: str) -> None:
    [shift] = two(before, after, targets=(Target(id="iss:inflation", name="inflation"),))
    assert shift.kind == kind


def test_the_same_position_again_is_no_shift() -> None:
    assert two(0.6, 0.65) == []


def test_a_pair_that_the_model_calls_consistent_is_no_shift() -> None:
    assert shifts(position("a", 0.6, EARLY), position("b", -0.6, LATE), pairs=[pair("a", "b", shift=0.1)]) == []


def test_what_is_only_reported_of_another_cannot_shift() -> None:
    assert two(0.6, -0.8, factivity="reported") == []


@pytest.mark.parametrize("changes", [{"factivity": "questioned"}, {"named": False}, {"actor": "cty:YY"}], ids=str)
def test_doubts_lower_the_probability_and_say_why(changes: dict[str, Any]) -> None:
    [plain], [doubtful] = two(0.6, -0.8), two(0.6, -0.8, **changes)
    assert doubtful.probability < plain.probability
    assert any(feature.contribution < 0 and feature.reason for feature in doubtful.features)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (day(None), LATE),
        (day("2016-01-01", "2023-01-01"), LATE),
        (day("2022-01-13"), day("2022-01-13")),
    ],
)
def test_without_an_order_in_time_there_is_no_shift(one: Any, other: Any) -> None:
    assert shifts(position("a", 0.6, one), position("b", -0.8, other)) == []


def test_without_a_common_target_only_two_wordings_of_one_matter_are_compared() -> None:
    before, after = position("a", 0.7, EARLY, targets=()), position("b", -0.7, LATE, targets=())
    assert shifts(before, after, pairs=[pair("a", "b", similarity=0.92)]) == []
    [close] = shifts(before, after, pairs=[pair("a", "b", similarity=0.95)])
    assert close.probability < two(0.7, -0.7)[0].probability


def test_a_lone_sentence_against_the_drift_counts_less() -> None:
    alone = shifts(position("a", 0.6, EARLY), position("b", -0.8, LATE))[0]
    others = [position(f"b{i}", 0.7, LATE, article_id="article of b") for i in range(4)]
    against = shifts(position("a", 0.6, EARLY), position("b", -0.8, LATE), *others)[0]
    assert against.probability < 0.7 * alone.probability


def test_one_finding_for_many_pairs_of_one_turn() -> None:
    first = [position(f"a{i}", 0.6, EARLY, article_id="A") for i in range(3)]
    second = [position(f"b{i}", -0.7, LATE, article_id="B") for i in range(3)]
    pairs = [pair(a.claim_id, b.claim_id, 0.8 + 0.05 * i) for i, a in enumerate(first) for b in second]
    [shift] = shifts(*first, *second, pairs=pairs)
    assert shift.pair.earlier == "a2"


def test_a_shift_that_returns_is_found_twice() -> None:
    back = position("c", 0.7, day("2024-05-01"))
    found = shifts(position("a", 0.7, EARLY), position("b", -0.7, LATE), back, pairs=[pair("a", "b"), pair("b", "c")])
    assert [shift.direction for shift in found] == ["hardening", "softening"]


def test_towards_two_targets_there_are_two_findings() -> None:
    other = (Target(id="cty:YY", name="Yland"),)
    found = shifts(
        position("a", 0.7, EARLY),
        position("b", -0.7, LATE),
        position("c", -0.7, EARLY, targets=other),
        position("d", 0.7, LATE, targets=other),
        pairs=[pair("a", "b"), pair("c", "d")],
    )
    assert {shift.target.id for shift in found if shift.target} == {"cty:XX", "cty:YY"}


def test_a_condition_that_came_is_a_finding_of_its_kind() -> None:
    before = position("a", 0.5, EARLY)
    after = position("b", 0.4, LATE, conditional=True)
    [shift] = shifts(before, after)
    assert (shift.kind, shift.direction) == ("conditional", "none")
    assert "condition was added" in explain(shift, before, after, "Someone")


def test_the_explanation_says_who_towards_whom_when_and_how() -> None:
    before, after = position("a", 0.7, EARLY), position("b", -0.7, day("2022-01-01", "2022-02-01"))
    [shift] = shifts(before, after)
    sentence = explain(shift, before, after, "Someone")
    for part in ("Someone", "Xland", "2017-08-30", "between 2022-01-01 and 2022-02-01", "+0.70", "-0.70", "cooperat"):
        assert part in sentence


def test_most_certain_first() -> None:
    pairs = [pair("a", "b", 0.6), pair("c", "d", 0.95)]
    found = shifts(
        position("a", 0.7, EARLY, actor="per:x"),
        position("b", -0.7, LATE, actor="per:x"),
        position("c", 0.7, EARLY, actor="per:y"),
        position("d", -0.7, LATE, actor="per:y"),
        pairs=pairs,
    )
    assert [shift.pair.earlier for shift in found] == ["c", "a"]


def test_circumstances_are_shown_and_count_nothing() -> None:
    [plain] = two(0.6, -0.8)
    before = position("a", 0.6, EARLY, lang="ar", offices=frozenset(["ambassador"]))
    after = position("b", -0.8, LATE, lang="en", offices=frozenset(["foreign minister"]))
    [moved] = shifts(before, after)
    assert moved.probability == plain.probability
    told = {feature.name: feature.reason for feature in moved.features}
    assert "ambassador, then foreign minister" in told["office_changed"]
    assert "ar" in told["translated"]
    assert not {"office_changed", "translated"} & {feature.name for feature in plain.features}


def test_a_forecast_is_said_to_be_one() -> None:
    [plain] = two(0.6, -0.8)
    [moved] = shifts(position("a", 0.6, EARLY, act="expects"), position("b", -0.8, LATE))
    assert moved.probability == plain.probability
    [told] = [feature.reason for feature in moved.features if feature.name == "forecast"]
    assert told.startswith("earlier:")


def test_one_statement_out_of_line_makes_no_finding_in_a_long_trajectory() -> None:
    days = [day(f"{year}-05-01") for year in range(2010, 2020)]
    steady = [position(f"s{i}", 0.6, date) for i, date in enumerate(days)]
    odd = position("odd", -0.05, day("2014-09-01"))
    pairs = [pair("s0", "odd"), pair("odd", "s9"), pair("s3", "odd")]
    assert shifts(*steady, odd, pairs=pairs) == []


def test_in_a_trajectory_the_quotes_come_from_both_sides_of_the_turn() -> None:
    before = [position(f"a{year}", 0.6, day(f"{year}-05-01")) for year in range(2010, 2014)]
    after = [position(f"b{year}", -0.6, day(f"{year}-05-01")) for year in range(2014, 2018)]
    pairs = [pair(a.claim_id, b.claim_id, 0.9) for a in before for b in after]
    [shift] = shifts(*before, *after, pairs=pairs)
    assert shift.pair.earlier.startswith("a")
    assert shift.pair.later.startswith("b")
    assert any(f.name == "trajectory" and "8 articles" in f.reason for f in shift.features)


def test_the_explanation_in_arabic_names_the_same_facts() -> None:
    before, after = position("a", 0.7, EARLY), position("b", -0.7, LATE)
    [shift] = shifts(before, after)
    sentence = explain(shift, before, after, "فلان", "البلد س", "ar")
    for part in ("فلان تجاه البلد س", "30 أغسطس 2017", "13 يناير 2022", "+0.70", "-0.70", "مواجهة صريحة"):
        assert part in sentence


def test_both_languages_have_the_same_patterns() -> None:
    english, arabic = sentences("en"), sentences("ar")
    # English dates are in digits alone.
    assert english.keys() | {"months"} == arabic.keys()
    assert len(arabic["months"]) == 12
    assert english["reasons"].keys() == arabic["reasons"].keys()
    for name, pattern in english.items():
        if isinstance(pattern, str):
            assert _fields(pattern) == _fields(arabic[name])


def _fields(pattern: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(pattern)} - {None}


KNOWN = {frozenset({"a", "b"})}


def test_a_known_finding_stays_within_the_noise_band() -> None:
    found = {p.claim_id: p for p in (position("a", 0.6, EARLY), position("b", -0.8, LATE))}
    pairs = [pair("a", "b")]
    [shift] = find_shifts(pairs, found, 0.3)
    sure = shift.probability
    for least, new, known in ((sure, 1, 1), (sure + 0.001, 0, 1), (sure + 0.02, 0, 1), (sure + 0.021, 0, 0)):
        assert len(find_shifts(pairs, found, least)) == new, least
        assert len(find_shifts(pairs, found, least, known=KNOWN, band=0.02)) == known, least
    assert find_shifts(pairs, found, 0.3, known=KNOWN, band=0.02) == [shift]


def test_a_known_finding_keeps_its_place_against_a_rival_that_is_hardly_more_certain() -> None:
    positions = (position("a", 0.6, EARLY), position("b", -0.6, LATE), position("c", -0.65, day("2022-01-14")))
    found = {p.claim_id: p for p in positions}

    def best(rival: float, **known: Any) -> str:
        pairs = [pair("a", "b", shift=0.80), pair("a", "c", shift=rival)]
        return find_shifts(pairs, found, 0.3, **known)[0].pair.later

    assert best(0.805) == "c"
    assert best(0.805, known=KNOWN, band=0.02) == "b"
    assert best(0.95, known=KNOWN, band=0.02) == "c"


def test_a_known_step_that_is_a_hair_too_small_is_still_one() -> None:
    positions = {p.claim_id: p for p in (position("a", 0.16, EARLY), position("b", -0.135, LATE))}
    wider = {p.claim_id: p for p in (position("a", 0.29, EARLY), position("b", -0.2, LATE))}
    for found in (positions, wider):
        assert find_shifts([pair("a", "b", shift=0.99)], found, 0.1) == []
    assert find_shifts([pair("a", "b", shift=0.99)], wider, 0.1, known=KNOWN, band=0.02)
    # Noise is small; a position that took no side at all is no finding, known or not.
    assert find_shifts([pair("a", "b", shift=0.99)], positions, 0.1, known=KNOWN, band=0.02) == []
