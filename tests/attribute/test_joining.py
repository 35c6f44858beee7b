"""Unknown people are joined across scripts only where it is sure."""

from __future__ import annotations

from claims.attribute.joining import joined


def test_two_spellings_of_one_person() -> None:
    names = {"name:petra-lindhorst": ("Petra Lindhorst", 4), "name:петра-линдхорст": ("Петра Линдхорст", 1)}
    assert joined(names) == {"name:петра-линдхорст": "name:petra-lindhorst"}


def test_a_name_that_is_like_two_is_left_alone() -> None:
    names = {
        "name:ali-hasan": ("Ali Hasan", 2),
        "name:aly-hassan": ("Aly Hassan", 2),
        "name:علي-حسن": ("علي حسن", 2),
    }
    assert joined(names) == {}


def test_one_family_is_not_one_person() -> None:
    assert joined({"name:petra-lindhorst": ("Petra Lindhorst", 1), "name:пауль": ("Пауль Линдхорст", 1)}) == {}


def test_a_single_name_is_never_joined() -> None:
    assert joined({"name:petra": ("Petra", 1), "name:петра": ("Петра", 1)}) == {}
