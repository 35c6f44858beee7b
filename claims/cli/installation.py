"""The commands on the installation: doctor, lock."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from claims.cli.options import DEFAULT_BASELINE, Baseline, Lock, Model, Settings, settings, tell


def add_to(app: typer.Typer) -> None:
    """Puts the commands on the command line."""
    for command in (doctor, lock):
        app.command()(command)


def doctor(
    config: Settings = None,
    baseline: Baseline = DEFAULT_BASELINE,
    lock: Lock = Path("claims.lock"),
    quick: Annotated[bool, typer.Option("--quick", help="do not load the models")] = False,
) -> None:
    """Check this installation, and say what to mend."""
    from claims.doctor import examine

    told = examine(config, baseline, lock, quick=quick)
    for line in told.lines:
        tell(line)
    raise typer.Exit(told.exit_code)


def lock(config: Settings = None, model: Model = None, lock: Lock = Path("claims.lock")) -> None:
    """Write which models a run uses, with their digests, for `claims run --locked`."""
    from claims.console import Bars
    from claims.lock import write

    with Bars(quiet=False) as bars:
        line = write(lock, settings(config, embed__model=model), bars)
    tell(line)
