"""What the command groups share: options that mean the same everywhere, settings, and lines for a person."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from claims.config import Config

DEFAULT_BASELINE = Path("claims.baseline.jsonl")

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
Interface = Annotated[str, typer.Option("--interface", help="language of the tool's own words: en or ar")]
Lock = Annotated[Path, typer.Option("--lock", help="the file that pins the models")]


def settings(file: Path | None, **flags: Any) -> Config:
    """The settings of a command; a flag is named ``section__setting``, and None means that it was not given."""
    from claims.config import load

    sections: dict[str, dict[str, Any]] = {}
    for name, value in flags.items():
        section, _, key = name.partition("__")
        sections.setdefault(section, {})[key] = value
    return load(file, sections)


def say(message: str) -> None:
    """One line on standard error."""
    tell(f"claims: {message}", error=True)


def tell(line: str, error: bool = False) -> None:
    """One line for a person. Where nobody reads any more, the command goes on: its exit code must still be right."""
    try:
        typer.echo(line, err=error)
    except BrokenPipeError:
        mute(sys.stderr if error else sys.stdout)


def mute(stream: Any) -> None:
    """Sends what is still to come on a closed stream nowhere, so that the interpreter does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def report_unusable(rejected: list[Any]) -> None:
    """One line for each input file that gave nothing; left-out lines inside articles are only counted."""
    for item in rejected:
        if item.stage == "ingest" and item.start is None:
            say(f"{item.path}: left out ({item.reason.replace('_', ' ')}){': ' + item.detail if item.detail else ''}")
