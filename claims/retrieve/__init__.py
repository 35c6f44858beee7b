"""Vectors to candidate pairs: the close pairs of claims of one actor, from different articles."""

from claims.retrieve.candidates import Candidates, retrieve

__all__ = ["Candidates", "retrieve"]
