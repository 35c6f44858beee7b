"""One atomic statement of an article, with its holder."""

from __future__ import annotations

from dataclasses import dataclass

from claims.records import Actor, Factivity, Speech, Target


@dataclass(frozen=True, slots=True)
class Statement:
    """Code points ``[start, end)`` of the article's text, and who holds it how.

    ``source`` and ``content`` are the words that name who speaks and those that are said; ``standalone`` is the
    statement as it reads alone. ``chain`` names those who passed it on, the outermost first. ``targets`` are ordered,
    the nearest first; ``scope`` says whether the first of them stands in the statement itself, in its sentence, or only
    in the article.
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
    source: tuple[int, int] | None = None
    content: tuple[int, int] | None = None
    modality: str | None = None
    standalone: str = ""
