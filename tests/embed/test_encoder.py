"""What is known of an encoder before it is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from claims.embed import EncoderChoice, choose_encoder
from claims.embed.encoder import fastest_precision, own_prefix
from claims.models import default


def test_the_default_wants_its_prefix() -> None:
    assert own_prefix(default.default_model()) == "query: "


@pytest.mark.parametrize(
    ("config", "prefix"),
    [
        (None, ""),
        ("[]", ""),
        ({"prompts": {"query": "q: "}, "default_prompt_name": None}, ""),
        ({"prompts": {"query": "q: "}, "default_prompt_name": "query"}, "q: "),
        ({"prompts": {}, "default_prompt_name": "query"}, ""),
    ],
)
def test_another_model_takes_its_own_default_prompt(tmp_path: Path, config: object, prefix: str) -> None:
    if config is not None:
        (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(config))
    assert own_prefix(tmp_path) == prefix
    assert choose_encoder(tmp_path, "w", prefix="x: ").prefix == "x: "


def test_the_digest_changes_with_whatever_changes_the_vectors() -> None:
    choice = EncoderChoice(Path("a"), "weights", "query: ", "fp32")
    others = [
        replace(choice, weights="other"),
        replace(choice, prefix=""),
        replace(choice, precision="bf16"),
        replace(choice, weights="weights", prefix="query:  "),
    ]
    assert len({choice.digest, *(other.digest for other in others)}) == 5
    assert replace(choice, folder=Path("b")).digest == choice.digest


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("flags\t\t: fpu avx2 avx512_bf16 sse\n", "bf16"),
        ("flags\t\t: fpu amx_bf16\n", "bf16"),
        ("flags\t\t: fpu avx2 avx512f\n", "fp32"),
        ("Features\t: fp asimd\n", "fp32"),
    ],
)
def test_the_precision_follows_the_processor(tmp_path: Path, text: str, precision: str) -> None:
    (tmp_path / "cpuinfo").write_text(text)
    assert fastest_precision(tmp_path / "cpuinfo") == precision


def test_no_cpuinfo_means_fp32(tmp_path: Path) -> None:
    assert fastest_precision(tmp_path / "none") == "fp32"


def test_the_rooms_import_no_engine() -> None:
    rooms = "claims.embed, claims.models, claims.retrieve"
    program = f"import sys, {rooms}; print({{'torch', 'faiss', 'transformers'}} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "set()\n"
