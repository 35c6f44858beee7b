"""A project's own actors: added, corrected, joined and parted."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.attribute.project import Project, load
from claims.attribute.registry import built_in
from claims.errors import ConfigError
from claims.records import Actor


def project(folder: Path, *lines: str) -> Project:
    path = folder / "actors.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load(path)


def actor(actor_id: str, surface: str = "") -> Actor:
    return Actor(id=actor_id, name=surface, surface=surface)


def test_without_a_file_there_is_the_built_in_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load().registry is built_in()


def test_a_new_id_adds_an_actor(tmp_path: Path) -> None:
    role = '{"role":"mayor","of":"PL","from":"2020-11-02"}'
    line = f'{{"id":"per:ada-nowak","name":"Ada Nowak","names":{{"en":["Ada Nowak"]}},"roles":[{role}]}}'
    found = project(tmp_path, line).registry
    assert found.get("per:ada-nowak") is not None and found.digest
    assert [e.id for e in found.holders("mayor", "cty:PL")][-1:] == ["per:ada-nowak"]


def test_a_known_id_is_corrected_and_keeps_the_rest(tmp_path: Path) -> None:
    found = project(tmp_path, '{"id":"per:angela-merkel","names":{"en":["Mutti"]}}').registry
    before, after = built_in().get("per:angela-merkel"), found.get("per:angela-merkel")
    assert before is not None and after is not None
    assert after.names["en"] == (*before.names["en"], "Mutti")
    assert (after.roles, after.country, after.gender) == (before.roles, before.country, before.gender)


def test_decisions(tmp_path: Path) -> None:
    decided = project(
        tmp_path,
        '{"same":["name:a-merkel","per:angela-merkel"]}',
        '{"apart":{"id":"per:angela-merkel","surface":"Merkel","as":"name:anna-merkel"}}',
    )
    assert decided.settled(actor("name:a-merkel", "A. Merkel")).name == "Angela Merkel"
    assert decided.settled(actor("per:angela-merkel", "MERKEL")).id == "name:anna-merkel"
    assert decided.settled(actor("per:angela-merkel", "Angela Merkel")).id == "per:angela-merkel"


def test_a_circle_of_decisions_ends(tmp_path: Path) -> None:
    decided = project(tmp_path, '{"same":["name:a","name:b"]}', '{"same":["name:b","name:a"]}')
    assert decided.settled(actor("name:a")).id in ("name:a", "name:b")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "{}",
        '{"same":["one"]}',
        '{"apart":{"id":"per:x"}}',
        '{"id":"x","name":"X","names":{}}',
        '{"id":"per:new-one"}',
        '{"id":"per:y","name":"Y","names":{"en":["Y"]},"roles":[{"role":"mayor","from":"then"}]}',
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match=r"actors\.jsonl:1: "):
        project(tmp_path, line)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "none.jsonl")
