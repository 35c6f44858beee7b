"""One atomic statement of an article, with its holder."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records import Actor, Factivity, Speech, Target


@dataclass(frozen=True, slots=True)
class Statement:
    """Code points ``[start, end)`` of the article's text, and who holds it how.

    ``chain`` names those who passed it on, the outermost first. ``targets`` are ordered, the nearest first; ``scope``
    says whether the first of them stands in the statement itself, in its sentence, or only in the article.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    actor: Actor | None
    cue: str | None
    act: str | None
    speech: Speech
    factivity: Factivity
    targets: tuple[Target, ...] = ()
    scope: str = "none"
    chain: tuple[str, ...] = ()
