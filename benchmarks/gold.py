"""Reads gold files of JSON Lines, and says in one line what is absent or broken."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def rows_of(name: str, path: str | Path) -> list[dict[str, Any]]:
    """The rows of a gold file; none, with a line on standard error, where there is no such file.

    Raises:
        SystemExit: a line is no JSON object.
    """
    file = Path(path)
    if not file.is_file():
        print(f"{name}: {file} is absent: not measured", file=sys.stderr)
        return []
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise SystemExit(f"{name}: {file}:{number}: no JSON: {error}") from None
        if not isinstance(row, dict):
            raise SystemExit(f"{name}: {file}:{number}: no JSON object")
        rows.append(row)
    return rows
