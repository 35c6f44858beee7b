import datetime as dt

import pytest

from claims.gate import Policy, check
from claims.gate.review import create, decide
from tests.baseline.newsroom import AGAINST, newsroom

DAY = dt.date(2024, 5, 1)


@pytest.fixture(autouse=True)
def _own_machine(monkeypatch, tmp_path):
    """Tests run as on a person's machine, with a cache of their own, also when they run in CI."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def checked(tmp_path):
    """One new finding, one rejected, one updated and one absent."""
    room, file = newsroom(), tmp_path / "b.jsonl"
    room.add("g1", "Gone one", "She said: We may leave.")
    room.shift("g1", "We may leave.", "t2", room.shifts[1][3])
    create(room.write(tmp_path / "before"), file)
    names = [found.fingerprint for found in room.findings()]
    decide(file, names[0], "rejected", reason="misread\nquote", author="ann", date=DAY)
    decide(file, names[2], "rejected", reason="old", author="bob", date=DAY)
    room.shifts.pop()
    room.rewrite("t2", "this time", "this month")
    room.shifts[1][4].update(kind="softening", explanation="He {moved} [so](far).")
    room.add("p 3", "Third — ثالث", f"Zwei\nZeilen 😀\nthen: {AGAINST}", path="news/ثالث #3.txt")
    room.shift("p1", room.shifts[0][1], "p 3", AGAINST)
    made = check(room.write(tmp_path / "after"), file, Policy(), DAY)
    assert made.run is not None
    return made
