import datetime as dt
import json
from xml.etree import ElementTree as ET

import pytest

from claims.baseline.store import read
from claims.errors import ConfigError, OutputUnwritable, UsageError
from claims.gate import Files, Policy, gate, judge
from claims.gate.review import create, decide
from tests.baseline.newsroom import AGAINST, FOR, newsroom

DAY = dt.date(2024, 5, 1)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "claims.baseline.jsonl"


@pytest.fixture
def run(tmp_path):
    return newsroom().write(tmp_path / "run")


def test_without_a_baseline_all_is_new(run):
    made = gate(run, None, Policy())
    assert made.exit_code == 1 and len(made.failing) == 2
    assert made.lines[0].startswith("Failed: 2 new findings (none allowed). Next: read ")
    assert "claims baseline accept" in made.lines[0] and "claims baseline decide" in made.lines[0]
    assert [line.split()[0] for line in made.lines[1:3]] == ["new", "new"]


def test_a_known_run_passes(run, file):
    create(run, file)
    made = gate(run, file, Policy())
    assert made.exit_code == 0 and made.passed and not made.reasons
    assert made.lines[0].startswith("Passed: 2 findings (2 unreviewed). Next: claims baseline diff")


def test_when_all_is_decided_there_is_nothing_to_do(run, file):
    create(run, file)
    for entry in read(file).entries:
        decide(file, entry.fingerprint, "confirmed", reason="r", author="a")
    assert gate(run, file, Policy(fail_on="unreviewed,unsure,expired")).lines[0] == (
        "Passed: 2 findings, none of them open. Nothing to do."
    )


def test_errors_outrank_findings_and_have_their_codes(run, file, tmp_path):
    assert gate(run, file, Policy()).exit_code == 2
    file.write_text("<<<<<<< ours\n")
    made = gate(run, file, Policy(fail_on="none"))
    assert (made.exit_code, made.passed) == (2, False)
    assert made.lines == [f"{file}:1: unresolved merge; keep both sides' lines, delete the markers"]
    file.write_text('{"schema":"claims-baseline","version":2}\n')
    assert gate(run, file, Policy()).exit_code == 3
    file.unlink()
    create(run, file)
    (run / "findings.jsonl").write_text("")
    assert gate(run, file, Policy(fail_on="none")).exit_code == 4
    assert gate(tmp_path / "nowhere", file, Policy()).exit_code == 4
    room = newsroom().write(tmp_path / "half", status="incomplete")
    made = gate(room, None, Policy())
    assert made.exit_code == 4
    assert made.lines[0].startswith("Not judged: the run is incomplete. Next: ")


def test_empty_runs_are_not_judged(tmp_path, file):
    room = newsroom()
    room.articles, room.shifts = {}, []
    made = gate(room.write(tmp_path / "run"), None, Policy(fail_on="none"))
    assert made.exit_code == 4
    assert "0 articles, at least 1" in made.lines[0]


def test_absent_and_unchecked_findings_pass_with_a_word(run, file, tmp_path):
    create(run, file)
    room = newsroom()
    room.shifts = room.shifts[1:]
    made = gate(room.write(tmp_path / "two"), file, Policy())
    assert made.passed and made.counts["absent"] == 1
    assert any("1 known finding no longer found; drop with: claims baseline prune" in line for line in made.lines)
    room.remove("p1")
    made = gate(room.write(tmp_path / "three"), file, Policy())
    assert made.passed and made.counts["not_checked"] == 1
    assert any("1 known finding not checked" in line for line in made.lines)


def test_lines_hold_no_control_characters_and_are_not_endless(tmp_path):
    room = newsroom()
    text = FOR + " " + AGAINST
    for number in range(30):
        room.add(f"n{number}", f"N\u202e\x1b[31m {number}", text, path=f"evil\n::error::{number}\x07.txt")
        room.shift(f"n{number}", FOR, "p2", AGAINST)
    made = gate(room.write(tmp_path / "run"), None, Policy())
    assert len([line for line in made.lines if line.startswith("  new")]) == 20
    assert "  … and 12 more" in made.lines
    assert not any(char in line for line in made.lines for char in "\n\r\x07\x1b\u202e")


