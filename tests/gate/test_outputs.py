import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from claims.baseline.store import Baseline, read
from claims.gate import Policy, check
from claims.gate.junit import junit
from claims.gate.place import uri
from claims.gate.review import create, decide
from claims.gate.sarif import KINDS, encode, sarif
from tests.baseline.newsroom import AGAINST, newsroom

DAY = dt.date(2024, 5, 1)

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
FROM_ONE = {"type": "integer", "minimum": 1}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$", "not": {"pattern": "^/|\\\\"}}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "charOffset", "charLength"],
                    "properties": {
                        **dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), FROM_ONE),
                        "charOffset": {"type": "integer", "minimum": 0},
                        "charLength": {"type": "integer", "minimum": 0},
                        "snippet": TEXT,
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "id": {"type": "integer"},
        "message": TEXT,
    },
    "additionalProperties": False,
}
# What SARIF 2.1.0 asks of the parts that are written here, in our own words.
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind", "invocations"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "invocations": {"type": "array", "items": {"required": ["executionSuccessful"]}},
                    "tool": {
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "required": ["id", "shortDescription", "fullDescription", "help"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": [
                                *("ruleId", "ruleIndex", "message", "locations", "partialFingerprints", "baselineState")
                            ],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"enum": list(KINDS)},
                                "ruleIndex": {"type": "integer", "minimum": 0, "maximum": 4},
                                "kind": {"enum": ["notApplicable"]},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "relatedLocations": {"type": "array", "items": LOCATION},
                                "partialFingerprints": {
                                    "type": "object",
                                    "required": ["claimsPosition/v1"],
                                    "additionalProperties": {"type": "string"},
                                },
                                "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
                                "rank": {"type": "number", "minimum": 0, "maximum": 100},
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                            "justification": {"type": "string"},
                                        },
                                        "additionalProperties": False,
                                    },
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def checked(tmp_path):
    """One new finding, one rejected, one updated and one absent."""
    room, file = newsroom(), tmp_path / "b.jsonl"
    room.add("g1", "Gone one", "She said: We may leave.")
    room.shift("g1", "We may leave.", "t2", room.shifts[1][3])
    create(room.write(tmp_path / "before"), file)
    names = [found.fingerprint for found in room.findings()]
    decide(file, names[0], "rejected", reason="misread\nquote", author="ann", date=DAY)
    decide(file, names[2], "rejected", reason="old", author="bob", date=DAY)
    room.shifts.pop()
    room.rewrite("t2", "this time", "this month")
    room.shifts[1][4].update(kind="softening", explanation="He {moved} [so](far).")
    room.add("p 3", "Third — ثالث", f"Zwei\nZeilen 😀\nthen: {AGAINST}", path="news/ثالث #3.txt")
    room.shift("p1", room.shifts[0][1], "p 3", AGAINST)
    made = check(room.write(tmp_path / "after"), file, Policy(), DAY)
    assert made.run is not None
    return made


def results(log):
    return log["runs"][0]["results"]


def test_the_log_has_the_structure_of_sarif(checked):
    for open_only in (False, True):
        log = sarif(checked.matching, checked.verdict, checked.run, day=DAY, open_only=open_only)
        jsonschema.validate(log, SARIF)
        for result in results(log):
            assert KINDS[result["ruleIndex"]] == result["ruleId"]


def test_the_schema_of_this_test_can_fail(checked):
    for spoil in (
        lambda result: result.pop("message"),
        lambda result: result.update(baselineState="old"),
        lambda result: result["locations"][0]["physicalLocation"]["artifactLocation"].update(uri="/etc/x"),
        lambda result: result["locations"][0]["physicalLocation"]["region"].update(charOffset=-1),
    ):
        log = sarif(checked.matching, checked.verdict, checked.run, day=DAY)
        spoil(results(log)[0])
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(log, SARIF)


def test_all_kinds_are_declared(checked):
    rules = sarif(checked.matching, checked.verdict, checked.run, day=DAY)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["reversal", "hardening", "softening", "contradiction", "conditional"]


def test_states_and_suppressions(checked):
    made = results(sarif(checked.matching, checked.verdict, checked.run, day=DAY))
    told = {(r["baselineState"], len(r["suppressions"])): r for r in made}
    assert sorted(told) == [("absent", 1), ("new", 0), ("unchanged", 1), ("updated", 0)]
    assert told["unchanged", 1]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "misread quote (ann, 2024-05-01)"}
    ]
    assert told["absent", 1]["locations"] == [] and told["absent", 1]["kind"] == "notApplicable"
    still_open = results(sarif(checked.matching, checked.verdict, checked.run, day=DAY, open_only=True))
    assert sorted(r["baselineState"] for r in still_open) == ["new", "updated"]


