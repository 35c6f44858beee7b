"""Finds the mentions of actors in a sentence: names, offices ("the Russian ambassador"), countries, unknown names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.attribute.lexicon import Lexicon
from claims.attribute.registry import Registry
from claims.text.words import Word, words

if TYPE_CHECKING:
    from claims.attribute.memory import Memory

# How far behind a title the country or body that it belongs to may stand, in words.
_REACH = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: word indices ``[first, last]`` into the sentence's words, and what it may stand for.

    ``kind`` is person, role, descriptor, country, demonym, name (a person whom the registry does not know) or the kind of an
    institution. ``ids`` are the actors that the words may mean. For a role, ``role`` is its code and ``of`` the actor it serves.
    """

    first: int
    last: int
    kind: str
    ids: tuple[str, ...] = ()
    role: str | None = None
    of: str | None = None
    inner: tuple[Mention, ...] = ()
    adjective: bool = False


def find_mentions(tokens: Sequence[Word], memory: Memory, text: str) -> list[Mention]:
    """All mentions in order of their first word; a role swallows the country or body that it belongs to."""
    lexicon, registry = memory.lexicon, memory.registry
    plain = _names(tokens, lexicon, memory, text)
    titles = _titles(tokens, lexicon, plain)
    taken = {index for mention in titles for index in range(mention.first, mention.last + 1)}
    plain = [m for m in plain if m.kind in ("person",) or not any(i in taken for i in range(m.first, m.last + 1))]
    persons = {
        index for mention in plain if mention.kind == "person" for index in range(mention.first, mention.last + 1)
    }
    titles = [m for m in titles if m.first not in persons]
    roles = _roles(titles, plain, tokens, lexicon, registry, text)
    swallowed = {id(inner) for role in roles for inner in role.inner}
    kept = [mention for mention in plain if id(mention) not in swallowed]
    kept += roles
    kept += unknown_names(tokens, kept, lexicon, text)
    kept += _descriptors(tokens, lexicon, {index for m in kept for index in range(m.first, m.last + 1)})
    return sorted(kept, key=lambda mention: (mention.first, -mention.last))


def _names(tokens: Sequence[Word], lexicon: Lexicon, memory: Memory, text: str) -> list[Mention]:
    found: list[Mention] = []
    index = 0
    while index < len(tokens):
        match = lexicon.names.longest(
            lexicon.keys(tokens[index]),
            lambda ahead, at=index: _keys_at(tokens, at + ahead, lexicon),  # type: ignore[misc]
        )
        if match is None or _is_common_word(tokens, index, match[0], lexicon):
            person = _by_surname(tokens[index], lexicon, memory)
            if person and not _behind_another_name(tokens, index, text, found, memory):
                found.append(Mention(_first_of_name(tokens, index, person[0], found, memory), index, "person", person))
            index += 1
            continue
        length, values = match
        if length == 1 and any(kind == "person" for kind, _ in values):
            sure = lexicon.names.longest(lexicon.plain_keys(tokens[index]), lambda _: ())
            if sure is None:
                index += 1
                continue
            values = sure[1]
        kinds = {kind for kind, _ in values}
        kind = "person" if "person" in kinds else sorted(kinds)[0]
        ids = tuple(dict.fromkeys(actor for value_kind, actor in values if value_kind == kind))
        found.append(Mention(index, index + length - 1, kind, ids, adjective=kind == "demonym"))
        index += length
    return found


def _by_surname(word: Word, lexicon: Lexicon, memory: Memory) -> tuple[str, ...] | None:
    """A last name alone: of a person whom this article names in full, else of one whom it can only mean."""
    if _small(word):
        return None
    said = memory.by_surname(word)
    if said:
        return (said.id,)
    return next((lexicon.surnames[key] for key in lexicon.plain_keys(word) if key in lexicon.surnames), None)