def test_judge_writes_its_files(run, tmp_path):
    paths = {name: tmp_path / "out" / name for name in ("all.sarif", "open.sarif", "gate.xml")}
    made = judge(
        run, None, flags={"fail_on": "none"}, day=DAY,
        files=Files(sarif=paths["all.sarif"], open_sarif=paths["open.sarif"], junit=paths["gate.xml"]),
    )  # fmt: skip
    assert made.exit_code == 0
    for name in ("all.sarif", "open.sarif"):
        assert len(json.loads(paths[name].read_text(encoding="utf-8"))["runs"][0]["results"]) == 2
    assert ET.parse(paths["gate.xml"]).getroot().get("failures") == "0"
    before = {name: path.read_bytes() for name, path in paths.items()}
    again = Files(sarif=paths["all.sarif"], junit=paths["gate.xml"])
    judge(run, None, flags={"fail_on": "none"}, files=again, day=DAY)
    assert {name: path.read_bytes() for name, path in paths.items()} == before


def test_after_an_error_junit_says_so_and_sarif_is_not_written(run, tmp_path):
    made = judge(run, tmp_path / "none.jsonl", files=Files(sarif=tmp_path / "s", junit=tmp_path / "j"))
    assert made.exit_code == 2
    assert ET.parse(tmp_path / "j").getroot().get("errors") == "1"
    assert not (tmp_path / "s").exists()
    half = newsroom().write(tmp_path / "half", status="incomplete")
    assert judge(half, None, files=Files(sarif=tmp_path / "s", junit=tmp_path / "j")).exit_code == 4
    assert not (tmp_path / "s").exists()


def test_judge_reads_the_policy(run, tmp_path):
    config = tmp_path / "claims.toml"
    config.write_text("[gate]\nmax_new = 2\n")
    assert judge(run, None, config_file=config, flags={"max_new": None}).exit_code == 0
    assert judge(run, None, config_file=config, flags={"max_new": 1}).exit_code == 1
    with pytest.raises(ConfigError):
        judge(run, None, config_file=config, flags={"fail_on": "everything"})


def test_an_unwritable_file_is_an_error(run, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputUnwritable):
        judge(run, None, files=Files(junit=tmp_path / "file" / "j.xml"))


def test_shrink_drops_what_is_gone_after_a_pass_only(run, file, tmp_path):
    create(run, file)
    room = newsroom()
    room.shifts = room.shifts[1:]
    smaller = room.write(tmp_path / "two")
    judge(smaller, file)
    assert len(read(file).entries) == 2
    assert judge(smaller, file, flags={"fail_on": "any"}, shrink=True).exit_code == 1
    assert len(read(file).entries) == 2
    made = judge(smaller, file, shrink=True)
    assert made.exit_code == 0 and any("1 finding dropped, 1 kept" in line for line in made.lines)
    assert len(read(file).entries) == 1


def test_shrink_never_in_ci_nor_from_another_branch(run, file, monkeypatch):
    create(run, file)
    for settings in ({"baseline": None}, {"baseline": file, "baseline_ref": "main"}):
        with pytest.raises(UsageError, match="--shrink needs"):
            judge(run, shrink=True, **settings)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(UsageError, match="never written in CI"):
        judge(run, file, shrink=True)
    assert judge(run, file).exit_code == 0


def test_no_gate_makes_a_baseline_grow(run, file, tmp_path):
    empty = newsroom()
    empty.shifts = []
    create(empty.write(tmp_path / "empty"), file)
    before = file.read_bytes()
    for shrink in (False, True):
        for fail_on in ("none", "any"):
            judge(run, file, flags={"fail_on": fail_on}, shrink=shrink)
            assert file.read_bytes() == before


def test_markdown_and_code_quality_are_written_and_an_unknown_language_is_not_guessed(run, tmp_path):
    files = Files(code_quality=tmp_path / "cq.json", summary=tmp_path / "s.md", comment=tmp_path / "c.md")
    assert judge(run, None, files=files).exit_code == 1
    assert len(json.loads((tmp_path / "cq.json").read_bytes())) == 2
    assert (tmp_path / "s.md").read_text(encoding="utf-8").startswith("## The gate failed")
    assert judge(tmp_path / "nowhere", None, files=files).exit_code == 4
    assert "could not be judged" in (tmp_path / "c.md").read_text(encoding="utf-8")
    assert len(json.loads((tmp_path / "cq.json").read_bytes())) == 2
    with pytest.raises(UsageError, match="ar and en"):
        judge(run, None, files=Files(summary=tmp_path / "s.md", interface="fr"))
