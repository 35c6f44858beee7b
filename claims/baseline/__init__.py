"""What is known about findings: their fingerprints, the baseline file, and which of them a run found again."""

from claims.baseline.fingerprint import fingerprint, fingerprint_all
from claims.baseline.known import known_pairs
from claims.baseline.match import Matching, match, states_of
from claims.baseline.store import Baseline, read, write

__all__ = [
    "Baseline",
    "Matching",
    "fingerprint",
    "fingerprint_all",
    "known_pairs",
    "match",
    "read",
    "states_of",
    "write",
]
