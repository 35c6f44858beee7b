"""Statements that pass through several hands: an institution tells its leader's words, an outlet anybody's."""

from __future__ import annotations

from typing import NamedTuple

from claims.attribute.clause import Clause
from claims.attribute.content import Segment
from claims.attribute.governing import governed
from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.records import Actor

# The person stands right behind the cue or the word that opens the content, past a title's words at most.
_REACH = 2
_BY_NOUN = ("nominal", "relay")
# Behind the person, a cue of the person's own follows within so many words.
_CUE_REACH = 5


class Handed(NamedTuple):
    """The innermost holder, those who passed it on (the outermost first), and whether it is an account of somebody
    else.
    """

    actor: Actor | None
    chain: tuple[str, ...] = ()
    account: bool = False


def handed_on(clause: Clause, part: Segment, outer: Actor | None, memory: Memory) -> Handed:
    """Who holds a part that ``outer`` tells.

    A body's statement that its own leader said something is the leader's; one about another country's leader stays the
    body's, as its account of the other. An outlet hands on to whomever it quotes.
    """
    outlets = _outlets(clause, part, memory) if part.hit else ()
    if outer is None or part.hit is None or outer.id.startswith(("name:", "role:")):
        return Handed(outer, outlets)
    inner = _quoted_person(clause, part)
    if inner is None:
        return Handed(outer, outlets if outer.id not in outlets else ())
    person = memory.resolve(inner, clause.sentence.surface(inner.first, inner.last))
    if person is None or person.id == outer.id:
        return Handed(outer)
    entity = memory.registry.get(outer.id)
    home = memory.registry.country_of(outer.id)
    own = home is not None and memory.registry.country_of(person.id) == home
    if own and outer.id.startswith("per:") and _opens_content(clause, inner, part):
        # A minister who tells what his president said.
        return Handed(person, (*outlets, outer.id))
    if outer.id.startswith("per:"):
        return Handed(outer, outlets)
    if own or (entity is not None and entity.kind == "news"):
        return Handed(person, (outer.id,))
    return Handed(outer, (), True)


def _opens_content(clause: Clause, inner: Mention, part: Segment) -> bool:
    """Whether a person is the first word of what is reported, and not one in a clause about when it was said."""
    first = inner.first
    title = next((m for m in clause.mentions if m.kind == "role" and m.last == first - 1), None)
    first = title.first if title else first
    while clause.sentence.is_in("determiners", first - 1):
        first -= 1
    source_last = part.source.last if isinstance(part.source, Mention) else -1
    cue_last = part.hit.last if part.hit else -1
    return clause.sentence.is_in("complementizers", first - 1) or first - 1 in (source_last, cue_last)


def _quoted_person(clause: Clause, part: Segment) -> Mention | None:
    """The person right behind the opening of a part's content, if a cue of their own follows."""
    sentence, hit = clause.sentence, part.hit
    if hit is None:
        return None
    behind = hit.last + 1
    if isinstance(part.source, Mention) and part.source.first > hit.last:
        behind = part.source.last + 1
    last = len(clause.tokens)
    opened = next((i + 1 for i in range(behind, last) if sentence.is_in("complementizers", i)), None)
    if opened is None:
        if clause.lexicon.verb_first:
            return None
        opened = behind
    end = sentence.end if part.end > sentence.end else part.end
    row = [m for m in clause.mentions if opened <= m.first and clause.tokens[m.last].end <= end and m.kind != "demonym"]
    if not row or row[0].first - opened > _REACH or governed(row[0], clause, opened):
        return None
    person = row[0]
    if len(row) > 1 and person.kind == "role" and row[1].is_person and row[1].first - person.last <= _REACH:
        person = row[1]
    if not person.is_person and (person.kind != "role" or person.is_office_body):
        return None
    follows = range(person.last + 1, min(last, person.last + 1 + _CUE_REACH))
    return person if any(clause.lexicon.is_cue(clause.tokens[i]) for i in follows) else None


def _outlets(clause: Clause, part: Segment, memory: Memory) -> tuple[str, ...]:
    """The outlets that a statement passed through: of a relayed one all, else those behind "according to"."""
    relayed = part.hit is not None and part.hit.cue.act == "relay"
    span = range(part.start, part.end)
    news = [m for m in clause.mentions if m.kind == "news" and clause.tokens[m.first].start in span]
    if not relayed:
        behind = {
            i for hit in clause.cues if hit.cue.act in _BY_NOUN for i in range(hit.last + 1, hit.last + 1 + _REACH)
        }
        news = [m for m in news if m.first in behind]
    return tuple(dict.fromkeys(m.ids[0] for m in news))
