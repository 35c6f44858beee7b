"""Measures shift detection on authored timelines: ``python -m benchmarks.timelines``.

The whole way runs over all articles at once, from text files with given dates to findings. A finding is right if it is
about the timeline's actor, joins an article before the turn with one after it, and has its direction; every other
finding is false. Of every four timelines the first two choose the default threshold; the last two are measured alone
as well, since nothing in the tool was chosen on them.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.measures import Measured, interval
from claims.config import load
from claims.pipeline import run_all
from claims.records import Finding

GOLD = Path("tests/gold/timelines.jsonl")
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def corpus(timelines: Sequence[dict[str, Any]], folder: Path) -> Path:
    """Writes each article as a text file below ``folder``; returns the file with their dates."""
    dates = folder / "dates.csv"
    with dates.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["path", "date"])
        for timeline in timelines:
            for number, article in enumerate(timeline["articles"], 1):
                path = folder / "articles" / timeline["id"] / f"{number}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(article["text"], encoding="utf-8")
                rows.writerow([path, article["date"]])
    return dates


def place(path: str) -> tuple[str, int]:
    """Timeline and number of an article, from its path."""
    parts = Path(path).parts
    return parts[-2], int(Path(parts[-1]).stem)


def right(finding: Finding, timeline: dict[str, Any]) -> bool:
    """Whether a finding is the timeline's shift."""
    shift = timeline["shift"]
    (one, before), (other, after) = place(finding.earlier.path), place(finding.later.path)
    inside = one == other == timeline["id"] and shift is not None
    return bool(
        inside and before <= shift["before"] and after >= shift["after"] and finding.direction == shift["direction"]
    )


def compare(
    findings: Sequence[Finding], timelines: Sequence[dict[str, Any]], *, aloud: bool = False
) -> dict[str, list[bool]]:
    """For each finding on these timelines whether it is right, and for each of their shifts whether it was found."""
    by_id = {timeline["id"]: timeline for timeline in timelines}
    found: set[str] = set()
    verdicts = []
    for finding in findings:
        timeline = by_id.get(place(finding.earlier.path)[0])
        if timeline is None:
            continue
        # A second finding on one shift is one too many.
        verdicts.append(right(finding, timeline) and timeline["id"] not in found)
        if verdicts[-1]:
            found.add(timeline["id"])
        elif aloud:
            print(f"  false: {timeline['id']} {finding.probability:.2f} {finding.explanation}")
            print(f"    - {finding.earlier.quote[:140]!r}\n    - {finding.later.quote[:140]!r}")
    expected = [timeline["id"] for timeline in timelines if timeline["shift"]]
    for missed in (name for name in expected if aloud and name not in found):
        print(f"  missed: {missed} {by_id[missed]['actor']}")
    return {"findings": verdicts, "shifts": [name in found for name in expected]}


def measure() -> dict[str, Measured]:
    """Precision and recall on all timelines and on those that chose nothing, each with a 95% interval."""
    timelines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    halves = [[t for number, t in enumerate(timelines) if number // 2 % 2 == half] for half in (0, 1)]
    with tempfile.TemporaryDirectory() as folder:
        dates = corpus(timelines, Path(folder))
        paths = [str(Path(folder) / "articles")]
        for threshold in THRESHOLDS:
            loose = run_all(paths, load(flags={"shift": {"min_probability": threshold}}), dates=dates)
            shares = {name: _share(v) for name, v in compare(loose.findings, halves[0]).items()}
            print(f"  from {threshold}: precision {shares['findings']}, recall {shares['shifts']} (half that chooses)")
        run = run_all(paths, load(), dates=dates)
    found = compare(run.findings, timelines, aloud=True)
    apart = compare(run.findings, halves[1])
    named = sum(claim.actor is not None for claim in run.claims)
    print(f"  {len(run.articles)} articles, {len(run.claims)} claims, {named} with a holder")
    print("  " + ", ".join(f"{name} {count}" for name, count in sorted(run.counts.items()) if name.startswith("pairs")))
    return {
        "precision": _share(found["findings"]),
        "recall": _share(found["shifts"]),
        "precision_apart": _share(apart["findings"]),
        "recall_apart": _share(apart["shifts"]),
    }


def _share(values: Sequence[bool]) -> Measured:
    if not values:
        return Measured(0.0, 0.0, 0.0)
    return interval(len(values), lambda rows: sum(values[row] for row in rows) / len(rows))


def main() -> None:
    """Print precision and recall."""
    shares = measure()
    print(f"timelines: precision {shares['precision']}, recall {shares['recall']}")
    print(f"  on the half that chose nothing: precision {shares['precision_apart']}, recall {shares['recall_apart']}")


if __name__ == "__main__":
    main()
