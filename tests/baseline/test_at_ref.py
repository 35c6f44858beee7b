"""The baseline of another branch, out of a real repository."""

import subprocess

import pytest

from claims.baseline.at_ref import read_at
from claims.baseline.store import read
from claims.errors import BaselineStale, BaselineUnreadable
from claims.gate import Policy, check
from claims.gate.review import accept, create
from tests.baseline.newsroom import newsroom


def git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path):
    """``main`` knows one of two findings; the working tree of ``change`` has accepted the other as well."""
    folder = tmp_path / "repository"
    (folder / "desk").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    room = newsroom()
    shifts, room.shifts = room.shifts, room.shifts[:1]
    create(room.write(tmp_path / "one"), folder / "desk" / "b.jsonl")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "known")
    git(folder, "checkout", "-qb", "change")
    room.shifts = shifts
    accept(room.write(tmp_path / "run"), folder / "desk" / "b.jsonl")
    return folder


def test_a_change_is_judged_by_the_base_branch(repository, tmp_path):
    file = repository / "desk" / "b.jsonl"
    assert len(read(file).entries) == 2 and len(read_at("main", file).entries) == 1
    assert check(tmp_path / "run", file, Policy()).verdict.exit_code == 0
    made = check(tmp_path / "run", file, Policy(), baseline_ref="main").verdict
    assert (made.exit_code, made.reasons) == (1, ("1 new finding (none allowed)",))
    git(repository, "commit", "-qam", "accepted")
    git(repository, "checkout", "-q", "main")
    git(repository, "merge", "-q", "change")
    assert check(tmp_path / "run", file, Policy(), baseline_ref="main").verdict.exit_code == 0


@pytest.mark.parametrize(
    ("ref", "told"),
    [
        ("origin/main", "git fetch origin main"),
        ("nowhere", "git fetch --all"),
        ("--output=x", "not a revision"),
        (" ", "not a revision"),
    ],
)
def test_a_revision_that_git_does_not_know(repository, tmp_path, ref, told):
    made = check(tmp_path / "run", repository / "desk" / "b.jsonl", Policy(), baseline_ref=ref).verdict
    assert made.exit_code == 2 and told in made.lines[0] and "\n" not in made.lines[0]


def test_a_revision_without_the_file(repository):
    with pytest.raises(BaselineUnreadable, match=r"main:.*other\.jsonl: that revision has no such baseline"):
        read_at("main", repository / "desk" / "other.jsonl")


def test_no_repository_and_no_folder(tmp_path):
    with pytest.raises(BaselineUnreadable, match="needs a git repository"):
        read_at("main", tmp_path / "b.jsonl")
    with pytest.raises(BaselineUnreadable, match="no such folder"):
        read_at("main", tmp_path / "none" / "b.jsonl")


def test_what_the_revision_holds_is_checked_as_a_file_is(repository):
    file = repository / "desk" / "b.jsonl"
    for content, error in (('{"schema":"claims-baseline","version":9}\n', BaselineStale), ("{}\n", BaselineUnreadable)):
        file.write_text(content)
        git(repository, "commit", "-qam", "changed")
        with pytest.raises(error, match=r"^change:.*b\.jsonl:1"):
            read_at("change", file)


def test_without_git(repository, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(BaselineUnreadable, match="not installed"):
        read_at("main", repository / "desk" / "b.jsonl")
