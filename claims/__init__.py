"""Finds who holds which position on what and when in news articles, and shows where a position shifted.

The public names: :func:`check` runs the whole way over articles, :func:`score_pairs` tells how given pairs of
statements relate, and the records are what both give back. Each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claims.config import Config
    from claims.errors import ClaimsError
    from claims.pairs import Pair
    from claims.pairs import score as score_pairs
    from claims.pipeline import run_all as check
    from claims.records import Article, Claim, Explanation, Finding, PairScore

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Claim",
    "ClaimsError",
    "Config",
    "Explanation",
    "Finding",
    "Pair",
    "PairScore",
    "check",
    "score_pairs",
]
_HOMES = {
    "check": ("claims.pipeline", "run_all"),
    "score_pairs": ("claims.pairs", "score"),
    "Pair": ("claims.pairs", "Pair"),
    "Config": ("claims.config", "Config"),
    "ClaimsError": ("claims.errors", "ClaimsError"),
    **{name: ("claims.records", name) for name in ("Article", "Claim", "Explanation", "Finding", "PairScore")},
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, member = _HOMES[name]
    return getattr(import_module(module), member)
