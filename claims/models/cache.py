"""The user's cache folder, and writing into it so that a crash or a second process never leaves half a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_dir

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, what)``; ``0 <= done <= total``, ``what`` is a few words for a person."""


def cache_folder() -> Path:
    """The folder for everything that can be made again: ``$CLAIMS_CACHE``, else the platform's cache for ``claims``.

    The folder need not exist yet.
    """
    named = os.environ.get("CLAIMS_CACHE", "").strip()
    return Path(named).expanduser() if named else Path(user_cache_dir("claims"))


def sync_folder(folder: Path) -> None:
    """Makes the names in ``folder`` durable, where the platform can; Windows opens no folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_synced(path: Path, content: bytes) -> None:
    """Writes ``content`` to ``path`` and waits until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
