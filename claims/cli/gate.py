"""The gate's command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli.options import DEFAULT_BASELINE, Baseline, Interface, RunFolder, Settings, tell


def add_to(app: typer.Typer) -> None:
    """Puts the command on the command line."""
    app.command()(gate)


def gate(
    folder: RunFolder = Path("reports"),
    baseline: Baseline = DEFAULT_BASELINE,
    baseline_ref: Annotated[
        str | None,
        typer.Option("--baseline-ref", help="judge by the baseline of this git revision, such as origin/main"),
    ] = None,
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
    min_articles: Annotated[int | None, typer.Option("--min-articles", help="fewest articles to judge a run")] = None,
    min_claims: Annotated[int | None, typer.Option("--min-claims", help="fewest claims to judge a run")] = None,
    max_drop: Annotated[
        float | None,
        typer.Option("--max-drop", help="largest share of articles or claims that may be gone since the last run"),
    ] = None,
    max_without_holder: Annotated[
        float | None, typer.Option("--max-without-holder", help="largest share of claims without a holder")
    ] = None,
    last: Annotated[
        Path | None, typer.Option("--last", help="folder of the run to compare sizes with; the last that passed here")
    ] = None,
    shrink: Annotated[
        bool, typer.Option("--shrink", help="after a pass, drop known findings that are gone; never in CI")
    ] = False,
    config: Settings = None,
    sarif: Annotated[Path | None, typer.Option("--sarif", help="write SARIF 2.1.0, with suppressions")] = None,
    open_sarif: Annotated[
        Path | None, typer.Option("--open-sarif", help="write SARIF 2.1.0 with open findings only, for GitHub")
    ] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="write JUnit XML")] = None,
    code_quality: Annotated[Path | None, typer.Option("--code-quality", help="write GitLab code quality JSON")] = None,
    summary: Annotated[Path | None, typer.Option("--summary", help="write Markdown for a job summary")] = None,
    comment: Annotated[Path | None, typer.Option("--comment", help="write Markdown for a comment")] = None,
    interface: Interface = "en",
) -> None:
    """Judge a run by the baseline: 0 pass, 1 fail, 3 baseline stale, 4 run incomplete or too small."""
    from claims.gate import Files, judge

    verdict = judge(
        folder,
        baseline,
        baseline_ref=baseline_ref,
        config_file=config,
        flags={
            "fail_on": fail_on,
            "min_probability": min_probability,
            "max_new": max_new,
            "max_unreviewed": max_unreviewed,
            "min_articles": min_articles,
            "min_claims": min_claims,
            "max_drop": max_drop,
            "max_without_holder": max_without_holder,
        },
        files=Files(sarif, open_sarif, junit, code_quality, summary, comment, interface),
        last=last,
        shrink=shrink,
    )
    for line in verdict.lines:
        tell(line, error=verdict.exit_code != 0)
    raise typer.Exit(verdict.exit_code)
