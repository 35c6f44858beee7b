"""The registry's names as a language spells them: full names, last names alone, and skeletons of spellings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from claims.attribute.registry import Entity, Registry, country_name
from claims.attribute.trie import Trie
from claims.lang.loader import language
from claims.text.likeness import bucket, name_likeness
from claims.text.names import skeleton
from claims.text.normalise import fold
from claims.text.script import script_of
from claims.text.words import Word, words

# Which spellings serve a language that the registry has none for: those of its script.
_BORROWED = {
    "de": "en",
    "es": "en",
    "tr": "en",
    "pt": "en",
    "it": "en",
    "nl": "en",
    "pl": "en",
    "fa": "ar",
    "ur": "ar",
    "uk": "ru",
}
_ROMAN = re.compile("[ivxlc]+")
# Scripts without capitals: a name there has the letters of a common word.
_CASELESS = frozenset({"Arab", "Hebr"})
# A name sounds surely like one of the registry from here on, and so far ahead of the next.
_SOUNDS_SURE = 0.82
_AHEAD = 0.06
# From this share of its people on the registry spells a language itself.
_COVERED = 0.5
# A last name of fewer letters stands for somebody only behind a first name.
_SHORTEST_SURNAME = 4
_SHORTEST_CASELESS = 5


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Where a language's names of actors are looked up.

    ``full`` gives (kind, id); ``surnames`` the one known person of a last name; ``skeletons`` the one person whose
    full name has these consonants.
    """

    full: Trie[tuple[str, str]]
    surnames: dict[str, str]
    skeletons: dict[str, str]


@lru_cache(maxsize=100_000)
def _affixed(
    key: str, conjunctions: tuple[str, ...], prepositions: tuple[str, ...], article: str, joined: str
) -> tuple[str, ...]:
    forms = [key]
    stripped = key
    if len(stripped) > 3 and stripped[0] in conjunctions:
        stripped = stripped[1:]
        forms.append(stripped)
    if len(stripped) > 3 and stripped.startswith(joined):
        forms += [article + stripped[len(joined) :], stripped[len(joined) :]]
    elif len(stripped) > 3 and stripped[0] in prepositions:
        forms.append(stripped[1:])
    forms += [form[len(article) :] for form in forms if form.startswith(article) and len(form) > len(article) + 2]
    return tuple(dict.fromkeys(forms))


def affixed(key: str, settings: dict[str, Any]) -> tuple[str, ...]:
    """A word as it stands, then without the conjunction, preposition and article that are written on to it."""
    conjunctions = tuple(settings["clitics"])
    prepositions = conjunctions + tuple(settings["proclitics"])
    return _affixed(key, conjunctions, prepositions, settings["article"], settings["joined_article"])


def bare(word: Word, settings: dict[str, Any]) -> str:
    """The key of a listed word without the article that is written on to it.

    The spelling decides: «ألماني» folds to the letters of an article and is none.
    """
    article = settings.get("article", "")
    if not article or not word.surface.startswith(article) or len(word.key) <= len(article) + 2:
        return word.key
    return word.key[len(article) :]


@cache
def stemmer(lang: str) -> Callable[[str], str]:
    """How names and titles of a language are matched: by stem where they are inflected, else by the folded form."""
    name = language(lang).get("attribution", {}).get("name_stemmer")
    if name is None:
        return fold
    from snowballstemmer import stemmer as make

    snowball = make(name)
    return cache(lambda key: str(snowball.stemWord(fold(key))))


def spellings(entity: Entity, lang: str) -> list[str]:
    """The names by which texts of a language call an actor."""
    found = [*_spelled(entity, lang)]
    if entity.kind == "country":
        name = country_name(entity.id.removeprefix("cty:"), lang)
        found += [name] if name else []
    found += entity.short.get(lang, ())
    return list(dict.fromkeys(found))


def _spelled(entity: Entity, lang: str) -> tuple[str, ...]:
    return entity.names.get(lang) or entity.names.get(_BORROWED.get(lang, "")) or entity.names.get("en", ())


@cache
def name_index(lang: str, registry: Registry) -> NameIndex:
    """The names of all actors of the registry, for texts of one language."""
    settings = language(lang).get("attribution", {})
    stem = stemmer(lang)
    native = _natives(lang, registry)
    return NameIndex(
        _full(lang, registry, stem, settings),
        _surnames(lang, registry, stem, native, settings),
        _skeletons(lang, registry, native),
    )


