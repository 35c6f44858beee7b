"""Measures the publication dates on page heads and undated bodies: ``python -m benchmarks.dates [FILE]``.

FILE (default ``tests/gold/dates.jsonl``) has one page a line: ``{"id","lang","text","true":"YYYY-MM-DD",
"stated":true|false}``. An answer is an interval that is not open at both ends; it is right if the true day lies in it.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.gold import rows_of
from benchmarks.holders import stories

FILE = "tests/gold/dates.jsonl"


def measure(rows: Sequence[dict[str, Any]], today: dt.date) -> dict[str, Any]:
    """Answers, right answers and exact days, over all pages and over those with and without a stated date."""
    found = [(row, _verdict(row, today)) for row in rows]
    stated = [one for one in found if one[0]["stated"]]
    kinds = {"all": found, "stated": stated, "undated": [one for one in found if not one[0]["stated"]]}
    return {name: _counts([verdict for _, verdict in some]) for name, some in kinds.items()}


def _verdict(row: dict[str, Any], today: dt.date) -> tuple[bool, bool, int | None]:
    """Answered, right, and the width of the interval in days (None where it is open)."""
    when = stories(row["text"], row["lang"], None, today)[0][0].published
    true = dt.date.fromisoformat(row["true"])
    low, high = when.earliest, when.latest
    right = (low is None or low <= true) and (high is None or true <= high)
    if not right:
        print(f"  outside: {row['id']} true {true} got {low} to {high}", file=sys.stderr)
    return low is not None or high is not None, right, (high - low).days + 1 if low and high else None


def _counts(verdicts: Sequence[tuple[bool, bool, int | None]]) -> dict[str, Any]:
    answered = [verdict for verdict in verdicts if verdict[0]]
    widths = sorted(width for _, _, width in answered if width is not None)
    return {
        "pages": len(verdicts),
        "answered": round(len(answered) / max(1, len(verdicts)), 3),
        "right_where_answered": round(sum(right for _, right, _ in answered) / max(1, len(answered)), 3),
        "single_day": sum(width == 1 for width in widths),
        "median_days": widths[len(widths) // 2] if widths else None,
    }


def main() -> int:
    """Print one JSON object; 0 also where the file is absent, which is said."""
    rows = rows_of("dates", sys.argv[1] if len(sys.argv) > 1 else FILE)
    if rows:
        print(json.dumps({"dates": measure(rows, dt.date.today())}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
