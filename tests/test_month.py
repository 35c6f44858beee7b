"""A team's month through the command line, on real articles with the real models: states, exit codes, messages."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import textwrap
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from claims import cli, outputs
from tests.synthetic import article
from tests.tiny_model import tiny_model

FILE = "claims.baseline.jsonl"
REASON = ("--reason", "read both articles", "--author", "ann")


class Team:
    """A repository with articles; every call is one of the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._capsys, self._patch = folder, capsys, monkeypatch
        self.articles = folder / "articles"
        self.articles.mkdir()
        for number in (0, 1, 2, 3):
            (self.articles / f"{number}.txt").write_text(article(number), encoding="utf-8")

    def call(self, code: int, *arguments: str | Path) -> str:
        """Calls ``claims …``; the exit code must be ``code``. Gives what it said."""
        self._patch.setattr(sys, "argv", ["claims", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = self._capsys.readouterr()
        assert ended.value.code == code, told.out + told.err
        assert "Traceback" not in told.err
        return told.out + told.err

    def run(self, code: int = 0, *flags: str | Path) -> list[str]:
        """Reads all articles; the states of the findings, sorted."""
        self.call(code, "run", "articles", "--out", "out", "-q", *flags)
        return sorted(finding["state"] for finding in self.findings())

    def gate(self, code: int, *flags: str) -> str:
        return self.call(code, "gate", "out", *flags)

    def findings(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "out/findings.jsonl").read_text("utf-8").splitlines()]

    def known(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / FILE).read_text("utf-8").splitlines()[1:]]

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.articles / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=self.folder, check=True, capture_output=True)

    def day(self, day: dt.date) -> None:
        # By name: the package has a function that is called as its module is.
        for module in ("check", "policy", "review"):
            self._patch.setattr(import_module(f"claims.gate.{module}"), "today", lambda: day)


@pytest.fixture
def team(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Team:
    from claims.models import cache_folder, default_model

    default_model()
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "models").symlink_to(cache_folder() / "models")
    (tmp_path / "repository").mkdir()
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CLAIMS_EMBED_THREADS", "1")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path / "repository")
    return Team(tmp_path / "repository", capsys, monkeypatch)


