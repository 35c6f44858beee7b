"""Longest match over sequences of word keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Keys = Sequence[Sequence[str]]


class Trie(Generic[T]):
    """A set of key sequences with values; several values may share one sequence."""

    def __init__(self) -> None:
        # A word of marks alone folds to nothing: the empty key never continues a sequence.
        # Below a key stands the next node; the empty key holds the values that end there.
        self._root: dict[str, Any] = {}

    def add(self, keys: Sequence[str], value: T) -> None:
        """Store a value under a sequence of keys; an empty sequence stores nothing."""
        if not keys:
            return
        node = self._root
        for key in keys:
            node = node.setdefault(key, {})
        values = node.setdefault("", [])
        if value not in values:
            values.append(value)

    def begins(self, keys: Sequence[str]) -> bool:
        """Whether some sequence begins with one of the keys."""
        return any(key in self._root for key in keys)

    def longest(self, first: Sequence[str], rest: Keys = (), at: int = 0) -> tuple[int, list[T]] | None:
        """Length in words and values of the longest match that begins at word ``at``.

        ``first`` are the keys that this word may have; ``rest[i]`` those of word i of the sentence.
        """
        root = self._root
        for key in first:
            if key in root:
                break
        else:
            # Most words of a text begin nothing.
            return None
        nodes = [root[key] for key in first if key in root]
        best: tuple[int, list[T]] | None = None
        length = 1
        while nodes:
            values = [value for node in nodes for value in node.get("", ())]
            if values:
                best = (length, values)
            if at + length >= len(rest):
                break
            nodes = [node[key] for node in nodes for key in rest[at + length] if key and key in node]
            length += 1
        return best
