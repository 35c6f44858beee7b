"""Source, cue and content of each attribution in a sentence, as spans: what a reader would underline.

Statements (:mod:`claims.attribute.attribution`) say who holds what and need a source that somebody stands behind; a
triple only needs words: "officials", "a senior aide" and "who" are sources too. The scheme is that of PARC 3.0 and
PolNeAR. Phrases are found by the language's closed classes and by the signs between words, not by a parser: a source
runs from the beginning of its clause to its cue, a content from the cue to the end of its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.attribute.clause import Clause, CueHit, find_cues
from claims.attribute.contents import Contents
from claims.attribute.introduction import Introduction
from claims.attribute.lexicon import Cue, lexicon
from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.phrases import NOUN_ACTS, Phrases, Range
from claims.attribute.registry import Registry
from claims.attribute.sentence import Sentence
from claims.attribute.sources import PRONOUN, find_source
from claims.records import Published
from claims.text.segment import CLOSING_MARKS, clipped, quoted_spans

# Of a sentence that goes on with a quotation, so much stands between the marks.
_MOSTLY = 0.8
# A signature under a quotation: so many words at most, a name within so many.
_SIGNATURE = 12
_NAME = 4
_DASHES = "–—―-"


@dataclass(frozen=True, slots=True)
class Triple:
    """One attribution; spans are code points of the text ``[start, end)``, None where the text has no such words.

    ``content`` is the hull of its pieces where the source stands inside it.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[int, int] | None
    hit: CueHit
    quoted: bool = False
    """Whether the content ends with a quotation, so that the next sentence may go on with it."""
    nested: bool = False
    """Whether the attribution is part of what another one says."""


def triples(clause: Clause) -> list[Triple]:
    """The triples of one sentence in the order of their cues."""
    found: list[Triple] = []
    last: Range | None = None
    phrases = Contents(clause)
    cues = [hit for hit in clause.cues if phrases.may_be_verb(hit)]
    for number, hit in enumerate(cues):
        later = cues[number + 1 :]
        cue = phrases.verb_group(hit)
        agent = phrases.agent(hit, cue)
        if agent is not None:
            theme = phrases.before_verb(cue, cues[number - 1].last + 1 if number else 0)
            if theme is not None:
                found.append(
                    Triple(phrases.source_span(agent), phrases.span((cue[0], agent[0] - 1)), phrases.span(theme), hit)
                )
            continue
        source, side = _source(phrases, hit, cue, cues[:number], last)
        if source is None and (phrases.by_order or side != "shared"):
            # A dropped subject leaves no words; where subjects are not dropped, a verb without one is no attribution.
            continue
        content = _content(phrases, hit, cue, source, side, later)
        cue = (cue[0], phrases.governed_end(hit, side))
        quoted = content is not None and clause.sentence.text[content[1] - 1] in CLOSING_MARKS
        span = phrases.source_span(source) if source else None
        found.append(Triple(span, phrases.span(cue), content, hit, quoted))
        last = source or last
    return [replace(triple, nested=_is_nested(triple, found)) for triple in found]


def _is_nested(triple: Triple, found: Sequence[Triple]) -> bool:
    return any(other is not triple and _holds(other, triple) and not _holds(triple, other) for other in found)


def _holds(outer: Triple, inner: Triple) -> bool:
    """Whether a cue stands in the content of another attribution."""
    content = outer.content
    return content is not None and content[0] <= inner.cue[0] and inner.cue[1] <= content[1]


def _source(
    phrases: Phrases, hit: CueHit, cue: Range, earlier: Sequence[CueHit], last: Range | None
) -> tuple[Range | None, str]:
    """The words of a cue's source and where they stand: ``before`` or ``after`` the cue, or ``shared``."""
    clause = phrases.clause
    floor = earlier[-1].last + 1 if earlier else 0
    if hit.cue.act in NOUN_ACTS:
        return phrases.behind_noun(hit), "noun"
    if not phrases.by_order:
        return _of_mention(phrases, hit, floor)
    if phrases.is_participle(hit, cue) or (last and clause.sentence.is_in("coordinators", cue[0] - 1)):
        return last or phrases.first_subject(cue[0]), "shared"
    if phrases.is_inverted(hit, cue):
        return phrases.behind_verb(hit), "after"
    return phrases.before_verb(cue, floor), "before"


def _of_mention(phrases: Phrases, hit: CueHit, floor: int) -> tuple[Range | None, str]:
    """Where order does not tell, the mention that attribution takes for the source."""
    clause = phrases.clause
    later = next((other.first for other in clause.cues if other.first > hit.last), len(clause.tokens))
    source = find_source(clause, hit, floor, later)
    if isinstance(source, Mention):
        return (source.first, source.last), "after" if source.first > hit.last else "before"
    return None, "shared" if source == PRONOUN else "before"


