"""A language's cues, titles and actor names, compiled into tries over word keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from claims.attribute.registry import Entity, Registry, country_name
from claims.lang.loader import language
from claims.text.names import skeleton
from claims.text.normalise import fold, fold_light
from claims.text.words import Word, words

T = TypeVar("T")

# Arabic writes these on to the next word.
_CONJUNCTIONS = ("و", "ف")
_PROCLITICS = ("و", "ف", "ب", "ل", "ك")


class Trie(Generic[T]):
    """Longest match of word-key sequences."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, keys: Sequence[str], value: T) -> None:
        """Store a value under a sequence of keys; several values may share one sequence."""
        if not keys:
            return
        node = self._root
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault("", []).append(value)

    def longest(self, first: Iterable[str], rest: Callable[[int], Iterable[str]]) -> tuple[int, list[T]] | None:
        """Length in words and values of the longest match; ``first``/``rest(i)`` give the keys that word i may have."""
        best: tuple[int, list[T]] | None = None
        nodes = [self._root[key] for key in first if key in self._root]
        length = 1
        while nodes:
            values = [value for node in nodes for value in node.get("", ())]
            if values:
                best = (length, values)
            nodes = [node[key] for node in nodes for key in rest(length) if key in node and key]
            length += 1
        return best


class Cue(NamedTuple):
    """What a cue word does: ``say``, ``participle``, ``nominal``, ``relay`` or an act (``calls_for``, ``rejects`` …)."""

    act: str
    verb: bool


@dataclass(frozen=True)
class Lexicon:
    """Everything that attribution knows of one language; ``known`` is False on the general path."""

    lang: str
    known: bool
    settings: dict[str, Any]
    cues: Trie[Cue]
    titles: Trie[str]
    names: Trie[tuple[str, str]]
    descriptors: Trie[str]
    surnames: dict[str, tuple[str, ...]]
    by_skeleton: dict[str, str]
    issues: Trie[str]
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    stem: Callable[[str], str] = fold

    def is_in(self, name: str, word: Word) -> bool:
        """Whether the word belongs to one of the language's closed classes (``negators``, ``prepositions`` …)."""
        return word.light in self.sets[name] or word.key in self.sets[name]

    def keys(self, word: Word) -> tuple[str, ...]:
        """The keys under which a word of a text may stand in the tries, the surest first."""
        if not self.settings.get("clitics"):
            stem = self.stem(word.key)
            return (word.key,) if stem == word.key else (word.key, stem)
        return _arabic_keys(word.key)

    def plain_keys(self, word: Word) -> tuple[str, ...]:
        """As :meth:`keys`, but with the article left on: «الصدام» is a clash, and not Saddam."""
        if not self.settings.get("clitics"):
            return self.keys(word)
        return tuple(
            key for key in _arabic_keys(word.key) if key.startswith("ال") or "ال" + key not in _arabic_keys(word.key)
        )

    def cue_keys(self, word: Word) -> tuple[str, ...]:
        """The keys of a word as a cue: light-folded, without a conjunction that is written on to it."""
        light = word.light
        if self.settings.get("clitics") and len(light) >= 3 and light[0] in _CONJUNCTIONS:
            return (light, light[1:])
        return (light,)


@cache
def _arabic_keys(key: str) -> tuple[str, ...]:
    """A word with and without conjunction, preposition and article, since names are listed without them."""
    forms = [key]
    stripped = key
    if len(stripped) > 3 and stripped[0] in _CONJUNCTIONS:
        stripped = stripped[1:]
        forms.append(stripped)
    if len(stripped) > 3 and stripped.startswith("لل"):
        forms.append("ال" + stripped[2:])
        forms.append(stripped[2:])
    elif len(stripped) > 3 and stripped[0] in _PROCLITICS:
        forms.append(stripped[1:])
    for form in tuple(forms):
        if form.startswith("ال") and len(form) > 4:
            forms.append(form[2:])
    return tuple(dict.fromkeys(forms))


_CLOSED = ["complementizers", "clause_openers", "prepositions", "pronouns", "of_words", "at_words", "in_service_of", "negators", "conditionals", "name_stops", "reported_saying", "relay_from", "future", "resumptive", "joints", "relatives", "not_after", "determiners", "particles"]


@cache
def lexicon(lang: str, registry: Registry) -> Lexicon:
    """The compiled lexicon of a language; on the general path only the names are filled."""
    data = language(lang)
    settings = data.get("attribution", {})
    stem = _stemmer(lang)
    cues: Trie[Cue] = Trie()
    for act in ("say", "participles", "nominal", "nominal_pronoun", "relay"):
        for entry in settings.get(act, ()):
            cue = Cue({"participles": "participle"}.get(act, act), act in ("say", "relay"))
            for form in entry.split("|"):
                cues.add([word.light for word in words(form)], cue)
    for act, entries in settings.get("acts", {}).items():
        for entry in entries:
            for form in entry.split("|"):
                cues.add([word.light for word in words(form)], Cue(act, True))
    titles: Trie[str] = Trie()
    for code, entries in data.get("titles", {}).items():
        for entry in entries:
            titles.add([stem(_bare(word.key, lang)) for word in words(entry)], code)
    for code, entries in data.get("bodies", {}).items():
        for entry in entries:
            titles.add([stem(_bare(word.key, lang)) for word in words(entry)], f"body:{code}")
    descriptors: Trie[str] = Trie()
    for entry in data.get("descriptors", {}).get("words", ()):
        descriptors.add([stem(word.key) for word in words(entry)], entry)
    sets = {name: _closed(settings.get(name, ())) for name in _CLOSED}
    sets["adjectives"] = _closed(data.get("descriptors", {}).get("adjectives", ()))
    return Lexicon(
        lang,
        bool(settings),
        settings,
        cues,
        titles,
        _names(lang, registry, stem),
        descriptors,
        _surnames(lang, registry, stem),
        _skeletons(lang, registry),
        _issues(lang, data),
        sets,
        stem,
    )


