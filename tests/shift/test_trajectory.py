"""Where a position changes among many statements."""

from __future__ import annotations

from claims.shift.trajectory import Occasion, stretches


def lengths(*stances: float) -> list[int]:
    occasions = [Occasion(f"a{day}", day, stance) for day, stance in enumerate(stances)]
    return [len(stretch.occasions) for stretch in stretches(occasions)]


def test_a_steady_position_is_one_stretch() -> None:
    assert lengths(0.5, 0.3, 0.6, 0.4, 0.2, 0.5) == [6]
    assert lengths(-0.2) == [1]
    assert lengths() == []


def test_one_step_is_one_change_point() -> None:
    assert lengths(0.6, 0.4, 0.5, -0.5, -0.3, -0.6) == [3, 3]


def test_a_position_that_comes_back_is_marked() -> None:
    occasions = [Occasion(f"a{day}", day, s) for day, s in enumerate((0.6, 0.5, -0.6, -0.5, 0.6, 0.5))]
    found = stretches(occasions)
    assert [(len(s.occasions), s.returns) for s in found] == [(2, False), (2, False), (2, True)]


def test_one_reading_that_is_off_is_no_change_of_position() -> None:
    assert lengths(0.5, 0.4, 0.1, 0.5, 0.4) == [5]


def test_the_order_is_that_of_time() -> None:
    late = [Occasion("b", 30, -0.6), Occasion("a", 10, 0.6), Occasion("c", 40, -0.5), Occasion("d", 20, 0.5)]
    assert [[o.article_id for o in s.occasions] for s in stretches(late)] == [["a", "d"], ["b", "c"]]
