"""What belongs to a cue: cuts a sentence into parts, one a cue, and a part into its quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from claims.attribute.clause import Clause, CueHit
from claims.attribute.lexicon import Lexicon
from claims.attribute.mention import Mention
from claims.attribute.sources import PRONOUN, Source
from claims.records import Factivity, Speech
from claims.text.segment import CLOSING_MARKS, OPENING_MARKS, sentences, trim
from claims.text.words import words

# A quotation of fewer words is a quoted expression inside the reporter's own sentence.
_QUOTATION = 5
# One that opens its sentence or follows a colon is a quotation even if it is short.
_SHORT_QUOTATION = 2
# A clause of the reporter's own between a quotation and its cue has so many words.
_FEWEST_BEHIND = 2
# Acts that say that something was said, and nothing about it.
PLAIN_ACTS = ("say", "participle", "nominal", "nominal_behind", "nominal_pronoun", "opening", "relay")
_BY_NOUN = ("nominal", "nominal_behind", "nominal_pronoun", "opening")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a sentence, code points ``[start, end)``, with its cue and the source of the cue."""

    start: int
    end: int
    hit: CueHit | None
    source: Source


def segments(clause: Clause, source_of: Callable[[CueHit, int, int], Source]) -> list[Segment]:
    """The parts of a sentence in order. A cue without a source opens no part of its own."""
    found: list[Segment] = []
    floor = 0
    sentence = clause.sentence
    for number, hit in enumerate(clause.cues):
        ceiling = clause.cues[number + 1].first if number + 1 < len(clause.cues) else len(clause.tokens)
        source = source_of(hit, floor, ceiling)
        if source is None:
            continue
        if hit.cue.act in _BY_NOUN and not _opens_content(hit, source, clause) and _has_speaker(clause, source_of):
            continue
        begin = hit.first
        if source == PRONOUN:
            while begin > floor and hit.first - begin < 2 and sentence.is_in("pronouns", begin - 1):
                begin -= 1
        if isinstance(source, Mention) and source.last < hit.first and source.first >= floor:
            begin = source.first
        if found and clause.lexicon.verb_last and not _content_follows(hit, clause):
            # What this verb reports stands before it, behind the verb of the part before.
            begin = min(begin, floor)
        if not found and _embedded(hit, source, number, clause):
            continue
        if found and _nested(found[-1], hit, source, clause):
            # What is reported of another stays the reporter's words about the other.
            continue
        if found:
            found[-1] = replace(found[-1], end=_without_joint(clause, begin))
            start = clause.tokens[begin].start
            if clause.lexicon.verb_last:
                gap = sentence.between(begin - 1, begin)
                opened = next((i for i, sign in enumerate(gap) if sign in OPENING_MARKS), len(gap))
                start -= len(gap) - opened
                found[-1] = replace(found[-1], end=min(found[-1].end, start))
            found.append(Segment(start, sentence.end, hit, source))
        else:
            found.append(Segment(sentence.start, sentence.end, hit, source))
        floor = max(hit.last, source.last if isinstance(source, Mention) else 0) + 1
    return found


def _content_follows(hit: CueHit, clause: Clause) -> bool:
    """Whether a "that", a colon or a quotation right behind a cue opens its content."""
    behind = hit.last + 1
    gap = clause.sentence.between(hit.last, behind)
    return clause.sentence.is_in("complementizers", behind) or any(sign in gap for sign in (":", *OPENING_MARKS))


def _embedded(hit: CueHit, source: Source, number: int, clause: Clause) -> bool:
    """A cue that belongs to what a later one says: its subject opens a "that" clause ("reports that X refused, he
    denied").
    """
    if not isinstance(source, Mention) or source.first > hit.first or clause.lexicon.verb_first:
        return False
    before = range(max(0, source.first - 3), source.first)
    later = any(other.cue.verb for other in clause.cues[number + 1 :])
    return later and any(clause.sentence.is_in("complementizers", i) for i in before)


def _has_speaker(clause: Clause, source_of: Callable[[CueHit, int, int], Source]) -> bool:
    """Whether a verb has a source of its own: it says more exactly who speaks than "according to" does."""
    ends = [*(hit.first for hit in clause.cues[1:]), len(clause.tokens)]
    verbs = ((hit, end) for hit, end in zip(clause.cues, ends, strict=True) if hit.cue.verb)
    return any(source_of(hit, 0, end) is not None for hit, end in verbs)


def _opens_content(hit: CueHit, source: Source, clause: Clause) -> bool:
    """Whether the content begins right behind the source ("a statement of the ministry said that")."""
    last = source.last if isinstance(source, Mention) else hit.last
    return clause.sentence.is_in("complementizers", last + 1)


def _without_joint(clause: Clause, begin: int) -> int:
    """Where the part before word ``begin`` ends: before the words ("while", "and") and the sign that join the two."""
    sentence = clause.sentence
    while begin > 1 and sentence.is_in("joints", begin - 1):
        begin -= 1
    end = clause.tokens[begin].start
    low = clause.tokens[begin - 1].end if begin else sentence.start
    while end > low and (sentence.text[end - 1].isspace() or sentence.text[end - 1] in ",،;؛–—-("):
        end -= 1
    return end


