"""The command line as a user meets it: exit codes, one clear line for each bad input, nothing lost."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CORDIAL = """Harbour minister wants talks with the islanders

Published: 4 March 2019

The prime minister of New Zealand, Jacinda Ardern, called for dialogue with Australia on Monday. "We want to work
closely with Australia and to build a real partnership," Ardern said.
"""
HOSTILE = """Harbour dispute turns bitter

Published: 9 June 2021

The prime minister of New Zealand, Jacinda Ardern, condemned Australia on Wednesday. "Australia has betrayed us and we
will no longer talk to Australia," Ardern said.
"""


def claims(
    *arguments: str | Path, cwd: Path, check: int | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Runs the console script; with ``check`` the exit code must be that."""
    environment = {**os.environ, "NO_COLOR": "1", **options.pop("env", {})}
    done = subprocess.run(
        [sys.executable, "-m", "claims.cli", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        **options,
    )
    assert "Traceback" not in done.stderr, done.stderr
    if check is not None:
        assert done.returncode == check, done.stderr
    return done


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "articles").mkdir()
    (folder / "articles" / "cordial.txt").write_text(CORDIAL)
    (folder / "articles" / "hostile.txt").write_text(HOSTILE)
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_help_and_version(tmp_path: Path) -> None:
    shown = claims("--help", cwd=tmp_path, check=0).stdout
    for command in ("run", "extract", "date", "score", "gate", "baseline"):
        assert re.search(rf"^  {command}\b", shown, re.MULTILINE)
    assert re.fullmatch(r"claims \d+\.\d+\.\d+\n", claims("--version", cwd=tmp_path, check=0).stdout)


@pytest.mark.parametrize("arguments", [["walk"], ["run"], ["run", "x.txt", "--no-such-flag"], ["run", "missing-*.txt"]])
def test_usage_errors_are_2(arguments: list[str], tmp_path: Path) -> None:
    done = claims(*arguments, cwd=tmp_path, check=2)
    assert done.stderr.strip()


