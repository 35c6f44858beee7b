"""The words of a statement: which of them name its source, which are its content, and how it reads alone."""

from __future__ import annotations

from claims.attribute.clause import Clause, CueHit
from claims.attribute.content import Segment
from claims.attribute.contents import Contents
from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.sources import PRONOUN, UNNAMED, Source
from claims.records import Actor, Speech
from claims.text.segment import trim
from claims.text.words import words

# A source without a name stands within so many words of its cue.
_NEAR = 4
# A name that tells who a title means stands within so many words of it.
_NAMED_WITHIN = 3

# The "that" of a content follows its cue within so many words.
_OPENS_WITHIN = 14

Span = tuple[int, int]


def unnamed_source(clause: Clause, hit: CueHit, floor: int) -> Source:
    """UNNAMED where a listed word for somebody without a name is a cue's subject ("officials said"); else None."""
    if not clause.lexicon.sets["unnamed"] or not (hit.cue.verb or hit.cue.act == "nominal"):
        return None
    before = range(max(floor, hit.first - _NEAR), hit.first if hit.cue.verb else 0)
    behind = range(hit.last + 1, min(len(clause.tokens), hit.last + _NEAR))
    near = [i for i in (*before, *behind) if clause.sentence.is_in("unnamed", i) and not clause.quoted(i)]
    apart = {i: any(clause.sentence.stopped(j, j + 1) for j in range(*sorted((i, hit.first)))) for i in near}
    return UNNAMED if any(not apart[i] for i in near) else None


def source_span(clause: Clause, part: Segment) -> Span | None:
    """The words that name the source of a part; None where the text has none."""
    hit, source = part.hit, part.source
    if isinstance(source, Mention):
        return clause.tokens[source.first].start, clause.tokens[source.last].end
    if hit is None:
        return None
    if source == PRONOUN:
        near = (hit.first - 1, hit.first - 2, hit.last + 1)
        found = next((i for i in near if clause.sentence.is_in("pronouns", i)), None)
        return (clause.tokens[found].start, clause.tokens[found].end) if found is not None else None
    return _unnamed_span(clause, hit)


def _unnamed_span(clause: Clause, hit: CueHit) -> Span | None:
    phrases = Contents(clause)
    if phrases.by_order:
        cue = phrases.verb_group(hit)
        found = phrases.behind_verb(hit) if phrases.is_inverted(hit, cue) else phrases.before_verb(cue, 0)
        return phrases.source_span(found) if found else None
    sentence, last = clause.sentence, hit.last
    if clause.lexicon.verb_first:
        while last + 1 < len(clause.tokens) and not sentence.stopped(last, last + 1):
            if any(sentence.is_in(name, last + 1) for name in ("complementizers", "prepositions")):
                break
            last += 1
        return (clause.tokens[hit.last + 1].start, clause.tokens[last].end) if last > hit.last else None
    near = (*range(max(0, hit.first - _NEAR), hit.first), *range(hit.last + 1, hit.last + _NEAR))
    word = next((i for i in near if sentence.is_in("unnamed", i) or sentence.is_in("joint_subjects", i)), None)
    return (clause.tokens[word].start, clause.tokens[word].end) if word is not None else None


def content_span(clause: Clause, part: Segment, span: Span, speech: Speech, source: Span | None) -> Span:
    """The words of a statement that are said: without its source and cue where they stand at one end."""
    if speech != "indirect" or part.hit is None:
        return span
    start, end = span
    opened = _opening(clause, part.hit, end)
    if opened is not None and opened > start:
        return trim(clause.sentence.text, opened, end) or span
    cue = clause.tokens[part.hit.first].start, clause.tokens[part.hit.last].end
    taken = sorted(s for s in (cue, source) if s is not None and start <= s[0] and s[1] <= end)
    text = clause.sentence.text
    for low, high in taken:
        if not text[start:low].strip(' ,،"«“'):
            start = high
    for low, high in reversed(taken):
        if low > start and not text[high:end].strip(' .,،"»”'):
            end = low
    found = trim(text, start, end)
    while found and text[found[0]] in ",،:":
        found = trim(text, found[0] + 1, found[1])
    while found and text[found[1] - 1] in ",،":
        found = trim(text, found[0], found[1] - 1)
    return found or span


def _opening(clause: Clause, hit: CueHit, end: int) -> int | None:
    """Where a "that" behind a cue opens its content, past source, place and day; None where none does."""
    stop = next((other.first for other in clause.cues if other.first > hit.last), len(clause.tokens))
    for index in range(hit.last + 1, min(stop, hit.last + 1 + _OPENS_WITHIN)):
        if clause.tokens[index].start >= end or clause.sentence.is_in("relatives", index):
            return None
        if clause.sentence.is_in("complementizers", index):
            return clause.tokens[index].start
    return None


def standalone(clause: Clause, span: Span, speech: Speech, holder: Actor | None, memory: Memory) -> str:
    """A statement as it reads alone: offices and descriptions with their names in brackets, and its holder in front.

    The words themselves stay; what is added stands in square brackets or before a colon.
    """
    start, end = span
    text, told = clause.sentence.text, set[str]()
    pieces, position = [], start
    for index, mention in enumerate(clause.mentions):
        low, high = clause.tokens[mention.first].start, clause.tokens[mention.last].end
        if low < start or high > end or mention.kind not in ("role", "descriptor") or mention.is_office_body:
            continue
        if _is_named(clause, index):
            continue
        actor = memory.resolve(mention, text[low:high])
        if actor is None or not actor.id.startswith(("per:", "name:")) or actor.id in told:
            continue
        told.add(actor.id)
        pieces += [text[position:high], f" [{memory.full_name(actor)}]"]
        position = high
    body = " ".join("".join((*pieces, text[position:end])).split())
    if holder is None or holder.id in told or _is_in(holder, text[start:end], memory):
        return body
    name = memory.full_name(holder)
    return f"{name}: {body}" if speech == "direct" else f"[{name}] {body}"


def _is_named(clause: Clause, index: int) -> bool:
    """Whether a person's name stands beside a title."""
    mention = clause.mentions[index]
    after = clause.mentions[index + 1 : index + 2]
    before = clause.mentions[max(0, index - 1) : index]
    behind = any(m.is_person and m.first - mention.last <= _NAMED_WITHIN for m in after)
    apposed = (m for m in before if m.is_person and mention.first - m.last <= _NAMED_WITHIN)
    # Behind a name a title belongs to it only across a comma ("Orlov, the president").
    return behind or any(clause.sentence.stopped(i, i + 1) for m in apposed for i in range(m.last, mention.first))


def _is_in(holder: Actor, text: str, memory: Memory) -> bool:
    """Whether the holder's last name, or the name of a body, stands in the words."""
    has = {key for word in words(text) for key in memory.lexicon.keys(word)}
    named = {word.key for word in words(holder.surface)[-1:]} | {
        word.key for word in words(memory.full_name(holder))[-1:]
    }
    return bool(has & named)
