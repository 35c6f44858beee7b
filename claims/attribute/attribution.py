"""Who holds what in an article: splits each sentence at its cues and gives every part its holder.

The method follows the source–cue–content scheme of the quotation-attribution literature (PARC 3.0, PolNeAR): a cue is
found first, then its source, then the content that belongs to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from claims.attribute.clause import Clause, CueHit, find_cues
from claims.attribute.content import PLAIN_ACTS, Segment, direct_contents, factivity_of, segments
from claims.attribute.governing import governed
from claims.attribute.handed_on import Handed, handed_on
from claims.attribute.introduction import Introduction
from claims.attribute.lexicon import lexicon, modality_of
from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.registry import Registry
from claims.attribute.sentence import Sentence
from claims.attribute.sources import PRONOUN, UNNAMED, Source, find_source, subject
from claims.attribute.statement import Statement
from claims.attribute.targets import targets_in
from claims.attribute.wording import content_span, source_span, standalone, unnamed_source
from claims.records import Actor, Published, Speech
from claims.text.segment import clipped, quoted_spans, trim

# Shorter stretches carry no position of their own; a quotation may be shorter.
_FEWEST_WORDS = 3
# Words of content that a reported part needs beside its source and cue.
_FEWEST_SAID = 2
_FEWEST_QUOTED = 2
# The subject of a sentence without a cue stands within so many words.
_SUBJECT_WITHIN = 8
# "X: we will …": so many words at most stand before the colon.
_BEFORE_COLON = 6
# A sentence is a quotation if so much of it stands between the marks.
_MOSTLY = 0.8


@dataclass
class _Reader:
    """State of reading one article."""

    text: str
    memory: Memory
    introduction: Introduction
    mentions: dict[tuple[int, int], tuple[Sentence, list[Mention]]] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)


def attribute(
    text: str, sentences: Sequence[Sequence[tuple[int, int]]], lang: str, published: Published, registry: Registry
) -> list[Statement]:
    """The statements of an article in text order.

    ``sentences`` holds one sequence of sentence spans (code points) for each paragraph. A sentence without a cue and
    without a quotation becomes a statement of nobody (``actor`` None).
    """
    memory = Memory(lexicon(lang, registry), registry, published.earliest, published.latest)
    parsed = [[Sentence(text, *span, memory.lexicon) for span in paragraph] for paragraph in sentences]
    reader = _Reader(text, memory, Introduction(parsed, memory))
    quotes = quoted_spans(text, [(paragraph[0][0], paragraph[-1][1]) for paragraph in sentences if paragraph])
    for paragraph in parsed:
        for sentence in paragraph:
            _read(reader, sentence, clipped(quotes, sentence.start, sentence.end))
    return targets_in(reader.statements, reader.mentions, memory)


def _read(reader: _Reader, sentence: Sentence, quotes: list[tuple[int, int]]) -> None:
    if not sentence.tokens:
        return
    mentions = reader.introduction.mentions(sentence)
    reader.mentions[sentence.start, sentence.end] = (sentence, mentions)
    clause = Clause(sentence, mentions, quotes)
    if sentence.lexicon.known:
        clause = replace(clause, cues=find_cues(clause))
    parts = segments(clause, lambda hit, low, high: _source(clause, hit, low, high)) or _behind_colon(clause)
    speaker: Actor | None = None
    unnamed = made = False
    for part in parts:
        actor = _holder(reader, clause, part, speaker)
        handed = handed_on(clause, part, actor, reader.memory)
        made = _state(reader, clause, part, handed) or made
        unnamed = unnamed or part.source == UNNAMED
        if actor is not None and part.hit is not None:
            speaker = handed.actor
            reader.memory.last_source = actor
            if speaker is not None and not _is_outlet(reader, speaker):
                reader.memory.spoke(speaker, part.hit.cue.gender if speaker == actor else None)
        elif actor is not None:
            reader.memory.spoke(actor)
    if unnamed and speaker is None:
        reader.memory.spoke(None, next((p.hit.cue.gender for p in parts if p.hit), None))
    if not made:
        _bare(reader, clause)
    if speaker is None and not unnamed:
        _follow_subject(reader, clause)


def _source(clause: Clause, hit: CueHit, floor: int, ceiling: int) -> Source:
    return find_source(clause, hit, floor, ceiling) or unnamed_source(clause, hit, floor)


def _behind_colon(clause: Clause) -> list[Segment]:
    """ "X: we will …" without a verb of saying, as headlines have it; else a quotation behind a colon."""
    sentence = clause.sentence
    for index in range(min(_BEFORE_COLON, len(sentence.tokens) - 1)):
        if sentence.between(index, index + 1).lstrip().startswith(":"):
            source = next((m for m in clause.mentions if m.last == index and m.first == 0), None)
            # A body before the colon is as often the topic ("WHO: new variant found").
            if source is not None and not source.is_body and source.kind != "demonym":
                return [Segment(sentence.tokens[index + 1].start, sentence.end, None, source)]
            break
    return _colon_quote(clause)


def _colon_quote(clause: Clause) -> list[Segment]:
    """ "X was unmoved: “…”": the words behind the colon are those of whom the sentence is about."""
    sentence = clause.sentence
    for low, high in clause.quotes:
        if sentence.text[sentence.start : low].rstrip().endswith(":"):
            stop = sum(word.start < low for word in sentence.tokens)
            source = subject(clause, stop)
            return [Segment(low, high, None, source)] if source is not None and not source.is_body else []
    return []


def _follow_subject(reader: _Reader, clause: Clause) -> None:
    """Whom a sentence without a speaker is about, "he" in the next one takes up.

    Where pronouns are dropped a verb without a subject goes on with who spoke; so there only as long as nobody has.
    """
    memory = reader.memory
    if not clause.lexicon.settings.get("follow_subject") and memory.last_speaker() is not None:
        return
    for mention in clause.mentions:
        if mention.first > _SUBJECT_WITHIN or mention.kind == "country" or clause.quoted(mention.first):
            return
        if (mention.is_person or mention.kind == "role") and not governed(mention, clause, 0):
            actor = memory.resolve(mention, clause.sentence.surface(mention.first, mention.last))
            if actor is not None and actor.id.startswith(("per:", "name:")):
                memory.spoke(actor)
            return


def _holder(reader: _Reader, clause: Clause, part: Segment, speaker: Actor | None) -> Actor | None:
    """The actor behind the source of a part; None where it stays open."""
    memory = reader.memory
    if isinstance(part.source, Mention):
        if part.source.is_trade and clause.sentence.is_in("indefinite", part.source.first - 1):
            # "A neighbour said": one of many, and none of those named.
            return None
        return memory.resolve(part.source, clause.sentence.surface(part.source.first, part.source.last))
    if part.source != PRONOUN or part.hit is None:
        return None
    gender = _gender(clause, part)
    if speaker is not None:
        return speaker
    about = None if _is_parenthetical(clause, part.hit) else subject(clause, part.hit.first)
    if about is not None and not about.is_body:
        found = memory.resolve(about, clause.sentence.surface(about.first, about.last))
        if found is not None:
            return found
    return memory.last_speaker(gender)


def _is_parenthetical(clause: Clause, hit: CueHit) -> bool:
    """Whether the words before a cue are its content ("Sweden, he said, …"), so that their subject is not the
    speaker.
    """
    if hit.joined or hit.cue.act == "participle":
        return False
    if hit.cue.act == "nominal_pronoun":
        return True
    sentence, first = clause.sentence, hit.first
    while first > 0 and (sentence.is_in("pronouns", first - 1) or sentence.is_in("auxiliaries", first - 1)):
        first -= 1
    if first == 0:
        return False
    stop = sentence.tokens[first].start
    quote = next((low for low, high in clause.quotes if sentence.tokens[first - 1].start < high <= stop), None)
    if quote is not None:
        # Behind a colon the quotation stands by itself; else it goes on with the words before it.
        return not sentence.text[sentence.start : quote].rstrip().endswith(":")
    signs = sentence.between(first - 1, first).strip()
    return bool(signs) and all(sign in ",،–— " for sign in signs)


def _gender(clause: Clause, part: Segment) -> str | None:
    """The gender of a pronoun source: by the verb's form, else by the pronoun beside the cue."""
    hit = part.hit
    if hit is None or hit.cue.gender is not None:
        return hit.cue.gender if hit else None
    near = range(max(0, hit.first - 4), min(len(clause.tokens), hit.last + 2))
    if any(clause.sentence.is_in("feminine", i) for i in near):
        return "f"
    return "m" if any(clause.sentence.is_in("pronouns", i) for i in near) else None


