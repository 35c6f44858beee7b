"""What belongs to a cue: cuts a sentence into parts, one a cue, and a part into its quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from claims.attribute.lexicon import Lexicon
from claims.attribute.mentions import Mention
from claims.attribute.sources import Clause, CueHit
from claims.records import Factivity, Speech
from claims.text.normalise import fold_light
from claims.text.segment import sentences, trim
from claims.text.words import Word, words

# A quotation of fewer words is a quoted expression inside the reporter's own sentence.
_QUOTATION = 5
# Acts that say that something was said, and nothing about it.
_PLAIN = ("say", "participle", "nominal", "nominal_pronoun", "relay")
Source = Mention | str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a sentence, code points ``[start, end)``, with its cue and the source of the cue."""

    start: int
    end: int
    hit: CueHit | None
    source: Source
    chain: tuple[str, ...] = ()


def segments(clause: Clause, lexicon: Lexicon, source_of: Callable[[CueHit, int, int], Source]) -> list[Segment]:
    """The parts of a sentence in order. A cue without a source opens no part of its own."""
    found: list[Segment] = []
    floor = 0
    for number, hit in enumerate(clause.cues):
        ceiling = clause.cues[number + 1].first if number + 1 < len(clause.cues) else len(clause.tokens)
        source = source_of(hit, floor, ceiling)
        if source is None:
            continue
        if hit.cue.act in ("nominal", "nominal_pronoun") and _has_verb(clause):
            # A verb with a source of its own says more exactly who speaks.
            continue
        begin = hit.first
        if source == "pronoun":
            while begin > floor and hit.first - begin < 2 and lexicon.is_in("pronouns", clause.tokens[begin - 1]):
                begin -= 1
        if isinstance(source, Mention) and source.last < hit.first and source.first >= floor:
            begin = source.first
        if found and _nested(found[-1], hit, source, clause, lexicon):
            # What is reported of another stays the reporter's words about the other.
            continue
        if not found:
            found.append(Segment(clause.start, clause.end, hit, source))
        else:
            cut = clause.tokens[begin].start
            found[-1] = replace(found[-1], end=_without_joint(clause, begin, lexicon))
            found.append(Segment(cut, clause.end, hit, source))
        floor = max(hit.last, source.last if isinstance(source, Mention) else 0) + 1
    return found


def _has_verb(clause: Clause) -> bool:
    return any(hit.cue.verb for hit in clause.cues)


def _without_joint(clause: Clause, begin: int, lexicon: Lexicon) -> int:
    """Where the part before word ``begin`` ends: before the words ("while", "and") and the sign that join the two."""
    while begin > 1 and lexicon.is_in("joints", clause.tokens[begin - 1]):
        begin -= 1
    end = clause.tokens[begin].start
    low = clause.tokens[begin - 1].end if begin else clause.start
    while end > low and (clause.text[end - 1].isspace() or clause.text[end - 1] in ",،;؛–—-("):
        end -= 1
    return end


def _nested(outer: Segment, hit: CueHit, source: Source, clause: Clause, lexicon: Lexicon) -> bool:
    """A cue inside the content of another with another subject: the outer holder's account of somebody else."""
    if outer.hit is None or not isinstance(source, Mention) or source.first > hit.first:
        return False
    before = clause.tokens[outer.hit.last + 1 : source.first]
    near = before[-2:]
    return bool(near) and any(lexicon.is_in("complementizers", word) for word in near)


def direct_contents(text: str, part: Segment, clause: Clause, lexicon: Lexicon) -> Iterator[tuple[int, int, Speech]]:
    """The sentences inside the long quotations of a part, without the marks; nothing where there is no long quotation.

    Where the reporter's own words around a quotation say more than who speaks, they come too, as indirect speech.
    """
    long = [
        (low, high)
        for low, high in clause.quotes
        if part.start <= low and high <= part.end and len(words(text, low, high)) >= _least(text, low, part)
    ]
    if not long:
        return
    if part.hit is not None:
        rest = _own_words(text, part, clause, long, lexicon)
        if rest is not None:
            yield (*rest, "indirect")
    for low, high in long:
        inner = trim(text, low + 1, high - 1)
        if inner is None:
            continue
        for start, end in sentences(text, *inner, lexicon.lang):
            yield start, end, "direct"


def _least(text: str, low: int, part: Segment) -> int:
    """A quotation that opens its sentence or follows a colon is one even if it is short."""
    before = text[part.start : low].rstrip()
    return 2 if not before or before.endswith(":") else _QUOTATION


def _own_words(
    text: str, part: Segment, clause: Clause, long: Sequence[tuple[int, int]], lexicon: Lexicon
) -> tuple[int, int] | None:
    """The reporter's content before the first long quotation, if it is more than source and cue."""
    hit = part.hit
    if hit is None:
        return None
    first = long[0][0]
    if first <= part.start + 1 or clause.tokens[hit.first].start > first:
        return None
    content = [w for w in clause.tokens[hit.last + 1 :] if w.end <= first and part.start <= w.start]
    act = hit.cue.act not in _PLAIN
    if not act:
        # Where the reporter only says where and to whom it was said, there is no content before the quotation.
        opened = next((i for i, word in enumerate(content) if lexicon.is_in("complementizers", word)), None)
        return trim(text, part.start, first) if opened is not None and len(content) - opened > 5 else None
    named = {
        i
        for m in clause.mentions
        for i in range(m.first, m.last + 1)
        if m.kind in ("person", "role", "name", "descriptor")
    }
    offset = hit.last + 1
    spoken = [w for i, w in enumerate(content) if offset + i not in named and len(w.surface) > 2]
    if len(spoken) < _QUOTATION:
        return None
    return trim(text, part.start, first)


def factivity_of(text: str, start: int, end: int, hit: CueHit | None, lexicon: Lexicon) -> Factivity:
    """How the holder stands to the content: denied, questioned, conditional, reported of another, else asserted."""
    if hit is not None and hit.cue.act == "denies":
        return "denied"
    if hit is not None and hit.cue.act == "questions":
        return "questioned"
    tokens = words(text, start, end)
    light = " " + " ".join(word.light for word in tokens) + " "
    settings = lexicon.settings
    if _holds(light, settings.get("reports_of_others", ()), opening=True):
        return "reported"
    if _holds(light, settings.get("conditionals", ())):
        return "conditional"
    if _holds(light, settings.get("questioned_marks", ())) or text[start:end].rstrip("»”\"' ").endswith(("?", "؟")):
        return "questioned"
    return "asserted"


def _holds(light: str, phrases: Sequence[str], opening: bool = False) -> bool:
    for phrase in phrases:
        folded = " " + " ".join(fold_light(word.surface) for word in words(phrase)) + " "
        if light.startswith(folded) if opening else folded in light:
            return True
    return False


__all__ = ["Segment", "Word", "direct_contents", "factivity_of", "segments"]
