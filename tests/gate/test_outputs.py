import datetime as dt
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as SarifLog

from claims.baseline.store import Baseline, read
from claims.gate import Policy, check
from claims.gate.junit import junit
from claims.gate.place import place, uri
from claims.gate.review import create, decide
from claims.gate.sarif import encode, sarif
from tests.baseline.newsroom import AGAINST, newsroom

DAY = dt.date(2024, 5, 1)


def validate_sarif(log):
    """Against OASIS's schema, as a library of models generated from it has it; and what GitHub wants beyond that."""
    as_written = json.loads(encode(log))
    for result in as_written["runs"][0]["results"]:
        for suppression in result.get("suppressions", []):
            # The library follows the last draft, in which this one property had another name.
            suppression["state"] = suppression.pop("status")
    SarifLog.model_validate(as_written)
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["claimsPosition/v1"]
        for where in [*result["locations"], *result.get("relatedLocations", [])]:
            assert not where["physicalLocation"]["artifactLocation"]["uri"].startswith(("/", ".", "file:"))
            assert where["physicalLocation"]["region"]["startLine"] >= 1


def results(log):
    return log["runs"][0]["results"]


def test_the_log_is_valid_sarif(checked):
    for open_only in (False, True):
        validate_sarif(sarif(checked.matching, checked.verdict, checked.run, day=DAY, open_only=open_only))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda log: log.pop("version"),
        lambda log: log.update(version="2.0.0"),
        lambda log: results(log)[0].pop("message"),
        lambda log: results(log)[0].update(baselineState="old"),
        lambda log: results(log)[0].update(rank="high"),
        lambda log: results(log)[0].update(colour="red"),
        lambda log: results(log)[0].update(suppressions=[{"kind": "none", "status": "accepted"}]),
        lambda log: log["runs"][0]["tool"]["driver"].pop("name"),
    ],
)
def test_a_spoiled_log_is_not_valid(checked, spoil):
    log = sarif(checked.matching, checked.verdict, checked.run, day=DAY)
    spoil(log)
    with pytest.raises(ValidationError):
        validate_sarif(log)


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


# What JUnit's readers (Jenkins, GitLab, GitHub's reporters) agree on, in our own words.
JUNIT = etree.XMLSchema(etree.XML("""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="note"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence><xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
  </xs:complexType></xs:element>
  <xs:element name="testcase"><xs:complexType>
    <xs:choice minOccurs="0">
      <xs:element name="failure" type="note"/><xs:element name="error" type="note"/>
      <xs:element name="skipped" type="note"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string" use="required"/>
    <xs:attribute name="time" type="xs:decimal"/><xs:attribute name="file" type="xs:string"/>
  </xs:complexType></xs:element>
</xs:schema>"""))  # fmt: skip


def cases(content):
    JUNIT.assertValid(etree.fromstring(content))
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


def test_the_junit_schema_can_fail(checked):
    content = junit(checked.matching, checked.verdict, DAY)
    for old, new in ((b"failures=", b"faults="), (b"<skipped", b"<left"), (b' classname="claims.gate"', b"")):
        spoiled = content.replace(old, new).replace(b"</left", b"</left")
        assert not JUNIT.validate(etree.fromstring(spoiled))


@pytest.mark.parametrize(
    ("path", "story", "expected"),
    [
        ("news/a.txt", 0, ("news/a.txt", 2, True)),
        ("news/a.txt", 1, ("news/a.txt", 1, False)),
        ("news/a.html", 0, ("news/a.html", 1, False)),
        ("news/a.jsonl#12", 0, ("news/a.jsonl", 12, False)),
        ("news/a.json#3", 0, ("news/a.json", 1, False)),
        ("news/a #3.txt", 0, ("news/a #3.txt", 2, True)),
        ("/corpus/news/a.txt", 0, ("news/a.txt", 2, True)),
    ],
)
def test_a_place_that_is_not_known_is_not_made_up(tmp_path, path, story, expected):
    room = newsroom()
    room.add("x", "X", f"One line.\n{AGAINST}", path=path, story=story)
    room.shift("p1", room.shifts[0][1], "x", AGAINST)
    made = check(room.write(tmp_path / "run"), None, Policy(), DAY)
    side = made.matching.findings[-1].finding.later
    found = place(side, made.run, Path("/corpus"))
    assert (found.path, found.line, found.exact) == expected
    log = sarif(made.matching, made.verdict, made.run, day=DAY, root=Path("/corpus"))
    validate_sarif(log)
    region = results(log)[len(made.matching.findings) - 1]["locations"][0]["physicalLocation"]["region"]
    assert ("charOffset" in region) == ("startColumn" in region) == expected[2]
