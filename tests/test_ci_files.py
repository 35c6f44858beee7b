"""What people put into their CI: valid by its schema, and its scripts do what they say."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
TOOLS = Path(sys.executable).parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "ci/claims.gitlab-ci.yml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def valid(*arguments: str) -> int:
    return subprocess.run([TOOLS / "check-jsonschema", *arguments], capture_output=True, check=False).returncode


@pytest.mark.parametrize(
    ("schema", "file"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "ci/claims.gitlab-ci.yml")],
)
def test_files_are_valid_by_their_schema(schema: str, file: str, tmp_path: Path) -> None:
    assert valid("--builtin-schema", schema, str(ROOT / file)) == 0
    spoiled = tmp_path / Path(file).name
    spoiled.write_text(re.sub(r"(?m)^(runs|claims-gate):", r"\1: 7 #", (ROOT / file).read_text()), encoding="utf-8")
    assert valid("--builtin-schema", schema, str(spoiled)) != 0


def test_the_hook_is_valid_and_so_is_no_other_file() -> None:
    def validates(path: Path) -> bool:
        call = [TOOLS / "pre-commit", "validate-manifest", path]
        return subprocess.run(call, capture_output=True, check=False).returncode == 0

    assert validates(ROOT / ".pre-commit-hooks.yaml")
    assert not validates(ROOT / "action.yml")


def test_scripts_take_no_text_of_others_as_code() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), f"{step.get('name')}: an input would become part of a script"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A working copy with articles, and a ``claims`` that notes its calls, writes what the real one does, and fails
    as told."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "my articles").mkdir()
    (tmp_path / "my articles" / "a b.txt").write_text("Title\n\nText.\n")
    fake = tmp_path / "bin" / "claims"
    fake.write_text(
        "#!/usr/bin/env bash\n"
        'printf "%s|" "$@" >> calls; echo >> calls\n'
        'if [ "$1" = gate ]; then mkdir -p "$2/gate"; echo "## gate" > "$2/gate/summary.md"; exit "${GATE:-0}"; fi\n'
        'exit "${RUN:-0}"\n'
    )
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    return tmp_path


def shell(script: str, desk: Path, **env: str) -> subprocess.CompletedProcess[str]:
    path = f"{desk / 'bin'}:{os.environ['PATH']}"
    files = {"GITHUB_OUTPUT": str(desk / "output"), "GITHUB_STEP_SUMMARY": str(desk / "summary")}
    call = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        call, cwd=desk, env={**os.environ, **files, **env, "PATH": path}, capture_output=True, text=True, check=False
    )


def action(desk: Path, **env: str) -> tuple[list[str], str]:
    """Runs the action's own script with its inputs' defaults; the calls that it made, and the exit code it tells."""
    [step] = [step for step in ACTION["runs"]["steps"] if step.get("id") == "gate"]
    given = {}
    for name, value in step["env"].items():
        [key] = re.findall(r"inputs\.([\w-]+)", value)
        given[name] = str(ACTION["inputs"][key].get("default", ""))
    done = shell(step["run"], desk, **{**given, "ARTICLES": "my articles/*.txt", **env})
    assert done.returncode == 0, done.stderr
    return (desk / "calls").read_text().splitlines(), (desk / "output").read_text()


@pytest.mark.parametrize(("run", "gate", "code"), [(0, 0, 0), (0, 1, 1), (4, 4, 4), (2, 0, 2), (70, 0, 70), (0, 3, 3)])
def test_the_action_tells_the_exit_code(desk: Path, run: int, gate: int, code: int) -> None:
    calls, output = action(desk, RUN=str(run), GATE=str(gate))
    assert output == f"exit-code={code}\n"
    assert len(calls) == (2 if run in (0, 4) else 1)
    verdict = ACTION["runs"]["steps"][-1]
    assert shell(verdict["run"], desk, CODE=str(code)).returncode == code
    assert shell(verdict["run"], desk, CODE="").returncode == 70


def test_the_action_hands_on_its_inputs(desk: Path) -> None:
    (desk / "claims.baseline.jsonl").write_text("")
    calls, _ = action(
        desk, ARTICLES="my articles\n\nb; touch hacked\n", DATES="d.csv", BASELINE_REF="origin/main",
        RUN_ARGS="--locked", GATE_ARGS="--max-new=3\n--fail-on=new,expired\n", INTERFACE="ar",
    )  # fmt: skip
    run, gate = (call.rstrip("|").split("|") for call in calls)
    assert run[0] == "run" and run[-3:] == ["--", "my articles", "b; touch hacked"]
    for flag in (["--locked"], ["--dates", "d.csv"], ["--interface", "ar"], ["--baseline", "claims.baseline.jsonl"]):
        assert " ".join(flag) in " ".join(run)
    for flag in (
        "--max-new=3",
        "--fail-on=new,expired",
        "--baseline-ref origin/main",
        "--interface ar",
        "--open-sarif",
    ):
        assert flag in " ".join(gate)
    assert not (desk / "hacked").exists()
    assert (desk / "summary").read_text() == "## gate\n"


def test_the_flags_that_the_files_use_are_there(desk: Path) -> None:
    texts = (ROOT / "action.yml").read_text() + (ROOT / "ci/claims.gitlab-ci.yml").read_text()
    for command in ("run", "gate"):
        helped = subprocess.run(
            [TOOLS / "claims", command, "--help"], capture_output=True, text=True, check=True
        ).stdout
        [block] = re.findall(rf"claims {command} (.*?)(?:\n\s*code=|\|\| code)", texts.split("include:")[0], re.DOTALL)[
            :1
        ]
        for flag in re.findall(r"--[a-z-]+", block):
            assert flag in helped, f"claims {command} {flag}"


@pytest.mark.parametrize(("run", "gate", "code"), [(0, 0, 0), (0, 1, 1), (4, 4, 4), (2, 0, 2)])
def test_the_gitlab_script_ends_with_the_exit_code(desk: Path, run: int, gate: int, code: int) -> None:
    [script] = TEMPLATE["claims-gate"]["script"]
    done = shell(script, desk, **TEMPLATE["variables"], RUN=str(run), GATE=str(gate))
    assert done.returncode == code, done.stderr


def test_the_hook_checks_changed_articles_for_real(tmp_path: Path) -> None:
    """pre-commit itself, with the hook as it is but run in this environment instead of a new one."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    [hook] = HOOKS
    local = {**hook, "language": "system", "entry": str(TOOLS / hook["entry"].split()[0]) + " check"}
    config = {"repos": [{"repo": "local", "hooks": [local]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "CLAIMS_CACHE": str(tmp_path / "cache")}

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, arguments)), cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )

    call("git", "init", "-q")
    (tmp_path / "a.txt").write_text("Weather\n\nPublished: 4 March 2019\n\nIt rains in the town, the mayor said.\n")
    (tmp_path / "code.py").write_text("pass\n")
    call("git", "add", "-A")
    passed = call(TOOLS / "pre-commit", "run", "--verbose", "--files", "a.txt", "code.py")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "1 article, 1 claim" in passed.stdout
    (tmp_path / "b.txt").write_text("   \n")
    call("git", "add", "-A")
    failed = call(TOOLS / "pre-commit", "run", "--files", "a.txt", "b.txt")
    assert failed.returncode == 1 and "exit code: 4" in failed.stdout and "b.txt: cannot be used" in failed.stdout
