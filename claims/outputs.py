"""A run's folder: taken by one run at a time, and written so that what lies in it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import portalocker

from claims import manifest
from claims.attribute.labels import label
from claims.config import Config
from claims.errors import OutputUnwritable, RunBusy, UsageError
from claims.files import lines, remove_parts, write_bytes
from claims.pipeline import Run
from claims.records import Finding, Target

LOCK = "run.lock"


def check_interface(interface: str) -> None:
    """Raises UsageError for a language that the tool's own words are not there in."""
    from claims.report.interface import languages

    if interface not in languages():
        raise UsageError(f"--interface {interface}: there is {' and '.join(languages())}")


@contextmanager
def taken(out: Path, config: Config) -> Iterator[None]:
    """Holds the folder for one run, clears what a run that died left half-written, and marks its files as out of date.

    The system lets go of the folder when the process ends, however it ends. The empty lock file stays: removing it
    would let two runs hold two files of one name.

    Raises:
        RunBusy: another run is writing there.
        OutputUnwritable: the folder cannot be written.
    """
    path = out / LOCK
    lock = portalocker.Lock(path, "a+", timeout=0, fail_when_locked=True)
    try:
        out.mkdir(parents=True, exist_ok=True)
        handle = lock.acquire()
    except portalocker.LockException as error:
        with suppress(OSError):
            holder = path.read_text(encoding="ascii", errors="replace").strip()
            raise RunBusy(_busy(out, holder)) from error
        raise RunBusy(_busy(out, "")) from error
    except OSError as error:
        raise OutputUnwritable(f"{out}: cannot be written: {error.strerror or error}") from error
    try:
        _sign(handle, f"{os.getpid()}\n")
        remove_parts(out)
        _begin(out, config)
        yield
    finally:
        _sign(handle, "")
        lock.release()


def _sign(handle: IO[str], holder: str) -> None:
    """Says in the lock file who holds it; only for messages, so that a full disk is no reason to stop here."""
    with suppress(OSError):
        handle.seek(0)
        handle.truncate()
        handle.write(holder)
        handle.flush()


def _busy(out: Path, holder: str) -> str:
    who = f" (process {holder})" if holder else ""
    return f"{out}: another run{who} is writing there; wait for it, or give another folder with --out"


def _begin(out: Path, config: Config) -> None:
    """A run that dies must not leave the files of an older one to be taken for its own."""
    content = manifest.manifest(manifest.Facts(status="incomplete", notes=("The run did not finish.",)), config)
    write_bytes(out / manifest.FILE, manifest.encoded(content))


def write(run: Run, out: Path, config: Config, interface: str = "en") -> None:
    """Writes all files of a run; run.json last, so that a folder with a matching run.json is whole.

    Raises:
        OutputUnwritable: nothing half-written is left under a final name.
    """
    from claims.report.html import render
    from claims.report.view import build

    with run.timed("write"):
        files = {
            "articles.jsonl": lines(run.articles),
            "claims.jsonl": lines(run.claims),
            "pairs.jsonl": lines(run.pairs),
            "findings.jsonl": lines(run.findings),
            "explanations.jsonl": lines(run.explanations),
            "rejected.jsonl": lines(run.rejected),
        }
        view = build(
            findings=[_named(finding, interface) for finding in run.findings],
            articles={article.id: article for article in run.articles},
            claims={claim.id: claim for claim in run.claims},
            rejected=run.rejected,
            manifest=manifest.manifest(run.facts(), config),
            judgements=run.judgements,
            explanations=run.explanations,
        )
        files["report.html"] = render(view, interface=interface).encode("utf-8", "surrogatepass")
        for name, content in files.items():
            write_bytes(out / name, content)
    final = manifest.manifest(run.facts(), config, outputs=files, times=run.seconds)
    write_bytes(out / manifest.FILE, manifest.encoded(final))


def _named(finding: Finding, interface: str) -> Finding:
    """The finding with its actor and target as the interface's language calls them; the records keep one name."""
    name = label(Target(id=finding.actor.id, name=finding.actor.name), interface)
    target = finding.target and finding.target.model_copy(update={"name": label(finding.target, interface)})
    return finding.model_copy(update={"actor": finding.actor.model_copy(update={"name": name}), "target": target})
