"""Measures source, cue and content on PolNeAR's development part: ``python -m benchmarks.attribution [FOLDER]``.

FOLDER holds ``attribution/polnear.dev.jsonl`` (default ``../shared/data``); the set has no licence, so nothing of it is
in the project and nothing is trained on it. Its articles are split by a digest of their id: one half was looked at
while the rules were written, the other is only reported.

The measures are those of Citron (BBC; ``citron/metrics.py``): a cue is exact if its span is; a source or a content is
exact if its span is and the cues overlap; by overlap, the words shared by a found and an expected span whose cues
overlap count against all words found (precision) and all expected (recall).
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from claims.attribute.registry import built_in
from claims.attribute.triples import triples_of
from claims.records import Published
from claims.text.segment import after_dateline, marked, paragraphs, sentences
from claims.text.words import words

SET = Path("attribution/polnear.dev.jsonl")
PARTS = ("source", "cue", "content")
Span = tuple[int, int]


class Relation(NamedTuple):
    """One attribution, found or expected; None for a part that it does not have."""

    source: Span | None
    cue: Span
    content: Span | None


def part_of(article_id: str) -> str:
    """``look`` or ``report``, by the digest of an article's id."""
    return "report" if int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % 2 else "look"


def expected(row: dict[str, Any]) -> list[Relation]:
    """The attributions of one row of the set; a part in several pieces is their hull."""

    def hull(spans: Sequence[Sequence[int]] | None) -> Span | None:
        return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None

    found = [(hull(a.get("source")), hull(a.get("cue")), hull(a.get("content"))) for a in row["attributions"]]
    return [Relation(source, cue, content) for source, cue, content in found if cue is not None]


def predicted(text: str, lang: str) -> list[Relation]:
    """What the tool finds in a text."""
    text = marked(text)
    split = [sentences(text, after_dateline(text, *p), p[1], lang) for p in paragraphs(text, [])]
    made = triples_of(text, split, lang, Published(), built_in())
    # The set leaves out what is said within another's words (2 of 1,044 in the half that was looked at).
    return [Relation(t.source, t.cue, t.content) for t in made if not t.nested]


def overlap(one: Span | None, other: Span | None) -> bool:
    """Whether two spans share a code point."""
    return bool(one and other and one[0] < other[1] and other[0] < one[1])


class Counts:
    """Sums over articles, for precision, recall and F1 of one part."""

    def __init__(self) -> None:
        self.exact = [0, 0, 0, 0]
        self.words = [0, 0, 0]

    def rates(self) -> dict[str, dict[str, float]]:
        """Both measures as percentages."""
        hit, found, met, wanted = self.exact
        shared, made, all_words = self.words
        return {"exact": _rates(hit, found, met, wanted), "overlap": _rates(shared, made, shared, all_words)}


def _rates(hit: int, found: int, met: int, wanted: int) -> dict[str, float]:
    precision, recall = hit / max(found, 1), met / max(wanted, 1)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(100 * precision, 1), "recall": round(100 * recall, 1), "f1": round(100 * f1, 1)}


def add(counts: dict[str, Counts], text: str, found: Sequence[Relation], gold: Sequence[Relation]) -> None:
    """Count one article."""
    starts = [word.start for word in words(text)]
    inside = {span: {s for s in starts if span[0] <= s < span[1]} for r in (*found, *gold) for span in r if span}
    for number, part in enumerate(PARTS):
        count = counts[part]
        pairs = [(f, g) for f in found for g in gold if overlap(f.cue, g.cue)]
        same = [(f, g) for f, g in pairs if f[number] == g[number]]
        count.exact[0] += len({id(f) for f, _ in same})
        count.exact[1] += len(found)
        count.exact[2] += len({id(g) for _, g in same})
        count.exact[3] += len(gold)
        count.words[0] += sum(len(inside[a] & inside[b]) for f, g in pairs if (a := f[number]) and (b := g[number]))
        count.words[1] += sum(len(inside[span]) for f in found if (span := f[number]))
        count.words[2] += sum(len(inside[span]) for g in gold if (span := g[number]))


def measure(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Precision, recall and F1 of the three parts over some articles."""
    counts = {part: Counts() for part in PARTS}
    wanted = 0
    for row in rows:
        gold = expected(row)
        wanted += len(gold)
        add(counts, row["text"], predicted(row["text"], row["lang"]), gold)
    return {"articles": len(rows), "attributions": wanted, **{part: counts[part].rates() for part in PARTS}}


def main() -> int:
    """Print one JSON object with both halves and all; 0 also where the set is absent, which is said."""
    parser = argparse.ArgumentParser(description="Source, cue and content on PolNeAR.")
    parser.add_argument("folder", nargs="?", default="../shared/data", help="folder of the public sets")
    path = Path(parser.parse_args().folder) / SET
    if not path.is_file():
        print(f"attribution: {path} is absent: not measured", file=sys.stderr)
        return 0
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    parts = {"look": [], "report": [], "all": rows}
    for row in rows:
        parts[part_of(row["id"])].append(row)
    result = {"measured": dt.date.today().isoformat(), **{name: measure(some) for name, some in parts.items()}}
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