def _closed(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(form for entry in entries for form in (fold_light(entry), fold(entry)))


def _bare(key: str, lang: str) -> str:
    return key[2:] if lang in ("ar", "fa", "ur") and key.startswith("ال") and len(key) > 4 else key


@cache
def _stemmer(lang: str) -> Callable[[str], str]:
    """Inflected languages match names and titles by stem; others by the folded form."""
    if lang != "ru":
        return fold
    import snowballstemmer

    stemmer = snowballstemmer.stemmer("russian")
    return cache(lambda key: str(stemmer.stemWord(fold(key))))


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


def _names(lang: str, registry: Registry, stem: Callable[[str], str]) -> Trie[tuple[str, str]]:
    trie: Trie[tuple[str, str]] = Trie()
    for entity in registry.entities.values():
        for name in dict.fromkeys(spellings(entity, lang)):
            trie.add(
                [stem(_bare(w.key, lang) if entity.kind != "person" else w.key) for w in words(name)],
                (entity.kind, entity.id),
            )
        for kind, table in (("demonym", entity.demonyms), ("country", entity.metonyms)):
            for name in table.get(lang, ()) or table.get(_BORROWED.get(lang, ""), ()):
                trie.add([stem(_bare(w.key, lang)) for w in words(name)], (kind, entity.id))
    return trie


def _surnames(lang: str, registry: Registry, stem: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Last names that stand for one known person even where the article gives no full name.

    Where letters have no capitals, a person whose own language the text is written in is left out: such last names are
    common words there (Saleh, "good"; Said, "happy").
    """
    from babel.languages import get_official_languages

    native = set()
    if lang in ("ar", "fa", "ur", "he"):
        native = {
            e.id for e in registry.entities.values() if e.country and lang in get_official_languages(e.country[4:])
        }
    shared: dict[str, set[str]] = {}
    for entity in registry.entities.values():
        if entity.kind != "person" or not entity.roles:
            continue
        for name in (
            entity.names.get(lang) or entity.names.get(_BORROWED.get(lang, ""), ()) or entity.names.get("en", ())
        ):
            parts = words(name)
            if len(parts) > 1 and len(parts[-1].key) >= 4:
                shared.setdefault(stem(parts[-1].key), set()).add(entity.id)
    return {
        key: tuple(sorted(ids))
        for key, ids in shared.items()
        if len(ids) == 1 and (next(iter(ids)) not in native) and not (native and len(key) < 5)
    }


def _issues(lang: str, data: dict[str, Any]) -> Trie[str]:
    """Issues by the stems of their words; an issue is an id (``iss:inflation``)."""
    trie: Trie[str] = Trie()
    for issue, phrases in data.get("issues", {}).items():
        for phrase in phrases:
            trie.add([issue_keys(word.key, lang)[-1] for word in words(phrase)], f"iss:{issue}")
    return trie


def issue_keys(key: str, lang: str) -> tuple[str, ...]:
    """The keys of a folded word among the issues. Arabic loses only what is written on to it: its stemmer joins too much."""
    return _arabic_keys(key) if lang in ("ar", "fa", "ur") else (stem_of(key, lang),)


@cache
def stem_of(key: str, lang: str) -> str:
    """The stem of a folded word, by Snowball; the word itself where Snowball has no stemmer."""
    name = _SNOWBALL.get(lang)
    return str(_snowball(name).stemWord(key)) if name else key


@cache
def _snowball(name: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(name)


_SNOWBALL = {
    "en": "english",
    "fr": "french",
    "ru": "russian",
    "de": "german",
    "es": "spanish",
    "tr": "turkish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
}


def _skeletons(lang: str, registry: Registry) -> dict[str, str]:
    """Full names by their skeleton, for spellings that the registry does not list; shared skeletons stand for nobody."""
    found: dict[str, set[str]] = {}
    for entity in registry.entities.values():
        if entity.kind == "person":
            for name in spellings(entity, lang):
                if len(words(name)) > 1:
                    found.setdefault(skeleton(name), set()).add(entity.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def spellings(entity: Entity, lang: str) -> list[str]:
    """The names by which texts of a language call an actor."""
    own = entity.names.get(lang) or entity.names.get(_BORROWED.get(lang, ""), ()) or entity.names.get("en", ())
    found = list(own)
    if entity.kind == "country":
        name = country_name(entity.id.removeprefix("cty:"), lang)
        found += [name] if name else []
    found += entity.short.get(lang, ())
    return found
