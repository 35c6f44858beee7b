"""The gate's result in lines for a person: no control characters, one finding a line, the command that comes next."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from claims.baseline import commands
from claims.baseline.entry import Entry
from claims.baseline.fingerprint import SHORT
from claims.baseline.match import Matched, Matching
from claims.errors import EXIT_INCOMPLETE, EXIT_POLICY
from claims.gate.policy import Verdict
from claims.gate.read import rerun
from claims.records import Finding

MOST = 20
LONGEST = 90
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def one_line(text: str, longest: int = 0) -> str:
    """Text without line breaks, control and direction characters; cut with ``…`` where ``longest`` is given."""
    kept = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in _HIDDEN)
    return kept if not longest or len(kept) <= longest else kept[: longest - 1].rstrip() + "…"


def finding_line(found: Finding | Entry) -> str:
    """One finding: fingerprint's beginning, kind, who towards whom, and the later quote."""
    towards = f" → {one_line(found.target.name)}" if found.target else ""
    quote = one_line(found.later.quote, LONGEST)
    return f"{found.fingerprint[:SHORT]} {found.kind}: {one_line(found.actor.name)}{towards}: “{quote}”"


def lines(verdict: Verdict, matching: Matching, run: Path | str, baseline: Path | str | None) -> list[str]:
    """All lines of a verdict; the first is the result in one sentence and what to do next."""
    file = commands.FILE if baseline is None else baseline
    made = [_first(verdict, run, file)]
    failing = [found for found in matching.findings if found.finding.fingerprint in verdict.failing]
    made += _listed(_failing_line(found) for found in failing)
    if verdict.exit_code == EXIT_INCOMPLETE:
        return made + _facts(verdict)
    if matching.absent:
        made.append(
            f"{number(len(matching.absent), 'known finding')} no longer found; drop with: {commands.prune(run, file)}"
        )
    if matching.not_checked:
        known = number(len(matching.not_checked), "known finding")
        made.append(f"{known} not checked: their articles were not in this run")
    return made + _facts(verdict)


def _first(verdict: Verdict, run: Path | str, file: Path | str) -> str:
    counts = verdict.counts
    if verdict.exit_code == EXIT_INCOMPLETE:
        return f"Not judged: {'; '.join(verdict.reasons)}. Next: mend the input or the run, then {rerun(run)}"
    if verdict.exit_code == EXIT_POLICY:
        undecided = counts.get("new", 0) + counts.get("updated", 0)
        take = f"{commands.accept(run, file)}, then " if undecided else ""
        return (
            f"Failed: {', '.join(verdict.reasons)}. Next: read {one_line(str(Path(run) / 'report.html'))}, "
            f"then {take}{commands.decide(file)}"
        )
    shown = counts["findings"] - counts["below_probability"]
    names = ("new", "updated", "unreviewed", "unsure", "expired")
    told = ", ".join(f"{counts[name]} {name}" for name in names if counts[name])
    return f"Passed: {number(shown, 'finding')}{f' ({told})' if told else ', none of them open' if shown else ''}. " + (
        f"Next: {commands.diff(run, file)}" if told else "Nothing to do."
    )


def _failing_line(found: Matched) -> str:
    finding = found.finding
    return f"  {finding.state:9} {finding_line(finding)} ({finding.probability:.2f}, {one_line(finding.later.path)})"


def _facts(verdict: Verdict) -> list[str]:
    counts = verdict.counts
    if not counts:
        return []
    read = f"Read: {number(counts['articles'], 'article')}, {number(counts['claims'], 'claim')}"
    if counts["left_out"]:
        read += f"; {counts['left_out']} left out, see report.html"
    if counts["below_probability"]:
        read += f"; {number(counts['below_probability'], 'finding')} below the least probability not counted"
    return [read + "."]


def _listed(rows: Iterable[str]) -> list[str]:
    every = list(rows)
    more = [f"  … and {len(every) - MOST} more"] if len(every) > MOST else []
    return every[:MOST] + more


def number(count: int, what: str) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{count} {what}{'' if count == 1 else 's'}"
