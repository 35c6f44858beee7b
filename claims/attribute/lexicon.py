"""A language's cues, offices, names and issues, compiled into tries over word keys."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from claims.attribute.issues import issue_trie
from claims.attribute.names import NameIndex, affixed, bare, name_index, spellings, stemmer
from claims.attribute.registry import Registry
from claims.attribute.trie import Trie
from claims.lang.loader import language
from claims.text.normalise import fold, fold_light
from claims.text.words import Word, words

GIVEN_NAMES = Path(__file__).with_name("given_names.toml")


class Cue(NamedTuple):
    """What a cue word does: ``say``, ``participle``, ``nominal``, ``relay`` or an act (``calls_for``, ``rejects`` …).

    ``gender`` is that of the subject, where the form shows it.
    """

    act: str
    verb: bool
    gender: str | None = None


# The lists of [attribution] that are closed classes of words. A language that has no such words leaves the list out.
_CLOSED = (
    "addressed",
    "agents",
    "ambiguous_cues",
    "auxiliaries",
    "adjectives",
    "adjuncts",
    "adverbs",
    "at_words",
    "audience",
    "clause_openers",
    "clause_words",
    "complementizers",
    "coordinators",
    "counterparts",
    "be_forms",
    "case_endings",
    "cue_helpers",
    "cue_prepositions",
    "determiners",
    "feminine",
    "finite",
    "first_person",
    "honorifics",
    "in_service_of",
    "indefinite",
    "joint_subjects",
    "joints",
    "name_stops",
    "negators",
    "not_after",
    "noun_cues",
    "occasions",
    "of_words",
    "particles",
    "passive_openers",
    "possessive_mark",
    "postpositions",
    "prepositions",
    "pronouns",
    "relatives",
    "relay_from",
    "relay_from_him",
    "reported_mood",
    "reported_saying",
    "resumptive",
    "saying_prepositions",
    "speaking_from",
    "subject_pronouns",
    "time_openers",
    "unnamed",
    "word_names",
)


@dataclass(frozen=True)
class Lexicon:
    """Everything that attribution knows of one language; ``known`` is False on the general path.

    ``verb_first``: the verb stands before its subject in the neutral order; ``verb_last``: behind subject and object.
    ``caseless``: the script has no capitals, so nothing shows a name but its neighbours. ``pro_drop``: a verb without a
    subject goes on about whoever spoke last. ``clitic``: conjunctions, prepositions and the article are written on to
    the next word.
    """

    lang: str
    known: bool
    settings: dict[str, Any]
    cues: Trie[Cue]
    attitudes: Trie[Cue]
    titles: Trie[str]
    descriptors: Trie[str]
    anaphors: Trie[str]
    issues: Trie[str]
    names: NameIndex
    given: frozenset[str]
    sets: dict[str, frozenset[str]] = field(default_factory=dict)
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stem: Callable[[str], str] = fold
    verb_first: bool = field(init=False, default=False)
    verb_last: bool = field(init=False, default=False)
    caseless: bool = field(init=False, default=False)
    pro_drop: bool = field(init=False, default=False)
    clitic: bool = field(init=False, default=False)
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _plain: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _members: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        object.__setattr__(self, "verb_first", self.settings.get("order") == "verb_first")
        object.__setattr__(self, "verb_last", self.settings.get("order") == "verb_last")
        object.__setattr__(self, "caseless", bool(self.settings.get("caseless") or self.settings.get("clitics")))
        object.__setattr__(self, "pro_drop", bool(self.settings.get("pro_drop")))
        object.__setattr__(self, "clitic", bool(self.settings.get("clitics")))

    def is_in(self, name: str, word: Word) -> bool:
        """Whether the word belongs to one of the language's closed classes (``negators``, ``prepositions`` …)."""
        known = self._members[name]
        found = known.get(word.light)
        if found is None:
            members = self.sets[name]
            found = word.light in members or word.key in members
            if not found and self.clitic and len(word.light) > 2:
                found = any(form in members for form in self.cue_keys(word)[1:])
            known[word.light] = found
        return found

    def keys(self, word: Word) -> tuple[str, ...]:
        """The keys under which a word of a text may stand in the tries, the surest first."""
        known = self._keys.get(word.key)
        if known is None:
            if self.clitic:
                known = affixed(word.key, self.settings)
            else:
                stem = self.stem(word.key)
                known = (word.key,) if stem == word.key else (word.key, stem)
            self._keys[word.key] = known
        return known

    def plain_keys(self, word: Word) -> tuple[str, ...]:
        """As :meth:`keys`, but with the article left on: «الصدام» is a clash, and not Saddam."""
        if not self.clitic:
            return self.keys(word)
        known = self._plain.get(word.key)
        if known is None:
            article = self.settings["article"]
            keys = self.keys(word)
            known = tuple(key for key in keys if key.startswith(article) or article + key not in keys)
            self._plain[word.key] = known
        return known

    def cue_keys(self, word: Word) -> tuple[str, ...]:
        """The keys of a word as a cue: light-folded, without a conjunction that is written on to it."""
        light = word.light
        if self.clitic and len(light) >= 3 and light[0] in self.settings["clitics"]:
            return (light, light[1:])
        return (light,)

    def is_cue(self, word: Word) -> bool:
        """Whether the word alone is a cue."""
        return self.cues.longest(self.cue_keys(word)) is not None


