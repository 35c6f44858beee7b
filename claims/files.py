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


def write_bytes(path: Path, content: bytes) -> None:
    """Replace a file in one step: written beside its place, flushed to the disk, renamed.

    Raises:
        OutputUnwritable: the disk is full or the folder cannot be written; the old file is as it was.
    """
    part = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
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


def lines(records: Iterable[BaseModel]) -> bytes:
    """Records as JSON Lines, UTF-8, fields in the order of the model."""
    return b"".join(orjson.dumps(record.model_dump(mode="json")) + b"\n" for record in records)
