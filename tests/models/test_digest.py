"""What names a model: its contents, read once."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from claims.errors import ModelUnavailable
from claims.models import default, digest_of_folder, model_folder


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"weights")
    return folder


def test_the_digest_follows_contents_and_names(model: Path) -> None:
    seen = {digest_of_folder(model)}
    (model / "model.safetensors").write_bytes(b"other weights")
    seen.add(digest_of_folder(model))
    (model / "1_Pooling" / "config.json").rename(model / "config.json")
    seen.add(digest_of_folder(model))
    assert len(seen) == 3


def test_the_digest_ignores_what_does_not_decide_the_vectors(model: Path) -> None:
    before = digest_of_folder(model)
    (model / "README.md").write_text("a model")
    (model / ".git").mkdir()
    (model / ".git" / "HEAD").write_text("ref")
    (model / "onnx").mkdir()
    (model / "onnx" / "model.json").write_text("{}")
    assert digest_of_folder(model) == before


def test_an_unchanged_folder_is_not_read_again(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_of_folder(model)
    read = []
    original = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda *given: read.append(given[0].name) or original(*given))
    assert digest_of_folder(model) == before
    assert read == []
    os.utime(model / "model.safetensors", ns=(1, 1))
    assert digest_of_folder(model) == before
    assert [Path(name).name for name in read] == ["model.safetensors"]


def test_a_damaged_index_only_costs_time(model: Path, tmp_path: Path) -> None:
    before = digest_of_folder(model)
    (tmp_path / "cache" / "models" / "digests.json").write_text("{")
    assert digest_of_folder(model) == before


def test_the_prepared_default_carries_its_digest() -> None:
    assert digest_of_folder(model_folder()) == default.default_digest()


def test_an_empty_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="holds no model"):
        digest_of_folder(tmp_path)
