"""Prints what authored data there is: ``python -m training.count``."""

from __future__ import annotations

from collections import Counter

from training.data import AUTHORED, lines


def main() -> None:
    """Counts of statements and pairs by language, label and phenomenon."""
    statements = [row for path in sorted((AUTHORED / "statements").glob("*.jsonl")) for row in lines(path)]
    pairs = [row for path in sorted((AUTHORED / "pairs").glob("*.jsonl")) for row in lines(path)]
    print(f"{len(statements)} statements:", _told(Counter(row["lang"] for row in statements)))
    print("  events:", _told(Counter(row.get("quad", "none") for row in statements)))
    langs = Counter(row["lang_a"] if row["lang_a"] == row["lang_b"] else "two languages" for row in pairs)
    print(f"{len(pairs)} pairs:", _told(langs))
    print("  relations:", _told(Counter(row["relation"] for row in pairs)))
    print("  phenomena:", _told(Counter(row.get("phenomenon", "none") for row in pairs)))
    print("  domains:", _told(Counter(row.get("domain", "none") for row in pairs)))


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


if __name__ == "__main__":
    main()
