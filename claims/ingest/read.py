"""One source to documents: the public face of this room.

Whatever a file holds, :func:`read` returns: what cannot be read becomes a Rejected record with a reason.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from claims.errors import InputRejected
from claims.ingest.decode import decode
from claims.ingest.html import read_html, url_date
from claims.ingest.jsonl import BadLine, Entry, read_json, read_lines
from claims.ingest.page import Document, documents_of
from claims.ingest.sources import Source
from claims.records import Rejected

MAX_BYTES = 20_000_000
_STAGE = "ingest"
_MARKUP = ("<!doctype html", "<html", "<?xml", "<head", "<body", "<!--")


@dataclass(frozen=True)
class Reading:
    """What one source gave: its documents in order, and what was left out."""

    documents: tuple[Document, ...] = ()
    rejected: tuple[Rejected, ...] = ()


def read(source: Source, *, max_bytes: int = MAX_BYTES) -> Reading:
    """Read one source. Never raises for what a file holds or for a file that cannot be read.

    ``max_bytes`` bounds a page, and in JSON Lines one line; a larger file is rejected by its size, without reading it.
    Reasons: ``unreadable``, ``too_large``, ``empty``, ``binary``, ``no_text``, ``invalid_json``, ``missing_text``,
    ``not_articles``, and those that the source brings (``unsupported_type``, ``not_explicit``).
    """
    if source.refused is not None:
        return _refuse(source.path, source.refused, source.detail)
    try:
        with _open(source) as stream:
            if source.kind == "jsonl":
                return _records(source, read_lines(stream, source.path, max_bytes))
            raw = _bounded(stream, source.path, max_bytes)
        return _of_bytes(source, raw, max_bytes)
    except InputRejected as error:
        return _refuse(source.path, error.reason, error.detail)
    except OSError as error:
        return _refuse(source.path, "unreadable", error.strerror or type(error).__name__)


def _of_bytes(source: Source, raw: bytes, max_bytes: int) -> Reading:
    if not raw.strip():
        raise InputRejected(source.path, "empty", "the file is empty")
    if source.kind == "json":
        return _records(source, read_json(raw, source.path))
    text = decode(raw, source.path, html=source.kind == "html" or _is_markup(raw.decode("latin-1")[:2000]))
    if not text.strip():
        raise InputRejected(source.path, "empty", "the file holds nothing but white space")
    if source.file is None and (records := _as_records(source, raw, text, max_bytes)) is not None:
        return records
    if source.kind == "html" or _is_markup(text[:2000]):
        page = read_html(text, source.path)
        return Reading(
            documents_of(
                page.text,
                source.path,
                title=page.title,
                lang=page.lang,
                dates=page.dates,
                url=page.url,
                outlet=page.outlet,
            )
        )
    return Reading(documents_of(text, source.path))


def _as_records(source: Source, raw: bytes, text: str, max_bytes: int) -> Reading | None:
    """Standard input has no suffix: text that opens as a JSON object with a text is read as JSON Lines."""
    if not text.lstrip().startswith("{"):
        return None
    reading = _records(source, read_lines(io.BytesIO(raw), source.path, max_bytes))
    return reading if reading.documents else None


def _records(source: Source, entries: Iterable[tuple[int, Entry | BadLine]]) -> Reading:
    documents: list[Document] = []
    rejected: list[Rejected] = []
    for number, found in entries:
        path = f"{source.path}#{number}"
        if isinstance(found, BadLine):
            reason, detail, excerpt = found.reason, found.detail, found.excerpt
            rejected.append(Rejected(stage=_STAGE, reason=reason, path=path, detail=detail, text=excerpt))
            continue
        dated = url_date(found.url)
        dates = (*found.dates, dated) if dated is not None else found.dates
        documents.extend(
            documents_of(
                found.text, path, title=found.title, lang=found.lang, dates=dates, url=found.url, outlet=found.outlet
            )
        )
    if not documents and not rejected:
        return _refuse(source.path, "empty", "no record in the file")
    return Reading(tuple(documents), tuple(rejected))


def _open(source: Source) -> AbstractContextManager[BinaryIO]:
    if source.file is None:
        # Not ours to close.
        return nullcontext(sys.stdin.buffer)
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    handle = os.open(source.file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise InputRejected(source.path, "unreadable", "not a regular file")
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _bounded(stream: BinaryIO, path: str, max_bytes: int) -> bytes:
    try:
        size = os.fstat(stream.fileno()).st_size
    except (OSError, io.UnsupportedOperation):
        size = 0
    if size <= max_bytes:
        raw = stream.read(max_bytes + 1)
        if len(raw) <= max_bytes:
            return raw
    raise InputRejected(path, "too_large", f"over the limit of {max_bytes} bytes")


def _is_markup(head: str) -> bool:
    return head.lstrip("\ufeff \t\r\nï»¿").lower().startswith(_MARKUP)


def _refuse(path: str, reason: str, detail: str) -> Reading:
    return Reading(rejected=(Rejected(stage=_STAGE, reason=reason, path=path, detail=detail),))