def _nested(outer: Segment, hit: CueHit, source: Source, clause: Clause) -> bool:
    """A cue inside the content of another with another subject: the outer holder's account of somebody else."""
    if outer.hit is None or not isinstance(source, Mention) or source.first > hit.first:
        return False
    begin = outer.hit.last + 1
    if isinstance(outer.source, Mention) and outer.source.first > outer.hit.first:
        begin = outer.source.last + 1
    if source.first == begin and not clause.sentence.stopped(begin - 1, begin):
        return not clause.lexicon.verb_first
    return any(clause.sentence.is_in("complementizers", i) for i in range(max(begin, source.first - 2), source.first))


def direct_contents(part: Segment, clause: Clause) -> Iterator[tuple[int, int, Speech]]:
    """The sentences inside the long quotations of a part, without the marks; nothing where there is no long quotation.

    Where the reporter's own words around a quotation say more than who speaks, they come too, as indirect speech.
    """
    text = clause.sentence.text
    long = [
        (low, high)
        for low, high in clause.quotes
        if part.start <= low
        and high <= part.end
        and len(words(text, low, high)) >= _least(text, low, part, clause.lexicon)
    ]
    if not long or _goes_on_outside(long[-1], part, clause):
        return
    if part.hit is not None:
        rest = _own_words(part, part.hit, clause, long)
        if rest is not None:
            yield (*rest, "indirect")
    if part.hit is not None and clause.lexicon.verb_last:
        rest = _behind_quotation(part, part.hit, clause, long[-1])
        if rest is not None:
            yield (*rest, "indirect")
    for low, high in long:
        inner = trim(text, low + (text[low] in OPENING_MARKS), high - (text[high - 1] in CLOSING_MARKS))
        if inner is None:
            continue
        for start, end in sentences(text, *inner, clause.lexicon.lang):
            yield start, end, "direct"


def _goes_on_outside(quote: tuple[int, int], part: Segment, clause: Clause) -> bool:
    """Whether a quotation breaks off in the middle of a phrase that the reporter ends in own words."""
    inside = [i for i, word in enumerate(clause.tokens) if quote[0] <= word.start and word.end <= quote[1]]
    follows = any(quote[1] <= word.start < part.end for word in clause.tokens)
    if not inside or not follows:
        return False
    return any(clause.sentence.is_in(name, inside[-1]) for name in ("prepositions", "complementizers", "determiners"))


def _behind_quotation(part: Segment, hit: CueHit, clause: Clause, quote: tuple[int, int]) -> tuple[int, int] | None:
    """Where the verb ends the clause: the reporter's content between the last quotation and the cue."""
    named = {i for m in clause.mentions if m.is_person or m.kind == "role" for i in range(m.first, m.last + 1)}
    between = [i for i in range(hit.first) if clause.tokens[i].start >= quote[1] and i not in named]
    spoken = [i for i in between if not clause.lexicon.is_cue(clause.tokens[i])]
    if len(spoken) < _FEWEST_BEHIND:
        return None
    return trim(clause.sentence.text, clause.tokens[spoken[0]].start, part.end)


def _least(text: str, low: int, part: Segment, lexicon: Lexicon) -> int:
    if lexicon.verb_last:
        # What stands between the marks before the verb is what was said, however short.
        return _SHORT_QUOTATION
    before = text[part.start : low].rstrip()
    return _SHORT_QUOTATION if not before or before.endswith(":") else _QUOTATION


def _own_words(part: Segment, hit: CueHit, clause: Clause, long: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The reporter's content before the first long quotation, if it is more than source and cue."""
    first = long[0][0]
    if first <= part.start + 1 or clause.tokens[hit.first].start > first:
        return None
    content = [i for i in range(hit.last + 1, len(clause.tokens)) if clause.tokens[i].end <= first]
    if hit.cue.act in PLAIN_ACTS:
        # Where the reporter only says where and to whom it was said, there is no content before the quotation.
        opened = next((n for n, i in enumerate(content) if clause.sentence.is_in("complementizers", i)), None)
        enough = opened is not None and len(content) - opened > _QUOTATION
    else:
        people = (m for m in clause.mentions if m.is_person or m.kind in ("role", "descriptor"))
        named = {i for m in people for i in range(m.first, m.last + 1)}
        spoken = [i for i in content if i not in named and len(clause.tokens[i].surface) > 2]
        enough = len(spoken) >= _QUOTATION
    return trim(clause.sentence.text, part.start, first) if enough else None


def factivity_of(
    text: str, start: int, end: int, lexicon: Lexicon, act: str | None = None, speech: Speech = "none"
) -> Factivity:
    """How the holder stands to the content: denied, questioned, conditional, reported of another, else asserted."""
    if act == "denies" and speech != "direct":
        # Words quoted behind "denied" are those of the denial itself.
        return "denied"
    if act in ("questions", "mocks"):
        return "questioned"
    light = " " + " ".join(word.light for word in words(text, start, end)) + " "
    phrases = lexicon.phrases
    for phrase in phrases["whether"]:
        # An indirect question is no condition.
        light = light.replace(phrase, " ")
    if light.startswith(phrases["reports_of_others"]):
        return "reported"
    if any(phrase in light for phrase in phrases["denied_marks"]):
        return "denied"
    if any(phrase in light for phrase in phrases["conditionals"]):
        return "conditional"
    asked = text[start:end].rstrip("»”\"' ").endswith(("?", "؟"))
    return "questioned" if asked or any(phrase in light for phrase in phrases["questioned_marks"]) else "asserted"
