"""What a target is called in a language."""

from __future__ import annotations

import pytest

from claims.attribute.labels import label
from claims.records import Target


@pytest.mark.parametrize(
    ("target", "name", "lang", "expected"),
    [
        # The registry lists a longer form for English: it is another form, not the usual one.
        ("per:gustavo-petro", "Gustavo Petro", "en", "Gustavo Petro"),
        ("per:gustavo-petro", "Gustavo Petro", "ar", "غوستافو بيترو"),
        ("cty:EG", "Egypt", "fr", "Égypte"),
        ("iss:inflation", "inflation", "ar", "التضخم"),
        ("name:a-b", "سامي الحداد", "en", "سامي الحداد"),
        ("per:not-there", "Somebody Else", "ru", "Somebody Else"),
    ],
)
def test_label(target: str, name: str, lang: str, expected: str) -> None:
    assert label(Target(id=target, name=name), lang) == expected
