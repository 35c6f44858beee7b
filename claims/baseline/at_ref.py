"""The baseline as another git revision has it: a change is judged by the branch that it wants to go into."""

from __future__ import annotations

import subprocess
from pathlib import Path

from claims.baseline.store import Baseline, parse
from claims.errors import BaselineUnreadable

_WAIT_S = 60


def read_at(ref: str, path: Path) -> Baseline:
    """The baseline at ``path`` in revision ``ref`` of the repository that holds ``path``.

    Raises:
        BaselineUnreadable: git is missing, the folder is no repository, there is no such revision (a shallow checkout
            lacks most), or the revision has no such file.
        BaselineStale: as :func:`claims.baseline.store.read`.
    """
    place = f"{ref}:{path}"
    if ref.startswith("-") or not ref.strip():
        raise BaselineUnreadable(f"--baseline-ref {ref}: not a revision")
    if not path.parent.is_dir():
        raise BaselineUnreadable(f"{path.parent}: no such folder")
    inside = _git(path, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        # Git's own words tell apart "no repository" and a folder that it does not trust.
        why = inside.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise BaselineUnreadable(f"{path.parent}: --baseline-ref needs a git repository ({why})")
    if _git(path, "rev-parse", "--quiet", "--verify", f"{ref}^{{commit}}").returncode:
        remote, _, branch = ref.partition("/")
        fetch = f"git fetch {remote} {branch}" if branch else "git fetch --all"
        raise BaselineUnreadable(f"{ref}: git knows no such revision here; fetch it first: {fetch}")
    shown = _git(path, "show", f"{ref}:./{path.name}")
    if shown.returncode:
        raise BaselineUnreadable(
            f"{place}: that revision has no such baseline; commit one there first, or judge without --baseline-ref"
        )
    return parse(shown.stdout, place, path)


def _git(path: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], cwd=path.parent, capture_output=True, check=False, timeout=_WAIT_S)
    except FileNotFoundError as error:
        raise BaselineUnreadable("--baseline-ref needs git, which is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise BaselineUnreadable(f"{path.parent}: git did not answer within {_WAIT_S} s") from error
