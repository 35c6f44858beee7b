"""The command line: parses, calls, and turns errors into one line and an exit code. No logic lives here."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims import __version__
from claims.cli_actors import actors_app
from claims.errors import EXIT_INTERNAL, EXIT_INTERRUPTED, ClaimsError, UsageError

if TYPE_CHECKING:
    from claims.config import Config

# Stages are imported inside the commands: `claims --help` must answer at once.
app = typer.Typer(
    name="claims",
    help="Finds who holds which position on what and when, and shows where an actor's position shifted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
baseline_app = typer.Typer(
    help="The findings that are known and judged, in a file beside the corpus.", no_args_is_help=True
)
app.add_typer(baseline_app, name="baseline")
app.add_typer(actors_app, name="actors")

Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="files, folders, globs, or - for standard input")]
Dates = Annotated[
    Path | None, typer.Option("--dates", help="CSV or JSON Lines with path and date, for pages without one")
]
Settings = Annotated[
    Path | None, typer.Option("--config", help="settings; claims.toml of the working folder by default")
]
Model = Annotated[str | None, typer.Option("--model", help="a sentence-transformers model, by hub name or folder")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="print nothing but errors")]
Baseline = Annotated[Path, typer.Option("--baseline", help="the baseline file")]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="the folder that `claims run --out` wrote")]
# typer carries its own copy of click; this is the base of all errors of its parser.
_PARSER_ERROR: Any = typer.BadParameter.__mro__[2]
DEFAULT_BASELINE = Path("claims.baseline.jsonl")


def _config(file: Path | None, **flags: Any) -> Config:
    from claims.config import load

    sections: dict[str, dict[str, Any]] = {}
    for name, value in flags.items():
        section, _, key = name.partition("__")
        sections.setdefault(section, {})[key] = value
    return load(file, sections)


def _say(message: str) -> None:
    typer.echo(f"claims: {message}", err=True)


def _report_unusable(rejected: list[Any]) -> None:
    """One line for each input file that gave nothing; left-out lines inside articles are only counted."""
    for item in rejected:
        if item.stage == "ingest" and item.start is None:
            _say(f"{item.path}: left out ({item.reason.replace('_', ' ')}){': ' + item.detail if item.detail else ''}")


@app.command()
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
    interface: Annotated[str, typer.Option("--interface", help="language of the report's own words: en or ar")] = "en",
    quiet: Quiet = False,
    as_json: Annotated[bool, typer.Option("--json", help="print run.json on standard output")] = False,
) -> None:
    """Read articles, find shifts, write records and report.html."""
    from claims import pipeline
    from claims.console import Bars

    settings = _config(config, embed__model=model, shift__min_probability=min_probability)
    if interface not in ("en", "ar"):
        raise UsageError(f"--interface {interface}: there is en and ar")
    known = baseline or (DEFAULT_BASELINE if DEFAULT_BASELINE.is_file() else None)
    pipeline.begin(out, settings)
    with Bars(quiet or as_json) as bars:
        done = pipeline.run_all(paths, settings, dates=dates, baseline=known, progress=bars)
        pipeline.write(done, out, settings, interface)
    _report_unusable(done.rejected)
    pipeline.refuse_empty(done)
    if as_json:
        typer.echo((out / "run.json").read_text(encoding="utf-8"), nl=False)
    elif not quiet:
        _summary(done, out)
    if done.exit_code:
        _say(f"the run is incomplete: {len(done.unread)} inputs could not be read")
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
        typer.echo(f"note: {note}")


@app.command()
def extract(paths: Paths, dates: Dates = None, config: Settings = None) -> None:
    """Write the attributed claims of articles to standard output, as JSON Lines."""
    from claims import pipeline
    from claims.files import lines

    done, annotated = pipeline.read_corpus(paths, _config(config), dates)
    sys.stdout.buffer.write(lines(item.claim for item in annotated))
    sys.stdout.buffer.flush()
    _report_unusable(done.rejected)
    pipeline.refuse_empty(done)
    raise typer.Exit(done.exit_code)


@app.command()
def date(paths: Paths, config: Settings = None) -> None:
    """Write when each article was published, with the evidence, to standard output, as JSON Lines."""
    import orjson

    from claims import pipeline

    done, _ = pipeline.read_corpus(paths, _config(config))
    for article in done.articles:
        line = {"path": article.path, "story": article.story, "published": article.published.model_dump(mode="json")}
        sys.stdout.buffer.write(orjson.dumps(line) + b"\n")
    sys.stdout.buffer.flush()
    _report_unusable(done.rejected)
    pipeline.refuse_empty(done)
    raise typer.Exit(done.exit_code)


@app.command()
def score(
    pairs: Annotated[str, typer.Argument(metavar="PAIRS.jsonl", help="lines with id, a, b; - for standard input")],
) -> None:
    """Score given pairs of statements; one line each, in order."""
    from claims.console import Bars
    from claims.pairs import read_pairs, score_pairs

    with Bars(quiet=False) as bars:
        for line in score_pairs(read_pairs(pairs), bars):
            sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


@app.command()
def gate(
    folder: RunFolder = Path("reports"),
    baseline: Baseline = DEFAULT_BASELINE,
    fail_on: Annotated[
        str | None, typer.Option("--fail-on", help="new,updated,unreviewed,unsure,expired, any or none")
    ] = None,
    min_probability: Annotated[
        float | None, typer.Option("--min-probability", help="findings below it do not count")
    ] = None,
    max_new: Annotated[int | None, typer.Option("--max-new", help="new findings that still pass")] = None,
    max_unreviewed: Annotated[
        int | None, typer.Option("--max-unreviewed", help="findings without a judgement that still pass")
    ] = None,
    config: Settings = None,
    sarif: Annotated[Path | None, typer.Option("--sarif", help="also write SARIF 2.1.0")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="also write JUnit XML")] = None,
) -> None:
    """Judge a run by the baseline: 0 pass, 1 fail, 3 baseline stale, 4 run incomplete or too small."""
    from claims.gate import judge

    verdict = judge(
        folder,
        baseline,
        config_file=config,
        flags={
            "fail_on": fail_on,
            "min_probability": min_probability,
            "max_new": max_new,
            "max_unreviewed": max_unreviewed,
        },
        sarif=sarif,
        junit=junit,
    )
    for line in verdict.lines:
        typer.echo(line, err=verdict.exit_code != 0)
    raise typer.Exit(verdict.exit_code)


@baseline_app.command("create")
def baseline_create(folder: RunFolder = Path("reports"), baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Write all findings of a run as known, unreviewed."""
    from claims.gate import review

    for line in review.create(folder, baseline):
        typer.echo(line)


