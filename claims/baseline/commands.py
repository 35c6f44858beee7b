"""The commands that messages name, each written once, ready to be pasted into a shell."""

from __future__ import annotations

import shlex
from pathlib import Path

FILE = "claims.baseline.jsonl"


def create(run: Path | str = "RUN", baseline: Path | str = FILE) -> str:
    """Makes a baseline out of a run."""
    return _command("claims baseline create", run, baseline)


def diff(run: Path | str, baseline: Path | str) -> str:
    """Shows what a run changes."""
    return _command("claims baseline diff", run, baseline)


def accept(run: Path | str, baseline: Path | str) -> str:
    """Takes a run's new and updated findings into the baseline."""
    return _command("claims baseline accept", run, baseline)


def prune(run: Path | str, baseline: Path | str) -> str:
    """Drops what a run no longer finds."""
    return _command("claims baseline prune", run, baseline)


def upgrade(baseline: Path | str) -> str:
    """Brings a baseline of an older version to this one."""
    return "claims baseline upgrade" + _option(baseline)


def decide(baseline: Path | str, fingerprint: str = "FINGERPRINT", decision: str = "confirmed|rejected|unsure") -> str:
    """Judges one finding."""
    return f"claims baseline decide {fingerprint} {decision} --reason … --author …" + _option(baseline)


def _command(start: str, run: Path | str, baseline: Path | str) -> str:
    return f"{start} {shlex.quote(str(run))}{_option(baseline)}"


def _option(baseline: Path | str) -> str:
    return "" if str(baseline) == FILE else f" --baseline {shlex.quote(str(baseline))}"
