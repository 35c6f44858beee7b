"""The declared features of a pair, and the relation model over them."""

from __future__ import annotations

import pytest

from claims.score.features import NAMES, Side, measure
from claims.score.relation import explained, relation

NEUTRAL = (0.4, 0.3, 0.3, 0.3, 0.4, 0.3)


def value(name: str, a: Side, b: Side, reading: tuple[float, ...] = NEUTRAL) -> float:
    return float(measure(a, b, 0.9, reading)[NAMES.index(name)])


def test_a_gap_and_a_change_of_sides() -> None:
    warm, cold, cool = Side("one", "en", 0.7), Side("two", "en", -0.6), Side("three", "en", 0.1)
    assert value("stance_gap", warm, cold) == pytest.approx(1.3)
    assert value("sides_change", warm, cold) == pytest.approx(0.6)
    assert value("sides_change", warm, cool) == 0


@pytest.mark.parametrize(
    ("lang", "plain", "negated"),
    [
        ("en", "We will support the pipeline project", "We will not support the pipeline project"),
        ("ar", "سندعم مشروع خط الأنابيب الجديد", "لن ندعم مشروع خط الأنابيب الجديد"),
        ("fr", "Nous soutiendrons ce projet de gazoduc", "Nous ne soutiendrons jamais ce projet de gazoduc"),
        ("ru", "Мы поддержим проект нового газопровода", "Мы не поддержим проект нового газопровода"),
    ],
)
def test_negation_differs(lang: str, plain: str, negated: str) -> None:
    one, other = Side(plain, lang, 0.5), Side(negated, lang, -0.5)
    assert value("negation_differs", one, other) == 1
    assert value("negation_differs", one, one) == 0


def test_numbers_differ_only_where_the_rest_is_alike() -> None:
    one = Side("The ministry will hire 300 nurses next spring", "en", 0.3)
    other = Side("The ministry will hire 900 nurses next spring", "en", 0.3)
    away = Side("Exports of copper rose by 4 percent", "en", 0.0)
    assert value("numbers_differ", one, other) == 1
    assert value("numbers_differ", one, away) == 0


def test_digits_of_any_script_are_one_number() -> None:
    assert value("numbers_differ", Side("سنبني ٣٠٠ مدرسة جديدة", "ar", 0), Side("سنبني 300 مدرسة جديدة", "ar", 0)) == 0


def test_words_are_not_compared_across_languages() -> None:
    assert value("shared_words", Side("Brexit Brexit", "en", 0), Side("Brexit Brexit", "fr", 0)) == 0


def test_the_relation_sums_to_one_and_follows_the_reading() -> None:
    a, b = Side("We want talks with them", "en", 0.6), Side("We reject any talks with them", "en", -0.7)
    towards = relation(measure(a, b, 0.88, (0.03, 0.94, 0.03, 0.02, 0.1, 0.88)))
    again = Side("We hope for talks with them", "en", 0.6)
    same = relation(measure(a, again, 0.92, (0.94, 0.03, 0.03, 0.8, 0.15, 0.05)))
    for found in (towards, same):
        assert found.consistent + found.shift + found.unrelated == pytest.approx(1)
    assert towards.shift > 0.6
    assert same.consistent > 0.6


def test_every_feature_is_explained() -> None:
    a, b = Side("We want talks with them", "en", 0.6), Side("We reject any talks with them", "en", -0.7)
    features = explained(measure(a, b, 0.88, NEUTRAL), a, b)
    assert {feature.name for feature in features} == set(NAMES)
    assert all(feature.reason for feature in features)
    sizes = [abs(feature.contribution) for feature in features]
    assert sizes == sorted(sizes, reverse=True)
