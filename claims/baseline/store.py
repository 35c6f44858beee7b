"""``claims.baseline.jsonl``: the findings that a team knows, and what it decided on each.

The first line is ``{"schema":"claims-baseline","version":1}``; then one line a finding (:class:`Entry`), sorted by
fingerprint. It holds no time of a run, no score and no line number, so it changes only when knowledge or decisions do,
and two branches merge by union (``claims.baseline.jsonl merge=union`` in .gitattributes): lines may come in any order,
a line may come twice, and of two lines on one finding the decided one counts, or of two like decisions the later. Two
decisions that differ are for people to settle.
"""

from __future__ import annotations

import codecs
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import portalocker
from platformdirs import user_cache_dir
from pydantic import ValidationError

from claims.baseline import commands, migrate
from claims.baseline.entry import Entry
from claims.baseline.fingerprint import LENGTH
from claims.errors import BaselineStale, BaselineUnreadable, UsageError
from claims.files import write_bytes

SCHEMA = "claims-baseline"
WAIT_S = 10.0

_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known findings, sorted by fingerprint, and the file they came from (None for "no baseline")."""

    entries: tuple[Entry, ...] = ()
    path: Path | None = None


def encode(entries: Iterable[Entry]) -> bytes:
    """The file's content: the same entries give the same bytes, in whatever order they come.

    Raises:
        BaselineUnreadable: two entries hold different decisions on one finding.
    """
    lines = [_header(), *map(_line, _merged(enumerate(entries, 1), "entry"))]
    return b"".join(line + b"\n" for line in lines)


def _line(entry: Entry) -> bytes:
    return orjson.dumps(entry.model_dump(mode="json"))


def read(path: Path, *, upgrade: bool = False) -> Baseline:
    """The baseline in a file; ``upgrade`` reads one of an older version as well.

    Raises:
        BaselineUnreadable: there is no such file, or it holds an invalid line, a merge marker, or two decisions on one
            finding; the message names file and line.
        BaselineStale: the file is of another schema or version.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BaselineUnreadable(f"{path}: no baseline yet; make one with: {commands.create(baseline=path)}") from error
    except OSError as error:
        raise BaselineUnreadable(f"{path}: cannot be read: {error.strerror or error}") from error
    return parse(content, str(path), path, upgrade=upgrade)


def parse(content: bytes, source: str, path: Path, *, upgrade: bool = False) -> Baseline:
    """The baseline in a file's content. ``source`` names it in messages; ``path`` is where a new one would go.

    ``upgrade`` reads an older version as well.

    Raises:
        BaselineUnreadable, BaselineStale: as :func:`read`.
    """
    # Some editors put a byte order mark before what they save.
    content = content.removeprefix(codecs.BOM_UTF8)
    lines = [(number, line) for number, line in enumerate(content.split(b"\n"), 1) if line.strip()]
    for number, line in lines:
        if line.startswith(_MARKERS):
            raise BaselineUnreadable(f"{source}:{number}: unresolved merge; keep both sides' lines, delete the markers")
    if not lines:
        raise BaselineUnreadable(f"{source}:1: the file is empty; make it anew with: {commands.create(baseline=path)}")
    version = _version(source, path, *lines[0], upgrade)
    # A header inside the file comes from a merge. Lines of two versions cannot be told apart.
    for number, line in lines[1:]:
        if _is_header(line) and _json(source, number, line).get("version") != version:
            raise BaselineUnreadable(
                f"{source}:{number}: a merge of two baseline versions; upgrade both branches, then merge again"
            )
    entries = [(number, _entry(source, number, line, version)) for number, line in lines[1:] if not _is_header(line)]
    return Baseline(_merged(entries, source), path)


def _header() -> bytes:
    return orjson.dumps({"schema": SCHEMA, "version": migrate.VERSION})


