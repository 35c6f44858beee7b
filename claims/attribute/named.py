"""Finds names that the registry or the article itself knows."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.names import spellings
from claims.attribute.sentence import Sentence
from claims.text.words import Word


def known_names(sentence: Sentence, memory: Memory) -> list[Mention]:
    """Names of actors in text order: in full, or last names that can mean one person only."""
    lexicon, found = sentence.lexicon, list[Mention]()
    trie = lexicon.names.full
    index = 0
    while index < len(sentence.tokens):
        match = trie.longest(sentence.keys[index], sentence.keys, index)
        if match is None or _is_common_word(sentence, index, match[0]):
            mention = _last_name(sentence, index, found, memory) or _anaphor(sentence, index, memory)
            if mention is not None:
                found.append(mention)
                index = mention.last
            index += 1
            continue
        length, values = match
        if _is_chance(sentence, index, length, values, memory):
            index += 1
            continue
        if length == 1 and any(kind == "person" for kind, _ in values):
            sure = trie.longest(sentence.plain[index])
            if sure is None:
                index += 1
                continue
            values = sure[1]
        kinds = {kind for kind, _ in values}
        kind = "person" if "person" in kinds else min(kinds)
        ids = tuple(dict.fromkeys(actor for value_kind, actor in values if value_kind == kind))
        found.append(Mention(index, index + length - 1, kind, ids))
        index += length
    return found


def _is_chance(sentence: Sentence, index: int, length: int, values: Sequence[tuple[str, str]], memory: Memory) -> bool:
    """Whether a person's name is met by chance: small words ("le maire"), or a stem in common («там» and «Тамим»)."""
    if any(kind != "person" for kind, _ in values):
        return False
    run = sentence.tokens[index : index + length]
    if length > 1:
        return all(is_small(word) for word in run)
    if "name_stemmer" not in sentence.lexicon.settings:
        return False
    known = [entity for _, actor in values if (entity := memory.registry.get(actor))]
    alone = [spelled for entity in known for spelled in spellings(entity, sentence.lexicon.lang) if " " not in spelled]
    # An inflected name is no shorter than the name by more than its last letter.
    return len(run[0].key) < min((len(spelled) for spelled in alone), default=0) - 1


def _last_name(sentence: Sentence, index: int, found: Sequence[Mention], memory: Memory) -> Mention | None:
    """A last name alone: of a person whom this article names in full, else of one whom it can only mean."""
    word = sentence.tokens[index]
    if is_small(word):
        return None
    said = memory.by_surname(word)
    surnames = sentence.lexicon.names.surnames
    person = said.id if said else next((surnames[key] for key in sentence.plain[index] if key in surnames), None)
    if person is None:
        person = _first_name(sentence, index, memory)
        return Mention(index, index, "person", (person,)) if person else None
    if _behind_another_name(sentence, index, found, memory) or (said is None and _before_another_name(sentence, index)):
        return None
    return Mention(_first_of_name(sentence.tokens, index, person, found, memory), index, "person", (person,))


def _first_name(sentence: Sentence, index: int, memory: Memory) -> str | None:
    """Somebody whom the article named in full and now calls by the first name; only where capitals show names."""
    if not _has_capital(sentence.tokens[index]):
        return None
    return None if _before_another_name(sentence, index) else memory.by_first_name(sentence.tokens[index])


def _before_another_name(sentence: Sentence, index: int) -> bool:
    """Whether another capitalised word follows: "Anna Ledova" is not the one whose last name sounds like Anna."""
    if index + 1 >= len(sentence.tokens) or not _has_capital(sentence.tokens[index + 1]):
        return False
    if sentence.lexicon.settings.get("capital_nouns"):
        # The next noun has a capital anyway; a first name shows by itself or by the title before it.
        return sentence.tokens[index].key in sentence.lexicon.given or _is_title(sentence, index - 1)
    if sentence.between(index, index + 1).strip(" \u00a0") or sentence.is_in("time_openers", index + 1):
        return False
    return sentence.lexicon.names.full.longest(sentence.keys[index + 1], sentence.keys, index + 1) is None


def _is_title(sentence: Sentence, index: int) -> bool:
    """Whether a word is a title, alone or as the end of a compound ("Fraktionschef")."""
    if index < 0:
        return False
    endings = tuple(sentence.lexicon.settings.get("title_suffixes", ()))
    compound = bool(endings) and sentence.tokens[index].key.endswith(endings)
    return compound or sentence.lexicon.titles.longest(sentence.keys[index]) is not None


def _anaphor(sentence: Sentence, index: int, memory: Memory) -> Mention | None:
    """ "The alliance", "the kingdom": the one of those whom the word can mean that the article has named."""
    match = sentence.lexicon.anaphors.longest(sentence.keys[index], sentence.keys, index)
    if match is None:
        return None
    meant = memory.named_among(match[1])
    entity = memory.registry.get(meant) if meant else None
    return Mention(index, index + match[0] - 1, entity.kind, (entity.id,)) if entity else None


def _first_of_name(tokens: Sequence[Word], index: int, person: str, found: Sequence[Mention], memory: Memory) -> int:
    """Where the full name begins that ends at a word; the word itself where it stands alone."""
    keys = memory.name_keys(person)
    floor = found[-1].last + 1 if found else 0
    first = index
    while first > floor and tokens[first - 1].key in keys:
        first -= 1
    return first


def _behind_another_name(sentence: Sentence, index: int, found: Sequence[Mention], memory: Memory) -> bool:
    """Whether another first name stands before a last name: Alan Johnson is not the Johnson whom everybody knows."""
    if index == 0:
        return False
    before = sentence.tokens[index - 1]
    if sentence.lexicon.caseless and sentence.lexicon.verb_last:
        known = memory.by_surname(sentence.tokens[index])
        own = memory.name_keys(known.id) if known is not None else set()
        return before.key in sentence.lexicon.given and before.key not in own
    if not _has_capital(before) or before.surface.isupper() or len(before.surface) < 3:
        return False
    if sentence.between(index - 1, index).strip(" \u00a0") or (found and found[-1].last == index - 1):
        return False
    lexicon = sentence.lexicon
    if lexicon.settings.get("capital_nouns") and before.key not in lexicon.given:
        return False
    if lexicon.titles.longest(sentence.keys[index - 1]) is not None or lexicon.is_in("honorifics", before):
        return False
    known = memory.by_surname(sentence.tokens[index])
    if known is not None and before.key in memory.name_keys(known.id):
        return False
    if any(
        lexicon.is_in(name, before)
        for name in ("prepositions", "complementizers", "joints", "pronouns", "time_openers")
    ):
        return False
    # The first word of a sentence has its capital for that reason alone.
    return not (index == 1 and lexicon.is_cue(before))


def _has_capital(word: Word) -> bool:
    first = word.surface[0]
    return first.isupper() and first.lower() != first


def is_small(word: Word) -> bool:
    """Whether a word begins with a small letter of a script that has capitals."""
    first = word.surface[0]
    return first.islower() and first.upper() != first


def _is_common_word(sentence: Sentence, index: int, length: int) -> bool:
    """Where there are capitals, a name of one word in small letters is a common word ("may"); demonyms may be small."""
    if length > 1:
        return False
    word = sentence.tokens[index]
    if is_small(word):
        match = sentence.lexicon.names.full.longest(sentence.keys[index])
        return not (match and any(kind == "demonym" for kind, _ in match[1]))
    return word.surface in sentence.lexicon.settings.get("not_names", ())
