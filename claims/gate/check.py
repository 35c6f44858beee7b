"""The gate, from a run's folder to a verdict and its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.baseline.at_ref import read_at
from claims.baseline.match import Matching, match
from claims.baseline.store import Baseline, read, refuse_in_ci
from claims.errors import EXIT_PASS, EXIT_POLICY, ClaimsError, UsageError
from claims.files import write_bytes
from claims.gate import code_quality, markdown, review
from claims.gate import junit as junit_file
from claims.gate import sarif as sarif_file
from claims.gate.last import last_run, remember
from claims.gate.policy import Policy, Verdict, load, today, verdict
from claims.gate.read import Run, read_run
from claims.gate.wording import lines


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with what it was made from; ``run`` is None where the run or the baseline could not be read."""

    verdict: Verdict
    matching: Matching
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class Files:
    """Where to write what; None is "not asked for".

    ``open_sarif`` holds open findings only, for services that do not know suppressions. ``summary`` and ``comment`` are
    Markdown within the limits of a job's summary page and of a comment, in the language ``interface``.
    """

    sarif: Path | None = None
    open_sarif: Path | None = None
    junit: Path | None = None
    code_quality: Path | None = None
    summary: Path | None = None
    comment: Path | None = None
    interface: str = "en"


def check(
    run_folder: Path,
    baseline: Path | None,
    policy: Policy,
    day: dt.date | None = None,
    *,
    baseline_ref: str | None = None,
    last: Path | None = None,
) -> Checked:
    """Judges a run's folder by a baseline file (None: nothing is known), or by that file in revision ``baseline_ref``.

    ``last`` is the folder of the run that sizes are compared with; None is the last one that passed in ``run_folder``.

    Raises no error of the tool's own: a baseline or a run that cannot be used gives a verdict with that error's exit
    code (2, 3 or 4), so that a CI step can write its files whatever happened.
    """
    try:
        known = _known(baseline, baseline_ref)
        run = read_run(run_folder)
        size = last_run(run_folder, last)
    except ClaimsError as error:
        why = str(error)
        return Checked(Verdict(passed=False, exit_code=error.exit_code, reasons=(why,), lines=[why]), Matching())
    matching = match(run.findings, known, run.identities)
    bare = verdict(matching, run.manifest, policy, day, size)
    told = bare.model_copy(update={"lines": lines(bare, matching, run_folder, baseline)})
    return Checked(told, matching, run)


def _known(baseline: Path | None, ref: str | None) -> Baseline:
    if baseline is None:
        return Baseline()
    return read(baseline) if ref is None else read_at(ref, baseline)


def gate(run_folder: Path, baseline: Path | None, policy: Policy, day: dt.date | None = None) -> Verdict:
    """The verdict of :func:`check`."""
    return check(run_folder, baseline, policy, day).verdict


def judge(
    run_folder: Path,
    baseline: Path | None,
    *,
    baseline_ref: str | None = None,
    config_file: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    files: Files | None = None,
    last: Path | None = None,
    shrink: bool = False,
    day: dt.date | None = None,
) -> Verdict:
    """Judges a run by the policy in ``config_file`` and ``flags``, and writes the files that are asked for.

    SARIF and code quality are written only where findings were judged: an empty file after a failed run would close all
    open alerts. JUnit and Markdown are always written. ``shrink`` drops, after a pass, known findings that are gone.

    Raises:
        ConfigError: the policy is wrong.
        UsageError: ``shrink`` in CI or without a baseline of this folder; an interface that there is not.
        OutputUnwritable: a file cannot be written.
    """
    files, day = files or Files(), day or today()
    if shrink:
        if baseline is None or baseline_ref is not None:
            raise UsageError("--shrink needs the baseline file itself, without --baseline-ref")
        refuse_in_ci(baseline)
    words = markdown.words(files.interface)
    checked = check(run_folder, baseline, load(config_file, flags), day, baseline_ref=baseline_ref, last=last)
    _write(checked, files, words, day)
    told = checked.verdict
    if not told.passed or checked.run is None:
        return told
    remember(run_folder, checked.run.manifest)
    if shrink and checked.matching.absent and baseline is not None:
        dropped = review.prune(run_folder, baseline)
        told = told.model_copy(update={"lines": [*told.lines, *dropped]})
    return told


def _write(checked: Checked, files: Files, words: markdown.Words, day: dt.date) -> None:
    matching, verdict_, run = checked.matching, checked.verdict, checked.run
    if run is not None and verdict_.exit_code in (EXIT_PASS, EXIT_POLICY):
        for path, open_only in ((files.sarif, False), (files.open_sarif, True)):
            if path is not None:
                log = sarif_file.sarif(matching, verdict_, run, open_only=open_only, day=day)
                write_bytes(path, sarif_file.encode(log))
        if files.code_quality is not None:
            write_bytes(files.code_quality, code_quality.code_quality(matching, verdict_, run, day=day))
    if files.junit is not None:
        write_bytes(files.junit, junit_file.junit(matching, verdict_, day))
    for path, limit in ((files.summary, markdown.SUMMARY), (files.comment, markdown.COMMENT)):
        if path is not None:
            text = markdown.markdown(matching, verdict_, words, limit, day)
            write_bytes(path, text.encode("utf-8"))
