"""The cache of readings: computed once, safe against a damaged file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from claims.score import readings
from claims.score.readings import ReadingCache, Readings


class Counter:
    """Reads the length of a text, and remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[tuple[str, ...]], before: int, total: int) -> Readings:
        self.asked += [text[0] for text in texts]
        return np.array([[len(text[0])] for text in texts], dtype=np.float32)


def test_each_text_is_read_once(tmp_path: Path) -> None:
    read = Counter()
    cache = ReadingCache(tmp_path / "r.sqlite", "owner")
    rows, new = cache.complete([("a",), ("bbb",), ("a",)], 1, read)
    assert rows[:, 0].tolist() == [1, 3, 1]
    assert (new, read.asked) == (2, ["a", "bbb"])
    rows, new = ReadingCache(tmp_path / "r.sqlite", "owner").complete([("bbb",), ("cc",)], 1, read)
    assert rows[:, 0].tolist() == [3, 2]
    assert (new, read.asked) == (1, ["a", "bbb", "cc"])


def test_other_weights_share_nothing(tmp_path: Path) -> None:
    read = Counter()
    ReadingCache(tmp_path / "r.sqlite", "one").complete([("a",)], 1, read)
    ReadingCache(tmp_path / "r.sqlite", "two").complete([("a",)], 1, read)
    assert read.asked == ["a", "a"]


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(b"not a database" * 100)
    rows, new = ReadingCache(path, "owner").complete([("aa",)], 1, Counter())
    assert (rows[0, 0], new) == (2, 1)
    assert ReadingCache(path, "owner").complete([("aa",)], 1, Counter())[1] == 0


def test_nothing_asked_nothing_made(tmp_path: Path) -> None:
    rows, new = ReadingCache(tmp_path / "r.sqlite", "owner").complete([], 1, Counter())
    assert rows.shape == (0, 1)
    assert new == 0
    assert not (tmp_path / "r.sqlite").exists()


def test_what_was_read_is_kept_when_the_next_part_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_STORE_EVERY", 2)
    read, parts = Counter(), []

    def dies(texts: list[tuple[str, ...]], before: int, total: int) -> Readings:
        parts.append((len(texts), before, total))
        if before == 4:
            raise KeyboardInterrupt
        return read(texts, before, total)

    texts = [("a" * n,) for n in (5, 3, 1, 4, 2)]
    with pytest.raises(KeyboardInterrupt):
        ReadingCache(tmp_path / "r.sqlite", "owner").complete(texts, 1, dies)
    assert parts == [(2, 0, 5), (2, 2, 5), (1, 4, 5)]
    rows, new = ReadingCache(tmp_path / "r.sqlite", "owner").complete(texts, 1, read)
    assert (rows[:, 0].tolist(), new) == ([5, 3, 1, 4, 2], 1)
