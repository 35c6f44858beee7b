"""The names that other programs import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import claims


@pytest.mark.parametrize("name", claims.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(claims, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        claims.nothing  # noqa: B018


def test_importing_the_package_imports_no_stage() -> None:
    heavy = "('torch', 'pydantic', 'numpy')"
    code = f"import sys, claims; print(sorted(m for m in sys.modules if m.split('.')[0] in {heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_scoring_from_python() -> None:
    pairs = [
        claims.Pair(id=1, a="We welcome their offer and want to talk.", b="We reject their offer and will not talk."),
        claims.Pair(id="two", a="نرحب بعرضهم", b="We welcome their offer."),
    ]
    first, second = claims.score_pairs(pairs)
    assert (first.id, second.id) == (1, "two")
    assert first.stance_a > 0 > first.stance_b
    assert first.relation.shift > first.relation.consistent
    assert second.relation.consistent > second.relation.shift
    for one in (first, second):
        assert one.relation.consistent + one.relation.shift + one.relation.unrelated == pytest.approx(1)
    assert claims.score_pairs([]) == []