def _first_of_name(tokens: Sequence[Word], index: int, person: str, found: Sequence[Mention], memory: Memory) -> int:
    """Where the full name begins that ends at a word; the word itself where it stands alone."""
    known = memory.persons.get(person)
    keys = {word.key for word in words(known.name)} if known else set()
    floor = found[-1].last + 1 if found else 0
    first = index
    while first > floor and tokens[first - 1].key in keys:
        first -= 1
    return first


def _behind_another_name(
    tokens: Sequence[Word], index: int, text: str, found: Sequence[Mention], memory: Memory
) -> bool:
    """Whether another first name stands before a last name: Alan Johnson is not the Johnson whom everybody knows."""
    if index == 0:
        return False
    before = tokens[index - 1]
    if not before.surface[0].isupper() or before.surface[0].lower() == before.surface[0] or before.surface.isupper():
        return False
    if text[before.end : tokens[index].start].strip(" \u00a0") or (found and found[-1].last == index - 1):
        return False
    lexicon = memory.lexicon
    is_title = lexicon.titles.longest(lexicon.keys(before), lambda _: ()) is not None
    known = memory.by_surname(tokens[index])
    first_name = known is not None and before.key in {word.key for word in words(known.name)}
    common = any(lexicon.is_in(name, before) for name in ("prepositions", "complementizers", "joints", "pronouns"))
    starts = index == 1 and bool(lexicon.cues.longest(lexicon.cue_keys(before), lambda _: ()))
    return not (is_title or first_name or common or starts or len(before.surface) < 3)


def _small(word: Word) -> bool:
    first = word.surface[0]
    return first.islower() and first.upper() != first


def _keys_at(tokens: Sequence[Word], index: int, lexicon: Lexicon) -> tuple[str, ...]:
    return lexicon.keys(tokens[index]) if index < len(tokens) else ()


def _is_common_word(tokens: Sequence[Word], index: int, length: int, lexicon: Lexicon) -> bool:
    """In scripts with capitals a one-word name in small letters is a common word ("may", "turkey"); demonyms may be small."""
    if length > 1:
        return False
    surface = tokens[index].surface
    if _small(tokens[index]):
        match = lexicon.names.longest(lexicon.keys(tokens[index]), lambda _: ())
        return not (match and any(kind == "demonym" for kind, _ in match[1]))
    # A pronoun is no country ("US" against "us" is told apart by its capitals).
    return surface.istitle() and len(surface) == 2 and lexicon.lang == "en"


def _titles(tokens: Sequence[Word], lexicon: Lexicon, names: Sequence[Mention]) -> list[Mention]:
    found: list[Mention] = []
    inside = {
        i
        for m in names
        if m.kind not in ("demonym", "country") and m.last > m.first
        for i in range(m.first, m.last + 1)
    }
    index = 0
    while index < len(tokens):
        match = None
        if index not in inside:
            match = lexicon.titles.longest(
                lexicon.keys(tokens[index]),
                lambda ahead, at=index: _keys_at(tokens, at + ahead, lexicon),  # type: ignore[misc]
            )
        if match is None:
            index += 1
            continue
        found.append(Mention(index, index + match[0] - 1, "role", role=match[1][0]))
        index += match[0]
    return found


def _roles(
    titles: Sequence[Mention],
    names: Sequence[Mention],
    tokens: Sequence[Word],
    lexicon: Lexicon,
    registry: Registry,
    text: str,
) -> list[Mention]:
    """Each title with the country or body that it serves, read from the words around it."""
    by_first = {mention.first: mention for mention in names}
    by_last = {mention.last: mention for mention in names}
    roles = []
    for title in titles:
        inner: list[Mention] = []
        first, last = title.first, title.last
        before = by_last.get(first - 1)
        # "the Russian ambassador", "Russia's ambassador", „US-Präsident“, «российский посол»
        if before and before.kind not in ("person", "name") and not lexicon.settings.get("clitics"):
            inner.append(before)
            first = before.first
        position = last + 1
        steps = 0
        while position < len(tokens) and steps < _REACH:
            after = by_first.get(position)
            if after is not None:
                if after.kind in ("person", "name") or _sign_between(text, tokens, last, position):
                    break
                inner.append(after)
                last = position = after.last
                position += 1
                steps = 0
                if len(inner) >= 2 and title.role != "ambassador":
                    break
                continue
            if _sign_between(text, tokens, position - 1, position):
                break
            word = tokens[position]
            joins = lexicon.is_in("of_words", word) or lexicon.is_in("at_words", word)
            if not joins and not lexicon.is_in("adjectives", word):
                break
            position += 1
            steps += 1
        roles.append(replace(title, first=first, last=last, of=_serves(inner), inner=tuple(inner)))
    return _chained(roles, by_first, tokens, lexicon, registry, text)


