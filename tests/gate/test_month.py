"""A team's month with the gate, at the level of records: after each day states, code and message are as expected."""

import datetime as dt
import shutil

import orjson
import pytest

from claims.baseline.store import read, write
from claims.errors import BaselineUnreadable, RunIncomplete, UsageError
from claims.gate import Policy, check
from claims.gate.review import accept, create, decide, diff, prune
from tests.baseline.newsroom import FOR, WARM, Newsroom, newsroom

MAY_1 = dt.date(2024, 5, 1)
STRICT = Policy(fail_on="new,updated,unreviewed,unsure,expired")
U_TURN = "We have never asked for any pipeline and we shall not open one to anybody again."


class Team:
    """One corpus, one baseline file, and a day that goes on."""

    def __init__(self, folder):
        self.folder = folder
        self.file = folder / "claims.baseline.jsonl"
        self.room: Newsroom = newsroom()
        self.day = MAY_1
        self.runs = 0

    def run(self, **counts):
        self.runs += 1
        return self.room.write(self.folder / f"run{self.runs}", **counts)

    def judge(self, policy=None, run=None):
        return check(run or self.run(), self.file, policy or Policy(), self.day)

    def decide(self, number, decision, **changes):
        name = self.room.findings()[number].fingerprint
        given = {"reason": "read", "author": "ann", "date": self.day, **changes}
        return decide(self.file, name[:12], decision, **given)


def states(checked):
    return [found.finding.state for found in checked.matching.findings]


@pytest.fixture
def team(tmp_path):
    return Team(tmp_path)


