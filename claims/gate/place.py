"""Where a statement stands in the files of a repository.

Offsets count in the text of a story as it was read. Only for a plain text file with one story is that the file itself;
of a JSON Lines file the record's line is known, of other files only the file. A place that is not known is not made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePath, PureWindowsPath
from urllib.parse import quote

from claims.gate.read import Run
from claims.records import FindingSide

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
# A record of a file of records: ``archive.jsonl#12``.
_RECORD = re.compile(r"(?P<file>.+\.(?P<kind>jsonl|ndjson|json))#(?P<number>\d+)", re.IGNORECASE | re.DOTALL)
_MARKED_UP = (".html", ".htm", ".xhtml", ".json")


@dataclass(frozen=True, slots=True)
class Place:
    """A file, relative where it lies below the root, and the lines from 1; ``exact`` if offsets count in that file."""

    path: str
    line: int
    last_line: int
    exact: bool


def place(side: FindingSide, run: Run, root: Path) -> Place:
    """The place of one side of a finding."""
    record = _RECORD.fullmatch(side.path)
    if record:
        number = int(record["number"]) if record["kind"].lower() != "json" else 1
        return Place(relative(record["file"], root), number, number, False)
    article = (run.articles or {})[side.article_id]
    path = relative(side.path, root)
    if article.story or side.path.lower().endswith(_MARKED_UP) or _ADDRESS.match(side.path):
        return Place(path, 1, 1, False)
    first = article.text.count("\n", 0, side.start) + 1
    return Place(path, first, first + article.text.count("\n", side.start, side.end), True)


def relative(path: str, root: Path) -> str:
    """A path relative to ``root`` where it lies in it, with ``/``; any other as it is."""
    if _ADDRESS.match(path):
        return path
    pure = _pure(path)
    if isinstance(pure, Path) and pure.is_absolute() and pure.is_relative_to(root):
        pure = pure.relative_to(root)
    return pure.as_posix()


def uri(path: str, root: Path) -> str:
    """A path as a URI reference: relative to ``root``, with ``/``, escaped; ``file:`` where it lies elsewhere."""
    if _ADDRESS.match(path):
        return quote(path, safe="/:?#[]@!$&'()*+,;=%~")
    pure = _pure(path)
    if pure.is_absolute():
        if isinstance(pure, Path) and pure.is_relative_to(root):
            pure = pure.relative_to(root)
        else:
            return pure.as_uri()
    return quote(pure.as_posix())


def _pure(path: str) -> PurePath:
    windows = PureWindowsPath(path)
    return windows if windows.drive or ("\\" in path and "/" not in path) else Path(path)