def _chained(
    roles: list[Mention],
    by_first: dict[int, Mention],
    tokens: Sequence[Word],
    lexicon: Lexicon,
    registry: Registry,
    text: str,
) -> list[Mention]:
    """ "The defence minister in President X's cabinet" and "the president's envoy": the first title is the head.

    The head takes over what the second title serves; a person behind it belongs to the second title only if the registry
    says that this person held it.
    """
    kept: list[Mention] = []
    for role in roles:
        head = kept[-1] if kept else None
        if head is None or not _linked(head, role, tokens, lexicon, text):
            kept.append(role)
            continue
        last, inner = role.last, (*head.inner, *role.inner, role)
        person = by_first.get(role.last + 1)
        if person is not None and person.kind == "person" and _held(person, role, registry):
            last, inner = person.last, (*inner, person)
        code = _heads_body(head, role) or head.role
        kept[-1] = replace(head, last=last, of=head.of or role.of, inner=inner, role=code)
    return kept


def _heads_body(head: Mention, role: Mention) -> str | None:
    """ "The head of the foreign ministry" is the foreign minister."""
    body = (role.role or "").removeprefix("body:")
    if head.role not in ("director", "movement_leader") or body == role.role:
        return None
    return {"central_bank": "central_bank_governor", "army": "chief_of_staff", "government": "head_of_government"}.get(
        body, body.replace("ministry", "minister")
    )


def _linked(head: Mention, role: Mention, tokens: Sequence[Word], lexicon: Lexicon, text: str) -> bool:
    if role.first - head.last > _REACH or role.first <= head.last or _sign_between(text, tokens, head.last, role.first):
        return False
    between = tokens[head.last + 1 : role.first]
    if not between:
        # Two titles side by side are one chain where the genitive has no word of its own.
        return bool(lexicon.settings.get("clitics")) or lexicon.lang == "ru"
    return all(lexicon.is_in("of_words", word) or lexicon.is_in("in_service_of", word) for word in between)


def _held(person: Mention, role: Mention, registry: Registry) -> bool:
    entities = [registry.get(actor) for actor in person.ids]
    return any(held.code == role.role for entity in entities if entity for held in entity.roles)


def _sign_between(text: str, tokens: Sequence[Word], left: int, right: int) -> bool:
    between = text[tokens[left].end : tokens[right].start]
    return any(sign in between for sign in ',،.;؛:«»"“”()–—')


def _serves(inner: Sequence[Mention]) -> str | None:
    """The actor that a title serves: an ambassador's sender is the demonym ("the Russian ambassador to Washington")."""
    served = sorted(inner, key=lambda mention: not mention.adjective)
    return next((mention.ids[0] for mention in served if mention.ids), None)


def unknown_names(tokens: Sequence[Word], known: Sequence[Mention], lexicon: Lexicon, text: str) -> list[Mention]:
    """People whom the registry does not know: capitalised words in a row, or the words behind a title."""
    taken = {index for mention in known for index in range(mention.first, mention.last + 1)}
    roles = {mention.last: mention for mention in known if mention.kind == "role"}
    if not lexicon.known:
        return []
    if not tokens or tokens[0].surface[:1].upper() != tokens[0].surface[:1].lower():
        return _capitalised(tokens, taken, roles, lexicon, text)
    found = []
    for role in roles.values():
        if (role.role or "").startswith("body:"):
            continue
        run = _run(tokens, role.last + 1, taken, text, lambda word: not _ends_name(word, lexicon), apposed=True)
        if 2 <= len(run) <= 4:
            found.append(Mention(run[0], run[-1], "name"))
    return found


