"""A finding explained in the terminal: from a run's files, without any model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.errors import RunIncomplete, UsageError
from claims.records import CarryingWord, Claim, Explanation, Finding
from claims.report.interface import Interface
from claims.report.interface import interface as interface_in
from claims.report.visible import one_line

_Record = TypeVar("_Record", Claim, Explanation, Finding)
# Features that moved the odds by less than this are left out of the table.
_LEAST = 0.05


@dataclass(frozen=True)
class Told:
    """One finding with its two claims, and what was measured of it: None beyond the most certain findings of a run."""

    finding: Finding
    earlier: Claim
    later: Claim
    explanation: Explanation | None
    against: Claim | None


def read(folder: Path, fingerprint: str) -> Told:
    """The finding of a run's folder whose fingerprint begins so.

    Raises:
        RunIncomplete: the folder holds no run, or one of its files cannot be read.
        UsageError: no finding's fingerprint begins so, or several do.
    """
    matches = [f for f in _records(folder / "findings.jsonl", Finding) if f.fingerprint.startswith(fingerprint)]
    if len(matches) != 1:
        many = f"{len(matches)} findings" if matches else "no finding"
        raise UsageError(f"{folder}: {many} with a fingerprint that begins with {fingerprint}")
    finding = matches[0]
    claims = {claim.id: claim for claim in _records(folder / "claims.jsonl", Claim)}
    explanations = {e.fingerprint: e for e in _records(folder / "explanations.jsonl", Explanation)}
    explanation = explanations.get(finding.fingerprint)
    against = claims.get(explanation.against) if explanation and explanation.against else None
    try:
        sides = claims[finding.earlier.claim_id], claims[finding.later.claim_id]
    except KeyError as error:
        raise RunIncomplete(f"{folder / 'claims.jsonl'}: lacks the claim {error}; run again") from error
    return Told(finding, *sides, explanation, against)


def _records(path: Path, kind: type[_Record]) -> list[_Record]:
    try:
        return [kind.model_validate_json(line) for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise RunIncomplete(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValidationError as error:
        raise RunIncomplete(f"{path}: is not what a run wrote; run again") from error


def show(console: Console, told: Told, interface: str = "en") -> None:
    """Writes the sentence, both statements with the words that carry the finding, the features, what speaks against."""
    words_of = interface_in(interface)
    finding, explanation = told.finding, told.explanation
    console.print(Text(one_line(finding.explanation), style="bold"), soft_wrap=True)
    console.print(Text(f"{finding.probability:.2f} · {finding.fingerprint}", style="dim"), soft_wrap=True)
    for claim, words in (
        (told.earlier, explanation.earlier if explanation else ()),
        (told.later, explanation.later if explanation else ()),
    ):
        console.print()
        console.print(_marked(claim.text, words), soft_wrap=True)
        if words:
            carried = "  ".join(f"{one_line(word.text)} {word.weight:+.2f}" for word in words)
            console.print(Text(f"  {carried}", style="dim"), soft_wrap=True)
    console.print()
    console.print(_features(finding, words_of))
    if explanation is None:
        console.print(Text(words_of.word("explain", "unmeasured"), style="yellow"), soft_wrap=True)
    elif told.against is not None:
        same = f"{explanation.against_consistent or 0:.2f}"
        console.print(
            Text(f"{words_of.word('explain', 'against')} ({same}): {one_line(told.against.quote)}"), soft_wrap=True
        )
    else:
        console.print(Text(words_of.word("explain", "nothing_against")), soft_wrap=True)


def _marked(text: str, words: Sequence[CarryingWord]) -> Text:
    """The statement; what speaks for a shift is bold and underlined, what speaks against it struck through."""
    shown = Text(text.replace("\n", " "))
    for word in words:
        shown.stylize("bold underline" if word.weight > 0 else "strike", word.start, word.end)
    return shown


def _features(finding: Finding, words_of: Interface) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_column()
    for feature in sorted(finding.features, key=lambda feature: -abs(feature.contribution)):
        if abs(feature.contribution) >= _LEAST:
            name = words_of.named("feature", feature.name)
            table.add_row(f"{feature.contribution:+.2f}", Text(name), Text(one_line(feature.reason)))
    return table
