"""A small made-up registry and a short way to read a text with it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from claims.attribute.attribution import Statement, attribute
from claims.attribute.lexicon import lexicon
from claims.attribute.memory import Memory
from claims.attribute.mention import Mention
from claims.attribute.mentions import find_mentions
from claims.attribute.registry import Entity, Registry, Role
from claims.attribute.sentence import Sentence
from claims.records import Published
from claims.text.segment import paragraphs, sentences

DAY = dt.date(2024, 5, 1)


def _person(
    key: str, name: str, country: str, names: dict[str, str], *roles: Role, gender: str | None = None
) -> Entity:
    spelled = {lang: (one,) for lang, one in names.items()} | {"en": (name,)}
    return Entity(f"per:{key}", "person", name, f"cty:{country}", spelled, roles, gender=gender)


def _country(
    code: str, name: str, demonyms: dict[str, tuple[str, ...]], metonyms: dict[str, tuple[str, ...]]
) -> Entity:
    return Entity(f"cty:{code}", "country", name, f"cty:{code}", {"en": (name,)}, demonyms=demonyms, metonyms=metonyms)


@cache
def registry() -> Registry:
    """Two states, a seat of power, an alliance, an outlet, and people with dated offices."""
    return Registry(
        [
            _person(
                "boris-orlov",
                "Boris Orlov",
                "RU",
                {"ar": "بوريس أورلوف", "fr": "Boris Orlov", "ru": "Борис Орлов"},
                Role("head_of_state", "cty:RU", dt.date(2012, 5, 7), None),
            ),
            _person(
                "pavel-zimin",
                "Pavel Zimin",
                "RU",
                {"ar": "بافل زيمين", "ru": "Павел Зимин"},
                Role("spokesperson", "org:kremlin", dt.date(2012, 1, 1), None),
            ),
            _person(
                "ivan-lukin",
                "Ivan Lukin",
                "RU",
                {"ar": "إيفان لوكين", "ru": "Иван Лукин"},
                Role("ambassador", "cty:RU", dt.date(2020, 1, 1), None, "cty:TR"),
            ),
            _person(
                "oleg-petrenko",
                "Oleg Petrenko",
                "RU",
                {"ru": "Олег Петренко"},
                Role("ambassador", "cty:RU", dt.date(2020, 1, 1), None, "cty:EG"),
            ),
            _person(
                "kemal-aydin",
                "Kemal Aydin",
                "TR",
                {"ar": "كمال أيدين", "fr": "Kemal Aydin", "ru": "Кемаль Айдын"},
                Role("head_of_state", "cty:TR", dt.date(2014, 8, 28), None),
                Role("head_of_government", "cty:TR", dt.date(2003, 3, 14), dt.date(2014, 8, 28)),
            ),
            _person(
                "leyla-demir",
                "Leyla Demir",
                "TR",
                {"ar": "ليلى دمير"},
                Role("foreign_minister", "cty:TR", dt.date(2023, 6, 3), None),
                gender="f",
            ),
            Entity("org:kremlin", "government", "Kremlin", "cty:RU", {"ar": ("الكرملين",), "en": ("Kremlin",)}),
            Entity("org:nato", "international", "NATO", None, {"ar": ("حلف الناتو",), "en": ("NATO",)}),
            Entity("org:tass", "news", "TASS", "cty:RU", {"ar": ("وكالة تاس",), "en": ("TASS",), "ru": ("ТАСС",)}),
            _country(
                "RU",
                "Russia",
                {"ar": ("روسي", "روسية"), "en": ("Russian",), "ru": ("российский",), "fr": ("russe",)},
                {"ar": ("موسكو",), "en": ("Moscow",), "ru": ("Москва",)},
            ),
            _country(
                "TR",
                "Turkey",
                {"ar": ("تركي", "تركية"), "en": ("Turkish",), "ru": ("турецкий",), "fr": ("turc",)},
                {"ar": ("أنقرة",), "en": ("Ankara",)},
            ),
            _country("EG", "Egypt", {"ar": ("مصري", "مصرية"), "en": ("Egyptian",)}, {"ar": ("القاهرة",)}),
            _country(
                "SA", "Saudi Arabia", {"ar": ("سعودي",), "en": ("Saudi",)}, {"ar": ("الرياض",), "en": ("Riyadh",)}
            ),
            _country("JO", "Jordan", {"ar": ("أردني",), "en": ("Jordanian",)}, {}),
        ]
    )


def read(text: str, lang: str, day: dt.date | None = DAY) -> list[Statement]:
    """The statements of a text that appeared on a day."""
    published = Published(earliest=day, latest=day)
    split = [sentences(text, *paragraph, lang) for paragraph in paragraphs(text, [])]
    return attribute(text, split, lang, published, registry())


def holders(text: str, lang: str) -> list[str | None]:
    """Who holds each statement of a text, in order."""
    return [statement.actor.id if statement.actor else None for statement in read(text, lang)]


def memory(lang: str, day: dt.date | None = DAY) -> Memory:
    """The memory of an article that has not begun."""
    return Memory(lexicon(lang, registry()), registry(), day, day)


def mentions(text: str, lang: str, of: Memory | None = None) -> list[tuple[str, Mention]]:
    """The mentions of one sentence with their words."""
    known = of or memory(lang)
    sentence = Sentence(text, 0, len(text), known.lexicon)
    return [(sentence.surface(m.first, m.last), m) for m in find_mentions(sentence, known)]
