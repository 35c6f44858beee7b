"""Measures a run on seeds/ against its gold: ``python -m benchmarks.seeds``.

The seeds are the example that the tool was developed on: these numbers say that it works on them, not how well it
works on others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from claims.config import load
from claims.pipeline import Run, run_all
from claims.records import Article, Claim, Finding

SEEDS = Path("seeds")
# The one page whose evidence leaves a year: a person looked its date up.
DATES = SEEDS / "dates.csv"


def key(article: Article) -> tuple[str, int]:
    """Path below seeds/ and story number, as the gold counts them: a record of a JSON Lines file is a story there."""
    path, _, record = article.path.removeprefix("seeds/").partition("#")
    return path, int(record) - 1 if record else article.story


def dates(run: Run, gold: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Stories whose true day lies in the interval, and how many intervals are a single day."""
    found = {key(article): article for article in run.articles}
    counts = {"stories": len(gold), "found": 0, "in_interval": 0, "exact": 0, "unknown": 0}
    for row in gold:
        article = found.get((row["path"], row["story"]))
        if article is None:
            print("  missing story:", row["path"], row["story"])
            continue
        counts["found"] += 1
        low, high = article.published.earliest, article.published.latest
        inside = (low is None or low.isoformat() <= row["date"]) and (high is None or row["date"] <= high.isoformat())
        counts["unknown"] += low is None and high is None
        counts["exact"] += low == high and low is not None
        counts["in_interval"] += inside
        if not inside:
            print("  date outside:", row["path"], row["story"], row["date"], low, high)
    return counts


def holders(run: Run, gold: Sequence[dict[str, Any]], forbidden: Sequence[dict[str, Any]]) -> dict[str, int]:
    """For each gold snippet, who holds the claims that carry it."""
    by_article: dict[tuple[str, int], list[Claim]] = {}
    texts = {article.id: article for article in run.articles}
    for claim in run.claims:
        by_article.setdefault(key(texts[claim.article_id]), []).append(claim)
    counts = {"snippets": len(gold), "right": 0, "wrong": 0, "nobody": 0, "not_held": len(forbidden), "wrongly_held": 0}
    for row in gold:
        got = _holder(row, by_article, texts)
        verdict = "right" if got == row["holder"] else "nobody" if got is None else "wrong"
        counts[verdict] += 1
        if verdict != "right":
            print(f"  {verdict}: {row['path']} {row['snippet'][:70]!r} gold {row['holder']} got {got}")
    for row in forbidden:
        got = _holder(row, by_article, texts)
        if got is not None and got == row.get("not_holder", row.get("holder")):
            counts["wrongly_held"] += 1
            print(f"  wrongly held: {row['path']} {row['snippet'][:70]!r} {got}")
    return counts


def _holder(
    row: dict[str, Any], by_article: dict[tuple[str, int], list[Claim]], texts: dict[str, Article]
) -> str | None:
    """The holder of the claim that overlaps the snippet most; a held claim before one that nobody holds."""
    best: tuple[int, bool, str | None] = (0, False, None)
    for claim in by_article.get((row["path"], row["story"]), ()):
        at = texts[claim.article_id].text.find(row["snippet"])
        if at < 0:
            continue
        shared = min(claim.end, at + len(row["snippet"])) - max(claim.start, at)
        if shared > 0:
            best = max(
                best, (shared, claim.actor is not None, claim.actor.id if claim.actor else None), key=lambda b: b[:2]
            )
    return best[2]


def findings(run: Run, gold: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Expected findings that came, of the right kind or not, and findings that the gold does not have."""
    places = {article.id: key(article) for article in run.articles}
    left = list(run.findings)
    counts = {"expected": len(gold), "found": 0, "right_kind": 0, "unexpected": 0}
    for row in gold:
        match = next((f for f in left if _meets(f, row, places)), None)
        if match is None:
            print(f"  missed: {row['actor']} → {row['target']} {row['earlier']} → {row['later']}")
            continue
        left.remove(match)
        counts["found"] += 1
        right = match.kind in row["kind"]
        counts["right_kind"] += right
        print(f"  {'found' if right else 'other kind'}: {match.probability:.2f} {match.explanation}")
    counts["unexpected"] = len(left)
    for finding in left:
        print(f"  unexpected: {finding.probability:.2f} {finding.explanation}")
        print(f"    - {finding.earlier.quote[:150]!r}\n    - {finding.later.quote[:150]!r}")
    return counts


def _meets(finding: Finding, row: dict[str, Any], places: dict[str, tuple[str, int]]) -> bool:
    return (
        finding.actor.id in (row["actor"], *row["actors_ok"])
        and places[finding.earlier.article_id] == (row["earlier"], row["earlier_story"])
        and places[finding.later.article_id] == (row["later"], row["later_story"])
    )


def main() -> None:
    """Run on the seeds and print the three tables."""
    gold = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))
    run = run_all([str(SEEDS / "articles")], load(), dates=DATES)
    result = {
        "dates": dates(run, gold["articles"]),
        "holders": holders(run, gold["holders"], gold.get("not_holders", [])),
        "findings": findings(run, gold["findings"]),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