def _is_outlet(reader: _Reader, actor: Actor) -> bool:
    entity = reader.memory.registry.get(actor.id)
    return entity is not None and entity.kind == "news"


def _state(reader: _Reader, clause: Clause, part: Segment, handed: Handed) -> bool:
    """Add the statements of one part: each long quotation by itself, or the whole part."""
    hit, text, lexicon_ = part.hit, reader.text, clause.lexicon
    spans: list[tuple[int, int, Speech]] = list(direct_contents(part, clause))
    if not spans:
        trimmed = trim(text, part.start, part.end)
        spans = [(*trimmed, "indirect")] if trimmed else []
    made = False
    for start, end, speech in spans:
        if clause.sentence.count(start, end) < (_FEWEST_QUOTED if speech == "direct" else _FEWEST_WORDS):
            continue
        if speech == "indirect" and hit is not None and not _says_something(clause, part, start, end):
            continue
        act = hit.cue.act if hit else None
        factivity = factivity_of(text, start, end, lexicon_, act, speech)
        cue = clause.sentence.surface(hit.first, hit.last) if hit else None
        named = source_span(clause, part)
        statement = Statement(
            start,
            end,
            (clause.sentence.start, clause.sentence.end),
            handed.actor,
            cue,
            act,
            speech,
            "reported" if handed.account and factivity == "asserted" else factivity,
            chain=handed.chain,
            source=named,
            content=content_span(clause, part, (start, end), speech, named),
            modality=modality_of(cue, act, lexicon_),
            standalone=standalone(clause, (start, end), speech, handed.actor, reader.memory),
        )
        reader.statements.append(statement)
        made = True
    return made


