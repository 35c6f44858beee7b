import datetime as dt

import pytest

from claims.baseline.store import read, write
from claims.errors import BaselineUnreadable, RunIncomplete, UsageError
from claims.gate.review import accept, create, decide, diff, prune
from tests.baseline.newsroom import newsroom

DAY = dt.date(2024, 5, 1)
ANN = {"reason": "read both", "author": "ann", "date": DAY}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "claims.baseline.jsonl"


@pytest.fixture
def run(tmp_path):
    return newsroom().write(tmp_path / "run")


def decisions(file):
    return [entry.decision for entry in read(file).entries]


def test_create_knows_all_and_confirms_none(run, file):
    change = create(run, file)
    assert decisions(file) == ["unreviewed"] * 2
    assert len(change.added) == 2
    assert "none reviewed" in next(iter(change))


def test_create_never_replaces_a_file(run, file):
    create(run, file)
    decide(file, read(file).entries[0].fingerprint, "rejected", **ANN)
    before = file.read_bytes()
    with pytest.raises(UsageError, match="claims baseline accept"):
        create(run, file)
    assert file.read_bytes() == before


def test_create_of_a_run_without_findings(tmp_path, file):
    room = newsroom()
    room.shifts = []
    create(room.write(tmp_path / "run"), file)
    assert read(file).entries == ()


@pytest.mark.parametrize("decision", ["confirmed", "rejected", "unsure"])
def test_decide_by_the_beginning_of_a_fingerprint(run, file, decision):
    create(run, file)
    first, second = read(file).entries
    change = decide(file, first.fingerprint[:6].upper(), decision, **ANN, expires=DAY)
    made = read(file).entries
    assert (made[0].decision, made[0].reason, made[0].author, made[0].date, made[0].expires) == (
        decision, "read both", "ann", DAY, DAY,
    )  # fmt: skip
    assert made[1] == second
    assert f"{decision} (was unreviewed)" in change.lines[0]


def test_a_decision_can_be_taken_back(run, file):
    create(run, file)
    before = file.read_bytes()
    name = read(file).entries[0].fingerprint
    decide(file, name, "confirmed", **ANN)
    decide(file, name, "unreviewed")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"decision": "maybe"}, "no such decision; there are unreviewed, confirmed"),
        ({"reason": " "}, "needs --reason"),
        ({"author": ""}, "needs --author"),
        ({"fingerprint": "zzz"}, "zzz: no known finding"),
        ({"fingerprint": ""}, "empty fingerprint"),
        ({"expires": DAY - dt.timedelta(1)}, "before the day of the decision"),
    ],
)
def test_what_cannot_be_meant(run, file, changes, told):
    create(run, file)
    before = file.read_bytes()
    call = {"fingerprint": read(file).entries[0].fingerprint, "decision": "confirmed", **ANN, **changes}
    with pytest.raises(UsageError, match=told):
        decide(file, call.pop("fingerprint"), call.pop("decision"), **call)
    assert file.read_bytes() == before


def test_a_beginning_that_names_two(run, file):
    create(run, file)
    one = read(file).entries[0]
    twins = [one.model_copy(update={"fingerprint": f"abc{n}" + "0" * 28}) for n in range(2)]
    write(file, twins)
    with pytest.raises(UsageError, match=r"begins more than one: abc0.*abc1"):
        decide(file, "abc", "confirmed", **ANN)


def test_a_reason_of_several_lines_is_one_line(run, file):
    create(run, file)
    decide(file, read(file).entries[0].fingerprint, "unsure", reason="a\nb\x1b[31m", author="ann\u202e", date=DAY)
    assert (read(file).entries[0].reason, read(file).entries[0].author) == ("a b[31m", "ann")


def test_accept_takes_new_findings_in_unreviewed_and_keeps_decisions(tmp_path, file):
    room = newsroom()
    small = room.copy()
    small.shifts = small.shifts[:1]
    create(small.write(tmp_path / "one"), file)
    decide(file, read(file).entries[0].fingerprint, "confirmed", **ANN)
    change = accept(room.write(tmp_path / "two"), file)
    assert len(change.added) == 1
    assert sorted(decisions(file)) == ["confirmed", "unreviewed"]
    before = file.read_bytes()
    accept(tmp_path / "two", file)
    assert file.read_bytes() == before


