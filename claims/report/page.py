"""What the page shows, as plain frozen values: facts only, no wording and no direction of reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claims.records import DateEvidence, Feature
from claims.report.dates import Gap, When
from claims.report.drawing import Chart
from claims.report.marks import Marked, Piece

Level = Literal["certain", "very_likely", "likely", "even", "unlikely"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two statements of a finding, inside its context."""

    role: Literal["earlier", "later"]
    when: When
    evidence: tuple[DateEvidence, ...]
    path: str
    url: str | None
    title: str
    lang: str
    surface: str
    cue: str
    speech: str
    factivity: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    left_out: int
    stance: float | None
    carrying: tuple[tuple[str, float], ...] = ()
    """Words that carry the finding, the strongest first, with what the odds lose without each."""

    @property
    def quote(self) -> str:
        """The quotation in one piece."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Item:
    """One finding."""

    fingerprint: str
    anchor: str
    kind: str
    direction: str
    state: str
    decision: str
    decision_reason: str
    actor_id: str
    actor: str
    target: str
    probability: float
    level: Level
    way: str
    explanation: tuple[tuple[str, str | None], ...]
    earlier: Side
    later: Side
    gap: Gap | None
    ordered: bool
    marked: Marked
    features: tuple[Feature, ...]
    timeline: str | None
    languages: tuple[str, ...]
    against: tuple[str, str, str] | None = None
    """The statement that speaks against the finding: quotation, language, path."""
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a timeline."""

    when: When
    stance: float
    text: str
    lang: str
    path: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All measured statements of one actor towards one target. ``left_out`` are dots beyond the number drawn."""

    anchor: str
    actor_id: str
    actor: str
    target: str
    rows: tuple[Row, ...]
    chart: Chart
    unmeasured: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """What one stage left out for one reason: how often, and the first of them."""

    stage: str
    reason: str
    count: int
    examples: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there was, and how far the statements went towards a comparison."""

    articles: int
    claims: int
    actors: int
    findings: int
    rejected: int
    attributed: int
    targeted: int
    measured: int
    dated: int
    comparable: int
    kinds: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class View:
    """The whole report."""

    date: str
    totals: Totals
    notes: tuple[str, ...]
    findings: tuple[Item, ...]
    timelines: tuple[Timeline, ...]
    rejected: tuple[Excluded, ...]
    languages: tuple[tuple[str, int], ...]
    actors: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
