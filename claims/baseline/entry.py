"""One line of a baseline: a known finding and what a team decided on it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from claims.baseline.fingerprint import LENGTH, ClaimKey, Keyed
from claims.records import FindingActor, Kind, Target

LONGEST_QUOTE = 1000

Decision = Literal["unreviewed", "confirmed", "rejected", "unsure"]
_Hex = Annotated[str, Field(pattern=rf"^[0-9a-f]{{{LENGTH}}}$")]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Side(_Line):
    """One claim of a known finding: its article's identity, its key, and its quote on one line (:func:`excerpt`)."""

    article: str
    key: _Hex
    quote: str


class Entry(_Line):
    """One known finding. ``expires`` is the last day on which the decision holds."""

    fingerprint: _Hex
    actor: FindingActor
    target: Target | None
    kind: Kind
    earlier: Side
    later: Side
    decision: Decision = "unreviewed"
    reason: str = ""
    author: str = ""
    date: dt.date | None = None
    expires: dt.date | None = None

    @model_validator(mode="after")
    def _decided_by_someone(self) -> Entry:
        if self.decision != "unreviewed" and not (self.author.strip() and self.date):
            raise ValueError("a decision needs an author and a date")
        return self

    def expired(self, day: dt.date) -> bool:
        """Whether the decision no longer holds on ``day``."""
        return self.decision != "unreviewed" and self.expires is not None and day > self.expires


def entry_of(item: Keyed) -> Entry:
    """An unreviewed entry for a finding."""
    finding = item.finding
    return Entry(
        fingerprint=finding.fingerprint,
        actor=finding.actor,
        target=finding.target,
        kind=finding.kind,
        earlier=_side(item.earlier, finding.earlier.quote),
        later=_side(item.later, finding.later.quote),
    )


def _side(key: ClaimKey, quote: str) -> Side:
    return Side(article=key.article, key=key.key, quote=excerpt(quote))


def excerpt(quote: str) -> str:
    """A quote on one line; above 1000 characters it is cut and ends in ``…``. Lone surrogates become ``?``."""
    line = " ".join(quote.split()).encode("utf-8", "replace").decode("utf-8")
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def is_cut(quote: str) -> bool:
    """Whether an excerpt lacks the end of its quote."""
    return len(quote) >= LONGEST_QUOTE and quote.endswith("…")
