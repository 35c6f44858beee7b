"""What a team lets pass, and what it makes of a run.

One setting a question, all in ``[gate]`` of claims.toml, ``CLAIMS_GATE_…`` in the environment, or flags. A run that is
incomplete or too small is never green: whatever the policy says, it gives exit code 4, because nothing was judged.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from claims.baseline.match import Matched, Matching
from claims.errors import EXIT_INCOMPLETE, EXIT_PASS, EXIT_POLICY, ConfigError
from claims.gate.last import Size
from claims.gate.read import Counts, RunManifest

FILE = "claims.toml"
DIGITS = 3
"""Probabilities and shares are rounded to this many digits before they meet a threshold."""

FailOn = Literal["new", "updated", "unreviewed", "unsure", "expired", "any", "none"]


class Policy(BaseModel):
    """What fails a run.

    ``fail_on``: findings that fail it: ``new``, ``updated``; ``unreviewed`` (nobody decided on them as they read now;
    new and updated ones are among these), ``unsure``, ``expired`` (by decision); ``any`` (all that are not rejected);
    ``none``. ``min_probability``: findings below it do not count at all. ``max_new``, ``max_unreviewed``: how many
    pass, whether or not ``fail_on`` names them. ``min_articles``, ``min_claims`` (at least 1), ``max_drop`` (largest
    share of articles or claims that may be gone since the last run that passed) and ``max_without_holder`` (largest
    share of claims without a holder): what a run must have to be judged.

    ``noise_band``: a known finding counts until its probability falls this far below ``min_probability``. Numbers
    differ in their last digits between processors, and a gate that flips with them is soon switched off.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fail_on: frozenset[FailOn] = frozenset({"new", "updated"})
    min_probability: float = Field(default=0.0, ge=0, le=1)
    max_new: int | None = Field(default=None, ge=0)
    max_unreviewed: int | None = Field(default=None, ge=0)
    min_articles: int = Field(default=1, ge=1)
    min_claims: int = Field(default=1, ge=1)
    max_drop: float = Field(default=0.5, ge=0, le=1)
    max_without_holder: float = Field(default=1.0, ge=0, le=1)
    noise_band: float = Field(default=0.02, ge=0, le=0.2)

    @field_validator("fail_on", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """``"new,updated"`` is a set as well."""
        return frozenset(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("fail_on")
    @classmethod
    def _alone(cls, value: frozenset[FailOn]) -> frozenset[FailOn]:
        if not value:
            raise ValueError("say none to let every finding pass")
        if "none" in value and len(value) > 1:
            raise ValueError("none stands alone")
        return value


class Verdict(BaseModel):
    """What the gate found.

    ``reasons``: why it did not pass, one sentence each. ``failing``: fingerprints of the findings that made it fail.
    ``lines``: all of it for a person; the first is the result in one sentence and what to do next.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    passed: bool
    exit_code: int
    reasons: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    failing: frozenset[str] = frozenset()
    lines: list[str] = []


def load(file: Path | None = None, flags: Mapping[str, Any] | None = None) -> Policy:
    """The policy in ``[gate]`` of ``file`` (claims.toml of the working folder if None), environment and flags on top.

    Flags that are None were not given.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown or out of range.
    """
    path = file or (Path(FILE) if Path(FILE).is_file() else None)
    values: dict[str, Any] = {}
    if path is not None:
        try:
            section = tomllib.loads(path.read_text(encoding="utf-8")).get("gate", {})
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read as settings: {error}") from error
        if not isinstance(section, dict):
            raise ConfigError(f"{path}: gate must be a table: [gate]")
        values |= section
    environment = {name: os.environ.get(f"CLAIMS_GATE_{name.upper()}") for name in Policy.model_fields}
    for given in (environment, flags or {}):
        values |= {name: value for name, value in given.items() if value is not None}
    try:
        return Policy.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        told = f"{path or 'settings'}: gate.{name}: {first['msg'].removeprefix('Value error, ')}"
        if name == "fail_on":
            told += " (new, updated, unreviewed, unsure, expired; or any; or none)"
        raise ConfigError(told) from error


def verdict(
    matching: Matching, manifest: RunManifest, policy: Policy, day: dt.date | None = None, last: Size | None = None
) -> Verdict:
    """Judges the matched findings of a run on ``day`` (today if None). ``lines`` is left empty.

    ``last`` is how much the last run had (None: nothing to compare with).

    A run that cannot be judged (exit code 4) outranks findings (exit code 1).
    """
    day = day or today()
    counted = [found for found in matching.findings if judged(found, policy)]
    counts = _counts(matching, counted, manifest, day)
    unfit = _unfit(manifest, policy, last)
    if unfit:
        return Verdict(passed=False, exit_code=EXIT_INCOMPLETE, reasons=tuple(unfit), counts=counts)
    reasons, failing = _failures(counted, policy, day)
    code = EXIT_POLICY if reasons else EXIT_PASS
    return Verdict(passed=not reasons, exit_code=code, reasons=tuple(reasons), counts=counts, failing=failing)


def today() -> dt.date:
    """The day by which decisions expire, in UTC, so that it is the same on every machine."""
    return dt.datetime.now(dt.UTC).date()


def judged(found: Matched, policy: Policy) -> bool:
    """Whether a finding is certain enough to count; a known one is given the noise band."""
    least = policy.min_probability - (policy.noise_band if found.entry is not None else 0)
    return round(found.finding.probability, DIGITS) >= round(least, DIGITS)


def _unfit(manifest: RunManifest, policy: Policy, last: Size | None) -> list[str]:
    if not manifest.complete:
        return [f"the run is {manifest.status or 'without a status'}"]
    counts, reasons = manifest.counts, []
    for name, least in (("articles", policy.min_articles), ("claims", policy.min_claims)):
        number = getattr(counts, name)
        if number < least:
            reasons.append(f"the run has {number} {name}, at least {least} are needed")
    if last is not None and not reasons:
        reasons += _dropped(counts, last, policy)[:1]
    if counts.claims and not reasons:
        share = round(1 - counts.claims_with_holder / counts.claims, DIGITS)
        if share > round(policy.max_without_holder, DIGITS):
            reasons.append(f"{share:.1%} of the claims have no holder, at most {policy.max_without_holder:.1%} may")
    return reasons


def _dropped(counts: Counts, last: Size, policy: Policy) -> list[str]:
    found = []
    for name in ("articles", "claims"):
        number, before = getattr(counts, name), getattr(last, name)
        drop = round(1 - number / before, DIGITS) if before else 0.0
        if drop > round(policy.max_drop, DIGITS):
            found.append(
                f"the run has {number} {name}, {drop:.0%} fewer than the {before} of the last run, at most "
                f"{policy.max_drop:.0%} may go (--max-drop)"
            )
    return found


def _failures(counted: list[Matched], policy: Policy, day: dt.date) -> tuple[list[str], frozenset[str]]:
    allowed = {"new": policy.max_new, "unreviewed": policy.max_unreviewed}
    reasons: list[str] = []
    failing: set[str] = set()
    for name in ("new", "updated", "unreviewed", "unsure", "expired", "any"):
        most = allowed.get(name)
        if most is None:
            if name not in policy.fail_on:
                continue
            most = 0
        members = [found for found in counted if _is(found, name, day)]
        if len(members) > most:
            what = "not rejected" if name == "any" else name
            plural = "" if len(members) == 1 else "s"
            reasons.append(f"{len(members)} {what} finding{plural} ({most or 'none'} allowed)")
            failing |= {found.finding.fingerprint for found in members}
    return reasons, frozenset(failing)


def _is(found: Matched, name: str, day: dt.date) -> bool:
    judgement = found.judgement(day)
    if name == "any":
        return judgement != "rejected"
    return found.finding.state == name if name in ("new", "updated") else judgement == name


def _counts(matching: Matching, counted: list[Matched], manifest: RunManifest, day: dt.date) -> dict[str, int]:
    states = ("new", "updated", "unchanged")
    decisions = ("unreviewed", "confirmed", "rejected", "unsure", "expired")
    return {
        "articles": manifest.counts.articles,
        "claims": manifest.counts.claims,
        "left_out": sum(manifest.counts.rejected.values()),
        "findings": len(matching.findings),
        "below_probability": len(matching.findings) - len(counted),
        **{name: sum(found.finding.state == name for found in counted) for name in states},
        **{name: sum(found.judgement(day) == name for found in counted) for name in decisions},
        "absent": len(matching.absent),
        "not_checked": len(matching.not_checked),
    }
