"""Times of the stages, as ratios against a peer in the same run: ``python -m benchmarks.speed``.

Each comparison runs both sides alternately, after one uncounted round, and gives medians.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
SEEDS = Path("seeds/articles")


def compare(ours: Callable[[], object], peer: Callable[[], object], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of both sides and the median of the round-by-round ratios (ours / peer)."""
    times: list[tuple[float, float]] = []
    for number in range(rounds + 1):
        pair = []
        for side in (ours, peer):
            began = time.perf_counter()
            side()
            pair.append(time.perf_counter() - began)
        if number:
            times.append((pair[0], pair[1]))
    return {
        "ours_s": round(statistics.median(a for a, _ in times), 4),
        "peer_s": round(statistics.median(b for _, b in times), 4),
        "ratio": round(statistics.median(a / b for a, b in times), 3),
    }


def extraction() -> dict[str, float]:
    """Reading, dating and attributing all seeds, against only cutting the same texts into sentences with sentencex."""
    from sentencex import segment

    from claims.extraction import extract
    from claims.ingest.sources import expand

    sources = expand([str(SEEDS)])
    today = dt.date(2026, 1, 1)

    def whole() -> list[tuple[str, str]]:
        made = [extract(s, max_bytes=10**7, override=None, today=today, cache_folder=None)[0] for s in sources]
        return [(article.lang, article.text) for one in made for article in one.articles]

    texts = whole()
    found = compare(whole, lambda: [list(segment(lang, text)) for lang, text in texts])
    words = sum(len(text.split()) for _, text in texts)
    return {**found, "articles_of_400_words_a_second": round(words / 400 / found["ours_s"], 1)}


def attribution() -> dict[str, float]:
    """Sentences, holders and dates of statements on pages that were read and dated before: extract and attribute."""
    from claims.attribute.attribution import attribute
    from claims.attribute.registry import built_in
    from claims.dating import statement_date
    from claims.extraction import extract
    from claims.ingest.sources import expand
    from claims.text.segment import after_dateline, paragraphs, sentences

    made = [
        extract(s, max_bytes=10**7, override=None, today=dt.date(2026, 1, 1), cache_folder=None)[0]
        for s in expand([str(SEEDS)])
    ]
    articles = [article for one in made for article in one.articles]

    def ours() -> None:
        for article in articles:
            text, lang = article.text, article.lang
            split = [sentences(text, after_dateline(text, *p), p[1], lang) for p in paragraphs(text, [])]
            for statement in attribute(text, split, lang, article.published, built_in()):
                if statement.actor is not None:
                    statement_date(text[slice(*statement.sentence)], lang, article.published)

    times = []
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        ours()
        times.append(time.process_time() - began)
    words = sum(len(article.text.split()) for article in articles)
    best = statistics.median(times[1:])
    return {"cpu_s": round(best, 4), "articles_of_400_words_a_second": round(words / 400 / best, 1)}


def rerun() -> dict[str, float]:
    """An unchanged run on the seeds, against the first run with an empty cache (the encoder is prepared)."""
    folder = Path(tempfile.mkdtemp(prefix="claims-bench-"))
    cache = folder / "cache"
    environment = {**os.environ, "CLAIMS_CACHE": str(cache), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "claims.cli", "run", str(SEEDS), "--out", str(folder / "out"), "--quiet"]

    def run() -> None:
        subprocess.run(command, env=environment, check=True)

    def cold() -> None:
        for name in ("extractions", "vectors", "readings.sqlite"):
            path = cache / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        run()

    run()
    # The cold run leaves what the warm run finds; in the pair the warm one comes second.
    found = compare(cold, run, rounds=3)
    shutil.rmtree(folder)
    return {"cold_s": found["ours_s"], "unchanged_s": found["peer_s"], "unchanged_share": round(1 / found["ratio"], 3)}


def encoding() -> dict[str, float]:
    """Batches of one token length (ours) against sentence-transformers' padded batches, same model and precision."""
    from claims.config import Config
    from claims.embed.sentence_transformers import SentenceTransformerEncoder
    from claims.scoring import encoder_choice
    from training.data import statements

    encoder = encoder_choice(Config(), None).load()
    assert isinstance(encoder, SentenceTransformerEncoder)
    texts = [item.text for item in statements()][:400]
    prefixed = ["query: " + text for text in texts]
    peer = encoder._model  # the same loaded model, called the way its documentation shows
    found = compare(lambda: encoder.encode(texts), lambda: peer.encode(prefixed, prompt="", show_progress_bar=False), 3)
    return {**found, "sentences_a_second": round(len(texts) / found["ours_s"], 1)}


def main() -> None:
    """Run all and print one JSON object with the machine."""
    result = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "extraction": extraction(),
        "attribution": attribution(),
        "encoding": encoding(),
        "rerun": rerun(),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
