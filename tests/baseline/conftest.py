import pytest


@pytest.fixture(autouse=True)
def _own_machine(monkeypatch, tmp_path):
    """Tests run as on a person's machine, with a cache of their own, also when they run in CI."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
