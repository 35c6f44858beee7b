"""Exact search against the plainest way to say what is sought."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from claims.retrieve import candidates, retrieve


def unit(seed: int, count: int, dim: int = 8) -> NDArray[np.float32]:
    """Rows of length 1 that lie close enough to make pairs."""
    rows = np.random.default_rng(seed).normal(loc=0.6, size=(count, dim))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def brute(
    vectors: NDArray[np.float32], actors: list[str | None], groups: list[int], least: float, limit: int | None
) -> list[tuple[int, int, float]]:
    """Every pair looked at; then each claim's closest ``limit``, and what any of them wants."""
    exact = vectors.astype(np.float64)
    pairs = [
        (i, j, float(exact[i] @ exact[j]))
        for i in range(len(exact))
        for j in range(i + 1, len(exact))
        if actors[i] is not None and actors[i] == actors[j] and groups[i] != groups[j]
    ]
    pairs = [pair for pair in pairs if round(pair[2], 4) >= least]
    if limit is not None:
        wanted = set()
        for claim in range(len(exact)):
            own = sorted((pair for pair in pairs if claim in pair[:2]), key=lambda pair: (-pair[2], pair[:2]))
            wanted.update(own[:limit])
        pairs = [pair for pair in pairs if pair in wanted]
    return [(i, j, round(near, 4)) for i, j, near in pairs]


cases = st.tuples(
    st.integers(0, 2**32 - 1),
    st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.integers(0, 3)), max_size=40),
    st.sampled_from([-1.0, 0.0, 0.5, 0.8, 0.95]),
    st.sampled_from([None, 1, 2, 5]),
)


@settings(max_examples=150, deadline=None)
@given(cases)
def test_the_same_pairs_as_looking_at_every_pair(
    case: tuple[int, list[tuple[str | None, int]], float, int | None],
) -> None:
    seed, claims, least, limit = case
    vectors, actors, groups = unit(seed, len(claims)), [a for a, _ in claims], [g for _, g in claims]
    found = retrieve(vectors, actors, groups, min_similarity=least, max_per_claim=limit)
    expected = brute(vectors, actors, groups, least, limit)
    assert [pair[:2] for pair in found] == [pair[:2] for pair in expected]
    assert [pair[2] for pair in found] == pytest.approx([pair[2] for pair in expected], abs=1.001e-4)
    if limit is None:
        assert found.capped == 0
    elif least == -1:
        assert found.capped == len(brute(vectors, actors, groups, least, None)) - len(expected)


@pytest.mark.parametrize("limit", [None, 3])
def test_small_blocks_and_early_dropping_change_nothing(monkeypatch: pytest.MonkeyPatch, limit: int | None) -> None:
    vectors = unit(7, 300)
    actors, groups = ["a"] * 300, [row // 3 for row in range(300)]
    whole = retrieve(vectors, actors, groups, min_similarity=0.5, max_per_claim=limit)
    monkeypatch.setattr(candidates, "_BLOCK", 64)
    monkeypatch.setattr(candidates, "_HELD", 10)
    parts = retrieve(vectors, actors, groups, min_similarity=0.5, max_per_claim=limit)
    assert parts == whole
    assert parts.capped == whole.capped
    assert [pair[:2] for pair in whole] == [pair[:2] for pair in brute(vectors, actors, groups, 0.5, limit)]


def test_equal_vectors_keep_the_lowest_rows() -> None:
    vectors = np.tile(unit(1, 1), (6, 1))
    found = retrieve(vectors, ["a"] * 6, range(6), min_similarity=1.0, max_per_claim=1)
    assert [pair[:2] for pair in found] == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]
    assert {pair[2] for pair in found} == {1.0}
    assert found.capped == 10


def test_the_numbers_are_plain_python() -> None:
    ((i, j, near),) = retrieve(np.tile(unit(1, 1), (2, 1)), ["a", "a"], ["x", "y"], min_similarity=0.9)
    assert (type(i), type(j), type(near)) == (int, int, float)


def test_nothing_in_nothing_out() -> None:
    assert retrieve(np.zeros((0, 0), np.float32), [], [], min_similarity=0.5) == []


@pytest.mark.parametrize(
    ("actors", "least", "limit"),
    [(["a"], 0.5, 1), (["a", "a"], 1.5, 1), (["a", "a"], float("nan"), 1), (["a", "a"], 0.5, 0)],
)
def test_what_cannot_be_meant_is_refused(actors: list[str], least: float, limit: int) -> None:
    with pytest.raises(ValueError, match="must"):
        retrieve(unit(1, 2), actors, [0, 1], min_similarity=least, max_per_claim=limit)
