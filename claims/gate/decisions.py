"""``decisions.jsonl``: judgements that people made on the findings of one run, such as in its report.

The first line is ``{"schema":"claims-decisions","version":1,"run":"…"}`` with the ``id`` of the run's run.json; then
one line a judgement: ``fingerprint``, ``decision`` (confirmed, rejected, unsure, unreviewed, or deferred: not now),
``reason``, and where known ``code`` (a short reason), ``author``, ``date``, ``expires``. Of two lines on one finding
the later one counts, so a reviewer's journal can be exported as it is.

They are refused on any other run: somebody who judged other words has judged something else.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims.baseline.entry import Decision, Entry, entry_of
from claims.baseline.match import Matched, match
from claims.baseline.store import locked, read, refuse_in_ci, write
from claims.errors import UsageError
from claims.gate.read import Run, read_complete
from claims.gate.review import Change, judgement, only
from claims.gate.wording import finding_line, number

VERSION = 1


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Header(_Line):
    format: Literal["claims-decisions"] = Field(alias="schema")
    version: int
    run: str


_Model = TypeVar("_Model", bound=_Line)


class Judged(_Line):
    """One judgement as the file has it."""

    fingerprint: str = Field(pattern="^[0-9a-fA-F]{4,64}$")
    decision: Decision | Literal["deferred"]
    reason: str = ""
    code: str = ""
    author: str = ""
    date: dt.date | None = None
    expires: dt.date | None = None


def apply(path: Path, run_folder: Path, baseline: Path, *, author: str = "") -> Change:
    """Puts the judgements of a file into the baseline: all, or none where one of them does not fit.

    A judged finding that the baseline does not know, or knows in an older wording, is taken in as it reads now.
    ``author`` stands where a line does not tell who judged.

    Raises:
        UsageError: the file cannot be read, was made on another run, names a finding that the run does not have, or a
            judgement is incomplete; the message names the line. Or this is CI.
        BaselineUnreadable, BaselineStale, RunIncomplete, OutputUnwritable: as reading and writing do.
    """
    refuse_in_ci(baseline)
    run = read_complete(run_folder)
    judged = _of_run(path, run)
    with locked(baseline):
        known = read(baseline)
        entries = {entry.fingerprint: entry for entry in known.entries}
        matching = match(run.findings, known, run.identities)
        of_run = {found.finding.fingerprint: found for found in matching.findings}
        changed: dict[str, Entry] = {}
        deferred: set[str] = set()
        for line, item in judged:
            try:
                name = only(list(of_run), item.fingerprint, "finding of this run")
                if item.decision == "deferred":
                    changed.pop(name, None)
                    deferred.add(name)
                    continue
                changed[name] = _entry(of_run[name], item, author)
                deferred.discard(name)
            except UsageError as error:
                raise UsageError(f"{path}:{line}: {error}; nothing was changed") from error
        for name, entry in changed.items():
            before = of_run[name].entry
            if before is not None:
                entries.pop(before.fingerprint, None)
            entries[entry.fingerprint] = entry
        write(baseline, entries.values())
    told = f"{baseline}: {number(len(changed), 'judgement')} put in" + (
        f", {len(deferred)} deferred" if deferred else ""
    )
    lines = [f"{entry.decision}: {finding_line(entry)}" for entry in changed.values()]
    return Change((f"{told}.", *lines), changed=tuple(changed.values()))


def _entry(found: Matched, item: Judged, author: str) -> Entry:
    reason = ": ".join(part for part in (item.code.replace("_", " "), item.reason) if part.strip())
    made = judgement(item.decision, reason=reason, author=item.author or author, date=item.date, expires=item.expires)
    return entry_of(found.item).model_copy(update=made)


def _of_run(path: Path, run: Run) -> list[tuple[int, Judged]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from error
    lines = [(number_, line) for number_, line in enumerate(content.splitlines(), 1) if line.strip()]
    if not lines:
        raise UsageError(f"{path}: holds no judgements")
    header = _parsed(path, *lines[0], _Header)
    if header.version != VERSION:
        raise UsageError(f"{path}:1: decisions of version {header.version}, this version of claims reads {VERSION}")
    theirs, ours = header.run, run.manifest.id
    if not ours or theirs != ours:
        raise UsageError(
            f"{path}: made on run {theirs[:12] or '(none)'}, {run.folder} holds run {ours[:12] or '(none)'}; "
            "judge the findings of this run, or name the folder of that one"
        )
    return [(number_, _parsed(path, number_, line, Judged)) for number_, line in lines[1:]]


def _parsed(path: Path, number_: int, line: bytes, model: type[_Model]) -> _Model:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        told = f"{path}:{number_}: {place + ': ' if place else ''}{first['msg']}"
        raise UsageError(f"{told}; nothing was changed") from error
