"""Open findings as GitLab's code quality report: a JSON array of Code Climate issues.

GitLab knows neither suppressions nor states, and takes what the target branch's report lacks for new. So judged
findings are left out; those that make the gate fail are ``major``, others that nobody has settled ``minor``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import orjson

from claims.baseline.match import Matching
from claims.gate.place import place
from claims.gate.policy import Verdict, today
from claims.gate.read import Run
from claims.gate.wording import one_line

LONGEST = 1000


def code_quality(
    matching: Matching, verdict: Verdict, run: Run, *, day: dt.date | None = None, root: Path | None = None
) -> bytes:
    """The report as a file's content; paths are relative to ``root`` (the working folder if None)."""
    day, root = day or today(), root or Path.cwd()
    issues: list[dict[str, Any]] = []
    for found in matching.findings:
        finding = found.finding
        failing = finding.fingerprint in verdict.failing
        if not failing and found.judgement(day) in ("rejected", "confirmed"):
            continue
        where = place(finding.later, run, root)
        told = f"{finding.explanation} “{finding.later.quote}”"
        issues.append(
            {
                "type": "issue",
                "check_name": finding.kind,
                "description": one_line(told, LONGEST),
                "categories": ["Clarity"],
                "fingerprint": finding.fingerprint,
                "severity": "major" if failing else "minor",
                "location": {"path": where.path, "lines": {"begin": where.line, "end": where.last_line}},
            }
        )
    return orjson.dumps(issues, option=orjson.OPT_INDENT_2) + b"\n"