def _says_something(clause: Clause, part: Segment, start: int, end: int) -> bool:
    """Whether words are left beside who speaks and that they speak: «وتابع الوزير» alone is no statement."""
    hit, source = part.hit, part.source
    taken = set(range(hit.first, hit.last + 1)) if hit is not None and hit.cue.act in PLAIN_ACTS else set()
    if isinstance(source, Mention):
        taken |= set(range(source.first, source.last + 1))
    left = [i for i, word in enumerate(clause.tokens) if start <= word.start and word.end <= end and i not in taken]
    return len(left) >= _FEWEST_SAID


def _bare(reader: _Reader, clause: Clause) -> None:
    """A sentence without a usable cue: a quotation goes on with the last speaker, anything else is nobody's."""
    sentence = clause.sentence
    if len(clause.tokens) < _FEWEST_WORDS:
        return
    quoted = sum(high - low for low, high in clause.quotes)
    opens = bool(clause.quotes) and clause.quotes[0][0] <= sentence.start + 1
    whole = opens and quoted > _MOSTLY * (sentence.end - sentence.start)
    reported = not whole and _is_reported(clause)
    actor = reader.memory.last_speaker() if whole or reported else None
    spans: list[tuple[int, int, Speech]] = [(sentence.start, sentence.end, "none")]
    if actor is not None and whole:
        spans = list(direct_contents(Segment(sentence.start, sentence.end, None, None), clause)) or spans
    elif actor is not None:
        spans = [(sentence.start, sentence.end, "indirect")]
    for start, end, speech in spans:
        factivity = factivity_of(reader.text, start, end, clause.lexicon)
        holder = actor if speech != "none" else None
        alone = standalone(clause, (start, end), speech, holder, reader.memory) if holder is not None else ""
        around = (sentence.start, sentence.end)
        statement = Statement(start, end, around, holder, None, None, speech, factivity, standalone=alone)
        reader.statements.append(statement)


def _is_reported(clause: Clause) -> bool:
    """Whether the mood of a sentence's verb says that it goes on with somebody's words (the German subjunctive)."""
    sentence = clause.sentence
    outside = [i for i in range(len(sentence.tokens)) if not clause.quoted(i)]
    if not clause.lexicon.sets["reported_mood"] or any(sentence.is_in("first_person", i) for i in outside):
        return False
    return any(sentence.is_in("reported_mood", i) for i in outside)


__all__ = ["Statement", "attribute"]