@cache
def lexicon(lang: str, registry: Registry) -> Lexicon:
    """The compiled lexicon of a language; on the general path only the names are filled."""
    data = language(lang)
    settings = data.get("attribution", {})
    stem = stemmer(lang)
    sets = {name: _closed(settings.get(name, ())) for name in _CLOSED}
    endings = settings.get("title_case_endings", ())
    sets["oblique_titles"] = frozenset(
        fold(words(entry)[-1].key + ending) for entry in _all_titles(data, settings) for ending in endings
    )
    sets["adjectives"] = _closed(data.get("descriptors", {}).get("adjectives", ()))
    names = ("conditionals", "questioned_marks", "reports_of_others", "denied_marks", "whether")
    return Lexicon(
        lang,
        bool(settings),
        settings,
        _cues(settings),
        _attitudes(settings),
        _titles(data, stem, settings),
        _phrases(data.get("descriptors", {}), settings.get("same_speaker", ()), stem),
        _anaphors(settings, stem),
        issue_trie(lang, data, settings),
        name_index(lang, registry),
        _given_names(lang, registry, settings),
        sets,
        {name: tuple(_padded(phrase) for phrase in settings.get(name, ())) for name in names},
        stem,
    )


# Cues that are no verbs: the act, and its list in [attribution].
_NOT_VERBS = (
    ("participle", "participles"),
    ("nominal", "nominal"),
    ("nominal_behind", "nominal_behind"),
    ("nominal_pronoun", "nominal_pronoun"),
    ("opening", "opening"),
    ("none", "no_cues"),
    ("cited", "cited"),
)


def _cues(settings: dict[str, Any]) -> Trie[Cue]:
    """All cue forms. Where an ending of the language's list marks the feminine, the form carries it."""
    trie: Trie[Cue] = Trie()
    entries = [(act, entry) for act in ("say", "relay") for entry in settings.get(act, ())]
    entries += [(act, entry) for act, listed in settings.get("acts", {}).items() for entry in listed]
    endings = tuple(settings.get("feminine_endings", ()))
    for act, entry in entries:
        forms = entry.split("|")
        for number, form in enumerate(forms):
            verb = form.split()[0]
            # Every list of forms begins with the masculine one, so a first form is no feminine whatever its letters.
            feminine = number > 0 and (verb.endswith(endings) or _has_masculine(verb, forms, settings))
            masculine = verb.endswith(tuple(settings.get("masculine_endings", ("",))))
            gender = None if not endings else "f" if feminine else "m" if masculine else None
            trie.add([word.light for word in words(form)], Cue(act, True, gender))
    for act, listed in _NOT_VERBS:
        for entry in settings.get(listed, ()):
            for form in entry.split("|"):
                trie.add([word.light for word in words(form)], Cue(act, False))
    return trie


def _attitudes(settings: dict[str, Any]) -> Trie[Cue]:
    """All cues and the verbs of opinion and plan beside them: what has a source and a content."""
    trie = _cues(settings)
    for entry in settings.get("attitudes", ()):
        for form in entry.split("|"):
            trie.add([word.light for word in words(form)], Cue("attitude", True))
    return trie


