"""Measures what the cheap features lose that leave pairs unread: ``python -m benchmarks.pruning``.

The same articles are scored twice, once with every pair of one holder read; a finding that only then appears was lost
to pruning.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks.seeds import DATES, SEEDS
from benchmarks.timelines import GOLD, corpus
from claims.config import load
from claims.pipeline import Run, run_all


def both(paths: list[str], dates: Path) -> tuple[Run, Run]:
    """The run as it is, and the run that reads every pair."""
    return (
        run_all(paths, load(), dates=dates),
        run_all(paths, load(None, {"retrieve": {"prune": False}}), dates=dates),
    )


def report(name: str, pruned: Run, whole: Run) -> None:
    """One line: pairs read of all pairs, findings kept of all findings."""
    keys = {(f.actor.id, f.target.id if f.target else "", f.direction) for f in pruned.findings}
    every = {(f.actor.id, f.target.id if f.target else "", f.direction) for f in whole.findings}
    read, all_pairs = pruned.counts["pairs_read"], whole.counts["pairs_read"]
    kept = len(keys & every)
    print(f"{name}: read {read} of {all_pairs} pairs; kept {kept} of {len(every)} findings")
    for actor, target, direction in sorted(every - keys):
        print(f"  lost: {actor} {target} {direction}")


def main() -> None:
    """Seeds, then the authored timelines."""
    report("seeds", *both([str(SEEDS / "articles")], DATES))
    timelines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        dates = corpus(timelines, Path(folder))
        report("timelines", *both([str(Path(folder) / "articles")], dates))


if __name__ == "__main__":
    main()