def test_accept_one(tmp_path, file, run):
    empty = newsroom()
    empty.shifts = []
    create(empty.write(tmp_path / "empty"), file)
    name = newsroom().findings()[1].fingerprint
    accept(run, file, name[:8])
    assert [entry.fingerprint for entry in read(file).entries] == [name]
    with pytest.raises(UsageError, match="no finding to take in"):
        accept(run, file, name[:8])


def test_accept_of_an_edited_finding_asks_again(tmp_path, file, run):
    create(run, file)
    for entry in read(file).entries:
        decide(file, entry.fingerprint, "rejected", **ANN)
    room = newsroom()
    room.rewrite("p2", "with anyone", "with anybody")
    change = accept(room.write(tmp_path / "two"), file)
    assert len(change.changed) == 1 and not change.added
    assert sorted(decisions(file)) == ["rejected", "unreviewed"]
    assert {entry.fingerprint for entry in read(file).entries} == {found.fingerprint for found in room.findings()}


def test_accept_of_a_retitled_article_keeps_the_decision(tmp_path, file, run):
    create(run, file)
    for entry in read(file).entries:
        decide(file, entry.fingerprint, "rejected", **ANN)
    room = newsroom()
    room.articles["p2"] = room.articles["p2"].model_copy(update={"title": "Another headline"})
    accept(room.write(tmp_path / "two"), file)
    assert decisions(file) == ["rejected"] * 2
    assert {entry.fingerprint for entry in read(file).entries} == {found.fingerprint for found in room.findings()}


def test_prune_drops_what_is_gone_and_only_that(tmp_path, file, run):
    create(run, file)
    room = newsroom()
    room.remove("p2")
    assert not prune(room.write(tmp_path / "part"), file).dropped
    assert len(read(file).entries) == 2
    room = newsroom()
    room.shifts = room.shifts[1:]
    assert len(prune(room.write(tmp_path / "gone"), file).dropped) == 1
    assert [entry.fingerprint for entry in read(file).entries] == [room.findings()[0].fingerprint]


def test_diff_tells_and_writes_nothing(tmp_path, file, run, monkeypatch):
    create(run, file)
    room = newsroom()
    room.rewrite("p2", "with anyone", "with anybody")
    room.shifts = room.shifts[:1]
    room.add("p3", "Third", "She said: Not one litre of it will ever reach our shores again.")
    room.shift("p1", room.shifts[0][1], "p3", "Not one litre of it will ever reach our shores again.")
    before = file.read_bytes()
    monkeypatch.setenv("CI", "true")
    change = diff(room.write(tmp_path / "two"), file)
    assert (len(change.added), len(change.changed), len(change.dropped)) == (1, 1, 1)
    assert change.lines[0] == "1 new, 1 updated, 0 unchanged, 1 absent, 0 not checked."
    assert [line[0] for line in change.lines[1:]] == ["+", "~", " ", "-"]
    assert file.read_bytes() == before


def test_ci_changes_nothing(run, file, monkeypatch):
    create(run, file)
    name, before = read(file).entries[0].fingerprint, file.read_bytes()
    monkeypatch.setenv("CI", "true")
    for call in (
        lambda: create(run, file.with_name("other")),
        lambda: accept(run, file),
        lambda: prune(run, file),
        lambda: decide(file, name, "confirmed", **ANN),
    ):
        with pytest.raises(UsageError, match="never written in CI"):
            call()
    assert file.read_bytes() == before
    assert not file.with_name("other").exists()


def test_an_incomplete_run_changes_nothing(tmp_path, file, run):
    create(run, file)
    before = file.read_bytes()
    broken = newsroom().write(tmp_path / "broken", status="incomplete")
    for call in (accept, prune, diff):
        with pytest.raises(RunIncomplete):
            call(broken, file)
    with pytest.raises(RunIncomplete):
        create(broken, file.with_name("other"))
    assert file.read_bytes() == before
    assert not file.with_name("other").exists()


def test_a_missing_baseline(run, file):
    for call in (lambda: accept(run, file), lambda: prune(run, file), lambda: diff(run, file)):
        with pytest.raises(BaselineUnreadable, match="claims baseline create"):
            call()
