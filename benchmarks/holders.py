"""Measures who holds what on the project's own gold: ``python -m benchmarks.holders [FOLDER]``.

FOLDER (default ``tests/gold/attribution``) has one file a language, one article a line: ``{"id","lang","text",
"published","part":"tune|report","statements":[{"snippet","holder","holder_id"|null,"factivity"}],
"not_held":[{"snippet","not_holder"}]}``. The rules may be tuned on the part ``tune``; only ``report`` says how good
they are. A holder is right by its id where the gold has one, else if its name or words are the gold's; where the gold
has no holder, nobody is right.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.gold import rows_of
from claims.attribute.registry import built_in
from claims.extraction import story
from claims.ingest.page import documents_of
from claims.records import Article, Claim, DateRange
from claims.text.likeness import SURE, name_likeness
from claims.text.words import words

FOLDER = "tests/gold/attribution"


Read = list[tuple[Article, list[Claim]]]


def stories(text: str, lang: str, published: str | None, today: dt.date) -> Read:
    """The stories of one page in a given language, each with its claims."""
    day = dt.date.fromisoformat(published) if published else None
    override = DateRange(earliest=day, latest=day) if day else None
    made = [story(document, override, today, built_in()) for document in documents_of(text, "gold", lang=lang)]
    return [(article, [annotated.claim for annotated in claims]) for article, claims, _, _ in made]


def claim_at(read: Read, snippet: str) -> Claim | None:
    """The claim that shares most with a snippet, a held one first; None where no claim has any of it."""
    shared = [
        (min(claim.end, low + len(snippet)) - max(claim.start, low), claim.actor is not None, claim)
        for article, claims in read
        if (low := article.text.find(snippet)) >= 0
        for claim in claims
    ]
    return max((s for s in shared if s[0] > 0), key=lambda s: s[:2], default=(0, False, None))[2]


def is_meant(claim: Claim | None, holder: str | None, holder_id: str | None) -> bool:
    """Whether the claim's holder is the one that the gold names."""
    actor = claim.actor if claim else None
    if actor is None:
        return holder is None
    if holder_id and actor.id == holder_id:
        return True
    if holder is None:
        return False
    kind = actor.id.partition(":")[0]
    if holder_id and kind in ("per", "org", "cty") and holder_id.startswith(f"{kind}:"):
        return False
    wanted = {word.key for word in words(holder)}
    for name in (actor.name, actor.surface):
        has = {word.key for word in words(name)}
        if has and (has <= wanted or wanted <= has or name_likeness(name, holder) >= SURE):
            return True
    return False


def measure(rows: Sequence[dict[str, Any]], today: dt.date, part: str) -> dict[str, Any]:
    """Counts of right, wrong and missing holders over the articles of one part, and of what nobody may hold."""
    counts = {"articles": 0, "statements": 0, "right": 0, "wrong": 0, "nobody": 0}
    factivity = forbidden = wrongly = 0
    for row in rows:
        if row.get("part") != part:
            continue
        counts["articles"] += 1
        read = stories(row["text"], row["lang"], row.get("published"), today)
        for said in row["statements"]:
            claim = claim_at(read, said["snippet"])
            right = is_meant(claim, said["holder"], said.get("holder_id"))
            verdict = "right" if right else "nobody" if claim is None or claim.actor is None else "wrong"
            counts["statements"] += 1
            counts[verdict] += 1
            factivity += bool(claim and claim.factivity == said.get("factivity", "asserted"))
            if part == "tune" and not right:
                got = claim.actor.id if claim and claim.actor else None
                wanted = said.get("holder_id") or said["holder"]
                print(f"  {verdict}: {row['id']} {said['snippet'][:60]!r} gold {wanted} got {got}", file=sys.stderr)
        for said in row.get("not_held", ()):
            forbidden += 1
            claim = claim_at(read, said["snippet"])
            wrongly += claim is not None and claim.actor is not None and is_meant(claim, said["not_holder"], None)
    total = max(1, counts["statements"])
    return {
        **counts,
        "accuracy": round(counts["right"] / total, 3),
        "wrong_share": round(counts["wrong"] / total, 3),
        "factivity": round(factivity / total, 3),
        "not_held": forbidden,
        "wrongly_held": wrongly,
    }


def main() -> int:
    """Print one JSON object, a language a key; 0 also where the folder is absent, which is said."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        print(f"attribution: {folder} has no gold: not measured", file=sys.stderr)
        return 0
    today = dt.date.today()
    gold = {file.stem: rows_of("attribution", file) for file in files}
    result = {lang: {part: measure(rows, today, part) for part in ("tune", "report")} for lang, rows in gold.items()}
    print(json.dumps({"holders": result}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
