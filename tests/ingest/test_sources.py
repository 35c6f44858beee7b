"""Files, folders, globs and standard input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from claims.errors import UsageError
from claims.ingest.sources import display_path, expand


def _fill(folder: Path) -> None:
    deep = ("deep/c.jsonl", "deep/d.pdf", "deep/e.png")
    for name in ("b.txt", "a.html", *deep, "README.md", ".secret.txt", ".git/f.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("A story.")


def test_a_folder_is_read_in_order_and_nothing_visible_drops_out(here: Path) -> None:
    _fill(here / "in")
    sources = expand(["in"])
    assert [(source.path, source.refused) for source in sources] == [
        ("in/README.md", "not_explicit"),
        ("in/a.html", None),
        ("in/b.txt", None),
        ("in/deep/c.jsonl", None),
        ("in/deep/d.pdf", "unsupported_type"),
        ("in/deep/e.png", "unsupported_type"),
    ]
    assert [source.kind for source in sources if source.refused is None] == ["html", "text", "jsonl"]


def test_a_file_named_outright_is_read_whatever_its_suffix(here: Path) -> None:
    _fill(here / "in")
    (here / "in" / "story.article").write_text("A story.")
    sources = expand(["in/story.article", "in/README.md", "in/deep/d.pdf", "in"])
    refused = {source.path: source.refused for source in sources}
    assert refused["in/story.article"] is None
    assert refused["in/README.md"] is None
    assert refused["in/deep/d.pdf"] == "unsupported_type"


def test_one_file_under_several_names_is_read_once(here: Path) -> None:
    (here / "a.txt").write_text("A story.")
    (here / "link.txt").symlink_to("a.txt")
    assert [source.path for source in expand(["a.txt", "./a.txt", str(here / "a.txt"), "*.txt"])] == ["a.txt"]


def test_globs(here: Path) -> None:
    _fill(here / "in")
    assert [source.path for source in expand(["in/*.txt"])] == ["in/b.txt"]
    assert [source.path for source in expand(["in/**/*.jsonl"])] == ["in/deep/c.jsonl"]
    assert [source.path for source in expand([str(here / "in" / "*.html")])] == ["in/a.html"]
    (here / "odd[1].txt").write_text("A story.")
    assert [source.path for source in expand(["odd[1].txt"])] == ["odd[1].txt"]


def test_exclude(here: Path) -> None:
    _fill(here / "in")
    assert [source.path for source in expand(["in"], exclude=["in/deep/*", "*.md", "a.*"])] == ["in/b.txt"]


@pytest.mark.parametrize("pattern", ["missing.txt", "none/*.txt", "**/none-*.html", ""])
def test_a_pattern_that_matches_nothing_is_one_clear_line(here: Path, pattern: str) -> None:
    (here / "a.txt").write_text("A story.")
    with pytest.raises(UsageError) as caught:
        expand(["a.txt", pattern])
    assert "\n" not in str(caught.value)
    assert pattern in str(caught.value)


def test_no_pattern_is_an_error_and_an_empty_folder_is_none(here: Path) -> None:
    with pytest.raises(UsageError):
        expand([])
    (here / "empty").mkdir()
    assert expand(["empty"]) == []


def test_display_paths(here: Path) -> None:
    assert display_path("x/../y/z.txt") == "y/z.txt"
    assert display_path("/elsewhere/z.txt") == "/elsewhere/z.txt"
    assert display_path(os.fsdecode(b"bad\xff.txt")) == "bad\ufffd.txt"
    assert expand(["-"])[0].file is None
