"""What is reported was not trained on: no gold text has the words of an authored training text."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claims.text.segment import sentences
from claims.text.words import words

# Of all words of two texts that are about different matters, more than this share is never common to both.
MOST_COMMON = 0.5


def rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def bag(text: str) -> frozenset[str]:
    return frozenset(word.light for word in words(text))


@pytest.fixture(scope="module")
def trained() -> list[frozenset[str]]:
    files = sorted(Path("training/pairs").glob("*.jsonl")) + sorted(Path("training/statements").glob("*.jsonl"))
    texts = {row[name] for path in files for row in rows(path) for name in ("a", "b", "text") if row.get(name)}
    return [bag(text) for text in sorted(texts)]


def gold() -> dict[str, list[str]]:
    contrast = [row[name] for row in rows(Path("tests/gold/contrast.jsonl")) for name in ("a", "b")]
    articles = [article["text"] for row in rows(Path("tests/gold/timelines.jsonl")) for article in row["articles"]]
    return {"contrast": contrast, "timelines": [part for text in articles for part in split(text)]}


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text), "en")]


@pytest.mark.parametrize("name", ["contrast", "timelines"])
def test_gold_and_training_have_no_wording_in_common(name: str, trained: list[frozenset[str]]) -> None:
    holding: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(trained):
        for word in one:
            holding[word].append(number)
    for text in gold()[name]:
        own = bag(text)
        common: Counter[int] = Counter(number for word in own for number in holding.get(word, ()))
        for number, count in common.most_common(50):
            if count >= 3:
                assert count / len(own | trained[number]) <= MOST_COMMON, text
