"""Article records from JSON Lines and JSON: ``text``, and if given ``title``, ``date``, ``url``, ``lang``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import BinaryIO

import orjson

from claims.errors import InputRejected
from claims.ingest.decode import decode
from claims.records import DateEvidence

_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{1,2}))?$")
_LEADING_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
# Seconds and milliseconds since 1970 that fall between 1990 and 2100.
_EPOCH = (631_152_000, 4_102_444_800)
_CHUNK = 1 << 20
_LIST_KEYS = ("articles", "items", "documents")


@dataclass(frozen=True)
class Entry:
    """One record as declared; what is absent or of another type is empty."""

    text: str
    title: str
    lang: str | None
    url: str | None
    outlet: str | None
    dates: tuple[DateEvidence, ...]


@dataclass(frozen=True)
class BadLine:
    """A line or an item that is no usable record: a reason code, the cause in words, an excerpt."""

    reason: str
    detail: str
    excerpt: str = ""


def read_lines(stream: BinaryIO, path: str, max_bytes: int) -> Iterator[tuple[int, Entry | BadLine]]:
    """``(line number from 1, record or reason)`` for each line not blank; no line over ``max_bytes`` is kept."""
    number = 0
    while raw := stream.readline(max_bytes + 1):
        number += 1
        if len(raw) > max_bytes and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield number, BadLine("too_large", f"line {number} is over {max_bytes} bytes")
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, _entry(raw, path, number)


def read_json(raw: bytes, path: str) -> Iterator[tuple[int, Entry | BadLine]]:
    """``(position from 1, record or reason)`` for a JSON file that is a record, a list of records, or holds one.

    Raises InputRejected: ``invalid_json`` for what is no JSON, ``not_articles`` where no item has a text.
    """
    try:
        value = orjson.loads(decode(raw, path))
    except orjson.JSONDecodeError as error:
        raise InputRejected(path, "invalid_json", f"not JSON: {error}") from error
    if isinstance(value, dict) and not isinstance(value.get("text"), str):
        value = next((value[key] for key in _LIST_KEYS if isinstance(value.get(key), list)), None)
    items = value if isinstance(value, list) else [value]
    if not any(isinstance(item, dict) and isinstance(item.get("text"), str) for item in items):
        raise InputRejected(path, "not_articles", "JSON, but no article records (objects with a text)")
    for number, item in enumerate(items, start=1):
        yield number, _of_value(item, f"item {number}")


def _skip_line(stream: BinaryIO) -> None:
    while (part := stream.readline(_CHUNK)) and not part.endswith(b"\n"):
        pass


def _entry(raw: bytes, path: str, number: int) -> Entry | BadLine:
    try:
        line = decode(raw, path)
        value = orjson.loads(line)
    except InputRejected as error:
        return BadLine("invalid_json", f"line {number}: {error.detail}")
    except orjson.JSONDecodeError as error:
        return BadLine("invalid_json", f"line {number}: {error}", line.strip()[:120])
    return _of_value(value, f"line {number}")


def _of_value(value: object, where: str) -> Entry | BadLine:
    if not isinstance(value, dict):
        return BadLine("invalid_json", f"{where} is no JSON object", str(value)[:120])
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        return BadLine("missing_text", f"{where} has no text", orjson.dumps(value)[:120].decode(errors="replace"))
    return Entry(
        text=text,
        title=_string(value, "title") or "",
        lang=_string(value, "lang"),
        url=_string(value, "url"),
        outlet=_string(value, "outlet") or _string(value, "source"),
        dates=_field_date(value.get("date")),
    )


def _string(value: dict[str, object], key: str) -> str | None:
    found = value.get(key)
    return " ".join(found.split()) or None if isinstance(found, str) else None


def _field_date(value: object) -> tuple[DateEvidence, ...]:
    """The evidence of a ``date`` field. What cannot be read is kept as words without days, for the dating stage."""
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return ()
    first, last = _parse(value)
    return (DateEvidence(rule="json_field", text=str(value)[:120], earliest=first, latest=last),)


def _parse(value: str | int | float) -> tuple[dt.date | None, dt.date | None]:
    if not isinstance(value, str):
        seconds = value / 1000 if abs(value) > _EPOCH[1] else value
        if not _EPOCH[0] <= seconds <= _EPOCH[1]:
            return _parse(str(value)) if isinstance(value, int) else (None, None)
        day = dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()
        return day, day
    value = value.strip()
    try:
        if found := _LEADING_DAY.match(value) or _COMPACT.match(value):
            day = dt.date(*(int(part) for part in found.groups()))
            return day, day
        if partial := _PARTIAL.match(value):
            year, month = int(partial[1]), int(partial[2] or 0)
            first = dt.date(year, month or 1, 1)
            last = dt.date(year, 12, 31) if month in (0, 12) else dt.date(year, month + 1, 1) - dt.timedelta(days=1)
            return first, last
        day = parsedate_to_datetime(value).date()
        return day, day
    except (ValueError, TypeError):
        return None, None
