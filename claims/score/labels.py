"""The classes that the position network tells apart, in the order of its outputs."""

from __future__ import annotations

RELATIONS = ("consistent", "shift", "unrelated")
INFERENCES = ("entailment", "neutral", "contradiction")
# The quad classes of the PLOVER ontology (Halterman et al. 2023), and what is no event between actors.
EVENTS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "neutral")
