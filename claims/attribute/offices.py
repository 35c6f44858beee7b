"""Finds offices ("the Russian ambassador in Washington") and the country or body that each one serves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.attribute.mention import Mention
from claims.attribute.named import is_small
from claims.attribute.registry import Registry
from claims.attribute.sentence import Sentence

# How far behind a title the country or body that it belongs to may stand, in words.
_REACH = 3
# How many adjectives may stand between a country and the title that it belongs to.
_ADJECTIVES = 2
# What a "head" or "leader" of a part of a state is called, where that is not the part's name with "minister".
_HEADS_OF_BODIES = {
    "central_bank": "central_bank_governor",
    "army": "chief_of_staff",
    "government": "head_of_government",
    "presidency": "chief_of_staff",
}


def find_titles(sentence: Sentence, names: Sequence[Mention]) -> list[Mention]:
    """The bare titles of a sentence: roles that serve nobody yet."""
    inside = {
        i
        for m in names
        if m.kind not in ("demonym", "country") and m.last > m.first
        for i in range(m.first, m.last + 1)
    }
    demonyms = {m.first: m for m in names if m.kind == "demonym"}
    found: list[Mention] = []
    index = 0
    while index < len(sentence.tokens):
        title = None if index in inside or _is_verb(sentence, index, names) else _title_at(sentence, index, demonyms)
        if title is None:
            index += 1
            continue
        found.append(title)
        index = title.last + 1
    return found


def _title_at(sentence: Sentence, index: int, demonyms: dict[int, Mention]) -> Mention | None:
    titles = sentence.lexicon.titles
    match = titles.longest(sentence.keys[index], sentence.keys, index)
    if match is None or (match[0] == 1 and sentence.is_in("audience", index)):
        return None
    title = Mention(index, index + match[0] - 1, "role", role=match[1][0])
    # "Le ministre algérien des Affaires étrangères": the country stands inside the title.
    inner = demonyms.get(index + 1)
    if inner is not None and match[0] == 1:
        around = [*sentence.keys[: index + 1], *sentence.keys[inner.last + 1 :]]
        longer = titles.longest(sentence.keys[index], around, index)
        if longer is not None and longer[0] > 1:
            last = index + longer[0] - 1 + inner.last - inner.first + 1
            return Mention(index, last, "role", role=longer[1][0], inner=(inner,))
    return title


def _is_verb(sentence: Sentence, index: int, names: Sequence[Mention]) -> bool:
    """Whether a word that is both a title and a cue ("juge") stands where only the verb can: not behind an article."""
    if not sentence.is_in("ambiguous_cues", index) or index == 0:
        return False
    return not any(sentence.is_in(name, index - 1) for name in ("determiners", "adjectives", "of_words"))


def find_roles(
    titles: Sequence[Mention], names: Sequence[Mention], sentence: Sentence, registry: Registry
) -> list[Mention]:
    """Each title with the country or body that it serves, read from the words around it."""
    by_first = {mention.first: mention for mention in names}
    by_last = {mention.last: mention for mention in names}
    roles: list[Mention] = []
    for title in titles:
        inner = list(title.inner)
        first, last = title.first, title.last
        before = _owner_before(title, by_last, sentence)
        # What the title in front has already taken for its own is not this one's.
        if before is not None and not (roles and before.last <= roles[-1].last):
            inner.append(before)
            first = before.first
        position, steps = last + 1, 0
        while position < len(sentence.tokens) and steps < _REACH:
            after = by_first.get(position)
            if after is not None:
                if after.is_person or sentence.stopped(last, position):
                    break
                inner.append(after)
                last, position, steps = after.last, after.last + 1, 0
                # An ambassador has a sender and a receiver; another office is full with two bodies.
                if len(inner) >= 2 and title.role != "ambassador":
                    break
                continue
            if sentence.stopped(position - 1, position):
                break
            if not any(sentence.is_in(name, position) for name in ("of_words", "at_words", "adjectives")):
                break
            position += 1
            steps += 1
        of = _serves(inner)
        code = _code(title, of, registry)
        if code is not None:
            roles.append(replace(title, first=first, last=last, role=code, of=of, inner=tuple(inner)))
    return _chained(roles, by_first, sentence, registry)


def _code(title: Mention, of: str | None, registry: Registry) -> str | None:
    """The office behind a title that depends on what it stands with; None where it is no title there."""
    entity = registry.get(of) if of else None
    if title.role == "occupant":
        # "The master of the Kremlin": the head of the state whose seat it is.
        return "head_of_state" if entity and entity.kind == "government" else None
    if (
        title.role == "prince"
        and entity
        and entity.kind == "country"
        and "demonym" not in {m.kind for m in title.inner}
    ):
        return "head_of_state"
    return title.role


def _owner_before(title: Mention, by_last: dict[int, Mention], sentence: Sentence) -> Mention | None:
    """The country or body in front: "the Russian ambassador", "Russia's new ambassador", «российский посол»."""
    if sentence.lexicon.clitic:
        return None
    index = title.first - 1
    for _ in range(_ADJECTIVES):
        if index > 0 and sentence.is_in("adjectives", index) and not sentence.stopped(index, index + 1):
            index -= 1
    if index > 0 and sentence.tokens[index].light in sentence.lexicon.settings.get("possessive", ()):
        index -= 1
    before = by_last.get(index)
    if before is None or before.is_person or sentence.stopped(before.last, title.first):
        return None
    return before


def _chained(
    roles: Sequence[Mention], by_first: dict[int, Mention], sentence: Sentence, registry: Registry
) -> list[Mention]:
    """ "The defence minister in President X's cabinet" and "the president's envoy": the first title is the head.

    The head takes over what the second title serves; a person behind it belongs to the second title only if the
    registry says that this person held it.
    """
    kept: list[Mention] = []
    for role in roles:
        head = kept[-1] if kept else None
        if head is None or not _linked(head, role, sentence):
            kept.append(role)
            continue
        last, inner = role.last, (*head.inner, *role.inner, role)
        person = by_first.get(role.last + 1)
        if person is not None and person.kind == "person" and _held(person, role, registry):
            last, inner = person.last, (*inner, person)
        kept[-1] = replace(
            head, last=last, of=head.of or role.of, inner=inner, role=_head_of_body(head, role) or head.role
        )
    return kept


def _head_of_body(head: Mention, role: Mention) -> str | None:
    """ "The head of the foreign ministry" is the foreign minister."""
    if head.role not in ("director", "movement_leader") or not role.is_office_body:
        return None
    body = (role.role or "").removeprefix("body:")
    return _HEADS_OF_BODIES.get(body, body.replace("ministry", "minister"))


def _linked(head: Mention, role: Mention, sentence: Sentence) -> bool:
    if (
        head.is_trade
        or role.first - head.last > _REACH
        or role.first <= head.last
        or sentence.stopped(head.last, role.first)
    ):
        return False
    between = range(head.last + 1, role.first)
    if not between:
        # Two titles side by side are one chain where the genitive has no word of its own.
        return bool(sentence.lexicon.settings.get("bare_genitive")) and not _is_capitalised_title(role, sentence)
    return all(sentence.is_in("of_words", i) or sentence.is_in("in_service_of", i) for i in between)


def _is_capitalised_title(role: Mention, sentence: Sentence) -> bool:
    word = sentence.tokens[role.first]
    return not is_small(word) and word.surface[0].isupper()


def _held(person: Mention, role: Mention, registry: Registry) -> bool:
    entities = [registry.get(actor) for actor in person.ids]
    return any(held.code == role.role for entity in entities if entity for held in entity.roles)


def _serves(inner: Sequence[Mention]) -> str | None:
    """The actor that a title serves: an ambassador's sender is the demonym ("the Russian ambassador to Washington")."""
    served = sorted(inner, key=lambda mention: mention.kind != "demonym")
    return next((mention.ids[0] for mention in served if mention.ids), None)
