"""Dates given by a person for files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from claims.dating import load, match
from claims.errors import UsageError
from claims.records import DateRange


def span(first: str | None, last: str | None) -> DateRange:
    return DateRange(
        earliest=dt.date.fromisoformat(first) if first else None, latest=dt.date.fromisoformat(last) if last else None
    )


def write(folder: Path, text: str) -> Path:
    path = folder / "dates.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2022-01-13", span("2022-01-13", "2022-01-13")),
        ("2022-02", span("2022-02-01", "2022-02-28")),
        ("2022", span("2022-01-01", "2022-12-31")),
        ("2021-05..2022-01-13", span("2021-05-01", "2022-01-13")),
        ("2021..", span("2021-01-01", None)),
        ("..2021", span(None, "2021-12-31")),
    ],
)
def test_values(tmp_path: Path, date: str, expected: DateRange) -> None:
    assert load(write(tmp_path, f"path,date\na.txt,{date}\n")) == {"a.txt": expected}
    assert load(write(tmp_path, f'{{"path": "a.txt", "date": "{date}"}}\n')) == {"a.txt": expected}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("path,date\na.txt,2022-13-01\n", 2),
        ("path,date\na.txt,2022\nb.txt,soon\n", 3),
        ("path,date\na.txt\n", 2),
        ("path,date\n,2022\n", 2),
        ("path,date\na.txt,2022..2021\n", 2),
        ("path,date\na.txt,..\n", 2),
        ("path,date\na.txt,2021\na.txt,2022\n", 3),
        ("file,when\na.txt,2022\n", 1),
        ('{"path": "a.txt", "date": "2022"}\n{"path": "b.txt"}\n', 2),
        ('{"path": "a.txt", "date": 2022}\n', 1),
        ('{"path": "a.txt", \n', 1),
    ],
)
def test_bad_rows_name_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError, match=f"dates.txt:{line}:"):
        load(path)


def test_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="missing"):
        load(tmp_path / "missing.csv")


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    assert load(write(tmp_path, "\ufeffpath,date\n\na.txt,2022\n")) == {"a.txt": span("2022-01-01", "2022-12-31")}


ONE, TWO = span("2021-01-01", "2021-01-01"), span("2022-01-01", "2022-01-01")


@pytest.mark.parametrize(
    ("overrides", "path", "expected"),
    [
        ({"in/a.txt": ONE}, "in/a.txt", ONE),
        ({"./in/a.txt": ONE, "a.txt": TWO}, "/data/in/a.txt", ONE),
        ({"a.txt": ONE}, "/data/in/a.txt", ONE),
        ({"in/a.txt": ONE, "a.txt": TWO}, "/data/in/a.txt", ONE),
        ({"/data/in/a.txt": ONE}, "in/a.txt", ONE),
        ({"other/a.txt": ONE}, "in/a.txt", None),
        ({"ba.txt": ONE}, "a.txt", None),
        ({"x/a.txt": ONE, "y/a.txt": ONE}, "a.txt", ONE),
        ({}, "a.txt", None),
    ],
)
def test_match(overrides: dict[str, DateRange], path: str, expected: DateRange | None) -> None:
    assert match(overrides, path) == expected


def test_ambiguous_match() -> None:
    with pytest.raises(UsageError, match="several dates"):
        match({"x/a.txt": ONE, "y/a.txt": TWO}, "a.txt")
