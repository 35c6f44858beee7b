"""Baselines of older versions, brought to this one line by line.

Each step of :data:`STEPS` takes a line of its version to the next one: a mapping to a mapping, without looking at other
lines, so that union merges of old files can be upgraded as well. Version 1 is the first, so no step is there yet; the
version after it adds ``STEPS[1]``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1
"""The version that is written."""

Step = Callable[[dict[str, Any]], dict[str, Any]]
STEPS: Mapping[int, Step] = {}


def can_migrate(version: int) -> bool:
    """Whether every step from ``version`` to :data:`VERSION` is there."""
    return 0 < version < VERSION and all(step in STEPS for step in range(version, VERSION))


def migrated(line: dict[str, Any], version: int) -> dict[str, Any]:
    """A line of ``version`` in the form of :data:`VERSION`."""
    for step in range(version, VERSION):
        line = STEPS[step](line)
    return line
