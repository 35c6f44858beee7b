"""A short digest of the findings in Markdown, for the summary page of a CI run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from claims.records import Finding, Rejected
from claims.report.dates import plain_date
from claims.report.interface import interface
from claims.report.view import figure, level
from claims.report.visible import one_line, shorten

LONGEST_QUOTE = 240


def digest(
    findings: Sequence[Finding],
    *,
    counts: Mapping[str, int],
    rejected: Sequence[Rejected] = (),
    report: Path | str | None = None,
    limit: int = 20,
) -> str:
    """The findings, most certain first, as a table with both quotations of each below it; ends with a line end.

    Every text of an article is escaped: no markup, no HTML, no mention, no link can come out of it.
    """
    ordered = sorted(findings, key=lambda finding: (-finding.probability, finding.fingerprint))
    lines = ["## Shifts of position", "", _counts(findings, counts), ""]
    if ordered:
        lines += ["| Certainty | Dates | Actor | Kind | Target | State |", "|---|---|---|---|---|---|"]
        lines += [_row(finding) for finding in ordered[:limit]]
        lines.append("")
        for finding in ordered[:limit]:
            lines += _quotes(finding)
        if len(ordered) > limit:
            lines += [f"… and {len(ordered) - limit} more.", ""]
    else:
        lines += ["No position was found to have moved.", ""]
    if rejected:
        reasons = Counter(record.reason for record in rejected).most_common()
        named = ", ".join(f"{escape(reason.replace('_', ' '))} {count}" for reason, count in reasons)
        lines += [f"Left out: {len(rejected):,} ({named})", ""]
    if report is not None:
        lines += [f"Report: {escape(str(report))}", ""]
    return "\n".join(lines)


def _counts(findings: Sequence[Finding], counts: Mapping[str, int]) -> str:
    states = Counter(finding.state for finding in findings)
    told = ", ".join(f"{states[state]} {state}" for state in ("new", "updated", "unchanged") if states[state])
    first = f"**{len(findings)}** {'finding' if len(findings) == 1 else 'findings'}" + (f" ({told})" if told else "")
    others = [f"{count:,} {escape(name.replace('_', ' '))}" for name, count in counts.items() if name != "findings"]
    return " · ".join([first, *others])


def escape(text: str) -> str:
    """One line with every sign that Markdown, HTML or a forge would act on as an entity or after a backslash."""
    text = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    # Entities keep bare addresses and issue numbers from becoming links.
    text = re.sub(r"(?i)(https?|ftp)://", r"\1&#58;//", text).replace("www.", "www&#46;")
    text = re.sub(r"(?<!&)#", "&#35;", text)
    return re.sub(r"([\\`*_\[\]|~])", r"\\\1", text)


def _row(finding: Finding) -> str:
    words = interface("en")
    kind = words.word("kind", finding.kind)
    if finding.direction != "none":
        kind += ", " + words.word("direction", finding.direction)
    sure = f"{words.word('level', level(finding.probability))} ({figure(finding.probability)})"
    dates = f"{plain_date(finding.earlier.date)} → {plain_date(finding.later.date)}"
    target = escape(shorten(finding.target.name, 80)) if finding.target else "–"
    cells = (sure, escape(dates), escape(shorten(finding.actor.name, 80)), kind, target, finding.state)
    return "| " + " | ".join(cells) + " |"


def _quotes(finding: Finding) -> list[str]:
    actor, mark = escape(shorten(finding.actor.name, 80)), escape(finding.fingerprint[:12])
    lines = [f"**{actor}** ({mark}): {escape(finding.explanation)}", ""]
    for role, side in (("earlier", finding.earlier), ("later", finding.later)):
        quote = escape(shorten(one_line(side.quote), LONGEST_QUOTE))
        lines.append(f"- {role}, {escape(plain_date(side.date))}, {escape(side.path)}: “{quote}”")
    return [*lines, ""]
