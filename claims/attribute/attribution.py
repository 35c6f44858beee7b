"""Who holds what in an article: splits each sentence at its cues and gives every part its holder.

The method follows the source–cue–content scheme of the quotation-attribution literature (PARC 3.0, PolNeAR): a cue is found
first, then its source, then the content that belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.attribute.content import Segment, direct_contents, factivity_of, segments
from claims.attribute.lexicon import Lexicon, lexicon
from claims.attribute.memory import Memory
from claims.attribute.mentions import Mention, find_mentions
from claims.attribute.registry import Registry
from claims.attribute.sources import Clause, CueHit, find_cues, find_source, governed
from claims.attribute.targets import targets_in
from claims.records import Actor, Factivity, Published, Speech, Target
from claims.text.segment import quotations, trim
from claims.text.words import words

# Shorter stretches carry no position of their own.
_FEWEST_WORDS = 3
_SUBJECT_WITHIN = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """One atomic statement: code points ``[start, end)`` of the article's text, and who holds it how.

    ``chain`` names those who passed it on, the outermost first. ``targets`` are ordered, the nearest first; ``scope`` says
    whether the first of them stands in the statement itself, in its sentence, or only in the article.
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


@dataclass
class _Reader:
    """State of reading one article."""

    text: str
    memory: Memory
    lexicon: Lexicon
    registry: Registry
    open_quote: Actor | None = None
    statements: list[Statement] = field(default_factory=list)


def attribute(
    text: str, sentences: Sequence[Sequence[tuple[int, int]]], lang: str, published: Published, registry: Registry
) -> list[Statement]:
    """The statements of an article in text order.

    ``sentences`` holds one sequence of sentence spans (code points) for each paragraph. A sentence without a cue and without
    a quotation becomes a statement of nobody (``actor`` None).
    """
    lexicon_ = lexicon(lang, registry)
    memory = Memory(lexicon_, registry, published.earliest, published.latest)
    reader = _Reader(text, memory, lexicon_, registry)
    _introduce(reader, sentences)
    for paragraph in sentences:
        for number, span in enumerate(paragraph):
            _read_sentence(reader, span, first=number == 0)
    return targets_in(reader.statements, text, memory)


def _introduce(reader: _Reader, sentences: Sequence[Sequence[tuple[int, int]]]) -> None:
    """A first pass: who is named in full anywhere, and with which office; articles name late as well as early."""
    for paragraph in sentences:
        for start, end in paragraph:
            tokens = words(reader.text, start, end)
            mentions = find_mentions(tokens, reader.memory, reader.text)
            for index, mention in enumerate(mentions):
                if mention.kind not in ("person", "name"):
                    continue
                role = mentions[index - 1] if index and _names_office(mentions[index - 1], mention) else None
                follows = mentions[index + 1] if index + 1 < len(mentions) else None
                if role is None and follows and follows.kind == "role" and follows.first - mention.last <= 3:
                    role = follows
                actor = reader.memory.resolve(mention, _surface(reader.text, tokens, mention))
                if actor and (mention.last > mention.first or actor.id.startswith("per:")):
                    reader.memory.see(actor, role)


def _names_office(role: Mention, person: Mention) -> bool:
    return role.kind == "role" and 0 < person.first - role.last <= 2


def _surface(text: str, tokens: Sequence, mention: Mention) -> str:  # type: ignore[type-arg]
    return text[tokens[mention.first].start : tokens[mention.last].end]


