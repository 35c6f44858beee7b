"""The vectors on disk: cold and warm runs, torn files, damage, and two processes."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.embed import Encoder, Progress, Vectors, embed
from claims.embed import vectors as module
from claims.errors import OutputUnwritable

DIGEST = "d" * 64


class Fake:
    """An encoder whose vectors follow from the text alone; remembers what it was asked."""

    name, digest, dim = "fake", DIGEST, 6

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.asked += texts
        rows = [np.random.default_rng(list(text.encode("utf-8", "surrogatepass"))).normal(size=6) for text in texts]
        if progress:
            progress(len(texts), len(texts), "faking")
        vectors = np.array(rows, dtype=np.float32).reshape(-1, 6)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def never() -> Encoder:
    raise AssertionError("the encoder was loaded")


def run(texts: Sequence[str], cache: Path) -> tuple[Vectors, int, list[str]]:
    fake = Fake()
    vectors, computed = embed(texts, cache, lambda: fake, DIGEST)
    assert vectors == pytest.approx(fake.encode(texts), abs=1e-3)
    return vectors, computed, fake.asked[: len(fake.asked) - len(texts)]


def test_a_second_run_loads_nothing_and_agrees_to_the_last_bit(tmp_path: Path) -> None:
    texts = ["b", "a", "", "\ud800 broken", "b", "ج"]
    cold, computed, asked = run(texts, tmp_path)
    assert computed == 5
    assert sorted(asked) == sorted(set(texts))
    warm, computed = embed(texts, tmp_path, never, DIGEST)
    assert computed == 0
    assert (warm == cold).all()
    assert warm.dtype == np.float32
    assert np.linalg.norm(warm, axis=1) == pytest.approx(1, abs=1e-6)


def test_only_new_texts_are_computed(tmp_path: Path) -> None:
    run(["a", "b"], tmp_path)
    _, computed, asked = run(["c", "a", "b"], tmp_path)
    assert (computed, asked) == (1, ["c"])


def test_another_encoder_shares_nothing(tmp_path: Path) -> None:
    run(["a"], tmp_path)
    fake = Fake()
    fake.digest = "e" * 64
    assert embed(["a"], tmp_path, lambda: fake, "e" * 64)[1] == 1


def test_an_encoder_that_is_not_the_one_announced_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not the one"):
        embed(["a"], tmp_path, Fake, "e" * 64)


def test_no_texts(tmp_path: Path) -> None:
    vectors, computed = embed([], tmp_path, never, DIGEST)
    assert (vectors.shape, computed) == ((0, 0), 0)
    run(["a"], tmp_path)
    assert embed([], tmp_path, never, DIGEST)[0].shape == (0, 6)


def test_parts_are_stored_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STORE_EVERY", 2)
    seen: list[tuple[int, int]] = []

    class Interrupted(Fake):
        def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
            if len(self.asked) == 4:
                raise KeyboardInterrupt
            return super().encode(texts, progress)

    with pytest.raises(KeyboardInterrupt):
        embed(list("abcdefg"), tmp_path, Interrupted, DIGEST, lambda done, total, _: seen.append((done, total)))
    assert seen == [(2, 7), (4, 7)]
    assert run(list("abcdefg"), tmp_path)[1] == 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["keys.bin", "vectors.f16"]), cut=st.integers(0, 280), junk=st.binary(max_size=20))
def test_a_torn_file_loses_only_its_tail(tmp_path: Path, name: str, cut: int, junk: bytes) -> None:
    """Cut anywhere, and whatever a crash wrote after: what is read is right, and the next run repairs the file."""
    cache = tmp_path / f"{name}-{cut}-{junk.hex()}"
    texts = list("abcdef")
    cold, _, _ = run(texts, cache)
    path = cache / DIGEST[:32] / name
    content = path.read_bytes()[:cut] + junk
    path.write_bytes(content)
    again, computed, _ = run(texts, cache)
    assert computed <= 6
    assert (again == cold).all()
    assert (embed(texts, cache, never, DIGEST)[0] == cold).all()
    assert run([*texts, "new"], cache)[1] == 1


def test_a_flipped_bit_is_seen_and_computed_anew(tmp_path: Path) -> None:
    cold, _, _ = run(list("abc"), tmp_path)
    path = tmp_path / DIGEST[:32] / "vectors.f16"
    content = bytearray(path.read_bytes())
    content[13] ^= 0x40
    path.write_bytes(content)
    again, computed, _ = run(list("abc"), tmp_path)
    assert computed == 1
    assert (again == cold).all()
    assert embed(list("abc"), tmp_path, never, DIGEST)[1] == 0


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputUnwritable, match="cannot store vectors in") as raised:
        embed(["a"], tmp_path / "file", Fake, DIGEST)
    assert "\n" not in str(raised.value)


def test_two_processes_store_side_by_side(tmp_path: Path) -> None:
    program = """
        import sys
        from pathlib import Path
        from claims.embed import embed
        from claims.embed import vectors as module
        from {test} import DIGEST, Fake
        module._STORE_EVERY = 3
        start = int(sys.argv[2])
        embed([f"text {{n}}" for n in range(start, start + 60)], Path(sys.argv[1]), Fake, DIGEST)
    """
    code = textwrap.dedent(program).format(test=__name__)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(start)], env=environment)
        for start in (0, 40, 80)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    texts = [f"text {number}" for number in range(140)]
    vectors, computed = embed(texts, tmp_path, never, DIGEST)
    assert computed == 0
    assert vectors == pytest.approx(Fake().encode(texts), abs=1e-3)


def test_vectors_are_read_without_an_engine(tmp_path: Path) -> None:
    run(["a"], tmp_path)
    program = (
        "import sys; from pathlib import Path; from claims.embed import embed;"
        f"print(embed(['a'], Path(sys.argv[1]), None, {DIGEST!r})[1], 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True)
    assert done.stdout == "0 False\n"
