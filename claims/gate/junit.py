"""The verdict as JUnit XML: one test case for the run, one for the policy, and one for each finding."""

from __future__ import annotations

import datetime as dt
import re
from xml.etree import ElementTree as ET

from claims.baseline.match import Matched, Matching
from claims.errors import EXIT_PASS, EXIT_POLICY
from claims.gate.policy import Verdict, today
from claims.gate.wording import finding_line

# What XML 1.0 cannot hold at all, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(matching: Matching, verdict: Verdict, day: dt.date | None = None) -> bytes:
    """JUnit XML in UTF-8. It has a failure or an error exactly where the verdict did not pass.

    A run or a baseline that could not be judged is an error of the case ``run``. A finding fails where it made the
    policy fail, and is skipped where it was rejected.
    """
    day = day or today()
    suite = ET.Element("testsuite", name="claims gate")
    judged = verdict.exit_code in (EXIT_PASS, EXIT_POLICY)
    run = _case(suite, "claims.gate", "run")
    if not judged:
        _note(run, "error", "; ".join(verdict.reasons), f"exit code {verdict.exit_code}", verdict.lines)
    else:
        policy = _case(suite, "claims.gate", "policy")
        if verdict.exit_code == EXIT_POLICY:
            _note(policy, "failure", "; ".join(verdict.reasons), "policy", verdict.lines)
        for found in matching.findings:
            _finding(suite, found, verdict, day)
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(1 for _ in suite.iter(tag))))
    root = ET.Element("testsuites", name="claims")
    for name in ("tests", "failures", "errors"):
        root.set(name, suite.get(name, "0"))
    root.append(suite)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _finding(suite: ET.Element, found: Matched, verdict: Verdict, day: dt.date) -> None:
    finding = found.finding
    case = _case(suite, f"claims.{finding.kind}", finding_line(finding))
    case.set("file", _clean(finding.later.path))
    judgement = found.judgement(day)
    if finding.fingerprint in verdict.failing:
        sides = (finding.earlier, finding.later)
        quotes = (f"{side.path} {side.start}-{side.end}: {side.quote}" for side in sides)
        told = f"{finding.state} {finding.kind}, {judgement}"
        _note(case, "failure", told, finding.kind, [finding.explanation, *quotes])
    elif judgement == "rejected" and found.entry is not None:
        ET.SubElement(case, "skipped", message=_clean(f"rejected by {found.entry.author}: {found.entry.reason}"))


def _case(suite: ET.Element, classname: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=classname, name=_clean(name), time="0")


def _note(case: ET.Element, tag: str, message: str, kind: str, lines: list[str]) -> None:
    ET.SubElement(case, tag, message=_clean(message), type=kind).text = _clean("\n".join(lines))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
