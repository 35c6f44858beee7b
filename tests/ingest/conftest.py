"""Pages made up for these tests; nobody said any of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claims.ingest.page import Document
from claims.ingest.read import Reading, read
from claims.ingest.sources import Source, expand


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def read_file(here: Path) -> Callable[..., Reading]:
    """Write bytes or text under a name and read them."""

    def run(name: str, content: str | bytes, **options: int) -> Reading:
        raw = content if isinstance(content, bytes) else content.encode()
        (here / name).write_bytes(raw)
        [source] = expand([name])
        assert isinstance(source, Source)
        return read(source, **options)

    return run


@pytest.fixture
def reasons() -> Callable[[Document], dict[str, str]]:
    """The text of each span of a document, with its reason."""

    def run(document: Document) -> dict[str, str]:
        return {document.article.text[span.start : span.end]: span.reason for span in document.spans}

    return run
