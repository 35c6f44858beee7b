"""Older baselines, as the version after this one will meet them: one more step than there is today."""

import json

import pytest

from claims.baseline import migrate
from claims.baseline.store import read
from claims.errors import BaselineStale, BaselineUnreadable, UsageError
from claims.gate.review import create, decide, upgrade
from tests.baseline.newsroom import newsroom

OLD = '{"schema":"claims-baseline","version":1}\n'


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "claims.baseline.jsonl"
    create(newsroom().write(tmp_path / "run"), path)
    decide(path, read(path).entries[0].fingerprint, "confirmed", reason="read", author="ann")
    return path


def old_form(file):
    """The same file as a version that called ``decision`` ``verdict`` would have written it."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    renamed = [{("verdict" if key == "decision" else key): value for key, value in line.items()} for line in lines]
    return OLD + "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in renamed)


@pytest.fixture
def later(monkeypatch):
    """A claims whose version is 2, with the step from 1."""
    step = lambda line: {("decision" if key == "verdict" else key): value for key, value in line.items()}  # noqa: E731
    monkeypatch.setattr(migrate, "VERSION", 2)
    monkeypatch.setattr(migrate, "STEPS", {1: step})


def test_an_older_version_is_stale_and_named_with_its_remedy(file, later):
    file.write_text(old_form(file), encoding="utf-8")
    with pytest.raises(BaselineStale, match=r":1: baseline version 1, .* reads 2; upgrade it with: claims baseline up"):
        read(file)


def test_upgrade_keeps_every_judgement(file, later):
    before = {json.loads(line)["fingerprint"]: json.loads(line) for line in file.read_text().splitlines()[1:]}
    file.write_text(old_form(file), encoding="utf-8")
    assert upgrade(file).lines == (f"{file}: brought to version 2, 2 findings known.",)
    assert json.loads(file.read_text().splitlines()[0])["version"] == 2
    after = {json.loads(line)["fingerprint"]: json.loads(line) for line in file.read_text().splitlines()[1:]}
    assert after == before
    assert upgrade(file).lines == (f"{file}: is in the form of version 2, 2 findings known.",)


def test_lines_of_two_versions_are_not_guessed_at(file, later):
    new = file.read_text(encoding="utf-8")
    file.write_text(old_form(file) + new.replace('"version":1', '"version":2'), encoding="utf-8")
    with pytest.raises(BaselineUnreadable, match=r":4: a merge of two baseline versions"):
        upgrade(file)


def test_a_version_without_a_step_stays_stale(file, later):
    file.write_text(OLD.replace("1}", "0}"), encoding="utf-8")
    for call in (read, upgrade):
        with pytest.raises(BaselineStale, match="baseline version 0"):
            call(file)


def test_upgrade_sorts_what_a_union_merge_left(file):
    header, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(header + lines[1] + lines[0] + header + lines[1], encoding="utf-8")
    assert "brought to version 1, 2 findings known" in upgrade(file).lines[0]
    assert file.read_text(encoding="utf-8") == header + "".join(sorted(lines))


def test_upgrade_never_in_ci(file, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(UsageError, match="never written in CI"):
        upgrade(file)
