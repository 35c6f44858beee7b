"""GitLab's code quality report: what GitLab reads, and only what is open."""

import datetime as dt
import json

import jsonschema
import pytest

from claims.baseline.store import read
from claims.gate import Policy, check
from claims.gate.code_quality import code_quality
from claims.gate.review import create, decide
from claims.gate.sarif import KINDS
from tests.baseline.newsroom import newsroom

DAY = dt.date(2024, 5, 1)

# The part of Code Climate's issues that GitLab reads, in our own words.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "type": {"const": "issue"},
            "description": {"type": "string", "minLength": 1},
            "check_name": {"enum": list(KINDS)},
            "categories": {"type": "array", "items": {"enum": ["Clarity"]}, "minItems": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^(/|\\./|[A-Za-z]:)|\\\\"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {key: {"type": "integer", "minimum": 1} for key in ("begin", "end")},
                        "additionalProperties": False,
                    },
                },
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    },
}


def test_code_quality_holds_open_findings_with_their_lines(checked):
    issues = json.loads(code_quality(checked.matching, checked.verdict, checked.run, day=DAY))
    jsonschema.validate(issues, CODE_QUALITY)
    assert {issue["severity"] for issue in issues} == {"major"}
    assert {issue["fingerprint"] for issue in issues} == checked.verdict.failing
    assert [(i["location"]["path"], i["location"]["lines"]) for i in issues if "ثالث" in i["location"]["path"]] == [
        ("news/ثالث #3.txt", {"begin": 3, "end": 3})
    ]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**issues[0], "severity": "high"}], CODE_QUALITY)


def test_settled_findings_are_no_code_quality_issue(tmp_path):
    run, file = newsroom().write(tmp_path / "run"), tmp_path / "b.jsonl"
    create(run, file)
    names = [entry.fingerprint for entry in read(file).entries]
    decide(file, names[0], "confirmed", reason="r", author="a", date=DAY)
    made = check(run, file, Policy(), DAY)
    issues = json.loads(code_quality(made.matching, made.verdict, made.run, day=DAY))
    assert [(issue["fingerprint"], issue["severity"]) for issue in issues] == [(names[1], "minor")]
