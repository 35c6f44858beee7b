"""The commands that read articles: run, extract, date, score, check; and explain, on what a run found."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from claims.cli.options import (
    DEFAULT_BASELINE,
    Dates,
    Interface,
    Lock,
    Model,
    Paths,
    Quiet,
    RunFolder,
    Settings,
    report_unusable,
    say,
    settings,
    tell,
)

LOCK = Path("claims.lock")


def add_to(app: typer.Typer) -> None:
    """Puts the commands on the command line."""
    for command in (run, extract, date, score, check, explain):
        app.command()(command)


def run(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", help="folder for the results")] = Path("reports"),
    dates: Dates = None,
    config: Settings = None,
    model: Model = None,
    min_probability: Annotated[
        float | None, typer.Option("--min-probability", help="least certain finding to report")
    ] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="tells known findings from new ones")] = None,
    judge: Annotated[
        str | None, typer.Option("--judge", help="a cross-encoder by hub name or folder, or openai:MODEL")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", help="the endpoint of --judge openai:MODEL")] = None,
    judge_budget: Annotated[int | None, typer.Option("--judge-budget", help="most calls of that endpoint")] = None,
    interface: Interface = "en",
    quiet: Quiet = False,
    as_json: Annotated[bool, typer.Option("--json", help="print run.json on standard output")] = False,
    locked: Annotated[bool, typer.Option("--locked", help="refuse to run with other models than the lock's")] = False,
    lock: Lock = LOCK,
) -> None:
    """Read articles, find shifts, write records and report.html."""
    from claims import outputs, pipeline
    from claims.console import Bars
    from claims.lock import held_to

    chosen = settings(
        config,
        embed__model=model,
        shift__min_probability=min_probability,
        judge__name=judge,
        judge__base_url=base_url,
        judge__budget=judge_budget,
    )
    outputs.check_interface(interface)
    known = baseline or (DEFAULT_BASELINE if DEFAULT_BASELINE.is_file() else None)
    with outputs.taken(out, chosen), Bars(quiet or as_json) as bars:
        chosen = held_to(lock, chosen, bars) if locked else chosen
        done = pipeline.run_all(paths, chosen, dates=dates, baseline=known, progress=bars, interface=interface)
        outputs.write(done, out, chosen, interface)
    report_unusable(done.rejected)
    pipeline.refuse_empty(done)
    if as_json:
        tell((out / "run.json").read_text(encoding="utf-8").rstrip("\n"))
    elif not quiet:
        _summary(done, out)
    if done.exit_code:
        say(f"the run is incomplete: {len(done.unread)} inputs could not be read")
    raise typer.Exit(done.exit_code)


def _summary(done: Any, out: Path) -> None:
    from rich.console import Console

    from claims.report.terminal import summary

    shown = ("articles", "claims", "actors", "findings")
    summary(
        Console(highlight=False),
        done.findings,
        counts={name: done.counts[name] for name in shown},
        rejected=done.rejected,
        report=out / "report.html",
        next_command=f"claims gate {out}" if DEFAULT_BASELINE.is_file() else f"claims baseline create {out}",
    )
    for note in done.notes:
        tell(f"note: {note}")


def extract(paths: Paths, dates: Dates = None, config: Settings = None) -> None:
    """Write the attributed claims of articles to standard output, as JSON Lines."""
    from claims import pipeline
    from claims.files import lines

    done, annotated = pipeline.read_corpus(paths, settings(config), dates)
    sys.stdout.buffer.write(lines(item.claim for item in annotated))
    sys.stdout.buffer.flush()
    report_unusable(done.rejected)
    pipeline.refuse_empty(done)
    raise typer.Exit(done.exit_code)


def date(paths: Paths, config: Settings = None) -> None:
    """Write when each article was published, with the evidence, to standard output, as JSON Lines."""
    import orjson

    from claims import pipeline

    done, _ = pipeline.read_corpus(paths, settings(config))
    for article in done.articles:
        line = {"path": article.path, "story": article.story, "published": article.published.model_dump(mode="json")}
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()
    report_unusable(done.rejected)
    pipeline.refuse_empty(done)
    raise typer.Exit(done.exit_code)


def score(
    pairs: Annotated[str, typer.Argument(metavar="PAIRS.jsonl", help="lines with id, a, b; - for standard input")],
) -> None:
    """Score given pairs of statements; one line each, in order."""
    from claims.console import Bars
    from claims.files import lines
    from claims.pairs import read_pairs
    from claims.pairs import score as scored

    with Bars(quiet=False) as bars:
        sys.stdout.buffer.write(lines(scored(read_pairs(pairs), bars)))
    sys.stdout.buffer.flush()


def check(
    paths: Paths,
    dates: Dates = None,
    config: Settings = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="also check that known statements still stand")
    ] = None,
) -> None:
    """Check articles without any model: readable, dated, and known statements unchanged. Made for pre-commit."""
    from claims import precheck

    known = baseline or (DEFAULT_BASELINE if DEFAULT_BASELINE.is_file() else None)
    told = precheck.check(paths, settings(config), dates=dates, baseline=known)
    for line in told.lines:
        tell(line, error=told.exit_code != 0)
    raise typer.Exit(told.exit_code)


def explain(
    fingerprint: Annotated[str, typer.Argument(help="a finding's fingerprint, or enough of its beginning")],
    folder: RunFolder = Path("reports"),
    interface: Interface = "en",
) -> None:
    """Show why a finding is one: its features, the words that carry it, and what speaks against it."""
    from rich.console import Console

    from claims import outputs
    from claims.report.explained import Told, read, show

    outputs.check_interface(interface)
    told: Told = read(folder, fingerprint)
    show(Console(highlight=False), told, interface)
