"""A small newsroom for tests: articles with statements in them, findings between the statements, and run folders."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from claims.baseline.fingerprint import fingerprint_all
from claims.records import Article, DateRange, Finding, FindingActor, FindingSide, Published, Target

ACTOR = FindingActor(id="Q1", name="Anna Berg")
TARGET = Target(id="Q2", name="Norland")


def article(title: str, text: str, *, path: str | None = None, story: int = 0, day: str = "2020-01-01") -> Article:
    path = path or f"news/{title.lower().replace(' ', '-') or 'untitled'}.txt"
    name = hashlib.sha256(f"{path}#{story}".encode()).hexdigest()[:12]
    date = dt.date.fromisoformat(day)
    published = Published(earliest=date, latest=date, precision="day")
    return Article(id=f"a{name}", path=path, lang="en", title=title, published=published, text=text, story=story)


def side(source: Article, quote: str, *, occurrence: int = 0) -> FindingSide:
    start = -1
    for _ in range(occurrence + 1):
        start = source.text.index(quote, start + 1)
    return FindingSide(
        claim_id=f"{source.id}-{start:03d}",
        article_id=source.id,
        path=source.path,
        quote=quote,
        start=start,
        end=start + len(quote),
        date=DateRange(earliest=source.published.earliest, latest=source.published.latest),
    )


def finding(earlier: FindingSide, later: FindingSide, **changes: object) -> Finding:
    made = Finding(
        fingerprint="",
        kind="reversal",
        direction="none",
        actor=ACTOR,
        target=TARGET,
        earlier=earlier,
        later=later,
        probability=0.9,
        explanation="First for it, then against it.",
    )
    return made.model_copy(update=changes)


@dataclass
class Newsroom:
    """Articles by a short name, and findings as (article, quote, article, quote, changes)."""

    articles: dict[str, Article] = field(default_factory=dict)
    shifts: list[tuple[str, str, str, str, dict[str, object]]] = field(default_factory=list)

    def add(self, name: str, title: str, text: str, **kwargs: object) -> None:
        self.articles[name] = article(title, text, **kwargs)  # type: ignore[arg-type]

    def shift(self, earlier: str, quote: str, later: str, later_quote: str, **changes: object) -> None:
        self.shifts.append((earlier, quote, later, later_quote, changes))

    def rewrite(self, name: str, old: str, new: str) -> None:
        """Edits an article, and the quotes that are cut out of it."""
        source = self.articles[name]
        assert old in source.text
        self.articles[name] = source.model_copy(update={"text": source.text.replace(old, new)})
        self.shifts = [
            (a, q.replace(old, new) if a == name else q, b, r.replace(old, new) if b == name else r, c)
            for a, q, b, r, c in self.shifts
        ]

    def remove(self, name: str) -> None:
        del self.articles[name]
        self.shifts = [shift for shift in self.shifts if name not in (shift[0], shift[2])]

    def findings(self) -> list[Finding]:
        made = [
            finding(side(self.articles[a], q), side(self.articles[b], r), **changes)
            for a, q, b, r, changes in self.shifts
        ]
        return fingerprint_all(made, {source.id: source for source in self.articles.values()})

    def write(self, folder: Path, *, status: str = "complete", **counts: object) -> Path:
        """Puts a run's folder in place as a run does."""
        folder.mkdir(parents=True, exist_ok=True)
        found = self.findings()
        outputs = {
            "articles.jsonl": "".join(a.model_dump_json() + "\n" for a in self.articles.values()),
            "findings.jsonl": "".join(f.model_dump_json() + "\n" for f in found),
        }
        for name, content in outputs.items():
            (folder / name).write_text(content, encoding="utf-8")
        manifest = {
            "schema_version": 1,
            "status": status,
            "date": "2024-05-01",
            "tool": {"name": "claims", "version": "0"},
            "counts": {
                "articles": len(self.articles),
                "claims": 10 * len(self.articles),
                "claims_with_holder": 8 * len(self.articles),
                "findings": len(found),
                "rejected": {},
                "actors": 3,
                **counts,
            },
            "outputs": {name: hashlib.sha256(content.encode()).hexdigest() for name, content in outputs.items()},
        }
        (folder / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder

    def copy(self) -> Newsroom:
        return replace(self, articles=dict(self.articles), shifts=list(self.shifts))


FOR = "We support the gas pipeline to Norland and will build it together with our partners."
AGAINST = "We do not support the gas pipeline to Norland and will not build it with anyone."
WARM = "Norland remains our closest partner in all questions of trade and security policy."
COLD = "Norland is an adversary and all trade talks with it are over for good this time."


def newsroom() -> Newsroom:
    """Four articles, two shifts of one actor."""
    room = Newsroom()
    room.add("p1", "Berg backs the pipeline", f'Oslo. "{FOR}" said Anna Berg.', day="2017-03-01")
    room.add("p2", "Berg turns on the pipeline", f'Oslo. "{AGAINST}" said Anna Berg.', day="2022-03-01")
    room.add("t1", "Berg praises Norland", f"In Bergen she said: {WARM}", day="2018-06-01")
    room.add("t2", "Berg ends talks", f"On Monday she said: {COLD}", day="2023-06-01")
    room.shift("p1", FOR, "p2", AGAINST)
    room.shift("t1", WARM, "t2", COLD, kind="hardening", direction="hardening", probability=0.8)
    return room
