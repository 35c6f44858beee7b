"""The whole run on seeds/ against its gold."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks import seeds
from claims.config import load
from claims.pipeline import Run, run_all

FLOORS = {"dates_in_interval": 1.0, "holders_right": 0.95, "holders_wrong_at_most": 0.04, "findings": 0.7}
UNEXPECTED_AT_MOST = 2
LOUD_AT_MOST = 2


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((seeds.SEEDS / "gold.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def run() -> Run:
    return run_all([str(seeds.SEEDS / "articles")], load(), dates=seeds.DATES)


def test_every_true_date_lies_in_its_interval(run: Run, gold: dict[str, Any]) -> None:
    counts = seeds.dates(run, gold["articles"])
    assert counts["found"] == counts["stories"]
    assert counts["in_interval"] >= FLOORS["dates_in_interval"] * counts["stories"]
    stated = sum(row["date_stated"] for row in gold["articles"])
    assert counts["exact"] >= stated


def test_holders(run: Run, gold: dict[str, Any]) -> None:
    counts = seeds.holders(run, gold["holders"], gold["not_holders"])
    assert counts["right"] >= FLOORS["holders_right"] * counts["snippets"]
    assert counts["wrong"] <= FLOORS["holders_wrong_at_most"] * counts["snippets"]


def test_findings(run: Run, gold: dict[str, Any]) -> None:
    counts = seeds.findings(run, gold["findings"])
    assert counts["found"] >= FLOORS["findings"] * counts["expected"]
    assert counts["unexpected"] <= UNEXPECTED_AT_MOST


def test_the_expected_silences_are_silent(run: Run, gold: dict[str, Any]) -> None:
    loud = {finding.actor.id for finding in run.findings}
    assert len(loud & {row["actor"] for row in gold["silences"]}) <= LOUD_AT_MOST


def test_quotes_are_verbatim(run: Run) -> None:
    texts = {article.id: article.text for article in run.articles}
    assert len(run.claims) > 200
    for claim in run.claims:
        assert claim.quote == texts[claim.article_id][claim.start : claim.end]


def test_no_finding_joins_one_story_or_one_day(run: Run) -> None:
    for finding in run.findings:
        assert finding.earlier.article_id != finding.later.article_id
        assert finding.earlier.date != finding.later.date
        assert finding.explanation
