"""Vectors that were computed before, kept on disk, so that an unchanged run loads no encoder.

A folder for each encoder holds two append-only files and a lock file::

    keys.bin      header: "CLAIMSV1", u32 dim, the encoder's digest (32 bytes), padded to 64 bytes
                  then, for each vector: the key (32 bytes) and the CRC-32 of its bytes (u32)
    vectors.f16   dim float16 values for each key, in the same order

The vectors are made durable before their keys, so a key is a promise that its vector is there. Whatever a crash left
behind (a torn row at the end of either file, vectors without keys) is not counted, and is cut off by the next writer;
a vector whose check sum is wrong is computed anew. Readers take no lock: rows that are counted never change.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import portalocker
from numpy.typing import NDArray

from claims.embed.encoder import Encoder, Progress, Vectors
from claims.errors import OutputUnwritable

_MAGIC = b"CLAIMSV1"
_HEADER = struct.Struct("<8sI32s20x")
_KEY = np.dtype([("head", ">u8"), ("tail", "V24"), ("crc", "<u4")])
_STORED = np.dtype("<f2")
_STORE_EVERY = 512
"""Texts between two writes: an interrupted run keeps what it had, and each write waits for the disk only briefly."""


def key_of(encoder_digest: str, text: str) -> bytes:
    """The 32 bytes that name the vector of ``text`` under one encoder."""
    # Lone surrogates come out of broken feeds; they must make a key, not an error.
    return hashlib.sha256(encoder_digest.encode() + b"\0" + text.encode("utf-8", "surrogatepass")).digest()


def from_stored(stored: NDArray[np.float16]) -> Vectors:
    """Float16 values at length 1 again: what the run that computes a vector sees, and the run that finds it."""
    vectors: Vectors = stored.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    np.divide(vectors, lengths, out=vectors, where=lengths > 0)
    return vectors


class VectorCache:
    """The vectors of one encoder under ``folder``; safe to use from several processes at once.

    Args:
        folder: where the caches of all encoders lie; made when something is stored.
        encoder_digest: names the encoder.
    """

    def __init__(self, folder: Path, encoder_digest: str) -> None:
        self._folder = folder / encoder_digest[:32]
        self._owner = hashlib.sha256(encoder_digest.encode()).digest()

    def read(self, keys: Sequence[bytes]) -> tuple[Vectors, NDArray[np.bool_]]:
        """The vectors of ``keys``: float32 [len(keys), dim] of length 1, and bool [len(keys)] telling which were found.

        Rows not found are zero; ``dim`` is 0 while nothing is stored. A damaged or foreign file reads as empty.
        """
        dim, table = self._keys()
        found = np.zeros(len(keys), dtype=np.bool_)
        if not len(table) or not keys:
            return np.zeros((len(keys), dim), dtype=np.float32), found
        wanted = np.frombuffer(b"".join(keys), dtype=[("head", ">u8"), ("tail", "V24")])
        heads = table["head"].astype(np.uint64)
        order = np.argsort(heads, kind="stable")
        # The last of equal keys: a vector computed anew stands after the one that was damaged.
        last = np.searchsorted(heads[order], wanted["head"].astype(np.uint64), side="right") - 1
        rows = order[np.maximum(last, 0)]
        found = (table["head"][rows] == wanted["head"]) & (table["tail"][rows] == wanted["tail"])
        stored = np.zeros((len(keys), dim), dtype=_STORED)
        places = np.flatnonzero(found)
        if len(places):
            disk = np.memmap(self._folder / "vectors.f16", _STORED, "r", shape=(len(table), dim))
            stored[places] = disk[rows[places]]
        size = dim * _STORED.itemsize
        content = stored.data.cast("B")
        for place, crc in zip(places.tolist(), table["crc"][rows[places]].tolist(), strict=True):
            if zlib.crc32(content[place * size : (place + 1) * size]) != crc:
                found[place] = False
        stored[~found] = 0
        return from_stored(stored), found

    def append(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Stores ``vectors`` [len(keys), dim] under ``keys``, durably, after what others have stored meanwhile.

        Raises:
            OutputUnwritable: the disk is full, or the folder cannot be written.
        """
        if not keys:
            return
        stored = np.ascontiguousarray(vectors, dtype=_STORED)
        rows = np.zeros(len(keys), dtype=_KEY)
        rows.view(np.uint8).reshape(len(keys), _KEY.itemsize)[:, :32] = np.frombuffer(
            b"".join(keys), dtype=np.uint8
        ).reshape(-1, 32)
        rows["crc"] = [zlib.crc32(vector.tobytes()) for vector in stored]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with portalocker.Lock(self._folder / "lock", "ab", flags=portalocker.LockFlags.EXCLUSIVE):
                self._append_locked(stored, rows)
        except (OSError, portalocker.exceptions.BaseLockException) as error:
            reason = getattr(error, "strerror", None) or error
            raise OutputUnwritable(f"cannot store vectors in {self._folder}: {reason}") from error

    def _append_locked(self, stored: NDArray[np.float16], rows: NDArray[np.void]) -> None:
        dim, table = self._keys()
        fresh = dim != stored.shape[1]  # nothing there yet, or nothing that can be read
        count = 0 if fresh else len(table)
        for name in ("vectors.f16", "keys.bin"):
            path = self._folder / name
            header = _HEADER.pack(_MAGIC, stored.shape[1], self._owner) if name == "keys.bin" else b""
            row_size = _KEY.itemsize if header else stored.shape[1] * _STORED.itemsize
            path.touch()
            with path.open("r+b") as file:
                file.truncate(0 if fresh else len(header) + count * row_size)
                file.seek(0, os.SEEK_END)
                file.write((header if fresh else b"") + (rows if header else stored).tobytes())
                file.flush()
                os.fsync(file.fileno())

    def _keys(self) -> tuple[int, NDArray[np.void]]:
        """The length of a vector and the rows of keys whose vectors are there; (0, none) if nothing can be read."""
        none = np.zeros(0, dtype=_KEY)
        try:
            content = (self._folder / "keys.bin").read_bytes()
            vector_bytes = (self._folder / "vectors.f16").stat().st_size
        except OSError:
            return 0, none
        if len(content) < _HEADER.size:
            return 0, none
        magic, dim, owner = _HEADER.unpack_from(content)
        if magic != _MAGIC or owner != self._owner or dim == 0:
            return 0, none
        count = min((len(content) - _HEADER.size) // _KEY.itemsize, vector_bytes // (dim * _STORED.itemsize))
        return dim, np.frombuffer(content, _KEY, count, _HEADER.size)


def embed(
    texts: Sequence[str],
    cache: Path,
    make_encoder: Callable[[], Encoder],
    encoder_digest: str,
    progress: Progress | None = None,
) -> tuple[Vectors, int]:
    """The vectors of ``texts``, from the cache where it has them.

    The encoder is made only if a text is new, and encodes each new text once. New vectors pass through float16 before
    they are returned, so a run that computes them and a run that finds them agree to the last bit.

    Args:
        texts: any strings; repeated ones share a vector.
        cache: the folder of all vector caches.
        make_encoder: loads the encoder; takes seconds.
        encoder_digest: the digest that this encoder will have.
        progress: told of new texts as they are encoded.

    Returns:
        Float32 [len(texts), dim] with rows of length 1, and the number of texts that were encoded now. With no texts
        and an empty cache, dim is 0.

    Raises:
        ModelUnavailable: the encoder cannot be loaded.
        OutputUnwritable: the cache cannot be written.
        ValueError: the encoder made has another digest than was said.
    """
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    distinct = list(places)
    keys = [key_of(encoder_digest, text) for text in distinct]
    store = VectorCache(cache, encoder_digest)
    vectors, found = store.read(keys)
    # Shortest first: texts of one length fill batches together, within and across the writes below.
    missing = sorted(np.flatnonzero(~found).tolist(), key=lambda place: (len(distinct[place]), place))
    if missing:
        encoder = make_encoder()
        if encoder.digest != encoder_digest:
            raise ValueError(f"the encoder {encoder.name} is not the one whose digest was given")
        if vectors.shape[1] != encoder.dim:  # an empty or unreadable cache does not know the length of a vector
            vectors = np.zeros((len(distinct), encoder.dim), dtype=np.float32)
        for start in range(0, len(missing), _STORE_EVERY):
            part = missing[start : start + _STORE_EVERY]
            tell = _shifted(progress, start, len(missing))
            computed = encoder.encode([distinct[place] for place in part], tell)
            store.append([keys[place] for place in part], computed)
            vectors[part] = from_stored(computed.astype(_STORED))
    return vectors[[places[text] for text in texts]], len(missing)


def _shifted(progress: Progress | None, before: int, total: int) -> Progress | None:
    """``progress`` for one part of a longer piece of work."""
    if progress is None:
        return None
    return lambda done, _part, what: progress(before + done, total, what)
