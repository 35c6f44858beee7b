"""Changed articles, checked without a model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from claims.baseline.store import write
from claims.config import load
from claims.precheck import Told, check
from tests.baseline.newsroom import FOR, newsroom
from tests.baseline.test_known import entries_of

TITLE = "Berg backs the pipeline"
BODY = f'Oslo, 1 March 2017\n\nThe minister spoke. "{FOR}" said Anna Berg on Monday.\n'


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    room = newsroom()
    write(tmp_path / "b.jsonl", entries_of(room))
    (tmp_path / "a.txt").write_text(f"{TITLE}\n\n{BODY}")
    return tmp_path


def told(desk: Path, *names: str) -> Told:
    return check([str(desk / name) for name in names or ("a.txt",)], load(), baseline=desk / "b.jsonl")


def rewrite(desk: Path, old: str, new: str) -> None:
    text = (desk / "a.txt").read_text()
    assert old in text
    (desk / "a.txt").write_text(text.replace(old, new))


def test_an_article_as_it_was_judged_passes(desk: Path) -> None:
    assert told(desk).exit_code == 0
    rewrite(desk, FOR, FOR.replace(" ", "\n", 5))
    rewrite(desk, "The minister spoke.", "The minister spoke at length in the harbour.")
    assert told(desk).exit_code == 0, told(desk).lines


def test_an_edited_statement_asks_for_its_judgement_again(desk: Path) -> None:
    rewrite(desk, "our partners", "those partners")
    made = told(desk)
    assert made.exit_code == 1
    assert any("edited: its judgement will be asked for again" in line for line in made.lines)
    assert "claims baseline accept" in made.lines[-1]


def test_a_statement_that_says_something_else_is_told(desk: Path) -> None:
    rewrite(desk, "will build it", "will not build it")
    made = told(desk)
    assert made.exit_code == 1 and any("gone or says something else now" in line for line in made.lines)


def test_what_cannot_be_read_is_4(desk: Path) -> None:
    (desk / "x.txt").write_bytes(bytes(range(256)) * 30)
    made = told(desk, "a.txt", "x.txt")
    assert made.exit_code == 4 and any("x.txt: cannot be used" in line for line in made.lines)


def test_without_date_or_holder_is_a_remark_only(desk: Path) -> None:
    (desk / "c.txt").write_text("Rain\n\nIt rains in the town and the streets are wet.\n")
    made = told(desk, "c.txt")
    assert made.exit_code == 0
    assert any("no date" in line for line in made.lines)


def test_no_model_is_loaded(desk: Path) -> None:
    call = (
        "import sys; from claims.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'faiss'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", call, "check", "a.txt", "--baseline", "b.jsonl"],
        cwd=desk, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not (desk / "cache" / "models").exists()
