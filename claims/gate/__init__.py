"""The gate: a run's findings, the baseline and a policy make a verdict."""

from claims.gate.check import Files, check, gate, judge
from claims.gate.policy import Policy, Verdict, load, verdict
from claims.gate.read import Run, RunManifest, read_run

__all__ = ["Files", "Policy", "Run", "RunManifest", "Verdict", "check", "gate", "judge", "load", "read_run", "verdict"]
