"""The records that pass between the stages, and that other tools read as JSON Lines.

All models are frozen: a stage never changes a record, it makes a new one. Offsets are code points into
``Article.text``, so ``claim.quote == article.text[claim.start:claim.end]`` always holds. Stances lie in [-1, 1]
(confrontation … cooperation, or against … for), probabilities in [0, 1].
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1

Precision = Literal["day", "range", "month", "year", "unknown"]
Speech = Literal["direct", "indirect", "none"]
Factivity = Literal["asserted", "denied", "questioned", "conditional", "reported"]
Modality = Literal[
    "calls_for",
    "demands",
    "threatens",
    "promises",
    "decides",
    "hopes",
    "expects",
    "warns",
    "welcomes",
    "supports",
    "condemns",
    "criticises",
    "mocks",
    "accuses",
    "rejects",
    "denies",
    "questions",
    "regrets",
]
Kind = Literal["reversal", "hardening", "softening", "contradiction", "conditional"]
Direction = Literal["hardening", "softening", "none"]
State = Literal["new", "unchanged", "updated"]


class Record(BaseModel):
    """Base of every record: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DateEvidence(Record):
    """One reason for a date: the rule that fired and the words it fired on."""

    rule: str
    text: str
    earliest: dt.date | None = None
    latest: dt.date | None = None


class DateRange(Record):
    """A closed interval of days; ``None`` is an open end. Both ends open means unknown."""

    earliest: dt.date | None = None
    latest: dt.date | None = None


class Published(DateRange):
    """When an article was published, how precisely that is known, and why."""

    precision: Precision = "unknown"
    evidence: tuple[DateEvidence, ...] = ()


class Article(Record):
    """One story as read: ``text`` is its raw text, boilerplate included; ``story`` counts from 0 on its page."""

    id: str
    path: str
    lang: str
    title: str
    published: Published = Published()
    text: str
    story: int = 0


class Span(Record):
    """A stretch of an article's text that is not content, with the reason why it was set aside."""

    start: int
    end: int
    reason: str


class Actor(Record):
    """Who holds a claim. ``surface`` is the mention as the article has it."""

    id: str
    name: str
    surface: str


class Target(Record):
    """The actor or issue that a position is about."""

    id: str
    name: str


class Stretch(Record):
    """Some words of an article's text: code points ``[start, end)`` and the words themselves."""

    start: int
    end: int
    text: str


class Claim(Record):
    """One atomic claim with its holder, target, stance and date.

    ``source`` and ``content`` are the words that name who speaks and those that are said; a source without a name
    ("officials") has no ``actor``. ``modality`` is what the holder does beyond saying, ``chain`` who passed the claim
    on, the outermost first; ``speaks_for`` the body or state whose spokesperson the
    holder was that day. ``standalone`` is the claim as it reads alone, with pronouns and offices resolved; it
    never takes the place of ``quote``.
    ``event`` is the type on the scale from cooperation to confrontation: a quad class of PLOVER, or ``neutral``.
    """

    id: str
    article_id: str
    text: str
    quote: str
    start: int
    end: int
    lang: str
    actor: Actor | None = None
    cue: str | None = None
    speech: Speech = "none"
    factivity: Factivity = "asserted"
    target: Target | None = None
    stance: float | None = Field(default=None, ge=-1, le=1)
    event: str | None = None
    date: DateRange = DateRange()
    source: Stretch | None = None
    content: Stretch | None = None
    modality: Modality | None = None
    chain: tuple[Actor, ...] = ()
    speaks_for: Actor | None = None
    standalone: str = ""


class Feature(Record):
    """One measured feature of a pair: its value, what it added to the score (log-odds), and the reason in words."""

    name: str
    value: float
    contribution: float = 0.0
    reason: str = ""


class Relation(Record):
    """Probabilities that sum to 1."""

    consistent: float
    shift: float
    unrelated: float


class ClaimPair(Record):
    """Two claims of one holder, in date order, close enough to be compared."""

    earlier: str
    later: str
    similarity: float


class PairScore(ClaimPair):
    """A scored pair: how the two claims relate, and the features that say so."""

    relation: Relation
    contradiction: float
    features: tuple[Feature, ...] = ()


class FindingSide(Record):
    """One side of a finding: the claim and where it stands."""

    claim_id: str
    article_id: str
    path: str
    quote: str
    start: int
    end: int
    date: DateRange


class FindingActor(Record):
    """The holder of both sides of a finding."""

    id: str
    name: str


class Finding(Record):
    """A position of one holder towards one target that moved between two dates."""

    fingerprint: str
    kind: Kind
    direction: Direction
    actor: FindingActor
    target: Target | None
    earlier: FindingSide
    later: FindingSide
    probability: float
    features: tuple[Feature, ...] = ()
    explanation: str
    state: State = "new"


class CarryingWord(Record):
    """A word of a claim's text (``start``/``end`` in code points of ``text``) and its weight in log-odds.

    The weight is what the odds of a shift lose when the word is left out; above 0, the word speaks for the shift.
    """

    start: int
    end: int
    text: str
    weight: float


class Explanation(Record):
    """What carries a finding: the words of each side, the strongest first, and the restatement that speaks against it.

    ``stances`` are those of the two sides towards the finding's target. ``against`` is the id of a claim of the same
    holder that takes up the other side's position, None if there is none.
    """

    fingerprint: str
    stances: tuple[float, float] | None = None
    earlier: tuple[CarryingWord, ...] = ()
    later: tuple[CarryingWord, ...] = ()
    against: str | None = None
    against_consistent: float | None = None


class Rejected(Record):
    """Something that a stage left out, and why. ``path`` is the input file; ``text`` is a short excerpt."""

    stage: str
    reason: str
    path: str
    detail: str = ""
    start: int | None = None
    end: int | None = None
    text: str = ""
