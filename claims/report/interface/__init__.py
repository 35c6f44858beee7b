"""The interface's words: one TOML file a language beside this module. Adding a language adds a file."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from markupsafe import Markup

from claims.report.dates import Gap, When
from claims.report.visible import visible

FOLDER = Path(__file__).parent


def languages() -> tuple[str, ...]:
    """Codes of the languages that the interface speaks, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


class Interface:
    """The words of one language. A key that is missing raises ``KeyError``; a foreign code is shown as it is."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._tables: dict[str, Any] = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
        self._locale: Any = Locale.parse(code)
        self.dir = str(self._tables["dir"])

    def text(self, key: str, **values: Any) -> Markup:
        """One sentence or label, its values escaped, each apart from the direction around it."""
        return self._fill(self._tables["text"][key], values)

    def plain(self, key: str, **values: str) -> str:
        """As :meth:`text`, for an attribute: no markup."""
        return str(self._tables["text"][key]).format(**values)

    def word(self, table: str, code: str) -> str:
        """The word for a code of a closed table."""
        return str(self._tables[table][code])

    def named(self, table: str, code: str) -> str:
        """The word for a code that another stage made up; the code itself, made readable, where there is none."""
        known = self._tables.get(table, {}).get(code)
        return str(known) if known else code.replace("_", " ")

    def language(self, code: str) -> str:
        """A language's name in the interface's language."""
        return str(self._locale.languages.get(code.split("-")[0].lower(), code))

    def gap(self, gap: Gap) -> Markup:
        """``5 years``, in the plural form that the number takes."""
        table = self._tables[gap.unit]
        form = table.get(self._locale.plural_form(gap.count), table["other"])
        return self.text("apart" if gap.exact else "about_apart", gap=self._fill(form, {"n": gap.count}))

    def day(self, day: dt.date) -> Markup:
        """One day, as a ``time`` element."""
        words = self._date("day", day)
        return Markup('<time datetime="{}"><bdi>{}</bdi></time>').format(day.isoformat(), words)

    def stamp(self, text: str) -> Markup | str:
        """The day of an ISO date or time; any other text as it is."""
        try:
            return self.day(dt.date.fromisoformat(text[:10]))
        except ValueError:
            return text

    def when(self, when: When) -> Markup:
        """A date in the form that its precision allows."""
        table, first, last = self._tables["date"], when.earliest, when.latest
        if when.form == "day" and first:
            return self.day(first)
        if when.form in ("month", "year") and first:
            stamp = f"{first.year:04d}-{first.month:02d}" if when.form == "month" else f"{first.year:04d}"
            words = self._date("month", first) if when.form == "month" else str(first.year)
            return Markup('<time datetime="{}"><bdi>{}</bdi></time>').format(stamp, words)
        ends = [self.day(day) for day in (first, last) if day]
        return Markup(table[when.form]).format(**dict(zip(("a", "b"), ends, strict=False)))

    def _date(self, form: str, day: dt.date) -> str:
        table = self._tables["date"]
        return str(table[form].format(day=day.day, month=table["months"][day.month - 1], year=day.year))

    def _fill(self, text: str, values: dict[str, Any]) -> Markup:
        safe = {key: value if isinstance(value, Markup) else _isolated(value) for key, value in values.items()}
        return Markup(text).format(**safe)


def _isolated(value: Any) -> Markup:
    return Markup("<bdi>{}</bdi>").format(number(value) if isinstance(value, int) else visible(str(value)))


def number(value: int) -> str:
    """A count with its thousands apart."""
    return f"{value:,}"


@cache
def interface(code: str) -> Interface:
    """The interface in one language, read once; ``ValueError`` for a language without a file."""
    if code not in languages():
        raise ValueError(f"the report has no interface in {code!r}; there is {', '.join(languages())}")
    return Interface(code)
