"""``claims doctor``: looks at everything that a run needs on this machine, and says what to mend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from claims import __version__, manifest
from claims.baseline import read as read_baseline
from claims.config import Config, load
from claims.errors import EXIT_INCOMPLETE, EXIT_PASS, ClaimsError
from claims.gate.policy import load as load_policy
from claims.lock import held_to
from claims.models import cache_folder
from claims.models.default import TOKENIZER, WEIGHTS, check_sources, default_model, prepared
from claims.score.position import WEIGHTS as POSITION_WEIGHTS
from claims.score.position import PositionReader

ROOM_NEEDED = 600_000_000
"""Bytes that preparing the default encoder takes, and some for the caches of a small corpus."""

# Two sentences whose sides nobody doubts: a network that was loaded wrongly does not tell them apart.
_WARM, _COLD = "We want close and friendly cooperation with them.", "They are our enemy and we will never talk to them."


@dataclass(frozen=True, slots=True)
class Told:
    """What was found: the exit code of the first thing that is wrong (0 if none is), and a line for each thing."""

    exit_code: int
    lines: tuple[str, ...]


class _Wrong(Exception):
    """One thing is wrong; says what to do. ``code`` is the exit code that a run would end with."""

    def __init__(self, told: str, code: int = EXIT_INCOMPLETE) -> None:
        super().__init__(told)
        self.code = code


def examine(config: Path | None, baseline: Path, lock: Path, *, quick: bool = False) -> Told:
    """Looks at everything, in the order in which a run would need it. Never raises for what it finds.

    ``quick`` leaves out what takes seconds: preparing and loading the models.
    """
    code, lines = EXIT_PASS, []
    for name, look in _looks(config, baseline, lock, quick):
        try:
            lines.append(f"ok    {name}: {look()}")
        except _Wrong as error:
            code = code or error.code
            lines.append(f"mend  {name}: {error}")
        except ClaimsError as error:
            code = code or error.exit_code
            lines.append(f"mend  {name}: {error}")
    lines.append("Everything is there." if code == EXIT_PASS else "Mend what is marked, then call claims doctor again.")
    return Told(code, tuple(lines))


def _looks(config: Path | None, baseline: Path, lock: Path, quick: bool) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", _python
    yield "packages", _packages
    yield "settings", lambda: _settings(config)
    yield "cache", _cache
    yield "encoder sources", _sources
    yield "encoder", lambda: _encoder(quick)
    yield "weights", _weights
    if not quick:
        yield "models", _models
    if lock.exists():
        yield str(lock), lambda: _lock(lock, config)
    if baseline.exists():
        yield str(baseline), lambda: _baseline(baseline)


def _python() -> str:
    return f"{sys.version.split()[0]}, claims {__version__}"


def _packages() -> str:
    needed = manifest.required()
    if not needed:
        raise _Wrong("claims is not installed as a package here; install it with: pip install -e .")
    wrong = []
    for name, need in needed.items():
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if not need.specifier.contains(version, prereleases=True):
            wrong.append(f"{name} is {version}, needed is {need.specifier}")
    if wrong:
        raise _Wrong(f"{'; '.join(wrong)}; install them with: pip install --upgrade claims")
    return f"{len(needed)} are there, in versions that fit"


def _settings(config: Path | None) -> str:
    load(config)
    load_policy(config)
    return str(config) if config else "claims.toml" if Path("claims.toml").is_file() else "built in"


def _cache() -> str:
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _Wrong(
            f"{folder}: {error.strerror or error}; set CLAIMS_CACHE to a folder that can be written"
        ) from error
    if free < ROOM_NEEDED and not prepared():
        raise _Wrong(f"{folder}: {free // 1_000_000} MB free; free {ROOM_NEEDED // 1_000_000} MB or set CLAIMS_CACHE")
    return f"{folder}, {free // 1_000_000_000} GB free"


def _sources() -> str:
    check_sources()
    return f"{WEIGHTS.package} {WEIGHTS.version} and {TOKENIZER.package} {TOKENIZER.version}, digests as pinned"


def _encoder(quick: bool) -> str:
    if not prepared() and quick:
        return "not prepared yet; the first run does it, without a network"
    return str(default_model())


def _weights() -> str:
    try:
        size = POSITION_WEIGHTS.stat().st_size
    except OSError as error:
        raise _Wrong(f"{POSITION_WEIGHTS}: {error.strerror}; install claims again") from error
    if size < 100_000:
        raise _Wrong(f"{POSITION_WEIGHTS}: {size} bytes; install claims again (a checkout may lack large files)")
    return f"{POSITION_WEIGHTS.name}, {size // 1000} kB"


def _models() -> str:
    # A cache of its own: what was read before must not answer for a network that does not load.
    with tempfile.TemporaryDirectory() as folder:
        reader = PositionReader(default_model, WEIGHTS.sha256, Path(folder))
        warm, cold = reader.aims([(_WARM, ""), (_COLD, "")])[:, 0].tolist()
    if not warm > 0 > cold:
        read = f"the network reads a warm sentence as {warm:+.2f}, a hostile one as {cold:+.2f}"
        raise _Wrong(f"{read}; install claims again")
    return f"loaded; a warm sentence reads {warm:+.2f}, a hostile one {cold:+.2f}"


def _lock(lock: Path, config: Path | None) -> str:
    settings: Config = load(config)
    held_to(lock, settings)
    return "pins the models that these settings use"


def _baseline(path: Path) -> str:
    known = read_baseline(path)
    judged = sum(entry.decision != "unreviewed" for entry in known.entries)
    told = f"{len(known.entries)} findings known, {judged} judged"
    return told + _merge_advice(path)


def _merge_advice(path: Path) -> str:
    """Whether git merges the file line by line; advice only, because a corpus need not lie in git."""
    try:
        done = subprocess.run(
            ["git", "check-attr", "merge", "--", path.name],
            cwd=path.resolve().parent, capture_output=True, text=True, check=False, timeout=20,
            env={**os.environ, "LC_ALL": "C"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    if done.returncode or done.stdout.rstrip().endswith(": union"):
        return ""
    return f"; to merge branches by union put “{path.name} merge=union” into .gitattributes"
