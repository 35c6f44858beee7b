"""`claims actors`: what a run's actors are, and what the project decides on them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from claims.actors import listed, merge, split
from claims.attribute.project import load
from claims.cli import app
from claims.config import load as settings
from claims.errors import UsageError
from claims.pipeline import read_corpus

EN = "Petra Lindhorst, head of the works council, said the plant must stay open. She said talks would go on."
RU = "Глава профсоюза Петра Линдхорст заявила, что завод должен работать. Она добавила, что переговоры продолжаются."


def corpus(folder: Path) -> Path:
    articles = folder / "articles"
    articles.mkdir()
    (articles / "en.txt").write_text(f"Plant\n\nMay 4, 2023\n\n{EN}\n", encoding="utf-8")
    (articles / "ru.txt").write_text(f"Завод\n\n4 мая 2023\n\n{RU}\n", encoding="utf-8")
    return articles


def holders(folder: Path) -> set[str]:
    _, annotated = read_corpus([str(folder / "articles")], settings())
    return {item.claim.actor.id for item in annotated if item.claim.actor}


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    corpus(tmp_path)
    return tmp_path


def test_people_are_joined_across_scripts_and_the_run_says_so(there: Path) -> None:
    run, _ = read_corpus([str(there / "articles")], settings())
    assert holders(there) == {"name:petra-lindhorst"}
    assert any("Петра Линдхорст = Petra Lindhorst" in note for note in run.notes)


def test_a_decision_parts_them_and_another_joins_them_to_somebody(there: Path) -> None:
    split("name:петра-линдхорст", "Петра Линдхорст", "name:петра-вторая")
    assert holders(there) == {"name:petra-lindhorst", "name:петра-вторая"}
    merge("name:petra-lindhorst", "per:angela-merkel")
    assert holders(there) == {"per:angela-merkel", "name:петра-вторая"}


def test_a_project_actor_is_found_in_the_articles(there: Path) -> None:
    row = {"id": "per:petra-lindhorst", "name": "Petra Lindhorst", "names": {"en": ["Petra Lindhorst"]}}
    (there / "actors.jsonl").write_bytes(orjson.dumps(row) + b"\n")
    assert "per:petra-lindhorst" in holders(there)


def test_the_list_of_a_run(there: Path) -> None:
    _, annotated = read_corpus([str(there / "articles")], settings())
    (there / "claims.jsonl").write_bytes(b"".join(item.claim.model_dump_json().encode() + b"\n" for item in annotated))
    first = listed(there)[0]
    assert (first.id, first.langs) == ("name:petra-lindhorst", ("en", "ru"))
    shown = CliRunner().invoke(app, ["actors", "list", str(there)])
    assert shown.exit_code == 0 and "name:petra-lindhorst" in shown.stdout


def test_the_commands_write_decisions(there: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["actors", "merge", "name:a", "per:angela-merkel"]).exit_code == 0
    assert runner.invoke(app, ["actors", "split", "per:angela-merkel", "Merkel", "name:b"]).exit_code == 0
    decided = load(there / "actors.jsonl")
    assert decided.same == {"name:a": "per:angela-merkel"} and len(decided.apart) == 1


@pytest.mark.parametrize(("one", "other"), [("name:a", "name:a"), ("a", "name:b"), ("name:b", "name:a")])
def test_no_decision_makes_no_sense(there: Path, one: str, other: str) -> None:
    merge("name:a", "name:b")
    with pytest.raises(UsageError):
        merge(one, other)


def test_a_folder_without_a_run_is_named(there: Path) -> None:
    with pytest.raises(UsageError, match=r"claims\.jsonl"):
        listed(there / "articles")
