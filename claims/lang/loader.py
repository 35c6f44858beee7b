"""Language knowledge as data: one TOML file a language beside this module, read once on first use.

Adding a language adds a file. A language without a file gives an empty dict and goes the general path.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def languages() -> tuple[str, ...]:
    """Codes (ISO 639-1) of the languages that have a data file, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def language(code: str) -> dict[str, Any]:
    """The data of one language; an empty dict where there is no file for it."""
    path = FOLDER / f"{code}.toml"
    if not path.is_file():
        return {}
    return tomllib.loads(path.read_text(encoding="utf-8"))
