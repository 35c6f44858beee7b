"""Reads the authored data of this folder and the public sets (marked ``train``) of a data folder."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any, NamedTuple

AUTHORED = Path(__file__).parent
NLI_SETS = ("oie_nli.train", "conjnli.train", "breaking_nli.train", "indonli.train", "farstail.train", "ans.train")
NLI_LABELS = {"entailment": 0, "neutral": 1, "contradiction": 2, "agree": 0, "other": 1, "disagree": 2}


class Statement(NamedTuple):
    """A text with the stance of its holder, in [-1, 1]."""

    text: str
    stance: float
    lang: str


class Pair(NamedTuple):
    """Two texts and what they are to each other; a label that a set does not give is None."""

    a: str
    b: str
    lang: str
    relation: int | None = None
    nli: int | None = None
    stances: tuple[float, float] | None = None
    phenomenon: str = ""


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def statements() -> list[Statement]:
    """All authored statements."""
    rows = [row for path in sorted((AUTHORED / "statements").glob("*.jsonl")) for row in lines(path)]
    return [Statement(row["text"], float(row["stance"]), row["lang"]) for row in rows]


def pairs() -> list[Pair]:
    """All authored pairs, the earlier text first."""
    order = {"consistent": 0, "shift": 1, "unrelated": 2}
    found = []
    for path in sorted((AUTHORED / "pairs").glob("*.jsonl")):
        for row in lines(path):
            # What is compatible need not follow: only unrelated and merely moved positions are surely neutral.
            nli = 2 if row["contradiction"] else None if row["relation"] == "consistent" else 1
            stances = None
            if row.get("stance_a") is not None and row.get("stance_b") is not None:
                stances = (float(row["stance_a"]), float(row["stance_b"]))
            lang = row["lang_a"] if row["lang_a"] == row["lang_b"] else "cross"
            found.append(
                Pair(row["a"], row["b"], lang, order[row["relation"]], nli, stances, row.get("phenomenon", ""))
            )
    return found


def political(folder: Path) -> list[Pair]:
    """Public pairs of political statements: positions of parties (Sagimbayeva et al. 2025) and of debaters."""
    order = {"consistent": 0, "inconsistent": 1, "unrelated": 2}
    found = [
        Pair(r["a"], r["b"], "en", relation=order[r["label"]]) for r in lines(folder / "pairs/inconsistency.dev.jsonl")
    ]
    debates = lines(folder / "pairs/prosecco.dev.jsonl")
    return found + [Pair(r["a"], r["b"], "en", nli=2 if r["label"] == "self-contradiction" else 1) for r in debates]


def nli(folder: Path, most: int, seed: int = 7) -> list[Pair]:
    """Public NLI pairs, at most ``most`` a set, drawn with a fixed seed."""
    chosen: list[Pair] = []
    for name in NLI_SETS:
        path = folder / "pairs" / f"{name}.jsonl"
        rows = lines(path)
        random.Random(seed).shuffle(rows)
        for row in rows[:most]:
            label = NLI_LABELS.get(str(row["label"]))
            if label is not None:
                chosen.append(Pair(row["a"], row["b"], row.get("lang", ""), nli=label))
    return chosen