def test_a_month(team, monkeypatch):
    # 1 May: no baseline yet. The gate refuses and names the command.
    made = team.judge().verdict
    assert made.exit_code == 2
    assert "claims baseline create RUN --baseline" in made.lines[0]

    # 2 May: it is made. Nothing is new; nothing counts as confirmed either.
    create(team.run(), team.file)
    assert team.judge().verdict.exit_code == 0
    made = team.judge(STRICT).verdict
    assert made.exit_code == 1 and made.reasons == ("2 unreviewed findings (none allowed)",)

    # 3 May: both are judged, one for two weeks only.
    team.day = dt.date(2024, 5, 3)
    team.decide(0, "confirmed")
    team.decide(1, "rejected", reason="the quote is about another country", expires=dt.date(2024, 5, 17))
    made = team.judge(STRICT).verdict
    assert made.exit_code == 0
    assert made.lines[0] == "Passed: 2 findings, none of them open. Nothing to do."
    judged = team.file.read_bytes()

    # 5 May: files are moved, an article is wrapped anew and saved in another normal form; a lead is put before another.
    for name, source in team.room.articles.items():
        team.room.articles[name] = source.model_copy(update={"path": f"archive/{source.path}"})
    for old in (FOR, WARM):
        team.room.rewrite("p1" if old == FOR else "t1", old, old.replace(" ", "\n"))
    team.room.rewrite("t2", "On Monday she said", "It was a long day in Bergen. On Monday she said")
    checked = team.judge(STRICT)
    assert checked.verdict.exit_code == 0 and states(checked) == ["unchanged"] * 2

    # 7 May: another model. Probabilities and a kind differ, nobody is asked again.
    team.room.shifts[0][4].update(probability=0.61, kind="contradiction")
    checked = team.judge(STRICT)
    assert checked.verdict.exit_code == 0 and states(checked) == ["unchanged"] * 2
    assert team.file.read_bytes() == judged

    # 9 May: a typing error in a quote is mended. The finding is updated, and its decision has to be given again.
    team.room.rewrite("p2", "with anyone", "with anybody")
    checked = team.judge()
    assert checked.verdict.exit_code == 1 and states(checked) == ["updated", "unchanged"]
    assert checked.verdict.reasons == ("1 updated finding (none allowed)",)
    assert "claims baseline accept" in checked.verdict.lines[0]
    accept(team.run(), team.file)
    assert team.judge().verdict.exit_code == 0
    assert team.judge(STRICT).verdict.exit_code == 1
    team.decide(0, "confirmed")
    assert team.judge(STRICT).verdict.exit_code == 0

    # 11 May: a new article brings a new shift. CI fails, and may not write; the team takes it in.
    team.day = dt.date(2024, 5, 11)
    team.room.add("p3", "Berg shuts the door", f"Reuters: {U_TURN}")
    team.room.shift("p1", FOR.replace(" ", "\n"), "p3", U_TURN)
    checked = team.judge()
    assert checked.verdict.exit_code == 1 and states(checked) == ["unchanged", "unchanged", "new"]
    assert team.judge(Policy(max_new=1)).verdict.exit_code == 0
    with monkeypatch.context() as ci:
        ci.setenv("CI", "true")
        assert team.judge().verdict.exit_code == 1
        assert diff(team.run(), team.file).lines[0].startswith("1 new, 0 updated, 2 unchanged")
        with pytest.raises(UsageError):
            accept(team.run(), team.file)
    accept(team.run(), team.file)
    team.decide(2, "unsure")
    assert team.judge().verdict.exit_code == 0
    assert team.judge(Policy(fail_on="unsure")).verdict.reasons == ("1 unsure finding (none allowed)",)

    # 14 May: only the changed article is checked. What was not read is not gone.
    part = newsroom()
    part.articles = {"t1": team.room.articles["t1"]}
    part.shifts = []
    checked = check(part.write(team.folder / "part"), team.file, Policy(), team.day)
    assert checked.verdict.exit_code == 0
    assert checked.verdict.counts["not_checked"] == 3 and checked.verdict.counts["absent"] == 0
    assert not prune(team.folder / "part", team.file).dropped

    # 16 May: a run dies half-way, then an output is torn. Neither is green, whatever the policy; the baseline stays.
    before = team.file.read_bytes()
    half = team.run(status="incomplete")
    assert team.judge(Policy(fail_on="none"), half).verdict.exit_code == 4
    with pytest.raises(RunIncomplete):
        prune(half, team.file)
    torn = team.run()
    content = (torn / "findings.jsonl").read_bytes()
    (torn / "findings.jsonl").write_bytes(content[: len(content) // 2])
    made = team.judge(run=torn).verdict
    assert made.exit_code == 4 and "findings.jsonl" in made.lines[0]
    shutil.rmtree(torn)
    assert team.judge(run=torn).verdict.exit_code == 4
    assert team.file.read_bytes() == before

    # 18 May: the decision of 3 May has run out.
    team.day = dt.date(2024, 5, 18)
    made = team.judge(Policy(fail_on="new,updated,expired")).verdict
    assert made.exit_code == 1 and made.reasons == ("1 expired finding (none allowed)",)
    team.decide(1, "rejected", reason="still another country", expires=dt.date(2025, 5, 18))
    assert team.judge(Policy(fail_on="new,updated,expired")).verdict.exit_code == 0

    # 20 May: two branches judge at once. Union keeps both; two opposite judgements are for people.
    base = team.file.read_bytes()
    team.decide(2, "confirmed", author="bob")
    ours = team.file.read_bytes()
    team.file.write_bytes(base)
    entry = read(team.file).entries[0]
    extra = entry.model_copy(update={"fingerprint": "f" * 32})
    write(team.file, [*read(team.file).entries, extra])
    theirs = team.file.read_bytes()
    team.file.write_bytes(union(ours, theirs, base))
    assert len(read(team.file).entries) == 4
    assert team.judge().verdict.exit_code == 0
    team.file.write_bytes(ours + theirs)
    with pytest.raises(BaselineUnreadable, match=r":\d+: finding .* is unsure here, confirmed in line \d+"):
        read(team.file)
    assert team.judge().verdict.exit_code == 2
    team.file.write_bytes(b"<<<<<<< HEAD\n" + ours)
    assert ":1: unresolved merge" in team.judge().verdict.lines[0]
    team.file.write_bytes(ours)

    # 24 May: a paper takes a shift back: its article says the opposite now. The old one is absent, the other is new.
    team.room.rewrite("p2", "will not build", "will build")
    checked = team.judge()
    assert checked.verdict.exit_code == 1
    assert sorted(states(checked)) == ["new", "unchanged", "unchanged"]
    assert checked.verdict.counts["absent"] == 1
    change = prune(team.run(), team.file)
    assert len(change.dropped) == 1 and len(read(team.file).entries) == 2

    # 28 May: an article is removed from the corpus. Its findings wait; the rest passes.
    team.room.remove("p2")
    team.room.remove("t2")
    checked = team.judge()
    assert checked.verdict.exit_code == 0
    assert states(checked) == ["unchanged"]
    assert checked.verdict.counts["not_checked"] == 1

    # 30 May: a wrong path in CI gives an empty run. It is not green.
    team.room.articles, team.room.shifts = {}, []
    assert team.judge(Policy(fail_on="none")).verdict.exit_code == 4

    # 31 May: a colleague's newer version has written the baseline.
    header, rest = ours.split(b"\n", 1)
    team.file.write_bytes(orjson.dumps({**orjson.loads(header), "version": 2}) + b"\n" + rest)
    made = team.judge().verdict
    assert made.exit_code == 3 and "version 2" in made.lines[0]


def union(ours: bytes, theirs: bytes, base: bytes) -> bytes:
    """What git's union merge makes of two files: lines of either side, without those that one side took away."""
    mine, other, before = (content.split(b"\n")[:-1] for content in (ours, theirs, base))
    kept = [line for line in mine if line in other or line not in before]
    kept += [line for line in other if line not in mine and line not in before]
    return b"".join(line + b"\n" for line in kept)