def _read_sentence(reader: _Reader, span: tuple[int, int], first: bool) -> None:
    text, lexicon_ = reader.text, reader.lexicon
    tokens = words(text, *span)
    if not tokens:
        return
    quotes = quotations(text, *span)
    mentions = find_mentions(tokens, reader.memory, text)
    hits = find_cues(text, span[0], tokens, mentions, quotes, lexicon_) if lexicon_.known else []
    clause = Clause(text, span[0], span[1], tokens, mentions, hits, quotes)
    parts = segments(clause, lexicon_, lambda hit, low, high: find_source(clause, hit, lexicon_, low, high))
    speaker: Actor | None = None
    made = False
    for part in parts:
        actor = _holder(reader, clause, part, speaker)
        if actor is None and part.hit is not None:
            # A cue whose source stays open: the part keeps its cue and says that its holder is unknown.
            actor = None
        made = _state(reader, clause, part, actor) or made
        if actor is not None:
            speaker = actor
    if speaker is not None and not _is_outlet(reader, speaker):
        reader.memory.last_speaker = speaker
    if not made:
        _bare(reader, clause, first)
    if speaker is None and not lexicon_.settings.get("pro_drop", True):
        _follow_subject(reader, clause)


def _follow_subject(reader: _Reader, clause: Clause) -> None:
    """Where pronouns cannot be dropped, "he" is the subject of the sentence before, speaking or not."""
    for mention in clause.mentions:
        if mention.first > _SUBJECT_WITHIN or mention.kind == "country":
            return
        if mention.kind in ("person", "role") and not governed(mention, clause, reader.lexicon, 0):
            actor = reader.memory.resolve(mention, _surface(reader.text, clause.tokens, mention))
            if actor is not None and actor.id.startswith(("per:", "name:")):
                reader.memory.last_speaker = actor
            return


def _holder(reader: _Reader, clause: Clause, part: Segment, speaker: Actor | None) -> Actor | None:
    if part.hit is None:
        return None
    if part.source == "pronoun":
        return speaker or reader.memory.last_speaker
    if isinstance(part.source, Mention):
        actor = reader.memory.resolve(part.source, _surface(reader.text, clause.tokens, part.source))
        if actor is not None:
            return actor
    return None


def _is_outlet(reader: _Reader, actor: Actor) -> bool:
    entity = reader.registry.get(actor.id)
    return entity is not None and entity.kind == "news"


def _state(reader: _Reader, clause: Clause, part: Segment, actor: Actor | None) -> bool:
    """Add the statements of one part: each long quotation by itself, or the whole part."""
    hit = part.hit
    if hit is None:
        return False
    cue = reader.text[clause.tokens[hit.first].start : clause.tokens[hit.last].end]
    made = False
    spans: list[tuple[int, int, Speech]] = list(direct_contents(reader.text, part, clause, reader.lexicon))
    if not spans:
        trimmed = trim(reader.text, part.start, part.end)
        spans = [(*trimmed, "indirect")] if trimmed else []
    for start, end, speech in spans:
        if len(words(reader.text, start, end)) < _FEWEST_WORDS:
            continue
        reader.statements.append(
            Statement(
                start,
                end,
                (clause.start, clause.end),
                actor,
                cue,
                hit.cue.act,
                speech,
                factivity_of(reader.text, start, end, hit, reader.lexicon),
                chain=part.chain,
            )
        )
        made = True
    return made


def _bare(reader: _Reader, clause: Clause, first: bool) -> None:
    """A sentence without a usable cue: a quotation goes on with the last speaker, anything else is nobody's."""
    quoted = sum(high - low for low, high in clause.quotes)
    opens = clause.quotes and clause.quotes[0][0] <= clause.start + 1
    actor = reader.memory.last_speaker if opens and quoted > 0.8 * (clause.end - clause.start) else None
    if len(clause.tokens) < _FEWEST_WORDS:
        return
    if actor is not None:
        part = Segment(clause.start, clause.end, None, None)
        for start, end, speech in direct_contents(reader.text, part, clause, reader.lexicon):
            reader.statements.append(
                Statement(
                    start,
                    end,
                    (clause.start, clause.end),
                    actor,
                    None,
                    None,
                    speech,
                    factivity_of(reader.text, start, end, None, reader.lexicon),
                )
            )
        return
    reader.statements.append(
        Statement(
            clause.start,
            clause.end,
            (clause.start, clause.end),
            None,
            None,
            None,
            "none",
            factivity_of(reader.text, clause.start, clause.end, None, reader.lexicon),
        )
    )


__all__ = ["CueHit", "Statement", "attribute"]
