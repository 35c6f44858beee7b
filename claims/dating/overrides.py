"""Publication dates that a person gives for files (``--dates FILE``): CSV with the header path,date or JSON Lines."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from claims.dating import calendars
from claims.errors import UsageError
from claims.records import DateRange

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def load(path: Path | str) -> dict[str, DateRange]:
    """The dates of a file, by article path as written (with forward slashes).

    A date is a day, a month (2022-01), a year, or two of them joined by ``..`` (either may be missing: ``2019..``).
    Raises UsageError, with file and line, for an unreadable file, a bad row or a path given twice.
    """
    source = Path(path)
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{source}: cannot be read as a file of dates: {error}") from error
    rows = _json_lines(source, text) if text.lstrip().startswith("{") else _csv(source, text)
    found: dict[str, DateRange] = {}
    for number, article, date in rows:
        key = _key(article)
        if not key:
            raise UsageError(f"{source}:{number}: no path")
        try:
            value = parse_range(date)
        except ValueError as error:
            raise UsageError(f"{source}:{number}: {error}") from None
        if found.get(key, value) != value:
            raise UsageError(f"{source}:{number}: {article} has two dates")
        found[key] = value
    return found


def match(overrides: Mapping[str, DateRange], article_path: Path | str) -> DateRange | None:
    """The date given for an article: by equal path, else by path suffix or file name; None where there is none.

    Raises UsageError where entries with different dates fit equally well.
    """
    path = _key(str(article_path))
    if path in overrides:
        return overrides[path]
    parts = PurePosixPath(path).parts
    fits: dict[str, int] = {}
    for key in overrides:
        own = PurePosixPath(key).parts
        shared = min(len(own), len(parts))
        # The shorter of the two is the end of the longer: «a/b.txt» names «/data/a/b.txt» and the other way round.
        if shared and own[-shared:] == parts[-shared:]:
            fits[key] = shared
        elif own[-1:] == parts[-1:] and len(own) == 1:
            fits[key] = 1
    best = max(fits.values(), default=0)
    chosen = {key: overrides[key] for key, shared in fits.items() if shared == best}
    if len(set(map(str, chosen.values()))) > 1:
        raise UsageError(f"{article_path}: several dates fit: {', '.join(sorted(chosen))}")
    return next(iter(chosen.values()), None)


def parse_range(text: str) -> DateRange:
    """A day, month, year or ``A..B`` as an interval. Raises ValueError, in words, for anything else."""
    left, dots, right = text.strip().partition("..")
    if not dots:
        first, last = _span(left)
        return DateRange(earliest=first, latest=last)
    if not left.strip() and not right.strip():
        raise ValueError(f"no date in {text!r}")
    earliest = _span(left)[0] if left.strip() else None
    latest = _span(right)[1] if right.strip() else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"{text.strip()!r} ends before it begins")
    return DateRange(earliest=earliest, latest=latest)


def _span(text: str) -> tuple[dt.date, dt.date]:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text.strip()!r} is no date (YYYY, YYYY-MM, YYYY-MM-DD or A..B)")
    year, month, number = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if year < 1 or (found[2] and not 1 <= month <= 12):
        raise ValueError(f"{text.strip()!r} is no date in the calendar")
    if not found[2]:
        return calendars.year_span(year)
    if not found[3]:
        return calendars.month_span(year, month)
    exact = calendars.day(year, month, number)
    if exact is None:
        raise ValueError(f"{text.strip()!r} is no date in the calendar")
    return exact, exact


def _key(path: str) -> str:
    clean = path.strip().replace("\\", "/")
    return str(PurePosixPath(clean)) if clean else ""


def _csv(source: Path, text: str) -> Iterator[tuple[int, str, str]]:
    reader = csv.reader(io.StringIO(text))
    header: list[str] | None = None
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = [cell.strip().lower() for cell in row]
                if "path" not in header or "date" not in header:
                    raise UsageError(f"{source}:{reader.line_num}: the header must name the columns path and date")
            elif len(row) != len(header):
                raise UsageError(f"{source}:{reader.line_num}: {len(row)} columns instead of {len(header)}")
            else:
                yield reader.line_num, row[header.index("path")], row[header.index("date")]
    except csv.Error as error:
        raise UsageError(f"{source}:{reader.line_num}: {error}") from error


def _json_lines(source: Path, text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{source}:{number}: no JSON: {error}") from error
        if not isinstance(row, dict) or not isinstance(row.get("path"), str) or not isinstance(row.get("date"), str):
            raise UsageError(f"{source}:{number}: a row needs path and date, both strings")
        yield number, row["path"], row["date"]
