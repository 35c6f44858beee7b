"""Writes a packed encoder as a standard sentence-transformers folder (a BERT checkpoint, mean pooling, L2 norm)."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.models.cache import Progress, write_synced
from claims.models.ggml import Header, PackedModel

PROMPTS = {"query": "query: ", "passage": "passage: "}
MAX_TOKENS = 512

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def tensor_names(layers: int) -> dict[str, str]:
    """The name of each tensor in the packed file, to its name in a Hugging Face BERT checkpoint."""
    names = dict(_EMBEDDINGS)
    for layer in range(layers):
        for short, long in _LAYER.items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{long}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{long}.bias"
    return names


def tensor_shape(name: str, header: Header) -> tuple[int, ...]:
    """The shape of a tensor of the packed file, by its name: matrices are [out, in], vectors [out]."""
    table = {"emb.word": header.vocabulary, "emb.pos": header.positions, "emb.type": header.token_types}
    if name in table:
        return (table[name], header.width)
    part, kind = name.split(".")[-2:]
    out = header.feed_forward if part == "fi" else header.width
    if kind == "b" or part.endswith("ln"):
        return (out,)
    return (out, header.feed_forward if part == "fo" else header.width)


def unused_pooler(header: Header) -> dict[str, tuple[int, ...]]:
    """The layer after the first token that a BertModel has and that mean pooling never reads, with its shapes.

    The packed file leaves it out. It is written as zeros: absent, each load would fill it at random and warn of it.
    """
    return {"pooler.dense.weight": (header.width, header.width), "pooler.dense.bias": (header.width,)}


def write_weights(packed: PackedModel, path: Path, progress: Progress | None = None) -> None:
    """Writes all tensors of ``packed`` as fp32 safetensors, a piece at a time (about 50 MB of memory at most).

    Raises:
        ValueError: a tensor is missing, or has another number of values than its shape.
    """
    names = tensor_names(packed.header.layers)
    listing: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, long_name in names.items():
        shape = tensor_shape(name, packed.header)
        if name not in packed.tensors or packed.tensors[name].values != int(np.prod(shape)):
            raise ValueError(f"tensor {name} is missing or not of shape {shape}")
        start, end = end, end + 4 * int(np.prod(shape))
        listing[long_name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    weights_end = end
    for long_name, shape in unused_pooler(packed.header).items():
        start, end = end, end + 4 * int(np.prod(shape))
        listing[long_name] = {"dtype": "F32", "shape": shape, "data_offsets": [start, end]}
    head = json.dumps(listing, separators=(",", ":")).encode()
    head += b" " * (-len(head) % 8)  # the format wants the values aligned to 8 bytes
    done = 0
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(head)) + head)
        for name in names:
            for piece in packed.read(name):
                little: NDArray[np.float32] = piece.astype("<f4", copy=False)
                file.write(little.data)
                done += piece.nbytes
                if progress:
                    progress(done, end, "preparing the encoder")
        file.write(bytes(end - weights_end))
        if progress:
            progress(end, end, "preparing the encoder")
        file.flush()
        os.fsync(file.fileno())


def write_folder(packed: PackedModel, tokenizer: Path, folder: Path, progress: Progress | None = None) -> None:
    """Fills the empty ``folder`` with the checkpoint: weights, tokenizer, and the JSON files that the loaders read.

    Args:
        packed: the encoder.
        tokenizer: an XLM-R ``tokenizer.json``; the same content is written without blanks.
        folder: an existing folder.
        progress: called with bytes of weights written.
    """
    header = packed.header
    write_weights(packed, folder / "model.safetensors", progress)
    # Upstream indents its 250,000 pieces; without the blanks the file is half as long and loads a second sooner.
    pieces = json.loads(tokenizer.read_bytes())
    compact = json.dumps(pieces, ensure_ascii=False, separators=(",", ":"))
    write_synced(folder / "tokenizer.json", compact.encode())
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    files: dict[str, Any] = {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": header.vocabulary,
            "hidden_size": header.width,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.feed_forward,
            "hidden_act": "gelu",
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.token_types,
            # The file holds fp32(1e-12); written as the short decimal so that config.json reads as upstream's.
            "layer_norm_eps": float(f"{header.epsilon:.6g}"),
            "pad_token_id": 1,
            "dtype": "float32",
        },
        # Any narrower class would rebuild the tokenizer from a vocabulary; this one takes tokenizer.json as it is.
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": modules,
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        # No default prompt: a caller who writes "query: " himself must not get it twice.
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {"word_embedding_dimension": header.width, "pooling_mode_mean_tokens": True},
    }
    (folder / "2_Normalize").mkdir()
    (folder / "1_Pooling").mkdir()
    for name, content in files.items():
        write_synced(folder / name, json.dumps(content, indent=2).encode() + b"\n")
