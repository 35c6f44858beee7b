"""The close pairs within each actor, by exact inner product search with FAISS.

Exact, because a pair that an approximate index misses is a shift of position that nobody sees, and because the claims
of one actor are few enough. Which claim of a pair is the earlier one is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int, float]
"""``(i, j, similarity)``: rows of the vectors, ``i < j``, and their cosine, rounded to 4 decimals."""

_MARGIN = 6e-5
"""How far below the threshold FAISS searches: half a step of the rounding, and then some. FAISS's sums differ in the
last bits with the block they fall in, so cosines are computed anew in one fixed order before the threshold decides."""

_HELD = 500_000
"""Pairs gathered for one actor before those beyond ``max_per_claim`` are dropped."""

_BLOCK = 1024
"""Claims on each side of one search: large enough for FAISS's matrix product, and at most a million cosines return."""

Found = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]
"""Pairs of one actor, as arrays of one length: ``i``, ``j`` (places among its claims, ``i < j``), cosine."""


class Candidates(list[Pair]):
    """The pairs, in order of ``i``, then ``j``; ``capped`` counts those left out by ``max_per_claim``."""

    capped: int = 0


def retrieve(
    vectors: NDArray[np.float32],
    actor_ids: Sequence[Hashable | None],
    group_ids: Sequence[Hashable],
    *,
    min_similarity: float,
    max_per_claim: int | None = None,
) -> Candidates:
    """The pairs of claims of one actor, from different groups, whose vectors are close.

    Args:
        vectors: float32 [n, dim], rows of length 1.
        actor_ids: [n]; pairs are sought within equal ids, and ``None`` pairs with nothing.
        group_ids: [n]; the article of each claim. Claims of one group are not paired.
        min_similarity: the least cosine of a pair, in [-1, 1], compared after rounding to 4 decimals.
        max_per_claim: a pair is left out if each of its two claims has this many closer pairs (at equal similarity, the
            pair of lower rows is the closer one); ``None`` leaves none out. So each claim keeps its closest pairs, and
            the claim that many others are close to may appear more often.

    Returns:
        Each unordered pair once; the same input gives the same list. ``capped`` is exact but for pairs that lie within
        half a step of rounding below the threshold.

    Raises:
        ValueError: the inputs differ in length, or a limit is out of range.
    """
    count = len(vectors)
    if vectors.ndim != 2 or len(actor_ids) != count or len(group_ids) != count:
        raise ValueError("vectors [n, dim], actor_ids [n] and group_ids [n] must have one length")
    if not -1 <= min_similarity <= 1 or (max_per_claim is not None and max_per_claim < 1):
        raise ValueError("min_similarity must lie in [-1, 1] and max_per_claim must be at least 1")
    numbers: dict[Hashable, int] = {}
    groups = np.array([numbers.setdefault(group, len(numbers)) for group in group_ids], dtype=np.int64)
    rows_of: dict[Hashable, list[int]] = {}
    for row, actor in enumerate(actor_ids):
        if actor is not None:
            rows_of.setdefault(actor, []).append(row)
    pairs = Candidates()
    for rows in rows_of.values():
        if len(rows) > 1:
            places = np.array(rows)
            own = np.ascontiguousarray(vectors[places], dtype=np.float32)
            (first, second, _), capped = _within_actor(own, groups[places], min_similarity - _MARGIN, max_per_claim)
            cosines = _cosines(own, first, second).round(4)
            keep = cosines >= round(min_similarity, 4)
            ends = places[first[keep]].tolist(), places[second[keep]].tolist()
            pairs.extend(zip(*ends, cosines[keep].tolist(), strict=True))
            pairs.capped += capped
    pairs.sort()
    return pairs


