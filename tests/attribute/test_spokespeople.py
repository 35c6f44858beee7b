"""For whom a spokesperson speaks, and when."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.attribute.sample import registry

DAY = dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("actor", "day", "body"),
    [
        ("per:pavel-zimin", DAY, "org:kremlin"),
        ("per:pavel-zimin", dt.date(2010, 1, 1), None),
        ("per:pavel-zimin", None, None),
        ("per:boris-orlov", DAY, None),
        ("role:spokesperson@org:kremlin", None, "org:kremlin"),
        ("role:ambassador@cty:RU", DAY, None),
        ("name:somebody", DAY, None),
    ],
)
def test_speaks_for(actor: str, day: dt.date | None, body: str | None) -> None:
    found = registry().speaks_for(actor, day, day)
    assert (found.id if found else None) == body
