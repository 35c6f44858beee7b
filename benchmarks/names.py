"""Measures the name matcher on pairs of spellings in two scripts: ``python -m benchmarks.names [FILE]``.

FILE (default ``tests/gold/names.jsonl``) has one pair a line: ``{"id","a","b","same":true|false,"script_a","script_b",
"hard":"family_name|role|father_son|…"|null}``. ``hard`` marks a pair of two people who are easily taken for one.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.gold import rows_of
from claims.text.likeness import SURE, name_likeness

FILE = "tests/gold/names.jsonl"


def measure(rows: Sequence[dict[str, Any]], least: float = SURE) -> dict[str, Any]:
    """Precision, recall and F1 of "the same person", and merges of different people among the hard pairs."""
    alike = [(row, name_likeness(row["a"], row["b"]) >= least) for row in rows]
    hard = [found for row, found in alike if row.get("hard") and not row["same"]]
    by_scripts: dict[str, list[tuple[dict[str, Any], bool]]] = defaultdict(list)
    for row, found in alike:
        by_scripts["-".join(sorted((row["script_a"], row["script_b"])))].append((row, found))
    return {
        "pairs": len(rows),
        **_rates(alike),
        "hard_negatives": len(hard),
        "merged_hard_negatives": sum(hard),
        "scripts": {name: {"pairs": len(some), **_rates(some)} for name, some in sorted(by_scripts.items())},
    }


def _rates(alike: Sequence[tuple[dict[str, Any], bool]]) -> dict[str, float]:
    hit = sum(found and row["same"] for row, found in alike)
    precision = hit / max(1, sum(found for _, found in alike))
    recall = hit / max(1, sum(bool(row["same"]) for row, _ in alike))
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def main() -> int:
    """Print one JSON object; 0 also where the file is absent, which is said."""
    rows = rows_of("names", sys.argv[1] if len(sys.argv) > 1 else FILE)
    if rows:
        print(json.dumps({"names": measure(rows)}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
