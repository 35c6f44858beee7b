"""The words of dates in one language: names from CLDR through Babel, variants and cues from the language's data.

All names are folded (:mod:`claims.dating.fold`). Babel is imported on first use and each language is read once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from claims.dating.fold import fold_word
from claims.lang.loader import language

_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})
_SKELETONS = ("MMMMd", "MMMd", "MMMMEd", "yMMMM", "yMMMd")
LETTER = r"[^\W\d_]"


@dataclass(frozen=True)
class Lexicon:
    """Date words of one language.

    ``months`` and ``weekdays`` are full names (1…12, Monday = 0); the ``short_`` ones count only inside a date.
    ``order`` is how the language writes a numeric date. ``patterns`` are CLDR date patterns. ``table`` holds the
    language's cues as written.
    """

    lang: str
    months: Mapping[str, int] = field(default_factory=dict)
    short_months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    short_weekdays: Mapping[str, int] = field(default_factory=dict)
    order: str = "dmy"
    patterns: tuple[str, ...] = ()
    table: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spaced(self) -> bool:
        """Whether the language sets spaces between words."""
        return self.lang not in _UNSPACED

    def words(self, key: str) -> tuple[str, ...]:
        """The cues under ``key``, folded, longest first; empty where the language has none."""
        return tuple(sorted({fold_word(word) for word in self.table.get(key, ())}, key=lambda w: (-len(w), w)))

    def numbered(self, key: str) -> dict[str, int]:
        """A table ``{number: [words]}`` turned round: folded word to number."""
        return {fold_word(word): int(number) for number, words in self.table.get(key, {}).items() for word in words}

    @property
    def clitics(self) -> str:
        """Regex for particles written onto the following name (Arabic «و», «ب»); may be empty."""
        letters = self.table.get("clitics", "")
        return f"(?:[{letters}]{{0,2}})" if letters else ""


def alternation(words: Iterable[str]) -> str:
    """Regex that matches any of the words, longest first; matches nothing where there are none."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")" if ordered else "(?!)"


def compiled(pattern: str) -> re.Pattern[str]:
    """The expression with white space bounded: a date has no wide gaps, and wide gaps would cost quadratic time."""
    return re.compile(pattern.replace(r"\s*", r"\s{0,4}").replace(r"\s+", r"\s{1,4}"))


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language code; a code that CLDR does not know gives one without names (ISO dates only)."""
    code = lang.replace("_", "-").split("-")[0].lower()
    table = language(code).get("dates") or _general().get(code, {})
    months: dict[str, int] = {}
    short_months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    short_weekdays: dict[str, int] = {}
    patterns: list[str] = []
    order = "dmy"
    for name in (code, *table.get("locales", ())):
        locale = _locale(name)
        if locale is None:
            continue
        _names(locale.months, "wide", months)
        _names(locale.months, "abbreviated", short_months)
        _names(locale.days, "wide", weekdays)
        _names(locale.days, "abbreviated", short_weekdays)
        if name == code:
            patterns = _patterns(locale)
            order = _order(locale.date_formats["short"].pattern)
    for source, target in (("months", months), ("weekdays", weekdays)):
        for number, words in table.get(source, {}).items():
            target.update({fold_word(word).rstrip("."): int(number) for word in words})
    return Lexicon(
        lang=code,
        months=months,
        short_months={name: number for name, number in short_months.items() if name not in months},
        weekdays=weekdays,
        short_weekdays={name: number for name, number in short_weekdays.items() if name not in weekdays},
        order=order,
        patterns=tuple(patterns),
        table=table,
    )


@cache
def _general() -> dict[str, Any]:
    path = Path(__file__).with_name("general.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _locale(code: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None


def _names(names: Any, width: str, target: dict[str, int]) -> None:
    """Adds the names of one width, inflected and stand-alone."""
    inflected = names["format"][width]
    for number, name in inflected.items():
        _add(name, number, target)
    for number, name in names["stand-alone"][width].items():
        # Babel resolves the stand-alone alias to Chinese names in some languages once Chinese has been loaded.
        if not (name[:1].isnumeric() and not inflected[number][:1].isnumeric()):
            _add(name, number, target)


def _add(name: str, number: int, target: dict[str, int]) -> None:
    folded = fold_word(name).rstrip(".")
    # A name that is a bare number is no name; the patterns of such languages spell the sign behind it.
    if len(folded) > 1 and not folded.isdigit():
        target.setdefault(folded, number)


def _patterns(locale: Any) -> list[str]:
    found = [locale.date_formats[width].pattern for width in ("full", "long", "medium")]
    skeletons = locale.datetime_skeletons
    found += [skeletons[key].pattern for key in _SKELETONS if key in skeletons]
    # An all-numeric pattern («dd.MM.y», «y/M/d») is left to the numeric rules.
    kept = [text for text in found if "MMM" in text or "LLL" in text or re.search(r"M[^\W\d_a-zA-Z]|'", text)]
    return list(dict.fromkeys(kept))


def _order(short: str) -> str:
    letters = re.sub(r"'[^']*'|[^dMy]", "", short)
    return "".join(dict.fromkeys(letters.lower())) or "dmy"
