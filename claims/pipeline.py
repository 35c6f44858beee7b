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
from claims.attribute.labels import label
from claims.attribute.project import load as load_project
from claims.baseline import Baseline, fingerprint_all, known_pairs, states_of
from claims.baseline import read as read_baseline
from claims.config import Config
from claims.dating import overrides
from claims.errors import EXIT_INCOMPLETE, EXIT_PASS, NothingToRead
from claims.explanation import explain_findings
from claims.extraction import Annotated, Extracted, extract
from claims.ingest.sources import Source, expand
from claims.lang.loader import languages
from claims.models import cache_folder
from claims.records import (
    Article,
    Claim,
    DateRange,
    Explanation,
    Finding,
    FindingActor,
    FindingSide,
    PairScore,
    Rejected,
    Target,
)
from claims.scoring import Scored, score
from claims.shift.position import Shift
from claims.shift.wording import explain

Progress = Callable[[int, int, str], None]


@dataclass
class Run:
    """What a run found, before and after it is written."""

    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    pairs: list[PairScore] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    explanations: list[Explanation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    inputs: list[manifest.InputFile] = field(default_factory=list)
    given: dict[str, manifest.InputFile] = field(default_factory=dict)
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

    def facts(self) -> manifest.Facts:
        """What run.json tells of the run."""
        return manifest.Facts(
            status=self.status,
            inputs=self.inputs,
            given=self.given,
            articles=self.articles,
            findings=self.findings,
            counts=self.counts,
            rejected=self.rejected,
            models=self.models,
            notes=self.notes,
        )

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
        run.inputs = [_input(source) for source in sources if source.refused is None]
        if dates is not None:
            run.given["dates"] = manifest.input_file(dates)
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


def _input(source: Source) -> manifest.InputFile:
    if source.file is None:
        return manifest.InputFile(source.path, None)
    return manifest.input_file(source.file, source.path)


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
    interface: str = "en",
) -> Run:
    """The whole run in memory; :func:`write` puts it on disk. ``interface`` is the language of the explanations.

    Raises:
        UsageError, ModelUnavailable, OutputUnwritable, BaselineUnreadable: see the stages.
    """
    # A baseline that cannot be read is said before the work, not after it.
    known = Baseline() if baseline is None else read_baseline(baseline)
    run, annotated = read_corpus(patterns, config, dates, progress)
    registry = load_project(config.actors.file).registry
    articles = {article.id: article for article in run.articles}
    with run.timed("score"):
        scored = score(
            annotated,
            config=config,
            news=lambda actor: _is_news(actor, registry),
            known=known_pairs(known.entries, [item.claim for item in annotated], articles),
            progress=progress,
        )
    run.claims = [scored.claims[item.claim.id].claim for item in annotated]
    run.pairs = scored.pairs
    run.models = scored.versions
    run.findings = states_of(_findings(scored, articles, interface), run.articles, known)
    if scored.reader is not None:
        with run.timed("explain"):
            most = config.explain.most
            run.explanations = explain_findings(run.findings[:most], scored.claims, run.pairs, scored.reader, progress)
        scored.counts["readings_computed"] = scored.reader.computed
    if baseline is not None:
        run.given["baseline"] = manifest.input_file(baseline)
    for entry in known.entries:
        if entry.decision != "unreviewed":
            run.judgements[entry.fingerprint] = {"decision": entry.decision, "reason": entry.reason}
    _count(run, scored)
    return run


def _is_news(actor: str, registry) -> bool:  # type: ignore[no-untyped-def]
    entity = registry.get(actor)
    return entity is not None and entity.kind == "news"


def _findings(scored: Scored, articles: Mapping[str, Article], interface: str) -> list[Finding]:
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
                explanation=explain(shift, *positions, *_called(actor, shift.target, interface), interface),
            )
        )
    return fingerprint_all(made, articles)


def _called(actor: FindingActor, target: Target | None, interface: str) -> tuple[str, str]:
    """Actor and target in the words of the interface's language, where the registry has them."""
    name = label(Target(id=actor.id, name=actor.name), interface)
    return name, label(target, interface) if target else ""


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


def refuse_empty(run: Run) -> None:
    """Raises NothingToRead, with the first cause, for a run that read no article."""
    if not run.articles:
        causes = [f"{item.path}: {item.detail or item.reason}" for item in run.rejected[:1]]
        raise NothingToRead(
            "no article could be read" + (f" ({causes[0]})" if causes else ": the input holds no article files")
        )
