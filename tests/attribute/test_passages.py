"""Who holds what, on a fixed set of passages in eight languages. The floor may only rise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from claims.attribute.attribution import Statement, attribute
from claims.attribute.memory import name_id
from claims.attribute.registry import Registry, built_in
from claims.records import Published
from claims.text.segment import paragraphs, sentences

PASSAGES = Path(__file__).with_name("passages.jsonl")
FLOOR = 0.95


def passages() -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in PASSAGES.read_bytes().splitlines()]


def statements_of(text: str, lang: str, day: str | None, registry: Registry) -> list[Statement]:
    when = dt.date.fromisoformat(day) if day else None
    published = Published(earliest=when, latest=when, precision="day" if when else "unknown")
    split = [sentences(text, *paragraph, lang) for paragraph in paragraphs(text, [])]
    return attribute(text, split, lang, published, registry)


def judge(passage: dict[str, Any], registry: Registry) -> list[tuple[dict[str, Any], str | None, str | None]]:
    """Each expected statement with the holder and the factivity found for it."""
    text = passage["text"]
    found = statements_of(text, passage["lang"], passage["published"], registry)
    rows = []
    for said in passage["says"]:
        low = text.index(said["part"])
        high = low + len(said["part"])
        around = [s for s in found if s.start <= low and high <= s.end]
        best = min(around, key=lambda s: s.end - s.start, default=None)
        rows.append((said, best.actor.id if best and best.actor else None, best.factivity if best else None))
    return rows


def right(said: dict[str, Any], holder: str | None, factivity: str | None) -> bool:
    wanted = said["holder"] if isinstance(said["holder"], list) else [said["holder"]]
    ids = [name_id(w.removeprefix("name:")) if w and w.startswith("name:") else w for w in wanted]
    return holder in ids and said.get("factivity") in (None, factivity)


@pytest.mark.parametrize("lang", ["ar", "de", "en", "es", "fa", "fr", "ru", "tr"])
def test_no_language_falls_behind(lang: str) -> None:
    rows = [row for p in passages() if p["lang"] == lang for row in judge(p, built_in())]
    wrong = [(row[0]["part"], row[0]["holder"], row[1]) for row in rows if not right(*row)]
    assert len(wrong) <= (1 - FLOOR) * len(rows), wrong


def test_accuracy_over_all_passages(record_property: Callable[[str, object], None]) -> None:
    rows = [row for p in passages() for row in judge(p, built_in())]
    accuracy = sum(right(*row) for row in rows) / len(rows)
    record_property("accuracy", f"{accuracy:.1%} of {len(rows)}")
    assert accuracy >= FLOOR, f"{accuracy:.1%} of {len(rows)}"