def _within_actor(
    own: NDArray[np.float32], groups: NDArray[np.int64], radius: float, max_per_claim: int | None
) -> tuple[Found, int]:
    """The pairs within one actor that are closer than ``radius``, and how many ``max_per_claim`` left out."""
    limit = max_per_claim
    held: list[Found] = []
    floors = np.full(len(own), -np.inf, dtype=np.float32)
    size = seen = 0
    for first, second, near in _search(own, groups, radius):
        seen += len(near)
        if limit is not None:
            # Neither claim can want a pair that is further than what each already has enough of.
            keep = near >= np.minimum(floors[first], floors[second])
            first, second, near = first[keep], second[keep], near[keep]
        held.append((first, second, near))
        size += len(near)
        # Dropping early is safe: a claim's closest pairs so far stay, so what goes now would go at the end.
        if limit is not None and size > max(_HELD, 4 * limit * len(own)):
            kept, floors = _closest(_joined(held), len(own), limit)
            held, size = [kept], len(kept[0])
    found = _joined(held)
    if limit is not None:
        found, _ = _closest(found, len(own), limit)
    return found, seen - len(found[0])


def _search(own: NDArray[np.float32], groups: NDArray[np.int64], radius: float) -> Iterator[Found]:
    """The pairs of different groups closer than ``radius``, one pair of blocks at a time.

    A block is searched for in itself and in the blocks before it: half the work of seeking everything in everything,
    and each pair comes once.
    """
    import faiss  # 0.2 s; a run without new pairs to seek does not pay it

    blocks: list[tuple[int, Any]] = []
    threads = faiss.omp_get_max_threads()
    if len(own) <= _BLOCK:
        # Most actors take microseconds; waking threads for each costs ten times that on a busy machine.
        faiss.omp_set_num_threads(1)
    try:
        for start in range(0, len(own), _BLOCK):
            block = own[start : start + _BLOCK]
            index = faiss.IndexFlatIP(own.shape[1])
            index.add(block)
            blocks.append((start, index))
            for offset, earlier in blocks:
                limits, near, labels = earlier.range_search(block, radius)
                first = labels + offset
                second = np.repeat(np.arange(start, start + len(block)), np.diff(limits).astype(np.int64))
                keep = np.flatnonzero((first < second) & (groups[first] != groups[second]))
                yield first[keep], second[keep], near[keep]
    finally:
        faiss.omp_set_num_threads(threads)


def _closest(found: Found, count: int, limit: int) -> tuple[Found, NDArray[np.float32]]:
    """The pairs that are among the ``limit`` closest of at least one of their two claims, of ``count`` claims in all.

    Also, for each claim, the cosine of its ``limit``-th closest pair; minus infinity where it has fewer.
    """
    first, second, near = found
    order = np.lexsort((second, first, -near))
    ends = np.concatenate([first[order], second[order]])
    pairs = np.concatenate([order, order])
    closeness = np.concatenate([np.arange(len(near))] * 2)
    by_claim = np.lexsort((closeness, ends))
    ends, pairs = ends[by_claim], pairs[by_claim]
    starts = np.cumsum(np.bincount(ends, minlength=count)) - np.bincount(ends, minlength=count)
    rank = np.arange(len(ends)) - starts[ends]
    keep = np.zeros(len(near), dtype=np.bool_)
    keep[pairs[rank < limit]] = True
    floors = np.full(count, -np.inf, dtype=np.float32)
    last = rank == limit - 1
    floors[ends[last]] = near[pairs[last]]
    return (first[keep], second[keep], near[keep]), floors


def _joined(held: list[Found]) -> Found:
    first, second, near = (np.concatenate(columns) for columns in zip(*held, strict=True))
    return first, second, near


def _cosines(
    own: NDArray[np.float32], first: NDArray[np.int64], second: NDArray[np.int64], step: int = 8192
) -> NDArray[np.float64]:
    """The inner products of rows ``first`` and ``second`` [n], summed in one order whatever rows stand beside."""
    cosines = np.empty(len(first), dtype=np.float64)
    for start in range(0, len(first), step):
        part = slice(start, start + step)
        cosines[part] = (own[first[part]] * own[second[part]]).sum(axis=1)
    return cosines
