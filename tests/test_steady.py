"""The same findings for another batch size, another number of threads, another order of the input, a warm cache."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks import seeds
from claims.config import Config, EmbedConfig
from claims.models import cache_folder, default_model
from claims.pipeline import run_all
from claims.records import Finding

NAMES = ("ar/antonov-kommersant.txt", "ar/antonov-congress.txt", "en/erdogan-nordic-bids.txt", "fr/erdogan-vilnius.txt")


class Corpus:
    """Four pages of the seeds under names whose order can be turned, read with an empty cache each time."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        default_model()
        self.folder, self.models, self._patch, self._runs = folder, cache_folder() / "models", monkeypatch, 0

    def findings(self, *, turned: bool = False, fresh: bool = True, **embed: object) -> list[Finding]:
        self._runs += fresh
        cache = self.folder / f"cache{self._runs}"
        if fresh:
            cache.mkdir()
            (cache / "models").symlink_to(self.models)
        self._patch.setenv("CLAIMS_CACHE", str(cache))
        articles = self.folder / ("turned" if turned else "straight")
        if not articles.exists():
            articles.mkdir()
            for number, name in enumerate(reversed(NAMES) if turned else NAMES):
                shutil.copy(seeds.SEEDS / "articles" / name, articles / f"{number}{Path(name).suffix}")
        config = Config(embed=EmbedConfig.model_validate({"threads": 1, "precision": "fp32", **embed}))
        return run_all([str(articles)], config).findings


def alike(one: list[Finding], other: list[Finding]) -> None:
    """The same findings; probabilities may differ by less than a fourth of the noise band."""
    first, second = ({f.fingerprint: f for f in found} for found in (one, other))
    assert first.keys() == second.keys()
    for name, finding in first.items():
        again = second[name]
        assert (finding.kind, finding.direction, finding.earlier.quote, finding.later.quote) == (
            again.kind, again.direction, again.earlier.quote, again.later.quote
        )  # fmt: skip
        assert abs(finding.probability - again.probability) <= Config().shift.noise_band / 4


def test_the_same_findings_whatever_the_machine_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = Corpus(tmp_path, monkeypatch)
    found = corpus.findings()
    assert len(found) >= 2
    assert corpus.findings(fresh=False) == found
    alike(corpus.findings(batch_size=1), found)
    alike(corpus.findings(batch_size=64, threads=2), found)
    alike(corpus.findings(turned=True), found)
    # The other precision is what another processor would choose.
    alike(corpus.findings(precision="bf16"), found)
