"""Findings as SARIF 2.1.0, for code scanning services and editors.

Lines count from 1. Columns and offsets (Unicode code points) are given only where they count in the file itself, see
:mod:`.place`. The earlier claim is a related location: a place that helps to understand the result.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, get_args

import orjson

from claims import __version__
from claims.baseline.entry import Entry
from claims.baseline.match import Matched, Matching
from claims.gate.place import place, uri
from claims.gate.policy import Verdict, today
from claims.gate.read import Run
from claims.gate.wording import one_line
from claims.records import Finding, FindingSide, Kind

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "claimsPosition/v1"
KINDS: tuple[str, ...] = get_args(Kind)
_DESCRIPTIONS = {
    "reversal": "The actor was for it and is now against it, or the other way round.",
    "hardening": "The actor is on the same side, clearly further from cooperation.",
    "softening": "The actor is on the same side, clearly closer to cooperation.",
    "contradiction": "The actor's two statements cannot both be true.",
    "conditional": "The actor added a condition to a position, or dropped one.",
}


def sarif(
    matching: Matching,
    verdict: Verdict,
    run: Run,
    *,
    open_only: bool = False,
    day: dt.date | None = None,
    root: Path | None = None,
) -> dict[str, Any]:
    """A SARIF log of one run. The same input gives the same log: it holds no time and no name of a machine.

    ``open_only`` leaves out findings that were rejected and known findings that are gone. Paths become relative to
    ``root`` (the working folder if None) where they lie in it.
    """
    day, root = day or today(), root or Path.cwd()
    results = [
        _result(found, run, day, root)
        for found in matching.findings
        if not (open_only and found.judgement(day) == "rejected")
    ]
    if not open_only:
        results += [_absent(entry) for entry in matching.absent]
    driver = {"name": "claims", "version": __version__, "semanticVersion": __version__, "rules": rules()}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [{"executionSuccessful": True, "exitCode": verdict.exit_code}],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def encode(log: dict[str, Any]) -> bytes:
    """A SARIF log as a file's content."""
    return orjson.dumps(log, option=orjson.OPT_INDENT_2) + b"\n"


def rules() -> list[dict[str, Any]]:
    """One rule for each kind of finding, all of them, found or not."""
    return [
        {
            "id": kind,
            "name": kind.capitalize(),
            "shortDescription": {"text": f"Position shift: {kind}"},
            "fullDescription": {"text": _DESCRIPTIONS[kind]},
            "help": {"text": f"{_DESCRIPTIONS[kind]} Read both quotes in their articles, then decide on the finding."},
            "defaultConfiguration": {"level": "warning"},
            "properties": {"tags": ["position-shift"]},
        }
        for kind in KINDS
    ]


def _result(found: Matched, run: Run, day: dt.date, root: Path) -> dict[str, Any]:
    finding, judgement = found.finding, found.judgement(day)
    earlier = {"id": 1, **_location(finding.earlier, run, root), "message": {"text": "The earlier statement"}}
    return {
        "ruleId": finding.kind,
        "ruleIndex": KINDS.index(finding.kind),
        "level": "warning",
        "message": {"text": _literal(_message(finding))},
        "locations": [_location(finding.later, run, root)],
        "relatedLocations": [earlier],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "baselineState": finding.state,
        "rank": round(100 * min(1.0, max(0.0, finding.probability)), 1),
        "suppressions": [_suppression(found.entry)] if judgement == "rejected" and found.entry else [],
        "properties": {
            "actor": finding.actor.model_dump(),
            "target": finding.target.model_dump() if finding.target else None,
            "direction": finding.direction,
            "decision": judgement,
        },
    }


def _absent(entry: Entry) -> dict[str, Any]:
    towards = f" towards {entry.target.name}" if entry.target else ""
    return {
        "ruleId": entry.kind,
        "ruleIndex": KINDS.index(entry.kind),
        "kind": "notApplicable",
        "level": "none",
        "message": {"text": _literal(f"No longer found: {entry.kind} of {one_line(entry.actor.name + towards)}.")},
        "locations": [],
        "partialFingerprints": {FINGERPRINT: entry.fingerprint},
        "baselineState": "absent",
        "suppressions": [_suppression(entry)] if entry.decision == "rejected" else [],
    }


def _suppression(entry: Entry) -> dict[str, str]:
    why = f"{entry.reason} ({entry.author}, {entry.date})" if entry.reason else f"{entry.author}, {entry.date}"
    return {"kind": "external", "status": "accepted", "justification": one_line(why)}


def _message(finding: Finding) -> str:
    towards = f" towards {finding.target.name}" if finding.target else ""
    explanation = finding.explanation or f"{finding.kind} of {finding.actor.name}{towards}."
    # A reader would take "[…](…)" in the explanation for a link of ours.
    return one_line(explanation).replace("](", "] (") + " Earlier: [the earlier statement](1)."


def _literal(text: str) -> str:
    """Braces of a text stand for themselves only when doubled."""
    return text.replace("{", "{{").replace("}", "}}")


def _location(side: FindingSide, run: Run, root: Path) -> dict[str, Any]:
    where = place(side, run, root)
    region: dict[str, Any] = {"startLine": where.line, "endLine": where.last_line, "snippet": {"text": side.quote}}
    if where.exact:
        text = (run.articles or {})[side.article_id].text
        region |= {
            "startColumn": side.start - text.rfind("\n", 0, side.start),
            "endColumn": side.end - text.rfind("\n", 0, side.end),
            "charOffset": side.start,
            "charLength": side.end - side.start,
        }
    return {"physicalLocation": {"artifactLocation": {"uri": uri(where.path, root)}, "region": region}}
