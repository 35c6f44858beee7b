"""From a name to a folder, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.errors import ModelUnavailable
from claims.models import model_folder

huggingface_hub = pytest.importorskip("huggingface_hub")


@pytest.fixture(autouse=True)
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty hub cache of our own, and no network."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "hub"


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "org" / "name").mkdir(parents=True)
    assert model_folder("org/name") == Path("org/name")
    assert model_folder(tmp_path / "org") == tmp_path / "org"


@pytest.mark.parametrize("name", ["./models/mine", "/no/such/folder", "a/b/c", "", Path("models/mine")])
def test_a_path_that_is_not_there_is_not_sought_on_the_hub(name: str | Path) -> None:
    with pytest.raises(ModelUnavailable, match="there is no model folder"):
        model_folder(name)


def test_a_hub_name_that_is_nowhere_says_what_to_do() -> None:
    with pytest.raises(ModelUnavailable, match="HF_HUB_OFFLINE is set; fetch it") as raised:
        model_folder("org/no-such-model")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["org/name", "org/name@main"])
def test_a_model_in_the_hub_cache_is_found(hub: Path, name: str) -> None:
    repository = hub / "models--org--name"
    commit = "0123456789012345678901234567890123456789"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(commit)
    (repository / "snapshots" / commit).mkdir(parents=True)
    (repository / "snapshots" / commit / "config.json").write_text("{}")
    assert model_folder(name) == repository / "snapshots" / commit
