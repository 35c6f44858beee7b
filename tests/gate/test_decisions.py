"""Judgements from a file: all of them or none, and only on the run that they were made on."""

import datetime as dt
import json

import pytest

from claims.baseline.store import read
from claims.errors import BaselineUnreadable, UsageError
from claims.gate.decisions import apply
from claims.gate.review import create
from tests.baseline.newsroom import newsroom

DAY = dt.date(2024, 5, 1)
RUN = "a1" * 16


@pytest.fixture
def run(tmp_path):
    folder = newsroom().write(tmp_path / "run")
    manifest = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps({**manifest, "id": RUN}))
    return folder


@pytest.fixture
def file(tmp_path, run):
    path = tmp_path / "claims.baseline.jsonl"
    create(run, path)
    return path


NAMES = [found.fingerprint for found in newsroom().findings()]


def decisions(tmp_path, *lines, run=RUN, **header):
    path = tmp_path / "decisions.jsonl"
    head = {"schema": "claims-decisions", "version": 1, "run": run, **header}
    path.write_text("".join(json.dumps(line) + "\n" for line in (head, *lines)), encoding="utf-8")
    return path


def line(number=0, decision="confirmed", **changes):
    given = {"fingerprint": NAMES[number], "decision": decision, "reason": "read", "author": "ann", "date": str(DAY)}
    return {**given, **changes}


def known(file):
    return {entry.fingerprint: entry for entry in read(file).entries}


def test_judgements_are_put_in(tmp_path, run, file):
    made = apply(
        decisions(
            tmp_path,
            line(0),
            line(1, "rejected", code="wrong_holder", reason="it is her brother", expires="2025-01-01"),
        ),
        run,
        file,
    )
    assert made.lines[0] == f"{file}: 2 judgements put in."
    assert known(file)[NAMES[0]].decision == "confirmed" and known(file)[NAMES[0]].date == DAY
    entry = known(file)[NAMES[1]]
    assert (entry.decision, entry.reason) == ("rejected", "wrong holder: it is her brother")
    assert entry.expires == dt.date(2025, 1, 1)


def test_the_last_word_on_a_finding_counts(tmp_path, run, file):
    made = apply(decisions(tmp_path, line(0), line(0, "rejected"), line(1), line(1, "deferred")), run, file)
    assert made.lines[0] == f"{file}: 1 judgement put in, 1 deferred."
    assert known(file)[NAMES[0]].decision == "rejected"
    assert known(file)[NAMES[1]].decision == "unreviewed"


def test_unreviewed_takes_a_judgement_back(tmp_path, run, file):
    apply(decisions(tmp_path, line(0)), run, file)
    apply(decisions(tmp_path, line(0, "unreviewed")), run, file)
    assert known(file)[NAMES[0]].decision == "unreviewed" and known(file)[NAMES[0]].author == ""


def test_a_finding_that_is_not_known_yet_is_taken_in(tmp_path, run, file):
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(each for each in lines if NAMES[0].encode() not in each))
    assert NAMES[0] not in known(file)
    apply(decisions(tmp_path, line(0)), run, file)
    assert known(file)[NAMES[0]].decision == "confirmed"


def test_an_author_for_lines_that_name_none(tmp_path, run, file):
    path = decisions(tmp_path, line(0, author=""), line(1, author="bob"))
    before = file.read_bytes()
    with pytest.raises(UsageError, match=r"decisions\.jsonl:2: a decision needs --author; nothing was changed"):
        apply(path, run, file)
    assert file.read_bytes() == before
    apply(path, run, file, author="ann")
    assert [known(file)[name].author for name in NAMES] == ["ann", "bob"]


@pytest.mark.parametrize("other", ["b2" * 16, ""])
def test_decisions_of_another_run_are_refused(tmp_path, run, file, other):
    before = file.read_bytes()
    with pytest.raises(UsageError, match="holds run a1a1a1a1a1a1"):
        apply(decisions(tmp_path, line(0), run=other), run, file)
    assert file.read_bytes() == before


def test_a_run_without_a_name_takes_no_decisions(tmp_path, file):
    nameless = newsroom().write(tmp_path / "nameless")
    with pytest.raises(UsageError, match="holds run"):
        apply(decisions(tmp_path, line(0), run=""), nameless, file)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([line(0), line(1, "maybe")], r":3: decision"),
        ([line(0), line(1, fingerprint="0" * 32)], r":3: 0{32}: no finding of this run"),
        ([line(0), line(1, reason="")], r":3: a decision needs --reason"),
        ([line(0), line(1, colour="red")], r":3: colour"),
        ([line(0), line(1, expires="2020-01-01")], r":3: --expires 2020-01-01"),
        ([line(0), line(1, date="yesterday")], r":3: date"),
    ],
)
def test_one_bad_line_and_nothing_is_changed(tmp_path, run, file, lines, told):
    before = file.read_bytes()
    with pytest.raises(UsageError, match=told) as caught:
        apply(decisions(tmp_path, *lines), run, file)
    assert "nothing was changed" in str(caught.value) and "\n" not in str(caught.value)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", ["", "\n", "{", '{"schema":"claims-baseline","version":1}', "[]"])
def test_what_is_no_file_of_decisions(tmp_path, run, file, content):
    path = tmp_path / "d.jsonl"
    path.write_text(content)
    with pytest.raises(UsageError, match=r"d\.jsonl"):
        apply(path, run, file)
    with pytest.raises(UsageError, match="cannot be read"):
        apply(tmp_path, run, file)
    with pytest.raises(UsageError, match="of version 2"):
        apply(decisions(tmp_path, version=2), run, file)


def test_not_in_ci_and_not_without_a_baseline(tmp_path, run, file, monkeypatch):
    path = decisions(tmp_path, line(0))
    with pytest.raises(BaselineUnreadable, match="claims baseline create"):
        apply(path, run, tmp_path / "none.jsonl")
    monkeypatch.setenv("CI", "1")
    with pytest.raises(UsageError, match="never written in CI"):
        apply(path, run, file)
