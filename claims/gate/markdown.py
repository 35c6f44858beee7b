"""The verdict as Markdown, for a job's summary page and for a comment, in the languages of the report's interface.

Every text of an article is escaped: no markup, no HTML, no mention, no link can come out of it. What does not fit the
limit goes from the end, finding by finding, and the text says how many went.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from claims.baseline.fingerprint import SHORT
from claims.baseline.match import Matched, Matching
from claims.errors import EXIT_PASS, EXIT_POLICY, UsageError
from claims.gate.policy import Verdict, today
from claims.gate.wording import one_line
from claims.records import FindingSide
from claims.report.dates import plain_date
from claims.report.interface import Interface, interface, languages
from claims.report.markdown import escape
from claims.report.view import figure
from claims.report.visible import shorten

LONGEST_QUOTE = 300
LONGEST_NAME = 80
_STATES = ("new", "updated", "unchanged")
_OPEN = ("unreviewed", "unsure", "expired")
_DECISIONS = (*_OPEN, "confirmed", "rejected")

Words = Interface


class Limit(NamedTuple):
    """How long a text may be, and whether that counts bytes of UTF-8 or characters."""

    most: int
    in_bytes: bool

    def holds(self, text: str) -> bool:
        """Whether a text fits."""
        return (len(text.encode("utf-8")) if self.in_bytes else len(text)) <= self.most


SUMMARY = Limit(1024 * 1024, True)
"""GitHub's step summary: 1 MiB a step; what is longer is not shown at all."""

COMMENT = Limit(65_536, False)
"""GitHub's pull-request comment: 65,536 characters; a longer one is refused. GitLab's notes take a million."""


def words(code: str) -> Words:
    """The tool's own words in a language.

    Raises:
        UsageError: there are none.
    """
    if code not in languages():
        raise UsageError(f"--interface {code}: there is {' and '.join(languages())}")
    return interface(code)


def markdown(
    matching: Matching, verdict: Verdict, words: Words, limit: Limit = COMMENT, day: dt.date | None = None
) -> str:
    """The verdict, the findings that are open or made it fail, and their quotes; ends with a line end."""
    day = day or today()
    judged = verdict.exit_code in (EXIT_PASS, EXIT_POLICY)
    shown = sorted(
        (found for found in matching.findings if _shown(found, verdict, day)),
        key=lambda found: (
            found.finding.fingerprint not in verdict.failing, -found.finding.probability, found.finding.fingerprint
        ),
    ) if judged else []  # fmt: skip
    rows, quotes = [_row(found, words, day) for found in shown], [_quotes(found, words) for found in shown]

    def text(count: int) -> str:
        return _text(verdict, matching, words, rows[:count], quotes[:count], len(shown) - count)

    # The largest number of findings that fits: more of them never make the text shorter.
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if limit.holds(text(middle)) else (low, middle - 1)
    return text(low)


def _shown(found: Matched, verdict: Verdict, day: dt.date) -> bool:
    return found.finding.fingerprint in verdict.failing or (
        found.judgement(day) in _OPEN and found.finding.probability > 0
    )


def _text(verdict: Verdict, matching: Matching, words: Words, rows: list[str], quotes: list[str], left_out: int) -> str:
    title = "passed" if verdict.passed else "failed" if verdict.exit_code == EXIT_POLICY else "not_judged"
    lines = [f"## {words.named('gate', title)}", ""]
    if verdict.exit_code == EXIT_PASS or verdict.exit_code == EXIT_POLICY:
        lines += [_counts(verdict, words), ""]
    else:
        # What the tool says about files and settings is the same in all languages.
        lines += [f'<div dir="ltr">{escape(shorten(one_line(reason), 2000))}</div>' for reason in verdict.reasons[:5]]
        lines += [""]
    if rows:
        heads = ("certainty", "dates", "actor", "kind", "target", "state", "decision")
        lines += ["| " + " | ".join(words.named("gate", head) for head in heads) + " |", "|" + "---|" * len(heads)]
        lines += [*rows, "", *quotes]
    if left_out:
        lines += [words.named("gate", "left_out").format(n=left_out), ""]
    for name, entries in (("absent", matching.absent), ("not_checked", matching.not_checked)):
        if entries:
            lines += [words.named("gate", name).format(n=len(entries)), ""]
    text = "\n".join(lines)
    return f'<div dir="rtl">\n\n{text}\n</div>\n' if words.dir == "rtl" else text


def _counts(verdict: Verdict, words: Words) -> str:
    counts = verdict.counts
    shown = counts["findings"] - counts["below_probability"]
    told = [f"{words.word('state', state)} {counts[state]}" for state in _STATES if counts[state]]
    told += [f"{words.named('decision', name)} {counts[name]}" for name in _DECISIONS if counts[name]]
    parts = [f"**{words.named('count', 'findings')} {shown}**" + (f" ({', '.join(told)})" if told else "")]
    parts += [f"{words.named('count', name)} {counts[name]:,}" for name in ("articles", "claims")]
    return " · ".join(parts)


def _row(found: Matched, words: Words, day: dt.date) -> str:
    finding = found.finding
    kind = words.word("kind", finding.kind)
    if finding.direction != "none":
        kind += " " + words.word("direction", finding.direction)
    target = escape(shorten(finding.target.name, LONGEST_NAME)) if finding.target else "–"
    cells = (
        figure(finding.probability),
        escape(f"{plain_date(finding.earlier.date)} → {plain_date(finding.later.date)}"),
        escape(shorten(finding.actor.name, LONGEST_NAME)),
        kind,
        target,
        words.word("state", finding.state),
        words.named("decision", found.judgement(day)),
    )
    return "| " + " | ".join(cells) + " |"


def _quotes(found: Matched, words: Words) -> str:
    finding = found.finding
    actor = escape(shorten(finding.actor.name, LONGEST_NAME))
    lines = [f"**{actor}** ({finding.fingerprint[:SHORT]}): {escape(shorten(one_line(finding.explanation), 600))}", ""]
    lines += [_quote(words.named("gate", role), side) for role, side in _sides(found)]
    return "\n".join([*lines, ""])


def _sides(found: Matched) -> tuple[tuple[str, FindingSide], tuple[str, FindingSide]]:
    return ("earlier", found.finding.earlier), ("later", found.finding.later)


def _quote(role: str, side: FindingSide) -> str:
    path, quote = escape(shorten(one_line(side.path), 200)), escape(shorten(one_line(side.quote), LONGEST_QUOTE))
    return f"- {role}, {escape(plain_date(side.date))}, {path}: “{quote}”"