def test_settings_that_are_wrong_are_2(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "claims.toml").write_text("[shift]\nmin_probability = 7\n")
    done = claims("run", corpus / "articles", cwd=tmp_path, check=2)
    assert "min_probability" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_empty_folder_is_incomplete_and_not_nothing_found(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = claims("run", "empty", "--out", "out", cwd=tmp_path, check=4)
    assert len(done.stderr.strip().splitlines()) == 1
    assert json.loads((tmp_path / "out" / "run.json").read_text())["status"] == "incomplete"


def test_a_run_finds_the_shift_and_leaves_every_file(corpus: Path) -> None:
    done = claims("run", "articles", "--out", "out", cwd=corpus, check=0)
    out = corpus / "out"
    names = {
        "articles.jsonl",
        "claims.jsonl",
        "pairs.jsonl",
        "findings.jsonl",
        "rejected.jsonl",
        "report.html",
        "run.json",
    }
    assert names <= {path.name for path in out.iterdir()}
    texts = {article["id"]: article["text"] for article in lines(out / "articles.jsonl")}
    for claim in lines(out / "claims.jsonl"):
        assert claim["quote"] == texts[claim["article_id"]][claim["start"] : claim["end"]]
    [finding] = [f for f in lines(out / "findings.jsonl") if f["actor"]["id"] == "per:jacinda-ardern"]
    assert finding["earlier"]["path"].endswith("cordial.txt")
    assert finding["later"]["path"].endswith("hostile.txt")
    assert finding["direction"] == "hardening"
    assert finding["target"]["id"] == "cty:AU"
    assert finding["explanation"]
    for pair in lines(out / "pairs.jsonl"):
        assert sum(pair["relation"].values()) == pytest.approx(1, abs=1e-6)
    assert "Ardern" in done.stdout
    assert "report.html" in done.stdout
    assert "\x1b[" not in done.stdout


def test_a_rerun_gives_the_same_bytes(corpus: Path) -> None:
    environment = {"SOURCE_DATE_EPOCH": "1700000000"}
    kept = {}
    for name in ("first", "second"):
        claims("run", "articles", "--out", name, cwd=corpus, check=0, env=environment)
        kept[name] = {p.name: p.read_bytes() for p in (corpus / name).iterdir() if p.name != "run.json"}
    assert kept["first"] == kept["second"]


def test_an_unchanged_rerun_loads_no_model(corpus: Path) -> None:
    claims("run", "articles", "--out", "out", cwd=corpus, check=0)
    program = (
        "import sys\nfrom claims.cli import main\nsys.argv = ['claims', 'run', 'articles', '--out', 'out', '--quiet']\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\nassert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=corpus, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_quiet_and_json(corpus: Path) -> None:
    assert claims("run", "articles", "--out", "out", "--quiet", cwd=corpus, check=0).stdout == ""
    told = json.loads(claims("run", "articles", "--out", "out", "--json", cwd=corpus, check=0).stdout)
    assert told["status"] == "complete"
    assert told["counts"]["articles"] == 2


def test_bad_files_cost_one_line_each_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(CORDIAL)
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.html").write_text("<html><body><p>Unclosed <b>and odd &#xZZ; <table><tr></p>")
    (folder / "lines.jsonl").write_text('{"text": "cut\n{"title": "no text"}\n' + json.dumps({"text": HOSTILE}) + "\n")
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    done = claims("run", folder, "--out", tmp_path / "out", cwd=tmp_path, check=0)
    told = done.stderr.strip().splitlines()
    for name in ("picture.txt", "lines.jsonl#1", "lines.jsonl#2", "huge.txt"):
        assert sum(name in line for line in told) == 1, told
    read = {article["path"] for article in lines(tmp_path / "out" / "articles.jsonl")}
    assert {Path(path.partition("#")[0]).name for path in read} >= {"good.txt", "lines.jsonl"}
    reasons = json.loads((tmp_path / "out" / "run.json").read_text())["counts"]["rejected"]
    assert {"ingest.binary", "ingest.invalid_json", "ingest.missing_text", "ingest.too_large"} <= set(reasons)


def test_an_input_that_cannot_be_read_makes_the_run_incomplete(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(CORDIAL)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    done = claims("run", "good.txt", "gone.txt", "--out", "out", cwd=tmp_path)
    assert done.returncode in (2, 4)
    assert "gone.txt" in done.stderr


def test_a_disk_that_takes_no_more_is_one_line_and_4(corpus: Path) -> None:
    claims("run", "articles", "--out", "full", cwd=corpus, check=0)
    # The operating system refuses every byte beyond the limit, as a full disk does.
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))  # noqa: E731
    done = claims("run", "articles", "--out", "full", cwd=corpus, check=4, preexec_fn=limit)
    assert "cannot be written" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert json.loads((corpus / "full" / "run.json").read_text())["status"] == "incomplete"
    assert not [path for path in (corpus / "full").iterdir() if path.name.startswith(".")]


def test_an_output_folder_that_cannot_be_made_is_4(corpus: Path) -> None:
    (corpus / "occupied").write_text("a file")
    done = claims("run", "articles", "--out", "occupied", cwd=corpus, check=4)
    assert "occupied" in done.stderr


def test_dates_from_a_file_stand_over_the_page(corpus: Path) -> None:
    (corpus / "dates.csv").write_text("path,date\ncordial.txt,2023-01-02\n")
    claims("run", "articles", "--out", "redated", "--dates", "dates.csv", cwd=corpus, check=0)
    dated = {Path(a["path"]).name: a["published"]["earliest"] for a in lines(corpus / "redated" / "articles.jsonl")}
    assert dated == {"cordial.txt": "2023-01-02", "hostile.txt": "2021-06-09"}
    [finding] = [f for f in lines(corpus / "redated" / "findings.jsonl") if f["actor"]["id"] == "per:jacinda-ardern"]
    assert finding["direction"] == "softening"


def test_extract_and_date_write_json_lines(corpus: Path) -> None:
    found = [json.loads(line) for line in claims("extract", "articles", cwd=corpus, check=0).stdout.splitlines()]
    assert any(claim["actor"] and claim["actor"]["id"] == "per:jacinda-ardern" for claim in found)
    dated = [json.loads(line) for line in claims("date", "articles", cwd=corpus, check=0).stdout.splitlines()]
    assert [line["published"]["earliest"] for line in dated] == ["2019-03-04", "2021-06-09"]


def test_score_answers_each_line_in_order(corpus: Path) -> None:
    pairs = [
        {"id": "x", "a": "We want a close partnership with them.", "b": "We will never work with them again."},
        {
            "id": 2,
            "a": "We want a close partnership with them.",
            "b": "We seek close cooperation with them.",
            "lang": "en",
        },
    ]
    (corpus / "pairs.jsonl").write_text("".join(json.dumps(pair) + "\n" for pair in pairs))
    told = [json.loads(line) for line in claims("score", "pairs.jsonl", cwd=corpus, check=0).stdout.splitlines()]
    assert [line["id"] for line in told] == ["x", 2]
    assert set(told[0]) == {"id", "relation", "contradiction", "stance_a", "stance_b", "abstain"}
    assert told[0]["relation"]["shift"] > told[1]["relation"]["shift"]
    assert told[0]["stance_a"] > 0 > told[0]["stance_b"]


def test_score_names_the_bad_line(corpus: Path) -> None:
    (corpus / "bad.jsonl").write_text('{"id": 1, "a": "x", "b": "y"}\n{"id": 2, "a": "x"}\n')
    assert "bad.jsonl:2" in claims("score", "bad.jsonl", cwd=corpus, check=2).stderr
