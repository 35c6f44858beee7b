"""A run, from files to findings and their files. The only module that knows all the stages."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from claims import manifest
from claims.actors import settle
from claims.attribute.project import load as load_project
from claims.config import Config
from claims.dating import overrides
from claims.errors import EXIT_INCOMPLETE, EXIT_PASS, NothingToRead
from claims.extraction import Annotated, Extracted, extract
from claims.files import lines, write_bytes
from claims.ingest.sources import expand
from claims.lang.loader import languages
from claims.models import cache_folder
from claims.records import Article, Claim, DateRange, Finding, FindingActor, FindingSide, PairScore, Rejected
from claims.scoring import Scored, score
from claims.shift.positions import Shift
from claims.shift.wording import explain

Progress = Callable[[int, int, str], None]


@dataclass
class Run:
    """What a run found, before and after it is written."""

    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    pairs: list[PairScore] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    unread: list[Rejected] = field(default_factory=list)
    judgements: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """``incomplete`` where an input could not be read or there was none, else ``complete``."""
        return "incomplete" if not self.articles or self.unread else "complete"

    @property
    def exit_code(self) -> int:
        """0, or 4 for an incomplete run."""
        return EXIT_PASS if self.status == "complete" else EXIT_INCOMPLETE

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Adds the seconds of a step."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - began


def read_corpus(
    patterns: Sequence[str], config: Config, dates: Path | None = None, progress: Progress | None = None
) -> tuple[Run, list[Annotated]]:
    """The first half of a run: articles and attributed claims, without stances.

    Raises:
        UsageError: a pattern matches nothing, or the dates file is wrong.
        OutputUnwritable: the cache cannot be written.
    """
    run = Run()
    given = overrides.load(dates) if dates is not None else {}
    day = manifest.today()
    annotated: list[Annotated] = []
    general: Counter[str] = Counter()
    project = load_project(config.actors.file)
    cached = 0
    with run.timed("read"):
        sources = expand(patterns, exclude=config.ingest.exclude)
        for number, source in enumerate(sources):
            override: DateRange | None = overrides.match(given, source.path) if given else None
            made, hit = extract(
                source,
                max_bytes=config.ingest.max_bytes,
                override=override,
                today=day,
                cache_folder=cache_folder(),
                registry=project.registry,
            )
            cached += hit
            _add(run, annotated, made, general)
            if progress:
                progress(number + 1, len(sources), "reading articles")
        annotated, joined = settle(annotated, project)
    run.notes += joined
    run.unread = [item for item in run.rejected if item.reason == "unreadable"]
    run.counts |= {"files": len(sources), "files_unchanged": cached}
    if general:
        named = ", ".join(f"{lang} ({count})" for lang, count in sorted(general.items()))
        run.notes.append(
            f"No language data for {named}: sentences were kept as claims, holders were not sought. "
            f"There is data for {', '.join(languages())}."
        )
    return run, annotated


def _add(run: Run, annotated: list[Annotated], made: Extracted, general: Counter[str]) -> None:
    run.articles += made.articles
    annotated += made.claims
    run.rejected += made.rejected
    general.update(made.general)


def run_all(
    patterns: Sequence[str],
    config: Config,
    *,
    dates: Path | None = None,
    baseline: Path | None = None,
    progress: Progress | None = None,
) -> Run:
    """The whole run in memory; :func:`write` puts it on disk.

    Raises:
        UsageError, ModelUnavailable, OutputUnwritable, BaselineUnreadable: see the stages.
    """
    run, annotated = read_corpus(patterns, config, dates, progress)
    registry = load_project(config.actors.file).registry
    with run.timed("score"):
        scored = score(annotated, config=config, news=lambda actor: _is_news(actor, registry), progress=progress)
    run.claims = [scored.claims[item.claim.id].claim for item in annotated]
    run.pairs = scored.pairs
    run.versions = scored.versions
    run.findings = _findings(scored, {article.id: article for article in run.articles})
    from claims.baseline import read as read_baseline
    from claims.baseline import states_of

    run.findings = states_of(run.findings, run.articles, baseline)
    for entry in read_baseline(baseline).entries if baseline else ():
        if entry.decision != "unreviewed":
            run.judgements[entry.fingerprint] = {"decision": entry.decision, "reason": entry.reason}
    _count(run, scored)
    return run


def _is_news(actor: str, registry) -> bool:  # type: ignore[no-untyped-def]
    entity = registry.get(actor)
    return entity is not None and entity.kind == "news"


def _findings(scored: Scored, articles: Mapping[str, Article]) -> list[Finding]:
    from claims.baseline import fingerprint_all

    made = []
    for shift in scored.shifts:
        earlier, later = scored.claims[shift.pair.earlier].claim, scored.claims[shift.pair.later].claim
        actor = FindingActor(id=earlier.actor.id, name=earlier.actor.name) if earlier.actor else None
        if actor is None:
            continue
        positions = scored.positions[earlier.id], scored.positions[later.id]
        made.append(
            Finding(
                fingerprint="",
                kind=shift.kind,
                direction=shift.direction,
                actor=actor,
                target=shift.target,
                earlier=_side(earlier, articles),
                later=_side(later, articles),
                probability=_shown(shift),
                features=shift.features,
                explanation=explain(shift, *positions, actor.name),
            )
        )
    return fingerprint_all(made, articles)


def _shown(shift: Shift) -> float:
    return round(shift.probability, 3)


def _side(claim: Claim, articles: Mapping[str, Article]) -> FindingSide:
    return FindingSide(
        claim_id=claim.id,
        article_id=claim.article_id,
        path=articles[claim.article_id].path,
        quote=claim.quote,
        start=claim.start,
        end=claim.end,
        date=claim.date,
    )


def _count(run: Run, scored: Scored) -> None:
    actors = {claim.actor.id for claim in run.claims if claim.actor}
    undated = sum(article.published.earliest is None and article.published.latest is None for article in run.articles)
    run.counts = {
        "articles": len(run.articles),
        "claims": len(run.claims),
        "claims_with_holder": sum(claim.actor is not None for claim in run.claims),
        "actors": len(actors),
        "findings": len(run.findings),
        "undated_articles": undated,
        **run.counts,
        **scored.counts,
        **{f"pairs_{reason}": count for reason, count in scored.left_out.items()},
    }
    if undated:
        run.notes.append(
            f"{undated} of {len(run.articles)} stories have no date; give them with --dates to compare them."
        )
    if scored.left_out.get("order_unknown"):
        run.notes.append(
            f"{scored.left_out['order_unknown']} pairs of claims were not compared: "
            "which came first could not be settled."
        )


def write(run: Run, out: Path, config: Config, interface: str = "en") -> None:
    """Write all files of a run; run.json last, so that a folder with a matching run.json is whole.

    Raises:
        OutputUnwritable: nothing half-written is left under a final name.
    """
    from claims.report.html import render
    from claims.report.view import build

    with run.timed("write"):
        outputs = {
            "articles.jsonl": lines(run.articles),
            "claims.jsonl": lines(run.claims),
            "pairs.jsonl": lines(run.pairs),
            "findings.jsonl": lines(run.findings),
            "rejected.jsonl": lines(run.rejected),
        }
        content = manifest.manifest(
            status=run.status,
            config=config,
            inputs=[(article.path, article.lang) for article in run.articles],
            counts=run.counts,
            rejected=run.rejected,
            versions=run.versions,
            notes=run.notes,
            outputs=outputs,
            times={},
        )
        view = build(
            findings=run.findings,
            articles={article.id: article for article in run.articles},
            claims={claim.id: claim for claim in run.claims},
            rejected=run.rejected,
            manifest=content,
            judgements=run.judgements,
        )
        outputs["report.html"] = render(view, interface=interface).encode("utf-8", "surrogatepass")
        for name, data in outputs.items():
            write_bytes(out / name, data)
    final = manifest.manifest(
        status=run.status,
        config=config,
        inputs=[(article.path, article.lang) for article in run.articles],
        counts=run.counts,
        rejected=run.rejected,
        versions=run.versions,
        notes=run.notes,
        outputs=outputs,
        times=run.seconds,
    )
    write_bytes(out / "run.json", manifest.encoded(final))


def begin(out: Path, config: Config) -> None:
    """Mark the folder's last run as over: a run that dies must not leave the files of an older one to be taken for
    its own.

    Raises:
        OutputUnwritable: the folder cannot be written.
    """
    content = manifest.manifest(
        status="incomplete",
        config=config,
        inputs=(),
        counts={},
        rejected=(),
        versions={},
        notes=("The run did not finish.",),
        outputs={},
        times={},
    )
    write_bytes(out / "run.json", manifest.encoded(content))


def refuse_empty(run: Run) -> None:
    """Raises NothingToRead, with the first cause, for a run that read no article."""
    if not run.articles:
        causes = [f"{item.path}: {item.detail or item.reason}" for item in run.rejected[:1]]
        raise NothingToRead(
            "no article could be read" + (f" ({causes[0]})" if causes else ": the input holds no article files")
        )
