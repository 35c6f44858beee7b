"""Quality floors that only rise: ``floors.json`` holds what was reached, and a number below its floor is a failure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parent / "floors.json"
# What another processor's arithmetic may take away.
SLACK = 0.005


def read() -> dict[str, float]:
    """The floor of each measured name."""
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.is_file() else {}


def check(measured: Mapping[str, float]) -> None:
    """Ends the program with 1 if a number lies below its floor; names are those of :func:`read`."""
    floors = read()
    fallen = [
        f"{name}: {value:.3f} is below its floor {floors[name]:.3f}"
        for name, value in measured.items()
        if value + SLACK < floors.get(name, 0.0)
    ]
    if fallen:
        raise SystemExit("\n".join(fallen))


def risen(measured: Mapping[str, float]) -> dict[str, float]:
    """The floors with those raised that were passed; none is ever lowered."""
    floors = read()
    return {name: max(floors.get(name, 0.0), round(measured.get(name, 0.0), 3)) for name in {**floors, **measured}}


def keep(measured: Mapping[str, float]) -> None:
    """Writes the raised floors."""
    FILE.write_text(json.dumps(dict(sorted(risen(measured).items())), indent=1) + "\n", encoding="utf-8")