@baseline_app.command("accept")
def baseline_accept(
    folder: RunFolder = Path("reports"),
    fingerprint: Annotated[str | None, typer.Argument(help="one finding, by its first letters; all without it")] = None,
    baseline: Baseline = DEFAULT_BASELINE,
) -> None:
    """Take a run's new and updated findings into the baseline, unreviewed."""
    from claims.gate import review

    for line in review.accept(folder, baseline, fingerprint):
        typer.echo(line)


@baseline_app.command("diff")
def baseline_diff(folder: RunFolder = Path("reports"), baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Show what a run has that the baseline has not, and the other way round."""
    from claims.gate import review

    for line in review.diff(folder, baseline):
        typer.echo(line)


@baseline_app.command("prune")
def baseline_prune(folder: RunFolder = Path("reports"), baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Drop from the baseline what a run over the same articles no longer finds."""
    from claims.gate import review

    for line in review.prune(folder, baseline):
        typer.echo(line)


@baseline_app.command("decide")
def baseline_decide(
    fingerprint: Annotated[str, typer.Argument(help="a finding's fingerprint, or its first letters")],
    decision: Annotated[str, typer.Argument(help="confirmed, rejected, unsure or unreviewed")],
    reason: Annotated[str, typer.Option("--reason", help="why")] = "",
    author: Annotated[str, typer.Option("--author", help="who says so")] = "",
    expires: Annotated[
        datetime | None, typer.Option("--expires", formats=["%Y-%m-%d"], help="judge again then")
    ] = None,
    baseline: Baseline = DEFAULT_BASELINE,
) -> None:
    """Judge one finding of the baseline; the judgement survives reruns."""
    from claims.gate import review

    for line in review.decide(
        baseline, fingerprint, decision, reason=reason, author=author, expires=expires.date() if expires else None
    ):
        typer.echo(line)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"claims {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of the console script: runs a command and maps errors to exit codes."""
    # No crash may exit with 1, which means "the policy failed".
    try:
        # Outside its standalone mode typer gives back the code of typer.Exit.
        told = app(standalone_mode=False)
        code = told if isinstance(told, int) else 0
    except ClaimsError as error:
        _say(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _say("interrupted; a rerun goes on from what was done")
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough; the interpreter must not complain about it on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        code = _other(error)
    raise SystemExit(code)


def _other(error: Exception) -> int:
    """Usage errors of the argument parser are 2; anything else is our fault and says how to report it."""
    if isinstance(error, _PARSER_ERROR):
        error.show()
        return 2
    if isinstance(error, OSError) and error.errno in (28, 122):
        _say(f"{error.filename or 'output'}: cannot be written: {error.strerror}")
        return 4
    if os.environ.get("CLAIMS_TRACEBACK"):
        raise error
    _say(f"internal error: {type(error).__name__}: {error}; set CLAIMS_TRACEBACK=1 to see where, and report it")
    return EXIT_INTERNAL


if __name__ == "__main__":
    main()
