"""``kill -9`` at random moments, and two processes on one folder: nothing is torn, and what was done is kept.

``make test-kill`` runs it over 500 articles with 20 kills; every run of the tests over 40 with 4.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from tests.forked import errors, new_cache, start
from tests.synthetic import corpus

ARTICLES = int(os.environ.get("CLAIMS_TEST_ARTICLES", "40"))
KILLS = int(os.environ.get("CLAIMS_TEST_KILLS", "4"))
RECORDS = ("articles.jsonl", "claims.jsonl", "pairs.jsonl", "findings.jsonl", "rejected.jsonl")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "work"
    corpus(folder / "articles", ARTICLES)
    (folder / "empty.jsonl").write_text('{"schema":"claims-baseline","version":1}\n')
    # Starts the server: what it takes to import everything once is no part of a run.
    start(folder, "--version", cache=folder).join()
    return folder


class Undisturbed:
    """A run that nobody killed: what it wrote, and how long it took."""

    def __init__(self, place: Path) -> None:
        began = time.monotonic()
        process = start(place, "run", "articles", "--out", "whole", "-q", cache=new_cache(place.parent / "whole-cache"))
        process.join()
        self.seconds = time.monotonic() - began
        assert process.exitcode == 0, errors(place, process)
        self.records = {name: (place / "whole" / name).read_bytes() for name in RECORDS}
        self.manifest = manifest(place / "whole")


@pytest.fixture(scope="module")
def undisturbed(place: Path) -> Undisturbed:
    return Undisturbed(place)


def manifest(out: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((out / "run.json").read_bytes())
    return content


def done_so_far(cache: Path) -> dict[str, int]:
    """How much of each kind of work a cache holds."""
    readings = 0
    if (cache / "readings.sqlite").exists():
        with sqlite3.connect(cache / "readings.sqlite") as connection:
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'readings'").fetchone():
                [(readings,)] = connection.execute("SELECT COUNT(*) FROM readings")
    vectors = sum(max(0, path.stat().st_size - 64) // 36 for path in cache.glob("vectors/*/keys.bin"))
    files = [path for path in cache.glob("extractions/*/*.json") if not path.name.startswith(".")]
    for path in files:
        json.loads(path.read_bytes())
    return {"files": len(files), "readings": readings, "vectors": vectors}


def check_nothing_is_torn(out: Path) -> None:
    """Whatever lies under a final name is whole; and only a finished run says so."""
    if not (out / "run.json").exists():
        return
    told = manifest(out)
    for name in RECORDS:
        if (out / name).exists():
            for line in (out / name).read_bytes().splitlines():
                json.loads(line)
    if told["status"] == "complete":
        for name, digest in told["outputs"].items():
            assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    else:
        assert told["status"] == "incomplete" and told["outputs"] == {}


def test_the_synthetic_corpus_gives_something_to_find(undisturbed: Undisturbed) -> None:
    counts = undisturbed.manifest["counts"]
    assert counts["articles"] == ARTICLES
    assert counts["findings"] >= ARTICLES // 4
    assert counts["readings_computed"] > ARTICLES


def test_kill_9_at_random_moments(place: Path, undisturbed: Undisturbed) -> None:
    seed = int(os.environ.get("CLAIMS_TEST_SEED", time.time_ns() % 1_000_000))
    moments = random.Random(seed)
    whole = undisturbed.manifest["counts"]
    seconds, killed = undisturbed.seconds, 0
    for attempt in range(5 * KILLS):
        if killed == KILLS:
            break
        out, cache = place / f"out{attempt}", new_cache(place.parent / f"cache{attempt}")
        told = f"attempt {attempt} of seed {seed}"
        began = time.monotonic()
        process = start(place, "run", "articles", "--out", out, "-q", cache=cache)
        # One kill in each stretch of the run, so that they reach all its stages.
        process.join(seconds * (killed + moments.random()) / KILLS)
        if process.is_alive() and process.pid:
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        if process.exitcode == 0:
            # The machine has become faster since the undisturbed run; try again earlier.
            seconds = time.monotonic() - began
            continue
        assert process.exitcode == -signal.SIGKILL, told + errors(place, process)
        killed += 1
        check_nothing_is_torn(out)
        finished = (out / "run.json").exists() and manifest(out)["status"] == "complete"
        judged = start(place, "gate", out, "--fail-on", "none", "--baseline", "empty.jsonl", cache=cache)
        judged.join()
        # A run that died is never green.
        assert judged.exitcode == (0 if finished else 4), told + errors(place, judged)
        before = done_so_far(cache)
        again = start(place, "run", "articles", "--out", out, "-q", cache=cache)
        again.join()
        assert again.exitcode == 0, told + errors(place, again)
        check_nothing_is_torn(out)
        assert {name: (out / name).read_bytes() for name in RECORDS} == undisturbed.records, told
        counts = manifest(out)["counts"]
        assert counts["files_unchanged"] == before["files"], told
        assert counts["readings_computed"] == whole["readings_computed"] - before["readings"], told
        assert counts["vectors_computed"] == whole["vectors_computed"] - before["vectors"], told
        assert not list(out.glob(".*.part")), told
    assert killed == KILLS, f"only {killed} runs lived long enough to be killed"


def test_two_processes_on_one_folder(place: Path) -> None:
    few, cache = corpus(place / "few", 8), new_cache(place.parent / "two-cache")
    first = start(place, "run", few, "--out", "shared", "-q", cache=cache)
    while not (place / "shared" / "run.json").exists():
        time.sleep(0.01)
    second = start(place, "run", few, "--out", "shared", "-q", cache=cache)
    second.join()
    assert first.is_alive(), "the first run was over before the second one began"
    assert second.exitcode == 4
    told = errors(place, second)
    assert f"shared: another run (process {first.pid}) is writing there" in told and "--out" in told
    assert len(told.strip().splitlines()) == 1
    # Another folder is no obstacle, though both fill one cache.
    beside = start(place, "run", few, "--out", "beside", "-q", cache=cache)
    first.join()
    beside.join()
    assert first.exitcode == beside.exitcode == 0, errors(place, beside)
    for name in ("shared", "beside"):
        check_nothing_is_torn(place / name)
    assert manifest(place / "shared")["counts"]["findings"] >= 2
    for name in RECORDS:
        assert (place / "shared" / name).read_bytes() == (place / "beside" / name).read_bytes()
    third = start(place, "run", few, "--out", "shared", "-q", cache=cache)
    third.join()
    assert third.exitcode == 0