def test_the_later_claim_is_the_place_and_the_earlier_is_related(checked):
    made = results(sarif(checked.matching, checked.verdict, checked.run, day=DAY))
    new = next(result for result in made if result["baselineState"] == "new")
    place, related = new["locations"][0]["physicalLocation"], new["relatedLocations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "news/%D8%AB%D8%A7%D9%84%D8%AB%20%233.txt"
    text = next(a.text for a in checked.run.articles.values() if a.path.startswith("news/ث"))
    region = place["region"]
    assert text[region["charOffset"] :][: region["charLength"]] == AGAINST == region["snippet"]["text"]
    lines = text.split("\n")
    assert (region["startLine"], region["endLine"]) == (3, 3)
    assert lines[2][region["startColumn"] - 1 : region["endColumn"] - 1] == AGAINST
    assert related["artifactLocation"]["uri"].startswith("news/berg-backs")
    assert new["partialFingerprints"]["claimsPosition/v1"] in checked.verdict.failing


def test_braces_and_brackets_of_a_text_mean_nothing(checked):
    made = results(sarif(checked.matching, checked.verdict, checked.run, day=DAY))
    text = next(r["message"]["text"] for r in made if r["ruleId"] == "softening" and r["baselineState"] == "updated")
    assert text == "He {{moved}} [so] (far). Earlier: [the earlier statement](1)."


def test_a_log_is_the_same_each_time(checked):
    one, two = (encode(sarif(checked.matching, checked.verdict, checked.run, day=DAY)) for _ in range(2))
    assert one == two and one.endswith(b"\n")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("news/a.txt", "news/a.txt"),
        ("/corpus/news/a b.txt", "news/a%20b.txt"),
        ("/elsewhere/a.txt", "file:///elsewhere/a.txt"),
        ("news\\a.txt", "news/a.txt"),
        ("C:\\news\\a.txt", "file:///C:/news/a.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("https://example.org/a?b=ü", "https://example.org/a?b=%C3%BC"),
    ],
)
def test_uris(path, expected):
    assert uri(path, Path("/corpus")) == expected


def cases(content):
    root = ET.fromstring(content)
    assert [suite.tag for suite in root] == ["testsuite"]
    suite = root[0]
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.get(name)) == len(list(suite.iter(tag)))
    assert int(suite.get("tests")) == len(suite.findall("testcase"))
    return [(case.get("classname"), [child.tag for child in case]) for case in suite]


def test_junit(checked):
    assert cases(junit(checked.matching, checked.verdict, DAY)) == [
        ("claims.gate", []),
        ("claims.gate", ["failure"]),
        ("claims.reversal", ["skipped"]),
        ("claims.softening", ["failure"]),
        ("claims.reversal", ["failure"]),
    ]


def test_junit_fails_exactly_where_the_gate_does(tmp_path):
    run = newsroom().write(tmp_path / "run")
    for settings in ({"fail_on": "none"}, {"fail_on": "any"}, {"max_new": 2}, {"max_new": 1}, {"min_articles": 9}):
        made = check(run, None, Policy(**settings), DAY)
        root = ET.fromstring(junit(made.matching, made.verdict, DAY))
        assert (root.get("failures") == root.get("errors") == "0") == made.verdict.passed
        assert (root.get("errors") != "0") == (made.verdict.exit_code == 4)


def test_junit_of_an_unreadable_run(tmp_path):
    made = check(tmp_path, None, Policy())
    assert cases(junit(made.matching, made.verdict)) == [("claims.gate", ["error"])]


def test_junit_holds_only_what_xml_can(tmp_path):
    room = newsroom()
    room.shifts[0][4]["explanation"] = "bell \x07 nul \x00 <b>&amp; \ufffe ]]>"
    made = check(room.write(tmp_path / "run"), None, Policy(), DAY)
    content = junit(made.matching, made.verdict, DAY)
    told = ET.fromstring(content).find(".//testcase/failure[@type='reversal']").text
    assert "bell \ufffd nul \ufffd <b>&amp; \ufffd ]]>" in told


def test_an_expired_rejection_suppresses_nothing(tmp_path):
    run, file = newsroom().write(tmp_path / "run"), tmp_path / "b.jsonl"
    create(run, file)
    decide(file, read(file).entries[0].fingerprint, "rejected", reason="r", author="a", date=DAY, expires=DAY)
    assert isinstance(read(file), Baseline)
    for day, expected in ((DAY, 1), (DAY + dt.timedelta(1), 0)):
        made = check(run, file, Policy(), day)
        log = sarif(made.matching, made.verdict, made.run, day=day)
        assert sum(len(result["suppressions"]) for result in results(log)) == expected
        assert junit(made.matching, made.verdict, day).count(b"<skipped") == expected
