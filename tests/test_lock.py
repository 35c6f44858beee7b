"""claims.lock: the models of a run, and a run that refuses others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claims import lock
from claims.config import Config, EmbedConfig, load
from claims.errors import LockMismatch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.lock"
    lock.write(path, load())
    return path


def test_the_lock_names_every_model_by_its_digest(file: Path) -> None:
    content = json.loads(file.read_text())
    assert content["schema"] == "claims-lock" and content["version"] == 1
    assert content["encoder"]["model"] == "default" and content["encoder"]["precision"] in ("fp32", "bf16")
    assert len(content["encoder"]["weights"]) == len(content["position"]) == 64
    before = file.read_bytes()
    lock.write(file, load())
    assert file.read_bytes() == before


def test_the_same_models_pass_and_the_lock_settles_the_precision(file: Path) -> None:
    for precision in ("fp32", "bf16"):
        lock.write(file, Config(embed=EmbedConfig(precision=precision)))
        assert lock.held_to(file, Config()).embed.precision == precision


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"position": "0" * 64}, "positions is"),
        ({"encoder": {"weights": "0" * 64}}, "weights is"),
        ({"encoder": {"model": "other/model"}}, "model is default, the lock has other/model"),
        ({"encoder": {"prefix": "passage: "}}, "prefix is"),
    ],
)
def test_other_models_are_refused(file: Path, change: dict[str, object], told: str) -> None:
    content = json.loads(file.read_text())
    for name, value in change.items():
        content[name] = {**content[name], **value} if isinstance(value, dict) else value
    file.write_text(json.dumps(content))
    with pytest.raises(LockMismatch, match=told) as caught:
        lock.held_to(file, load())
    assert caught.value.exit_code == 2 and "claims lock" in str(caught.value)


def test_another_precision_than_the_lock_has_is_refused(file: Path) -> None:
    lock.write(file, Config(embed=EmbedConfig(precision="fp32")))
    with pytest.raises(LockMismatch, match="precision is bf16, the lock has fp32"):
        lock.held_to(file, Config(embed=EmbedConfig(precision="bf16")))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"schema":"claims-lock","version":1}'])
def test_what_is_no_lock(tmp_path: Path, content: str) -> None:
    path = tmp_path / "claims.lock"
    path.write_text(content)
    with pytest.raises(LockMismatch, match=r"claims\.lock: .*make it anew: claims lock"):
        lock.read(path)


def test_no_lock_and_a_newer_one(tmp_path: Path, file: Path) -> None:
    with pytest.raises(LockMismatch, match="make one with: claims lock"):
        lock.read(tmp_path / "none")
    with pytest.raises(LockMismatch, match="cannot be read"):
        lock.read(tmp_path)
    file.write_text(file.read_text().replace('"version": 1', '"version": 2'))
    with pytest.raises(LockMismatch, match="lock version 2"):
        lock.read(file)
