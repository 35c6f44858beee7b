"""The commands on what is known: ``claims baseline …`` and ``claims review …``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from claims.cli.options import DEFAULT_BASELINE, Baseline, RunFolder, tell

baseline_app = typer.Typer(
    help="The findings that are known and judged, in a file beside the corpus.", no_args_is_help=True
)
review_app = typer.Typer(help="Judgements that were made elsewhere.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Puts both groups on the command line."""
    app.add_typer(baseline_app, name="baseline")
    app.add_typer(review_app, name="review")


@baseline_app.command("create")
def create(folder: RunFolder = Path("reports"), baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Write all findings of a run as known, unreviewed."""
    from claims.gate import review

    for line in review.create(folder, baseline):
        tell(line)


@baseline_app.command("accept")
def accept(
    folder: RunFolder = Path("reports"),
    fingerprint: Annotated[str | None, typer.Argument(help="one finding, by its first letters; all without it")] = None,
    baseline: Baseline = DEFAULT_BASELINE,
) -> None:
    """Take a run's new and updated findings into the baseline, unreviewed."""
    from claims.gate import review

    for line in review.accept(folder, baseline, fingerprint):
        tell(line)


@baseline_app.command("diff")
def diff(folder: RunFolder = Path("reports"), baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Show what a run has that the baseline has not, and the other way round."""
    from claims.gate import review

    for line in review.diff(folder, baseline):
        tell(line)


@baseline_app.command("prune")
def prune(folder: RunFolder = Path("reports"), baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Drop from the baseline what a run over the same articles no longer finds."""
    from claims.gate import review

    for line in review.prune(folder, baseline):
        tell(line)


@baseline_app.command("decide")
def decide(
    fingerprint: Annotated[str, typer.Argument(help="a finding's fingerprint, or its first letters")],
    decision: Annotated[str, typer.Argument(help="confirmed, rejected, unsure or unreviewed")],
    reason: Annotated[str, typer.Option("--reason", help="why")] = "",
    author: Annotated[str, typer.Option("--author", help="who says so")] = "",
    expires: Annotated[
        datetime | None, typer.Option("--expires", formats=["%Y-%m-%d"], help="last day on which it holds")
    ] = None,
    baseline: Baseline = DEFAULT_BASELINE,
) -> None:
    """Judge one finding of the baseline; the judgement survives reruns."""
    from claims.gate import review

    for line in review.decide(
        baseline, fingerprint, decision, reason=reason, author=author, expires=expires.date() if expires else None
    ):
        tell(line)


@baseline_app.command("upgrade")
def upgrade(baseline: Baseline = DEFAULT_BASELINE) -> None:
    """Bring a baseline that an older version of claims wrote to this version's form, judgements and all."""
    from claims.gate import review

    for line in review.upgrade(baseline):
        tell(line)


@review_app.command("apply")
def apply(
    decisions: Annotated[Path, typer.Argument(metavar="DECISIONS.jsonl", help="judgements on the findings of one run")],
    folder: RunFolder = Path("reports"),
    author: Annotated[str, typer.Option("--author", help="who says so, where a line does not tell")] = "",
    baseline: Baseline = DEFAULT_BASELINE,
) -> None:
    """Put the judgements of a file into the baseline; all of them, or none where one does not fit the run."""
    from claims.gate import decisions as judgements

    for line in judgements.apply(decisions, folder, baseline, author=author):
        tell(line)