def modality_of(cue: str | None, act: str | None, lexicon: Lexicon) -> str | None:
    """What a cue says that its source does beyond saying ("warns", "demands"); None for plain saying."""
    if cue is not None and act == "participle":
        acts = lexicon.settings.get("participle_acts", {})
        lights = {fold_light(form): meant for form, meant in acts.items()}
        return next((lights[form] for word in words(cue) for form in lexicon.cue_keys(word) if form in lights), None)
    return act if act in lexicon.settings.get("acts", {}) else None


def _has_masculine(verb: str, forms: list[str], settings: dict[str, Any]) -> bool:
    """A present form is feminine if the list has the same form with the masculine prefix («تقول» beside «يقول»)."""
    feminine, masculine = settings.get("feminine_prefix", ("", ""))
    if not feminine or not verb.startswith(feminine):
        return False
    return any(form.split()[0] == masculine + verb[len(feminine) :] for form in forms)


def _titles(data: dict[str, Any], stem: Callable[[str], str], settings: dict[str, Any]) -> Trie[str]:
    trie: Trie[str] = Trie()
    sections = (("", data.get("titles")), ("body:", data.get("bodies")), ("trade:", settings.get("trades")))
    for prefix, section in sections:
        for code, entries in (section or {}).items():
            for entry in entries:
                keys = [stem(bare(word, settings)) for word in words(entry)]
                trie.add(keys, prefix + code)
                for ending in settings.get("title_case_endings", ()):
                    trie.add([*keys[:-1], fold(keys[-1] + ending)], prefix + code)
    return trie


def _all_titles(data: dict[str, Any], settings: dict[str, Any]) -> list[str]:
    sections = (data.get("titles", {}), data.get("bodies", {}), settings.get("trades", {}))
    return [entry for section in sections for entries in section.values() for entry in entries]


def _phrases(descriptors: dict[str, Any], same: Iterable[str], stem: Callable[[str], str]) -> Trie[str]:
    """Descriptions of somebody; the value is ``same`` for those that mean the source of the sentence before, ``body``
    for those that mean the body that spoke last.
    """
    trie: Trie[str] = Trie()
    described = (("", descriptors.get("words", ())), ("body", descriptors.get("bodies", ())), ("same", same))
    for value, listed in described:
        for entry in listed:
            trie.add([stem(word.key) for word in words(entry)], value)
    return trie


def _anaphors(settings: dict[str, Any], stem: Callable[[str], str]) -> Trie[str]:
    """Words for a body or a state that the text has named ("the alliance", "the kingdom"), with whom they can mean."""
    trie: Trie[str] = Trie()
    for phrase, meant in settings.get("anaphors", {}).items():
        for actor in meant:
            trie.add([stem(word.key) for word in words(phrase)], actor)
    return trie


def _closed(entries: Iterable[str]) -> frozenset[str]:
    """The entries by both foldings; but «على», "on", must not fold to the letters of the name «علي»."""
    found = set()
    for entry in entries:
        light, key = fold_light(entry), fold(entry)
        found |= {light} if light.endswith("ى") else {light, key}
    return frozenset(found)


def _padded(phrase: str) -> str:
    return " " + " ".join(word.light for word in words(phrase)) + " "


def _given_names(lang: str, registry: Registry, settings: dict[str, Any]) -> frozenset[str]:
    """First names of the language's list and of the registry's people, where capitals do not show a name."""
    listed_under = settings.get("given_names_of", lang if settings.get("clitics") else None)
    if listed_under is None and not settings.get("capital_nouns"):
        return frozenset()
    listed = tomllib.loads(GIVEN_NAMES.read_text(encoding="utf-8")).get(listed_under or "", "").split()
    borne = (name for entity in registry.entities.values() if entity.kind == "person" for name in _own(entity, lang))
    firsts = {parts[0].key for name in borne if len(parts := words(name)) > 1 and len(parts[0].key) > 2}
    return frozenset(listed) | frozenset(firsts)


def _own(entity: Any, lang: str) -> tuple[str, ...]:
    return tuple(spellings(entity, lang))
