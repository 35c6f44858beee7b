"""Numbers that the position network read before, kept on disk, so that an unchanged run loads no network."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.errors import OutputUnwritable

Readings = NDArray[np.float32]
Compute = Callable[[list[tuple[str, ...]], int, int], Readings]
"""``compute(texts, before, total)``: the readings of one part; ``before`` of ``total`` texts were read already."""
_STORE_EVERY = 256
"""Readings between two writes: a run that is killed keeps what it had, some seconds of work at most are done again."""


class ReadingCache:
    """Rows of float32 under text keys, in one SQLite file; several processes may use it at once.

    Args:
        path: the file; made when something is stored.
        owner: names weights and kind of reading; it is part of every key.
    """

    def __init__(self, path: Path, owner: str) -> None:
        self._path = path
        self._owner = owner

    def complete(self, texts: Sequence[tuple[str, ...]], width: int, compute: Compute) -> tuple[Readings, int]:
        """The readings of ``texts``, float32 [len(texts), width], and how many were computed now.

        ``compute`` is called with the distinct texts that are missing, shortest first and part by part; what a part
        gave is stored before the next begins.

        Raises:
            OutputUnwritable: new readings cannot be stored.
        """
        distinct = list(dict.fromkeys(texts))
        keys = [self._key(text) for text in distinct]
        known = self._read(keys, width)
        missing = [text for text, key in zip(distinct, keys, strict=True) if key not in known]
        missing.sort(key=lambda text: sum(map(len, text)))
        for start in range(0, len(missing), _STORE_EVERY):
            part = missing[start : start + _STORE_EVERY]
            computed = compute(part, start, len(missing)).astype(np.float32)
            fresh = {self._key(text): row for text, row in zip(part, computed, strict=True)}
            self._write(fresh)
            known |= fresh
        places = {text: known[key] for text, key in zip(distinct, keys, strict=True)}
        rows = [places[text] for text in texts]
        return (np.stack(rows) if rows else np.zeros((0, width), np.float32)), len(missing)

    def known(self, texts: Sequence[tuple[str, ...]], width: int) -> list[Readings | None]:
        """What is stored of ``texts``, None where nothing is; computes nothing."""
        keys = [self._key(text) for text in texts]
        found = self._read(keys, width)
        return [found.get(key) for key in keys]

    def store(self, text: tuple[str, ...], reading: Readings) -> None:
        """Keep one reading, float32 [width].

        Raises:
            OutputUnwritable: it cannot be stored.
        """
        self._write({self._key(text): reading.astype(np.float32)})

    def _key(self, text: tuple[str, ...]) -> bytes:
        content = "\0".join((self._owner, *text)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(content).digest()

    def _read(self, keys: Sequence[bytes], width: int) -> dict[bytes, Readings]:
        if not self._path.exists():
            return {}
        found: dict[bytes, Readings] = {}
        try:
            with sqlite3.connect(self._path, timeout=60) as connection:
                for start in range(0, len(keys), 500):
                    part = keys[start : start + 500]
                    marks = ",".join("?" * len(part))
                    for key, value in connection.execute(
                        f"SELECT key, value FROM readings WHERE key IN ({marks})", part
                    ):
                        row = np.frombuffer(value, np.float32)
                        if len(row) == width:
                            found[key] = row
        except sqlite3.DatabaseError:
            # A file that cannot be read holds nothing; what it held is computed anew.
            return {}
        finally:
            if "connection" in locals():
                connection.close()
        return found

    def _write(self, rows: dict[bytes, Readings]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._store(rows)
        except sqlite3.DatabaseError as error:
            if "malformed" not in str(error) and "not a database" not in str(error):
                raise OutputUnwritable(f"cannot store readings in {self._path}: {error}") from error
            self._path.unlink(missing_ok=True)
            self._store(rows)
        except OSError as error:
            raise OutputUnwritable(f"cannot store readings in {self._path}: {error.strerror or error}") from error

    def _store(self, rows: dict[bytes, Readings]) -> None:
        connection = sqlite3.connect(self._path, timeout=60)
        try:
            with connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
                )
                content = [(key, row.astype(np.float32).tobytes()) for key, row in rows.items()]
                connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?)", content)
        finally:
            connection.close()
