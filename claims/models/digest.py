"""The digest of a model folder: what names the vectors that the model makes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from claims.errors import ModelUnavailable
from claims.models.cache import cache_folder
from claims.models.default import MARKER, is_complete

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_SKIPPED = (".bin", ".h5", ".onnx", ".msgpack", ".ot", ".md", ".lock")
"""Endings of files that do not change what the torch backend computes; weights in ``_WEIGHTS`` always count."""


def digest_of_folder(folder: Path) -> str:
    """SHA-256 over the names and contents of the files in ``folder`` that decide the vectors.

    A folder that ``default_model`` prepared carries its digest. For any other folder the digest of each file is kept in
    the user's cache under the file's path, size and time of change, so that only the first run reads the weights.

    Args:
        folder: a model's folder.

    Returns:
        64 hexadecimal digits.

    Raises:
        ModelUnavailable: the folder holds no file that can be read.
    """
    if is_complete(folder):
        return str(json.loads((folder / MARKER).read_bytes())["digest"])
    index_path = cache_folder() / "models" / "digests.json"
    index = _read_index(index_path)
    whole, changed, seen = hashlib.sha256(), False, 0
    try:
        for path in sorted(path for path in folder.rglob("*") if _counts(path.relative_to(folder)) and path.is_file()):
            # The hub's cache links to blobs: the key is the file itself, so that two snapshots share one entry.
            real = path.resolve()
            stat = real.stat()
            key = f"{real}|{stat.st_size}|{stat.st_mtime_ns}"
            if key not in index:
                with real.open("rb") as file:
                    index[key] = hashlib.file_digest(file, "sha256").hexdigest()
                changed = True
            whole.update(f"{path.relative_to(folder).as_posix()}\0{index[key]}\n".encode())
            seen += 1
    except OSError as error:
        raise ModelUnavailable(f"cannot read the model in {folder}: {error.strerror or error}") from error
    if not seen:
        raise ModelUnavailable(f"{folder} holds no model")
    if changed:
        _write_index(index_path, index)
    return whole.hexdigest()


def _counts(name: Path) -> bool:
    if any(part.startswith(".") or part in ("onnx", "openvino") for part in name.parts):
        return False
    return name.name in _WEIGHTS or name.suffix not in _SKIPPED


def _read_index(path: Path) -> dict[str, str]:
    try:
        index: Any = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in index.items()} if isinstance(index, dict) else {}


def _write_index(path: Path, index: dict[str, str]) -> None:
    """Replaces the index in one step. It only saves time, so a cache that cannot be written is no error."""
    alive = {key: value for key, value in index.items() if Path(key.rsplit("|", 2)[0]).exists()}
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="digests-", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(alive, file, indent=0, sort_keys=True)
        Path(name).replace(path)
