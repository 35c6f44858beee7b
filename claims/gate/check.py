"""The gate, from a run's folder to a verdict and its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.baseline.match import Matching, match
from claims.baseline.store import Baseline, read
from claims.errors import EXIT_PASS, EXIT_POLICY, ClaimsError
from claims.files import write_bytes
from claims.gate import junit as junit_file
from claims.gate import sarif as sarif_file
from claims.gate.policy import Policy, Verdict, load, today, verdict
from claims.gate.read import Run, read_run
from claims.gate.wording import lines


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with what it was made from; ``run`` is None where the run or the baseline could not be read."""

    verdict: Verdict
    matching: Matching
    run: Run | None = None


def check(run_folder: Path, baseline: Path | None, policy: Policy, day: dt.date | None = None) -> Checked:
    """Judges a run's folder by a baseline file (None: nothing is known).

    Raises no error of the tool's own: a baseline or a run that cannot be used gives a verdict with that error's exit
    code (2, 3 or 4), so that a CI step can write its files whatever happened.
    """
    try:
        known = Baseline() if baseline is None else read(baseline)
        run = read_run(run_folder)
    except ClaimsError as error:
        why = str(error)
        return Checked(Verdict(passed=False, exit_code=error.exit_code, reasons=(why,), lines=[why]), Matching())
    matching = match(run.findings, known, run.identities)
    bare = verdict(matching, run.manifest, policy, day)
    told = bare.model_copy(update={"lines": lines(bare, matching, run_folder, baseline)})
    return Checked(told, matching, run)


def gate(run_folder: Path, baseline: Path | None, policy: Policy, day: dt.date | None = None) -> Verdict:
    """The verdict of :func:`check`."""
    return check(run_folder, baseline, policy, day).verdict


def judge(
    run_folder: Path,
    baseline: Path | None,
    *,
    config_file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    sarif: Path | None = None,
    open_sarif: Path | None = None,
    junit: Path | None = None,
    day: dt.date | None = None,
) -> Verdict:
    """Judges a run by the policy in ``config_file`` and ``flags``, and writes the files that are asked for.

    ``open_sarif`` holds open findings only, for services that do not know suppressions. SARIF is written only where
    findings were judged: an empty file after a failed run would close all open alerts. JUnit is always written.

    Raises:
        ConfigError: the policy is wrong.
        OutputUnwritable: a file cannot be written.
    """
    day = day or today()
    checked = check(run_folder, baseline, load(config_file, flags), day)
    if checked.run is not None and checked.verdict.exit_code in (EXIT_PASS, EXIT_POLICY):
        for path, open_only in ((sarif, False), (open_sarif, True)):
            if path is not None:
                made = sarif_file.sarif(checked.matching, checked.verdict, checked.run, open_only=open_only, day=day)
                write_bytes(path, sarif_file.encode(made))
    if junit is not None:
        write_bytes(junit, junit_file.junit(checked.matching, checked.verdict, day))
    return checked.verdict
