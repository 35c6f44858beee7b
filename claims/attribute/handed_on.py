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
    if outer is None or part.hit is None or outer.id.startswith(("per:", "name:", "role:")):
        return Handed(outer, _outlets(clause, part, memory) if part.hit and part.hit.cue.act == "relay" else ())
    inner = _quoted_person(clause, part)
    if inner is None:
        return Handed(outer)
    person = memory.resolve(inner, clause.sentence.surface(inner.first, inner.last))
    if person is None or person.id == outer.id:
        return Handed(outer)
    entity = memory.registry.get(outer.id)
    home = memory.registry.country_of(outer.id)
    own = home is not None and memory.registry.country_of(person.id) == home
    if own or (entity is not None and entity.kind == "news"):
        return Handed(person, (outer.id,))
    return Handed(outer, (), True)


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
    """The outlets that a relayed statement passed through."""
    span = range(part.start, part.end)
    news = [m.ids[0] for m in clause.mentions if m.kind == "news" and clause.tokens[m.first].start in span]
    return tuple(dict.fromkeys(news))
