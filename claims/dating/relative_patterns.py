"""The regular expressions of one language's relative dates, built once from its lexicon and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from claims.dating.lexicon import LETTER, Lexicon, alternation, compiled, lexicon

_SPACE = re.compile(r"\s+")
_WORD = re.compile(rf"{LETTER}+")
_REACH = 48

Unit = Literal["hour", "day", "week", "month", "year"]
Parts = tuple[int, Unit | None, int | None, int | None, int | None]


@dataclass(frozen=True)
class RelativePatterns:
    """Compiled expressions of one language, and the numbers that their words stand for."""

    lexicon: Lexicon
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    anchors: frozenset[str]
    days: dict[str, int]
    numbers: dict[str, int]
    units: dict[str, Unit]
    pairs: dict[str, Unit]

    def windows(self, text: str) -> list[tuple[int, int]]:
        """The stretches of a folded text around words that a relative expression holds."""
        if not self.lexicon.spaced:
            return [(0, len(text))]
        found: list[tuple[int, int]] = []
        for match in _WORD.finditer(text):
            if match.group() in self.anchors:
                low, high = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
                while low > 0 and not text[low - 1].isspace():
                    low -= 1
                while high < len(text) and not text[high].isspace():
                    high += 1
                if found and low <= found[-1][1]:
                    low = found.pop()[0]
                found.append((low, high))
        return found

    def parts(self, rule: str, match: re.Match[str]) -> Parts | None:
        """(offset, unit, weekday, month, direction) of a match; None if its words say nothing after all."""
        groups = {key: _SPACE.sub(" ", value) for key, value in match.groupdict().items() if value}
        words = self.lexicon
        direction = next((step for key, step in (("last", -1), ("this", 0), ("next", 1)) if _has(groups, key)), None)
        weekday = words.weekdays.get(groups["w"]) if "w" in groups else None
        month = words.months.get(groups["m"]) if "m" in groups else None
        unit = self.units.get(groups["u"]) if "u" in groups else None
        offset = self.days.get(groups["day"], 0) if "day" in groups else 0
        if rule == "ago":
            if "pair" in groups:
                return 2, self.pairs.get(groups["pair"]), None, None, None
            number = groups.get("n", "")
            offset = int(number) if number.isdigit() else self.numbers.get(number, 1)
            if unit is None or offset > 500:
                return None
        if rule in ("unit", "month", "month_of_year") and (direction is None or unit in ("hour", "day")):
            return None  # a bare «month» or «March» moves nothing
        return offset, unit, weekday, month, direction


def _has(groups: dict[str, str], key: str) -> bool:
    return any(name in groups for name in (key, f"{key}a"))


@cache
def relative_patterns(lang: str) -> RelativePatterns:
    """The expressions of a language code. A language without cues still has its weekdays, through CLDR."""
    words = lexicon(lang)
    days = words.numbered("days")
    numbers = words.numbered("numbers")
    units = _inverse(words, words.table.get("units", {}))
    ago = words.table.get("ago", {})
    pairs = {folded: unit for name, unit in ago.get("pairs", {}).items() for folded in _folded(words, [name])}
    rules = [*_rules(words, alternation(days), alternation(units)), *_ago(words, ago, numbers, units, pairs)]
    clitics = ["", *words.table.get("clitics", "")]
    names = [*days, *words.weekdays, *units, *pairs, *words.months]
    # The shortest words of an expression («a», «il») would open a window everywhere; a name opens it as well.
    anchors = frozenset(clitic + re.split(r"[\s.\-']", name)[0] for name in names for clitic in clitics)
    return RelativePatterns(
        words, tuple((rule, compiled(text)) for rule, text in rules), anchors - {"", "the", "l", "la", "le"},
        days, numbers, units, pairs,
    )  # fmt: skip


def _folded(words: Lexicon, names: list[str]) -> list[str]:
    from claims.dating.fold import fold_word

    return [fold_word(name) for name in names]


def _inverse(words: Lexicon, table: dict[str, list[str]]) -> dict[str, Unit]:
    known: dict[str, Unit] = {"hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year"}
    return {name: known[unit] for unit, names in table.items() for name in _folded(words, names)}


def _marked(words: Lexicon, core: str) -> str:
    """``core``, with "last", "this" or "next" before or behind it where the text has them."""
    before, after = [], []
    for key in ("last", "this", "next"):
        if words.words(f"{key}_before"):
            before.append(rf"(?P<{key}>{alternation(words.words(f'{key}_before'))}\s+)")
        if words.words(f"{key}_after"):
            after.append(rf"(?P<{key}a>\s*,?\s*{alternation(words.words(f'{key}_after'))}(?!{LETTER}))")
    left = f"(?:{'|'.join(before)})?" if before else ""
    right = f"(?:{'|'.join(after)})?" if after else ""
    return left + core + right


def _rules(words: Lexicon, days: str, units: str) -> list[tuple[str, str]]:
    start, end = (rf"(?<!{LETTER})", rf"(?!{LETTER})") if words.spaced else ("", "")
    skipped = set(words.words("not_bare"))
    weekdays = alternation(name for name in words.weekdays if name not in skipped)
    weekday = rf"(?P<w>{weekdays}){end}"
    months = alternation(words.months)
    small = alternation((*words.words("year_connectors"), *words.words("connectors")))
    skip_days = set(words.words("not_relative"))
    day = alternation(name for name in words.numbered("days") if name not in skip_days) if days else days
    lead = start + words.clitics
    return [
        ("day", rf"{lead}(?P<day>{day}){end}(?:\s*,?\s*\(?{weekday})?"),
        ("day", rf"{lead}{weekday}\s*\(?(?P<day>{day}){end}"),
        ("weekday", lead + _marked(words, weekday)),
        ("unit", lead + _marked(words, rf"(?P<u>{units}){end}")),
        ("month", lead + _marked(words, rf"(?P<m>{months}){end}")),
        (
            "month_of_year",
            rf"{lead}(?P<m>{months}){end}\s*,?\s*(?:{small}\s+)?"
            + _marked(words, rf"(?P<u>{alternation(_years(words))}){end}"),
        ),
        (
            "earlier",
            rf"{lead}{alternation(words.words('earlier'))}\s+{alternation(words.words('this_before'))}\s+"
            rf"(?P<this>)(?P<u>{units}){end}",
        ),
    ]


def _years(words: Lexicon) -> list[str]:
    return _folded(words, words.table.get("units", {}).get("year", []))


def _ago(
    words: Lexicon, ago: dict[str, list[str]], numbers: dict[str, int], units: dict[str, Unit], pairs: dict[str, Unit]
) -> list[tuple[str, str]]:
    """«{before} N unit» and «N unit {after}», with a number, a dual («يومين») or "a few"."""
    if not ago:
        return []
    lead, end = rf"(?<!{LETTER}){words.clitics}", rf"(?!{LETTER})"
    count = rf"(?:(?P<n>\d{{1,3}}|{alternation(numbers)})\s+)"
    before = alternation(_folded(words, ago.get("before", [])))
    after = alternation(_folded(words, ago.get("after", [])))
    unit = rf"(?P<u>{alternation(units)}){end}"
    some = [word for word in _folded(words, ago.get("few", [])) if word]
    few = rf"(?:{alternation(some)}\s+)" + ("?" if "" in ago.get("few", []) else "")
    pair = rf"(?P<pair>{alternation(pairs)}){end}"
    found = []
    if ago.get("before"):
        found += [("ago", rf"{lead}{before}\s+{count}{unit}"), ("ago_few", rf"{lead}{before}\s+{few}{unit}")]
        found += [("ago", rf"{lead}{before}\s+{pair}")]
    if ago.get("after"):
        found += [("ago", rf"{lead}{count}{unit}\s+{after}{end}"), ("ago_few", rf"{lead}{few}{unit}\s+{after}{end}")]
        found += [("ago", rf"{lead}{pair}\s+{after}{end}")]
    return found
