"""The numbers that the benchmarks print, on cases small enough to count by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import floors
from benchmarks.measures import accuracy, calibration_error, macro_f1
from benchmarks.timelines import right
from tests.factory import finding


def test_accuracy_and_its_interval() -> None:
    found = accuracy(["a"] * 80 + ["b"] * 20, ["a"] * 100)
    assert found.value == pytest.approx(0.8)
    assert 0.7 < found.low < 0.8 < found.high < 0.9


def test_macro_f1_counts_each_label_alike() -> None:
    truth, guess = ["a", "a", "a", "b"], ["a", "a", "b", "b"]
    # a: precision 1, recall 2/3; b: precision 1/2, recall 1.
    assert macro_f1(truth, guess, ("a", "b")).value == pytest.approx((0.8 + 2 / 3) / 2)


def test_who_says_seventy_percent_and_is_always_right_is_off_by_thirty() -> None:
    sure = np.array([[0.7, 0.3]] * 10)
    assert calibration_error(["a"] * 10, ("a", "b"), sure) == pytest.approx(0.3)
    assert calibration_error(["a"] * 7 + ["b"] * 3, ("a", "b"), sure) == pytest.approx(0.0)


def test_floors_rise_and_never_fall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.json")
    floors.keep({"contrast": 0.8})
    floors.keep({"contrast": 0.7, "other": 0.5})
    assert json.loads((tmp_path / "floors.json").read_text()) == {"contrast": 0.8, "other": 0.5}
    floors.check({"contrast": 0.81})
    with pytest.raises(SystemExit, match=r"contrast: 0\.700 is below its floor 0\.800"):
        floors.check({"contrast": 0.7})


def test_a_finding_of_a_timeline_must_lie_across_its_turn() -> None:
    timeline = {"id": "en01", "shift": {"before": 2, "after": 3, "direction": "hardening"}}
    across = finding("x/en01/1.txt", "x/en01/4.txt", "hardening")
    assert right(across, timeline)
    assert not right(finding("x/en01/1.txt", "x/en01/2.txt", "hardening"), timeline)
    assert not right(finding("x/en01/1.txt", "x/en01/4.txt", "softening"), timeline)
    assert not right(finding("x/en02/1.txt", "x/en01/4.txt", "hardening"), timeline)
    assert not right(across, timeline | {"shift": None})