def _content(
    phrases: Contents, hit: CueHit, cue: Range, source: Range | None, side: str, later: Sequence[CueHit]
) -> tuple[int, int] | None:
    relative = source is not None and side == "before" and phrases.is_relative(source)
    head = min(cue[0], source[0]) if source and side in ("before", "after") else cue[0]
    tail = max(hit.last, source[1]) if source and side in ("after", "noun") else hit.last
    if side == "noun":
        return phrases.around_noun(hit, head, tail)
    if side == "after" and phrases.by_order:
        return phrases.around(head, tail, later) or phrases.behind(tail, later)
    if side == "before" and source is not None and phrases.is_parenthetical(source, hit):
        return phrases.around(head, tail, later)
    return phrases.behind(
        phrases.governed_end(hit, side) if side in ("before", "shared") else tail, later, relative, hit
    )


def signed(found: Sequence[Triple], clause: Clause, before: Sequence[tuple[int, int]]) -> Triple | None:
    """A quotation with a name behind a dash ("… our shame.” ― A. Reader"): the dash is the cue.

    ``before`` are the sentences of the same paragraph that nobody has said yet.
    """
    sentence, first = clause.sentence, clause.sentence.tokens[0]
    head = sentence.text[sentence.start : first.start].strip()
    named = [w for w in sentence.tokens[:_NAME] if w.surface[0].isupper()]
    if not head or head not in _DASHES or found or not before or len(named) < 2 or len(sentence.tokens) > _SIGNATURE:
        return None
    start, end = before[0][0], before[-1][1]
    if sentence.text[end - 1] not in CLOSING_MARKS:
        return None
    dash = sentence.text.index(head, sentence.start)
    comma = next((i for i in range(1, len(sentence.tokens)) if sentence.stopped(i - 1, i)), len(sentence.tokens))
    hit = CueHit(0, 0, Cue("say", False), False)
    return Triple((first.start, sentence.tokens[comma - 1].end), (dash, dash + len(head)), (start, end), hit, True)


def going_on(found: Sequence[Triple], clause: Clause) -> tuple[int, int] | None:
    """Where the last content of the sentence before goes on: a sentence that is a quotation of nobody new."""
    sentence = clause.sentence
    if not found or not found[-1].quoted or not clause.quotes:
        return None
    inside = sum(high - low for low, high in clause.quotes)
    opens = clause.quotes[0][0] <= sentence.start + 1
    return (sentence.start, sentence.end) if opens and inside > _MOSTLY * (sentence.end - sentence.start) else None


def triples_of(
    text: str, sentences: Sequence[Sequence[tuple[int, int]]], lang: str, published: Published, registry: Registry
) -> list[Triple]:
    """Source, cue and content of every attribution of an article, in text order.

    ``sentences`` holds one sequence of sentence spans (code points) for each paragraph.
    """
    memory = Memory(lexicon(lang, registry), registry, published.earliest, published.latest)
    parsed = [[Sentence(text, *span, memory.lexicon) for span in paragraph] for paragraph in sentences]
    introduction = Introduction(parsed, memory)
    quotes = quoted_spans(text, [(paragraph[0][0], paragraph[-1][1]) for paragraph in sentences if paragraph])
    found: list[Triple] = []
    opened: Triple | None = None
    for paragraph in parsed:
        before: list[Triple] = []
        bare: list[tuple[int, int]] = []
        for sentence in paragraph:
            if not sentence.tokens:
                continue
            clause = Clause(sentence, introduction.mentions(sentence), clipped(quotes, sentence.start, sentence.end))
            clause = replace(clause, cues=find_cues(clause, memory.lexicon.attitudes))
            if opened is not None and clause.quotes and clause.quotes[0][0] <= sentence.start + 1:
                # "He said:" closes a paragraph, and the next one is what he said.
                found[-1] = replace(opened, content=(sentence.start, paragraph[-1].end))
            opened = None
            more = going_on(before, clause) if not clause.cues else None
            if more is not None and before[-1].content is not None:
                before[-1] = found[-1] = replace(before[-1], content=(before[-1].content[0], more[1]))
                continue
            before = triples(clause)
            name = signed(before, clause, bare)
            before += [name] if name is not None else []
            found += before
            bare = [] if before else [*bare, (sentence.start, sentence.end)]
            if before and before[-1].content is None and text[: sentence.end].endswith(":"):
                opened = before[-1]
    return [triple for triple in found if triple.content is not None]
