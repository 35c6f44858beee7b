"""Another sentence-transformers model for tests: the default's tokenizer over one random layer of 32 numbers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path


def tiny_model(folder: Path) -> Path:
    """A folder that sentence-transformers loads; its vectors mean nothing, and are always the same."""
    import torch
    from transformers import BertConfig, BertModel

    from claims.models import default_model

    source = default_model()
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("model.safetensors", "claims-model.json"))
    kept = json.loads((source / "config.json").read_text())
    torch.manual_seed(0)
    small = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(**{**kept, **small})).save_pretrained(folder)
    pooling = folder / "1_Pooling" / "config.json"
    told = json.loads(pooling.read_text())
    pooling.write_text(json.dumps({k: (32 if v == 384 else v) for k, v in told.items()}))
    return folder
