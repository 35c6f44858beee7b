"""What people do to a baseline: make it, take findings in, decide, drop what is gone. Never in CI.

Every function that writes holds the file against other commands, reads it, changes it and puts the whole new file in
its place. Each gives a :class:`Change`, which iterates over its lines for a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from claims.baseline import commands, migrate
from claims.baseline.entry import Decision, Entry, entry_of
from claims.baseline.fingerprint import LENGTH, SHORT
from claims.baseline.match import Matched, Matching, match
from claims.baseline.store import locked, read, refuse_in_ci, write
from claims.errors import UsageError
from claims.gate.policy import today
from claims.gate.read import read_complete
from claims.gate.wording import finding_line, number, one_line


@dataclass(frozen=True, slots=True)
class Change:
    """What a command did, or would do: the entries of each sort, and the lines that tell it."""

    lines: tuple[str, ...]
    added: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    dropped: tuple[Entry, ...] = ()

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)


def create(run_folder: Path, baseline: Path) -> Change:
    """Writes all findings of a run into a new baseline, each of them unreviewed.

    Raises:
        UsageError: the file exists, or this is CI.
        RunIncomplete: the run is not whole.
        OutputUnwritable: the file cannot be written.
    """
    refuse_in_ci(baseline)
    with locked(baseline):
        if baseline.exists():
            take = commands.accept(run_folder, baseline)
            raise UsageError(f"{baseline}: exists already, with its decisions; take new findings in with: {take}")
        entries = tuple(entry_of(item) for item in read_complete(run_folder).findings)
        write(baseline, entries)
    told = f"{baseline}: {number(len(entries), 'finding')} known, none reviewed."
    if entries:
        told += f" Next: {commands.decide(baseline)}"
    return Change((told,), added=entries)


def accept(run_folder: Path, baseline: Path, fingerprint: str | None = None) -> Change:
    """Takes a run's new and updated findings, or the one that ``fingerprint`` begins, into the baseline, unreviewed.

    An updated finding takes the place of its older wording, whose decision goes. Known findings whose article has
    another title keep their decision under their new fingerprint.

    Raises:
        UsageError: no finding, or more than one, begins with ``fingerprint``; or this is CI.
        BaselineUnreadable, BaselineStale, RunIncomplete, OutputUnwritable: as reading and writing do.
    """
    refuse_in_ci(baseline)
    with locked(baseline):
        entries = {entry.fingerprint: entry for entry in read(baseline).entries}
        matching = _matching(run_folder, baseline)
        open_ = [found for found in matching.findings if _differs(found)]
        if fingerprint is not None:
            one = only([found.finding.fingerprint for found in open_], fingerprint, "finding to take in")
            open_ = [found for found in open_ if found.finding.fingerprint == one]
        added, changed = [], []
        for found in open_:
            entry = entry_of(found.item)
            if found.entry is None:
                added.append(entry)
            else:
                entries.pop(found.entry.fingerprint, None)
                entry = _carried(entry, found.entry) if found.finding.state == "unchanged" else entry
                changed.append(entry)
            entries[entry.fingerprint] = entry
        write(baseline, entries.values())
    lines = [f"+ {finding_line(entry)}" for entry in added] + [f"~ {finding_line(entry)}" for entry in changed]
    known = number(len(entries), "finding")
    told = f"{baseline}: {len(added)} taken in, {len(changed)} brought up to date, {known} known."
    return Change((told, *lines), added=tuple(added), changed=tuple(changed))


def decide(
    baseline: Path,
    fingerprint: str,
    decision: str,
    *,
    reason: str = "",
    author: str = "",
    date: dt.date | None = None,
    expires: dt.date | None = None,
) -> Change:
    """Sets the decision on the one known finding that ``fingerprint`` begins; ``unreviewed`` takes a decision back.

    ``date`` is today if None. ``expires`` is the last day on which the decision holds.

    Raises:
        UsageError: no known finding, or more than one, begins with ``fingerprint``; there is no such decision; it lacks
            a reason or an author; it would have expired already; or this is CI.
        BaselineUnreadable, BaselineStale, OutputUnwritable: as reading and writing do.
    """
    refuse_in_ci(baseline)
    made = judgement(decision, reason=reason, author=author, date=date, expires=expires)
    with locked(baseline):
        entries = {entry.fingerprint: entry for entry in read(baseline).entries}
        chosen = only(list(entries), fingerprint, "known finding")
        before = entries[chosen].decision
        entries[chosen] = entries[chosen].model_copy(update=made)
        write(baseline, entries.values())
    told = f"{decision} (was {before}): {finding_line(entries[chosen])}"
    return Change((told,), changed=(entries[chosen],))


def judgement(
    decision: str, *, reason: str, author: str, date: dt.date | None = None, expires: dt.date | None = None
) -> dict[str, object]:
    """The fields of an entry that hold a decision; ``unreviewed`` empties them. ``date`` is today if None.

    Raises:
        UsageError: there is no such decision; it lacks a reason or an author; it would have expired already.
    """
    if decision not in get_args(Decision):
        raise UsageError(f"{decision}: no such decision; there are {', '.join(get_args(Decision))}")
    made: dict[str, object] = {"decision": decision, "reason": "", "author": "", "date": None, "expires": None}
    if decision != "unreviewed":
        date = date or today()
        for name, value in (("reason", reason), ("author", author)):
            if not one_line(value):
                raise UsageError(f"a decision needs --{name}")
        if expires is not None and expires < date:
            raise UsageError(f"--expires {expires}: lies before the day of the decision, {date}")
        made |= {"reason": one_line(reason), "author": one_line(author), "date": date, "expires": expires}
    return made


def prune(run_folder: Path, baseline: Path) -> Change:
    """Drops known findings that a run over both their articles no longer found, whatever was decided on them.

    Raises:
        UsageError: this is CI.
        BaselineUnreadable, BaselineStale, RunIncomplete, OutputUnwritable: as reading and writing do.
    """
    refuse_in_ci(baseline)
    with locked(baseline):
        entries = read(baseline).entries
        gone = _matching(run_folder, baseline).absent
        kept = [entry for entry in entries if entry not in gone]
        write(baseline, kept)
    told = f"{baseline}: {number(len(gone), 'finding')} dropped, {len(kept)} kept."
    return Change((told, *(f"- {finding_line(entry)}" for entry in gone)), dropped=gone)


def upgrade(baseline: Path) -> Change:
    """Writes a baseline in this version's form, sorted, each finding once; decisions stay as they are.

    That is also the form that is left of a file into which git has merged two branches.

    Raises:
        UsageError: this is CI.
        BaselineUnreadable, BaselineStale, OutputUnwritable: as reading and writing do.
    """
    refuse_in_ci(baseline)
    with locked(baseline):
        entries = read(baseline, upgrade=True).entries
        changed = write(baseline, entries)
    done = "brought to" if changed else "is in the form of"
    return Change((f"{baseline}: {done} version {migrate.VERSION}, {number(len(entries), 'finding')} known.",))


def diff(run_folder: Path, baseline: Path) -> Change:
    """What a run changes against the baseline; nothing is written, so it may run in CI.

    Raises:
        BaselineUnreadable, BaselineStale, RunIncomplete: as reading does.
    """
    matching = _matching(run_folder, baseline)
    of_state: dict[str, list[Matched]] = {"new": [], "updated": [], "unchanged": []}
    for found in matching.findings:
        of_state[found.finding.state].append(found)
    lines = [f"+ {finding_line(found.finding)}" for found in of_state["new"]]
    for found in of_state["updated"]:
        lines.append(f"~ {finding_line(found.finding)}")
        if found.entry is not None:
            lines.append(f"  was {finding_line(found.entry)}, {found.entry.decision}")
    lines += [f"- {finding_line(entry)}" for entry in matching.absent]
    told = ", ".join(f"{len(members)} {state}" for state, members in of_state.items())
    told += f", {len(matching.absent)} absent, {len(matching.not_checked)} not checked."
    return Change(
        (told, *lines),
        added=tuple(entry_of(found.item) for found in of_state["new"]),
        changed=tuple(entry_of(found.item) for found in of_state["updated"]),
        dropped=matching.absent,
    )


def _matching(run_folder: Path, baseline: Path) -> Matching:
    run = read_complete(run_folder)
    return match(run.findings, read(baseline), run.identities)


def _differs(found: Matched) -> bool:
    return found.entry is None or found.entry.fingerprint != found.finding.fingerprint


def _carried(entry: Entry, before: Entry) -> Entry:
    names = ("decision", "reason", "author", "date", "expires")
    return entry.model_copy(update={name: getattr(before, name) for name in names})


def only(fingerprints: list[str], start: str, what: str) -> str:
    """The one of ``fingerprints`` that ``start`` begins; raises UsageError where none or more than one is."""
    start = start.strip().lower()
    found = sorted(name for name in fingerprints if name.startswith(start)) if start else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"{one_line(start, LENGTH) or 'empty fingerprint'}: no {what} begins with it")
    raise UsageError(f"{start}: begins more than one: {', '.join(name[:SHORT] for name in found[:5])}")
