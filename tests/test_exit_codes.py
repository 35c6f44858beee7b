"""Every exit code of DESIGN section 3, of a process of its own: what a CI sees and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from claims.gate.review import create
from tests.baseline.newsroom import newsroom


def claims(*arguments: str | Path, cwd: Path, start: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line; ``start`` is Python code that runs before it in the same process."""
    call = ["-m", "claims"] if start is None else ["-c", f"{start}\nfrom claims.__main__ import main\nmain()"]
    return subprocess.run(
        [sys.executable, *call, *map(str, arguments)],
        cwd=cwd, env={**os.environ, "NO_COLOR": "1", **env}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a run whose two findings are known."""
    monkeypatch.delenv("CI", raising=False)
    create(newsroom().write(tmp_path / "run"), tmp_path / "claims.baseline.jsonl")
    return tmp_path


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    [line] = done.stderr.strip().splitlines()
    return line


def test_0_pass(team: Path) -> None:
    done = claims("gate", "run", cwd=team)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Passed: 2 findings (2 unreviewed).")


def test_1_policy(team: Path) -> None:
    done = claims("gate", "run", "--fail-on", "unreviewed", cwd=team)
    assert done.returncode == 1 and done.stderr.startswith("Failed: 2 unreviewed findings (none allowed).")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["gate", "run", "--fail-on", "everything"], "fail_on"),
        (["gate", "run", "--max-drop", "7"], "max_drop"),
        (["gate", "run", "--baseline", "none.jsonl"], "none.jsonl: no baseline yet"),
        (["gate", "run", "--baseline", "torn.jsonl"], "torn.jsonl:2: not a whole JSON line"),
        (["gate", "run", "--baseline-ref", "main"], "needs a git repository"),
        (["gate", "run", "--config", "none.toml"], "none.toml"),
        (["gate", "run", "--interface", "xx"], "--interface xx"),
        (["run", "none-*.txt"], "none-*.txt"),
        (["run", "claims.baseline.jsonl", "--locked"], "claims.lock: there is no lock"),
        (["review", "apply", "none.jsonl", "run"], "none.jsonl: cannot be read"),
    ],
)
def test_2_usage_settings_or_unreadable_baseline(team: Path, arguments: list[str], told: str) -> None:
    (team / "torn.jsonl").write_text('{"schema":"claims-baseline","version":1}\n{"fingerpr')
    done = claims(*arguments, cwd=team)
    assert done.returncode == 2 and told in one_line(done)


def test_3_stale(team: Path) -> None:
    file = team / "claims.baseline.jsonl"
    file.write_text(file.read_text().replace('"version":1', '"version":7'))
    done = claims("gate", "run", cwd=team)
    assert done.returncode == 3 and "baseline version 7" in one_line(done)


def test_4_incomplete_or_too_small(team: Path) -> None:
    for flags, told in ((["--min-articles", "5"], "4 articles, at least 5"), (["--min-claims", "41"], "40 claims")):
        done = claims("gate", "run", *flags, cwd=team)
        assert done.returncode == 4 and told in done.stderr
    (team / "run" / "findings.jsonl").write_text("")
    done = claims("gate", "run", "--fail-on", "none", cwd=team)
    assert done.returncode == 4 and "findings.jsonl" in one_line(done)
    assert claims("gate", "elsewhere", cwd=team).returncode == 4


CRASHES = {
    "a bug": "import claims.gate\ndef judge(*a, **k): raise ZeroDivisionError('boom')\nclaims.gate.judge = judge",
    "no memory": "import claims.gate\ndef judge(*a, **k): raise MemoryError\nclaims.gate.judge = judge",
    "too deep": "import claims.gate\ndef judge(*a, **k): return judge()\nclaims.gate.judge = judge",
    "a library that exits": "import claims.gate, sys\ndef judge(*a, **k): sys.exit(1)\nclaims.gate.judge = judge",
    "a broken installation": "import sys\nsys.modules['typer'] = None",
    "a broken stage": "import sys\nsys.modules['claims.gate'] = None",
}


@pytest.mark.parametrize("crash", CRASHES)
@pytest.mark.parametrize("traceback", ["", "1"])
def test_70_crash_and_never_1(team: Path, crash: str, traceback: str) -> None:
    done = claims("gate", "run", cwd=team, start=CRASHES[crash], CLAIMS_TRACEBACK=traceback)
    assert done.returncode == 70
    assert ("Traceback" in done.stderr) == bool(traceback)
    assert done.stderr.strip().splitlines()[-1].startswith("claims: ")


SLOW = """
import claims.gate, time
def judge(*a, **k):
    print("in", flush=True)
    time.sleep(60)
claims.gate.judge = judge
"""


INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"


def test_130_interrupted(team: Path) -> None:
    process = subprocess.Popen(
        # A test run in the background inherits an ignored SIGINT.
        [sys.executable, "-c", f"{INTERRUPTIBLE}\n{SLOW}\nfrom claims.__main__ import main\nmain()", "gate", "run"],
        cwd=team, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout and process.stdout.readline() == "in\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130 and "interrupted" in told and "Traceback" not in told


def test_a_reader_that_goes_away_does_not_turn_a_failure_green(team: Path) -> None:
    for flags, code in (([], 0), (["--fail-on", "any"], 1)):
        process: Any = subprocess.Popen(
            [sys.executable, "-m", "claims", "gate", "run", *flags],
            cwd=team, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        process.stdout.close()
        process.stderr.close()
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert process.returncode == code


def test_the_gate_never_writes_a_baseline_in_ci(team: Path) -> None:
    before = (team / "claims.baseline.jsonl").read_bytes()
    for arguments in (["gate", "run", "--shrink"], ["baseline", "accept", "run"], ["baseline", "prune", "run"],
                      ["baseline", "upgrade"], ["baseline", "create", "run", "--baseline", "new.jsonl"]):  # fmt: skip
        done = claims(*arguments, cwd=team, CI="true")
        assert done.returncode == 2 and "never written in CI" in one_line(done)
    assert claims("gate", "run", cwd=team, CI="true").returncode == 0
    assert (team / "claims.baseline.jsonl").read_bytes() == before and not (team / "new.jsonl").exists()


NO_FAISS = """
from importlib import metadata
real = metadata.version
def version(name):
    if name == "faiss-cpu":
        raise metadata.PackageNotFoundError(name)
    return real(name)
metadata.version = version
"""


def test_doctor_names_what_to_mend(team: Path) -> None:
    well = claims("doctor", "--quick", cwd=team)
    assert well.returncode == 0 and "mend" not in well.stdout and "2 findings known" in well.stdout
    (team / "claims.toml").write_text("[gate]\nfail_on = ['x']\n")
    done = claims("doctor", "--quick", cwd=team)
    assert done.returncode == 2 and "mend  settings: claims.toml: gate.fail_on" in done.stdout
    (team / "claims.toml").unlink()
    (team / "claims.lock").write_text("{}")
    done = claims("doctor", "--quick", cwd=team)
    assert done.returncode == 2 and "mend  claims.lock: " in done.stdout
    (team / "claims.lock").unlink()
    (team / "file").write_text("")
    done = claims("doctor", "--quick", cwd=team, CLAIMS_CACHE=str(team / "file"))
    assert done.returncode == 4 and "mend  cache" in done.stdout and "set CLAIMS_CACHE" in done.stdout
    done = claims("doctor", "--quick", cwd=team, start=NO_FAISS)
    assert done.returncode == 4 and "mend  packages: faiss-cpu is missing" in done.stdout


def test_run_json_holds_what_a_repetition_needs(team: Path) -> None:
    (team / "a.txt").write_text(
        "Weather\n\nPublished: 4 March 2019\n\nIt rains in the town and nobody says anything.\n"
    )
    (team / "dates.csv").write_text("path,date\na.txt,2019-03-05\n")
    done = claims("run", "a.txt", "--dates", "dates.csv", "--out", "out", "-q", cwd=team, CLAIMS_EMBED_BATCH_SIZE="8")
    assert done.returncode == 0, done.stderr
    told = json.loads((team / "out" / "run.json").read_text())
    assert told["command"] == ["claims", "run", "a.txt", "--dates", "dates.csv", "--out", "out", "-q"]
    assert [item["path"] for item in told["inputs"]] == ["a.txt"] and len(told["inputs"][0]["sha256"]) == 64
    assert set(told["given"]) == {"dates", "baseline"} and all(len(f["sha256"]) == 64 for f in told["given"].values())
    assert told["config"]["embed"]["batch_size"] == 8
    assert told["environment"]["variables"]["CLAIMS_EMBED_BATCH_SIZE"] == "8"
    assert {"torch", "faiss-cpu", "pydantic", "python"} <= set(told["versions"])
    assert len(told["tool"]["code"]) == 64 and len(told["id"]) == 32