def _full(lang: str, registry: Registry, stem: Callable[[str], str], settings: dict[str, Any]) -> Trie[tuple[str, str]]:
    trie: Trie[tuple[str, str]] = Trie()
    for entity in registry.entities.values():
        # Only what changes its article with the sentence loses it: «الرياض» is a capital, «رياض» a first name.
        whole = entity.kind in ("person", "country")
        for name in spellings(entity, lang):
            keys = [w.key if whole else bare(w, settings) for w in words(name)]
            value = (entity.kind, entity.id)
            trie.add([stem(key) for key in keys], value)
            if entity.kind == "person" and keys:
                # «Лавров» loses its last letters as if they were an ending; «Лаврова» keeps them.
                for first in {stem(keys[0]), _undropped(keys[0], settings)} if len(keys) > 1 else ():
                    middle = [stem(key) for key in keys[1:-1]]
                    trie.add([first, *middle, keys[-1]], value)
                    trie.add([first, *middle, stem(keys[-1])], value)
        for name in _of_language(entity.metonyms, lang):
            trie.add([stem(w.key) for w in words(name)], ("country", entity.id))
        for name in _of_language(entity.demonyms, lang):
            trie.add([stem(bare(w, settings)) for w in words(name)], ("demonym", entity.id))
    return trie


def _undropped(key: str, settings: dict[str, Any]) -> str:
    """A name as its inflected forms begin, without a last letter that they lose («Сергей», «Сергея»)."""
    drops = tuple(settings.get("name_drops", ()))
    return key[:-1] if drops and key.endswith(drops) else key


def _of_language(table: dict[str, tuple[str, ...]], lang: str) -> tuple[str, ...]:
    return table.get(lang) or table.get(_BORROWED.get(lang, ""), ())


def _natives(lang: str, registry: Registry) -> frozenset[str]:
    """People whose own language a text without capitals is written in: their names are its common words and first
    names.
    """
    from babel.languages import get_official_languages

    sample = next((name for e in registry.entities.values() for name in e.names.get(lang, ())), "")
    if not sample or script_of(sample[0]) not in _CASELESS:
        return frozenset()
    countries = {e.country for e in registry.entities.values() if e.country}
    own = {country for country in countries if lang in get_official_languages(country[4:])[:1]}
    return frozenset(e.id for e in registry.entities.values() if e.country in own)


def _surnames(
    lang: str, registry: Registry, stem: Callable[[str], str], native: frozenset[str], settings: dict[str, Any]
) -> dict[str, str]:
    """Last names that stand for one known person even where the article gives no full name.

    Natives are left out: such last names are common words of their language (Saleh, "good"; Said, "happy"). So is what
    ends a name and is no last name: numbers (Kirill I, John XXIII), and words with an article in a foreigner's name.
    """
    article = settings.get("article")
    shortest = _SHORTEST_CASELESS if native else _SHORTEST_SURNAME
    shared: dict[str, set[str]] = {}
    for entity in registry.entities.values():
        if entity.kind != "person" or not entity.roles:
            continue
        for name in _spelled(entity, lang):
            parts = words(name)
            if len(parts) > 1 and len(parts[-1].key) >= _SHORTEST_SURNAME:
                for key in {stem(parts[-1].key), parts[-1].key}:
                    shared.setdefault(key, set()).add(entity.id)
    alone = {key: next(iter(ids)) for key, ids in shared.items() if len(ids) == 1}
    if article:
        alone = {key: actor for key, actor in alone.items() if not key.startswith(article)}
    return {
        key: actor
        for key, actor in alone.items()
        if (actor not in native or settings.get("native_surnames"))
        and len(key) >= shortest
        and not _ROMAN.fullmatch(key)
    }


@cache
def _by_bucket(registry: Registry) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The registry's people in English and Russian spelling, by the coarse sound of their names."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entity in registry.entities.values():
        for name in (*entity.names.get("en", ()), *entity.names.get("ru", ())) if entity.kind == "person" else ():
            key = bucket(name)
            if key is not None:
                found.setdefault(key, []).append((entity.id, name))
    return found


@cache
def _is_covered(lang: str, registry: Registry) -> bool:
    """Whether the registry spells most people in a language, so that a name it lacks is somebody else's."""
    people = [entity for entity in registry.entities.values() if entity.kind == "person"]
    return sum(lang in entity.names for entity in people) >= _COVERED * len(people)


@lru_cache(maxsize=20_000)
def sounding(name: str, lang: str, registry: Registry) -> str | None:
    """The one person of the registry whose name surely sounds like this, in a language that it has few spellings for.

    None where the registry spells the language itself, and where two people come near.
    """
    key = None if _is_covered(lang, registry) else bucket(name)
    best: dict[str, float] = {}
    for actor, spelled in _by_bucket(registry).get(key, ()) if key else ():
        best[actor] = max(best.get(actor, 0.0), name_likeness(name, spelled))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _SOUNDS_SURE:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _AHEAD else None


def _skeletons(lang: str, registry: Registry, native: frozenset[str]) -> dict[str, str]:
    """Full names by their skeleton, for spellings that the registry does not list; shared skeletons stand for nobody.

    Natives are left out: their names have one spelling, and two people may share the consonants (Huda and Hadi).
    """
    found: dict[str, set[str]] = {}
    for entity in registry.entities.values():
        if entity.kind == "person" and entity.id not in native:
            for name in spellings(entity, lang):
                if len(words(name)) > 1:
                    found.setdefault(skeleton(name), set()).add(entity.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}
