"""What the command line names, made a list of inputs: files, folders, globs and standard input."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from claims.errors import UsageError

SourceKind = Literal["text", "html", "jsonl", "json"]

STDIN = "-"
_KINDS: dict[str, SourceKind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
}  # fmt: skip
# Documents that somebody may well expect to be read; named so that the refusal says what to do.
_DOCUMENTS = frozenset({
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".ppt", ".pptx", ".xls", ".xlsx", ".ods", ".pages", ".mht", ".gz",
    ".zip", ".warc",
})  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One input. ``path`` is for display; ``file`` is where the bytes are (None: standard input).

    ``refused`` is a reason code where the file was found but is not to be read, with ``detail`` in words: reading such
    a source gives a Rejected record and nothing else, so that no file of a folder drops out in silence.
    """

    path: str
    file: Path | None
    kind: SourceKind
    explicit: bool = True
    refused: str | None = None
    detail: str = ""


def expand(patterns: Sequence[str], *, exclude: Sequence[str] = ()) -> list[Source]:
    """The inputs that ``patterns`` name, sorted by display path, each real file once.

    A pattern is a file, a folder (read with its subfolders; hidden files and folders are left out), a glob (``**``
    crosses folders) or ``-`` for standard input. ``exclude`` holds shell patterns for display paths or file names,
    left out because the caller asked for it. A file named outright is read whatever its suffix; inside a folder only
    known suffixes are, and the rest comes back as refused sources. Raises UsageError for a pattern that matches
    nothing, and for no pattern at all. A folder without files gives no source and no error.
    """
    if not patterns:
        raise UsageError("no input: name a file, a folder, a glob or - for standard input")
    found: dict[str, Source] = {}
    for pattern in patterns:
        for source in _expand_one(pattern):
            if source.file is not None and _excluded(source.path, exclude):
                continue
            key = os.path.realpath(source.file) if source.file is not None else STDIN
            known = found.get(key)
            # Named outright beats found in a folder, whichever came first.
            if known is None or (source.explicit and not known.explicit):
                found[key] = source
    return sorted(found.values(), key=lambda source: source.path)


def display_path(path: str | os.PathLike[str]) -> str:
    """``path`` relative to the working directory where it lies below, else absolute; with ``/`` and valid Unicode."""
    # Not resolve(): a link is shown under the name that the caller gave.
    absolute = os.path.abspath(path)  # noqa: PTH100
    here = str(Path.cwd())
    shown = os.path.relpath(absolute, here) if absolute.startswith(here.rstrip(os.sep) + os.sep) else absolute
    # A file name need not be UTF-8; records are.
    return os.fsencode(shown).decode("utf-8", errors="replace").replace(os.sep, "/")


def _expand_one(pattern: str) -> Iterator[Source]:
    if pattern == STDIN:
        yield Source(STDIN, None, "text")
        return
    if "\x00" in pattern or not pattern:
        raise UsageError("an input path is empty or holds a NUL character")
    # A name that holds brackets or stars and exists is meant as it is. lexists: a broken link is there, and unreadable.
    if os.path.lexists(pattern):
        yield from _of_path(Path(pattern))
        return
    if not glob.has_magic(pattern):
        raise UsageError(f"no such file or folder: {pattern}")
    # Path.glob takes no absolute patterns.
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
    if not matches:
        raise UsageError(f"no file matches {pattern}")
    for match in matches:
        # What ** finds is found in folders; one star written by hand names its files.
        if "**" in pattern and Path(match).is_dir():
            continue
        yield from _of_path(Path(match), explicit="**" not in pattern)


def _of_path(path: Path, *, explicit: bool = True) -> Iterator[Source]:
    if path.is_dir():
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith("."):
                    yield _of_file(Path(folder, name), explicit=False)
    else:
        yield _of_file(path, explicit=explicit)


def _of_file(path: Path, *, explicit: bool) -> Source:
    shown, suffix = display_path(path), path.suffix.lower()
    if suffix in _DOCUMENTS:
        detail = f"{suffix} is not read; save it as text or HTML"
        return Source(shown, path, "text", explicit, "unsupported_type", detail)
    if explicit:
        return Source(shown, path, _KINDS.get(suffix, "text"))
    if suffix not in _KINDS:
        detail = f"{suffix or 'no suffix'}: not a suffix of articles"
        return Source(shown, path, "text", False, "unsupported_type", detail)
    if suffix == ".md":
        detail = "Markdown inside a folder is taken for documentation; name the file to have it read"
        return Source(shown, path, "text", False, "not_explicit", detail)
    return Source(shown, path, _KINDS[suffix], False)


def _excluded(shown: str, exclude: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(shown, entry) or fnmatch.fnmatch(shown.rsplit("/", 1)[-1], entry) for entry in exclude)