def test_a_month(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team.day(dt.date(2024, 5, 1))
    # No baseline yet: the gate names the command that makes one.
    assert team.run() == ["new", "new"]
    assert "claims baseline create" in team.gate(2)

    # Create: everything is known, nothing is confirmed.
    assert "2 findings known, none reviewed" in team.call(0, "baseline", "create", "out")
    assert {entry["decision"] for entry in team.known()} == {"unreviewed"}
    assert team.run() == ["unchanged", "unchanged"]
    assert "Passed: 2 findings (2 unreviewed)" in team.gate(0)
    assert "2 unreviewed findings (none allowed)" in team.gate(1, "--fail-on", "unreviewed")

    # Judge: one by hand with an end, one from a file made on this run; a file of another run is refused.
    # The one whose article is edited below comes second.
    first, second = sorted(team.findings(), key=lambda finding: finding["later"]["path"].endswith("3.txt"))
    expires = ("--expires", "2024-05-17")
    team.call(0, "baseline", "decide", first["fingerprint"][:8], "rejected", *REASON, *expires)
    run = json.loads((team.folder / "out/run.json").read_text())["id"]
    judged = {"fingerprint": second["fingerprint"], "decision": "confirmed", "reason": "clear", "author": "bob"}
    for name, of_run in (("other.jsonl", "0" * 32), ("own.jsonl", run)):
        lines = [{"schema": "claims-decisions", "version": 1, "run": of_run}, judged]
        (team.folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert "made on run 000000000000" in team.call(2, "review", "apply", "other.jsonl", "out")
    assert "1 judgement put in" in team.call(0, "review", "apply", "own.jsonl", "out")
    assert "none of them open. Nothing to do." in team.gate(0, "--fail-on", "new,updated,unreviewed,expired")
    judgements = (team.folder / FILE).read_bytes()

    # Move a file, wrap another anew and save it in another encoding: nobody is asked again.
    (team.articles / "archive").mkdir()
    (team.articles / "1.txt").rename(team.articles / "archive" / "was-1.txt")
    team.edit("0.txt", "on Monday.", "on Monday – in the café.")
    *head, body = (team.articles / "0.txt").read_text("utf-8").split("\n\n")
    text = "\n\n".join([*head, textwrap.fill(body, 46)]) + "\n"
    assert "closely\nwith Australia" in text
    (team.articles / "0.txt").write_bytes(text.encode("cp1252"))
    assert team.run() == ["unchanged", "unchanged"]
    team.gate(0, "--fail-on", "new,updated,unreviewed")
    assert (team.folder / FILE).read_bytes() == judgements

    # Edit a statement: updated, and its judgement is asked for again.
    team.edit("3.txt", "has betrayed us in matter", "has betrayed us in the whole matter")
    assert "edited: its judgement will be asked for again" in team.call(1, "check", "articles")
    assert team.run() == ["unchanged", "updated"]
    assert "1 updated finding (none allowed)" in team.gate(1)
    team.call(0, "baseline", "accept", "out")
    assert team.run() == ["unchanged", "unchanged"]
    assert "1 unreviewed finding (none allowed)" in team.gate(1, "--fail-on", "unreviewed")
    [again] = [entry for entry in team.known() if entry["decision"] == "unreviewed"]
    team.call(0, "baseline", "decide", again["fingerprint"], "confirmed", *REASON)

    # Add articles that bring a new shift. CI fails and cannot write; the team takes it in.
    for number in (4, 5):
        (team.articles / f"{number}.txt").write_text(article(number), encoding="utf-8")
    assert team.run() == ["new", "unchanged", "unchanged"]
    assert "1 new finding (none allowed)" in team.gate(1)
    team.gate(0, "--max-new", "1")
    with monkeypatch.context() as ci:
        ci.setenv("CI", "true")
        assert "1 new finding" in team.gate(1)
        assert "1 new, 0 updated, 2 unchanged" in team.call(0, "baseline", "diff", "out")
        assert "never written in CI" in team.call(2, "baseline", "accept", "out")
    team.call(0, "baseline", "accept", "out")

    # Change the model: the findings and their judgements stay.
    team.call(0, "lock")
    other = tiny_model(tmp_path / "tiny")
    assert "model is" in team.call(2, "run", "articles", "--out", "out", "-q", "--locked", "--model", other)
    with monkeypatch.context() as threshold:
        threshold.setenv("CLAIMS_RETRIEVE_MIN_SIMILARITY", "-1")
        states = team.run(0, "--model", other)
    assert states == ["unchanged"] * 3
    team.gate(0)
    assert team.run(0, "--locked") == ["unchanged"] * 3

    # A run dies half-way, then another: never green; the next one mends it.
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(outputs, "write", dies)
        assert "interrupted" in team.call(130, "run", "articles", "--out", "out", "-q")
    assert "the run is incomplete" in team.gate(4, "--fail-on", "none")
    before = (team.folder / FILE).read_bytes()
    team.call(4, "baseline", "prune", "out")
    assert (team.folder / FILE).read_bytes() == before
    assert team.run() == ["unchanged"] * 3

    # A judgement expires.
    team.day(dt.date(2024, 5, 18))
    assert "1 expired finding (none allowed)" in team.gate(1, "--fail-on", "new,updated,expired")
    expires = ("--expires", "2025-05-18")
    team.call(0, "baseline", "decide", first["fingerprint"], "rejected", *REASON, *expires)
    team.gate(0, "--fail-on", "new,updated,expired")

    # Two branches judge at once and git merges them by union; two judgements that differ are for people.
    third = next(entry for entry in team.known() if entry["decision"] == "unreviewed")["fingerprint"]
    team.call(0, "baseline", "decide", again["fingerprint"], "unreviewed")
    (team.folder / ".gitattributes").write_text(f"{FILE} merge=union\n")
    (team.folder / ".gitignore").write_text("out/\n")
    team.git("init", "-q", "-b", "main")
    team.git("add", "-A")
    team.git("commit", "-qm", "known")
    for branch, name, decision in (
        ("theirs", again["fingerprint"], "confirmed"), ("clash", third, "unsure"), ("ours", third, "confirmed")
    ):  # fmt: skip
        team.git("checkout", "-q", "-b", branch, "main")
        team.call(0, "baseline", "decide", name, decision, *REASON)
        team.git("commit", "-qam", branch)
    team.git("merge", "-q", "--no-edit", "theirs")
    assert "none of them open" in team.gate(0, "--fail-on", "unreviewed,unsure")
    team.call(0, "baseline", "upgrade")
    assert [entry["decision"] for entry in team.known()].count("confirmed") == 2
    team.git("commit", "-qam", "sorted", "--allow-empty")
    team.git("checkout", "-q", "clash")
    team.git("merge", "-q", "--no-edit", "ours")
    assert "keep one of the two lines" in team.gate(2)
    team.git("checkout", "-q", "ours")

    # A change is judged by the base branch's baseline, which does not know its judgement.
    team.gate(1, "--baseline-ref", "main", "--fail-on", "unreviewed")
    team.gate(0, "--fail-on", "unreviewed")

    # A paper takes its words back: the old finding is absent, and a local gate may shrink the baseline.
    team.edit("5.txt", "has betrayed us", "has not betrayed us")
    team.edit("5.txt", "will never talk to", "will always talk to")
    team.run()
    told = team.gate(0, "--fail-on", "none", "--shrink")
    assert "1 finding dropped, 2 kept" in told
    assert len(team.known()) == 2

    # Remove an article: its finding was not checked, which is not gone.
    (team.articles / "0.txt").unlink()
    assert team.run()[-1:] == ["unchanged"]
    assert "1 known finding not checked" in team.gate(0, "--fail-on", "none")
    assert "0 findings dropped" in team.call(0, "baseline", "prune", "out")

    # Most articles are lost by a wrong path: not green, whatever the policy.
    for path in (team.articles / "3.txt", team.articles / "archive" / "was-1.txt", team.articles / "5.txt"):
        path.unlink()
    team.run()
    assert "fewer than the 5 of the last run" in team.gate(4, "--fail-on", "none")
    for path in team.articles.glob("*.txt"):
        path.unlink()
    assert "no article could be read" in team.call(4, "run", "articles", "--out", "out", "-q")
    assert "the run is incomplete" in team.gate(4, "--fail-on", "none")