def _ends_name(word: Word, lexicon: Lexicon) -> bool:
    if lexicon.is_in("name_stops", word) or lexicon.is_in("prepositions", word) or word.key.isdigit():
        return True
    return lexicon.is_in("adjectives", word) or bool(lexicon.cues.longest(lexicon.cue_keys(word), lambda _: ()))


def _capitalised(
    tokens: Sequence[Word], taken: set[int], roles: dict[int, Mention], lexicon: Lexicon, text: str
) -> list[Mention]:
    found = []
    index = 0
    while index < len(tokens):
        run = _run(tokens, index, taken, text, lambda word: _in_name(word, lexicon))
        while run and (not tokens[run[0]].surface[0].isupper() or _no_first_name(tokens[run[0]], lexicon)):
            index = run.pop(0) + 1
        while run and not tokens[run[-1]].surface[0].isupper():
            run.pop()
        if not run:
            index += 1
            continue
        index = run[-1] + 1
        # A sentence begins with a capital anyway; one word alone is a name only behind a title.
        behind_title = run[0] - 1 in roles
        if 2 <= len(run) <= 4 and not any(lexicon.is_in("prepositions", tokens[i]) for i in run[:1]):
            found.append(Mention(run[0], run[-1], "name"))
        elif len(run) == 1 and behind_title and len(tokens[run[0]].surface) > 2:
            found.append(Mention(run[0], run[0], "name"))
    return found


def _in_name(word: Word, lexicon: Lexicon) -> bool:
    return (word.surface[0].isupper() and not word.surface.isdigit()) or lexicon.is_in("particles", word)


def _no_first_name(word: Word, lexicon: Lexicon) -> bool:
    return any(
        lexicon.is_in(name, word) for name in ("determiners", "prepositions", "pronouns", "joints", "conditionals")
    )


def _run(
    tokens: Sequence[Word],
    start: int,
    taken: set[int],
    text: str,
    belongs: Callable[[Word], bool],
    apposed: bool = False,
) -> list[int]:
    """Words in a row that belong to one name. With ``apposed`` the row may stand between two commas behind a title."""
    run: list[int] = []
    for index in range(start, min(len(tokens), start + 5)):
        if index in taken or not belongs(tokens[index]):
            break
        if not run and apposed and index > 0 and "،" in text[tokens[index - 1].end : tokens[index].start]:
            closing = _run(tokens, index, taken, text, belongs, apposed=False) if index - 1 not in taken else []
            closing = closing or [
                i for i in range(index, min(index + 3, len(tokens))) if i not in taken and belongs(tokens[i])
            ]
            end = tokens[closing[-1]].end if closing else 0
            return closing if closing and text[end : end + 2].lstrip()[:1] in ("،", ",") else []
        if run and text[tokens[index - 1].end : tokens[index].start].strip(" \u00a0-‑.'’"):
            break
        if not run and index > 0 and index - 1 in taken and _sign_between(text, tokens, index - 1, index):
            break
        run.append(index)
    return run


def _descriptors(tokens: Sequence[Word], lexicon: Lexicon, taken: set[int]) -> list[Mention]:
    found = []
    for index in range(len(tokens)):
        if index in taken:
            continue
        word = tokens[index]
        keys = (word.key, lexicon.stem(word.key))
        if lexicon.settings.get("clitics") and len(word.key) > 4 and word.key[0] in "وف":
            keys = (*keys, word.key[1:])
        match = lexicon.descriptors.longest(
            keys,
            lambda ahead, at=index: _keys_at(tokens, at + ahead, lexicon),  # type: ignore[misc]
        )
        if match:
            found.append(Mention(index, index + match[0] - 1, "descriptor"))
    return found