def _json(source: str, number: int, line: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BaselineUnreadable(f"{source}:{number}: not a whole JSON line ({error})") from error
    if not isinstance(value, dict):
        raise BaselineUnreadable(f"{source}:{number}: not a JSON object")
    return value


def _version(source: str, path: Path, number: int, line: bytes, upgrade: bool) -> int:
    """The version that a header tells; raises for one that is not to be read."""
    header = _json(source, number, line)
    if "schema" not in header:
        raise BaselineUnreadable(f"{source}:{number}: the first line must be {_header().decode()}")
    version = header.get("version")
    if header["schema"] != SCHEMA or set(header) != {"schema", "version"} or type(version) is not int:
        raise BaselineStale(f"{source}:{number}: not a claims baseline that this version knows: {line.decode()[:120]}")
    if version == migrate.VERSION or (upgrade and migrate.can_migrate(version)):
        return version
    told = f"{source}:{number}: baseline version {version}, this version of claims reads {migrate.VERSION}; "
    if migrate.can_migrate(version):
        raise BaselineStale(told + f"upgrade it with: {commands.upgrade(path)}")
    raise BaselineStale(told + "install the version of claims that wrote it, or make it anew")


def _is_header(line: bytes) -> bool:
    return line.lstrip().startswith(b'{"schema":"' + SCHEMA.encode() + b'"')


def _entry(source: str, number: int, line: bytes, version: int) -> Entry:
    value = migrate.migrated(_json(source, number, line), version)
    try:
        # From JSON, not from the dict: only there are dates strings.
        return Entry.model_validate_json(orjson.dumps(value))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "fingerprint " + str(value.get("fingerprint"))
        raise BaselineUnreadable(f"{source}:{number}: {place}: {first['msg']}") from error


def _merged(numbered: Iterable[tuple[int, Entry]], source: str) -> tuple[Entry, ...]:
    kept: dict[str, tuple[int, Entry]] = {}
    for number, entry in numbered:
        before = kept.get(entry.fingerprint)
        kept[entry.fingerprint] = (number, entry if before is None else _one(before, (number, entry), source))
    return tuple(kept[name][1] for name in sorted(kept))


def _one(first: tuple[int, Entry], second: tuple[int, Entry], source: str) -> Entry:
    """Of two entries on one finding, the one that counts; the order in which they come does not matter."""
    (line, one), (other_line, two) = first, second
    decided = [entry for entry in (one, two) if entry.decision != "unreviewed"]
    if len(decided) == 2 and one.decision != two.decision:
        raise BaselineUnreadable(
            f"{source}:{other_line}: finding {one.fingerprint} is {two.decision} here, {one.decision} in line {line}; "
            "keep one of the two lines"
        )
    return max(decided or [one, two], key=lambda entry: (str(entry.date or ""), _line(entry)))


def write(path: Path, entries: Iterable[Entry]) -> bool:
    """Puts entries in place of the file in one step, durably; False where the file held them already, byte for byte.

    Raises:
        UsageError: in CI, where no baseline is ever written.
        BaselineUnreadable: two entries hold different decisions on one finding.
        OutputUnwritable: the disk is full or the folder cannot be written; the old file is as it was.
    """
    refuse_in_ci(path)
    content = encode(entries)
    real = path.resolve()
    with suppress(OSError):
        if real.read_bytes() == content:
            return False
    write_bytes(real, content)
    _sync_folder(real.parent)
    return True


def refuse_in_ci(path: Path) -> None:
    """Raises UsageError where the environment says ``CI``: a check must not change what it checks against."""
    if os.environ.get("CI", "").strip().lower() not in ("", "0", "false", "no"):
        raise UsageError(f"{path}: a baseline is never written in CI (CI is set); change it locally and commit it")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds back other commands that would change the same baseline; the lock file lies in the user's cache.

    Raises:
        UsageError: another command held it for more than 10 s.
    """
    name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:LENGTH]
    folder = Path(os.environ.get("CLAIMS_CACHE", "").strip() or user_cache_dir("claims")).expanduser() / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    lock = portalocker.Lock(folder / f"claims-{name}.lock", timeout=WAIT_S)
    try:
        lock.acquire()
    except portalocker.LockException as error:
        raise UsageError(f"{path}: another claims command is changing it; try again when it is done") from error
    try:
        yield
    finally:
        lock.release()


def _sync_folder(folder: Path) -> None:
    """Makes a rename durable where folders can be opened (not on Windows)."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
