"""Reads the authored data of this folder and the public sets (marked ``train``) of a data folder."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

from claims.score.labels import EVENTS, INFERENCES, RELATIONS

AUTHORED = Path(__file__).parent
# Pairs of each public inference set that are used: the natural ones whole, of those made by swapping a word a part.
INFERENCE_SETS = {
    "oie_nli.train": 25_000,
    "indonli.train": 12_000,
    "farstail.train": 8_000,
    "conjnli.train": 6_000,
    "breaking_nli.train": 3_000,
    "ans.train": 3_000,
}
INFERENCE_LABELS = {name: number for number, name in enumerate(INFERENCES)} | {"agree": 0, "other": 1, "disagree": 2}
# Phenomena of consistent pairs whose later text follows from the earlier one.
SAID_AGAIN = ("paraphrase", "restatement", "double_negation")
TRANSLATION_LANGUAGES = ("ar", "en", "fr", "ru", "de", "es", "tr", "fa", "he", "zh")


class Statement(NamedTuple):
    """A text with the stance of its holder towards a target, in [-1, 1]; ``target`` may be empty."""

    text: str
    target: str
    stance: float
    event: int | None
    lang: str


class Pair(NamedTuple):
    """Two texts and what they are to each other; a label that a set does not give is None."""

    a: str
    b: str
    lang: str
    relation: int | None = None
    inference: int | None = None
    stances: tuple[float, float] | None = None
    targets: tuple[str, str] = ("", "")
    phenomenon: str = ""


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def statements() -> list[Statement]:
    """All authored statements; one that is aimed at several is one item for each target."""
    found = []
    for path in sorted((AUTHORED / "statements").glob("*.jsonl")):
        for row in lines(path):
            event = EVENTS.index(row["quad"]) if row.get("quad") else None
            aims = row.get("targets") or [{"target": row["target"], "stance": row["stance"]}]
            found += [Statement(row["text"], aim["target"], float(aim["stance"]), event, row["lang"]) for aim in aims]
    return found


def pairs() -> list[Pair]:
    """All authored pairs, the earlier text first."""
    found = []
    for path in sorted((AUTHORED / "pairs").glob("*.jsonl")):
        for row in lines(path):
            inference = _inference(row)
            stances = None
            if row.get("stance_a") is not None and row.get("stance_b") is not None:
                stances = (float(row["stance_a"]), float(row["stance_b"]))
            lang = row["lang_a"] if row["lang_a"] == row["lang_b"] else "cross"
            targets = (row.get("target") or "", row.get("target_b") or row.get("target") or "")
            relation = RELATIONS.index(row["relation"])
            found.append(
                Pair(row["a"], row["b"], lang, relation, inference, stances, targets, row.get("phenomenon", ""))
            )
    return found


def _inference(row: dict[str, Any]) -> int | None:
    """What an inference set would say of an authored pair; None where readers would differ."""
    if row["contradiction"]:
        return INFERENCES.index("contradiction")
    if row["relation"] == "unrelated":
        return INFERENCES.index("neutral")
    # What is compatible need not follow, and a position that merely moved is neutral to some and opposed to others.
    return INFERENCES.index("entailment") if row.get("phenomenon") in SAID_AGAIN else None


def sides(items: list[Pair]) -> list[Statement]:
    """The two sides of authored pairs as statements with a stance."""
    return [
        Statement(text, target, stance, None, pair.lang)
        for pair in items
        if pair.stances
        for text, target, stance in zip((pair.a, pair.b), pair.targets, pair.stances, strict=True)
    ]


def inconsistency(folder: Path) -> list[Pair]:
    """Positions of parties (Sagimbayeva et al. 2025)."""
    order = {"consistent": 0, "inconsistent": 1, "unrelated": 2}
    return [
        Pair(row["a"], row["b"], "en", relation=order[row["label"]])
        for row in lines(folder / "pairs/inconsistency.dev.jsonl")
    ]


def prosecco(folder: Path) -> list[Pair]:
    """Two statements of one debater: inference 2 for a self-contradiction, else 1."""
    return [
        Pair(row["a"], row["b"], "en", inference=2 if row["label"] == "self-contradiction" else 1)
        for row in lines(folder / "pairs/prosecco.dev.jsonl")
    ]


def inference(folder: Path, seed: int = 7) -> list[Pair]:
    """Public inference pairs, drawn with a fixed seed."""
    chosen: list[Pair] = []
    for name, most in INFERENCE_SETS.items():
        rows = lines(folder / "pairs" / f"{name}.jsonl")
        random.Random(seed).shuffle(rows)
        for row in rows[:most]:
            label = INFERENCE_LABELS.get(str(row["label"]))
            if label is not None:
                chosen.append(Pair(row["a"], row["b"], row.get("lang", ""), inference=label))
    return chosen


def translations(folder: Path, count: int, seed: int = 7) -> list[Pair]:
    """News sentences in two languages (NTREX): two of three a translation, else another sentence of the document."""
    documents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in lines(folder / "retrieval/ntrex.dev.jsonl"):
        documents[str(row.get("doc") or row.get("document"))].append(row)
    rng = random.Random(seed)
    several = [rows for rows in documents.values() if len(rows) > 1]
    found = []
    for number in range(count):
        one, other = rng.sample(rng.choice(several), 2)
        here, there = rng.sample(TRANSLATION_LANGUAGES, 2)
        if number % 3:
            found.append(Pair(_text(one, here), _text(one, there), "cross", relation=0, inference=0))
        else:
            found.append(Pair(_text(one, here), _text(other, there), "cross", inference=1))
    return found


def _text(row: dict[str, Any], lang: str) -> str:
    return str(row[lang])
