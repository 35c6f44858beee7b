"""Writing results: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import orjson
from pydantic import BaseModel

from claims.errors import OutputUnwritable

_PART = ".part"


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file in one step: written beside its place, flushed to the disk, renamed.

    Raises:
        OutputUnwritable: the disk is full or the folder cannot be written; the old file is as it was.
    """
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_PART, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).chmod(0o644)
        Path(part).replace(path)
    except OSError as error:
        if part is not None:
            with contextlib.suppress(OSError):
                Path(part).unlink()
        raise OutputUnwritable(f"{path}: cannot be written: {error.strerror or error}") from error


def remove_parts(folder: Path) -> None:
    """Clears what a process that was killed while it wrote into ``folder`` left; the caller keeps others from writing.

    Raises:
        OutputUnwritable: the folder cannot be written.
    """
    try:
        for path in folder.glob(f".*{_PART}"):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputUnwritable(f"{folder}: cannot be written: {error.strerror or error}") from error


def lines(records: Iterable[BaseModel]) -> bytes:
    """Records as JSON Lines, UTF-8, fields in the order of the model."""
    return b"".join(orjson.dumps(record.model_dump(mode="json")) + b"\n" for record in records)
