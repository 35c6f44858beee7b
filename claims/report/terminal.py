"""What a person sees in the terminal at the end of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.records import Finding, Rejected
from claims.report.dates import plain_date
from claims.report.view import figure
from claims.report.visible import one_line

MOST_ROWS = 20
MOST_REASONS = 4
_STATE_SIGNS = {"new": "+", "updated": "~", "unchanged": " "}


def summary(
    console: Console,
    findings: Sequence[Finding],
    *,
    counts: Mapping[str, int],
    rejected: Sequence[Rejected] = (),
    report: Path | str | None = None,
    next_command: str | None = None,
) -> None:
    """Writes the findings, the counts, what was left out, where the report is, and one command to go on with.

    ``counts`` is written in its own order, ``{"articles": 18, "claims": 240}`` as ``18 articles · 240 claims``. Text
    out of the articles is never read as markup of the console, and control characters in it are shown as symbols.
    """
    ordered = sorted(findings, key=lambda finding: (-finding.probability, finding.fingerprint))
    if ordered:
        console.print(_table(ordered[:MOST_ROWS], console.width), "", sep="\n")
        if len(ordered) > MOST_ROWS:
            console.print(Text(f"… and {len(ordered) - MOST_ROWS} more in the report", style="dim"))
    else:
        console.print(Text("No position was found to have moved."))
    console.print(Text(_counts(counts, findings)))
    if rejected:
        reasons = Counter(record.reason for record in rejected).most_common()
        named = ", ".join(f"{one_line(reason).replace('_', ' ')} {count}" for reason, count in reasons[:MOST_REASONS])
        more = ", …" if len(reasons) > MOST_REASONS else ""
        console.print(Text(f"left out: {len(rejected):,} ({named}{more})", style="yellow"))
    if report is not None:
        console.print(Text(f"report: {one_line(str(report))}"), soft_wrap=True)
    if next_command:
        console.print(Text.assemble("next: ", (one_line(next_command), "bold")), soft_wrap=True)


def _counts(counts: Mapping[str, int], findings: Sequence[Finding]) -> str:
    parts = [f"{count:,} {one_line(name).replace('_', ' ')}" for name, count in counts.items() if name != "findings"]
    states = Counter(finding.state for finding in findings)
    told = ", ".join(f"{states[state]} {state}" for state in ("new", "updated", "unchanged") if states[state])
    plural = "finding" if len(findings) == 1 else "findings"
    return " · ".join([*parts, f"{len(findings):,} {plural}" + (f" ({told})" if told else "")])


def _table(findings: Sequence[Finding], width: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("", "sure", "dates", "actor", "kind", "target"):
        table.add_column(title, no_wrap=True, justify="right" if title == "sure" else "left")
    names = max(10, (width - 1 - 4 - 23 - 13 - 5 * 2) // 2)
    for finding in findings:
        table.add_row(
            Text(_STATE_SIGNS[finding.state], style="bold" if finding.state == "new" else ""),
            Text(figure(finding.probability)),
            Text(f"{plain_date(finding.earlier.date)} → {plain_date(finding.later.date)}"),
            Text(_cut(finding.actor.name, names), style="bold"),
            Text(finding.kind),
            Text(_cut(finding.target.name, names) if finding.target else "–"),
        )
    return table


def _cut(text: str, cells: int) -> str:
    """At most ``cells`` wide; a long name loses its middle where there is room to keep both ends."""
    text = one_line(text)
    if cell_len(text) <= cells:
        return text
    tail = text[-(cells // 3) :] if cells >= 24 else ""
    return set_cell_size(text, cells - 1 - cell_len(tail)).rstrip() + "…" + tail.lstrip()
