"""The position network: the offline default encoder with a trained change of its upper layers and small heads.

A text with its target gives a stance and a type of event; two texts read together give how they relate and whether
they contradict. What is trained here ships as a low-rank change of the encoder's weights ("LoRA", Hu et al. 2021; here
the truncated singular value decomposition of what training changed), and the heads.

The two parts of an input are read in one pass and pooled apart; the heads see both means, their distance and their
product (Conneau et al. 2017, "Supervised Learning of Universal Sentence Representations").
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from claims.score.labels import EVENTS, INFERENCES, RELATIONS

# Layers below this one stay as they are: they spell words in a hundred languages, and what is learnt in four of them
# reaches the others better so.
FIRST_TRAINED = 3
RANK = 64
_HEADS = ("pair", "relation", "inference", "aim", "stance", "event")
# Differences and products of pooled states are small beside the states themselves.
_CONTRAST = 4.0


class PositionNetwork(nn.Module):  # type: ignore[misc]  # torch is not type-checked: it takes minutes
    """Encoder and heads.

    Args:
        folder: the default encoder as a transformers checkpoint.
        separator: id of the token that ends the first part of an input.
    """

    def __init__(self, folder: Path, separator: int) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder: Any = AutoModel.from_pretrained(str(folder), dtype=torch.float32, local_files_only=True)
        self.separator = separator
        width = self.encoder.config.hidden_size
        for parameter in self.encoder.parameters():
            parameter.requires_grad = False
        self.pair = nn.Sequential(nn.Linear(4 * width, width), nn.GELU())
        self.relation = nn.Linear(width, len(RELATIONS))
        self.inference = nn.Linear(width, len(INFERENCES))
        self.aim = nn.Sequential(nn.Linear(4 * width, width), nn.GELU())
        self.stance = nn.Linear(width, 1)
        self.event = nn.Linear(width, len(EVENTS))

    def pooled(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """Both parts of each input and how they differ, float32 [n, 4 · width].

        Args:
            tokens: ids [n, length]; the first part ends at its separator, what follows is the second part.
            mask: [n, length], 1 for a token, 0 for padding.
        """
        states = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state.float()
        second = (tokens == self.separator).cumsum(1) > 0
        one, two = (self._mean(states, mask * part) for part in (~second, second))
        return torch.cat([one, two, _CONTRAST * (one - two).abs(), _CONTRAST * one * two], dim=1)

    @staticmethod
    def _mean(states: Tensor, mask: Tensor) -> Tensor:
        weights = mask.unsqueeze(-1).float()
        return (states * weights).sum(1) / weights.sum(1)

    def read_pair(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of the relation [n, 3] and of the inference [n, 3] of two texts."""
        hidden = self.pair(self.pooled(tokens, mask))
        return self.relation(hidden), self.inference(hidden)

    def read_aim(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """The stance in (-1, 1) of a text towards its target [n], and logits of the event's type [n, 5]."""
        hidden = self.aim(self.pooled(tokens, mask))
        return torch.tanh(self.stance(hidden)).squeeze(-1), self.event(hidden)

    def trained_layers(self) -> Iterator[tuple[str, nn.Linear]]:
        """The linear layers that training changes, by name."""
        for name, module in self.encoder.named_modules():
            parts = name.split(".")
            if isinstance(module, nn.Linear) and parts[:2] == ["encoder", "layer"] and int(parts[2]) >= FIRST_TRAINED:
                yield name, module

    def heads(self) -> dict[str, Tensor]:
        """Weights of the heads, by name."""
        return {name: value for name, value in self.state_dict().items() if name.split(".")[0] in _HEADS}

    def save(self, path: Path, original: PositionNetwork | None = None) -> None:
        """Write what was trained: in full, or, given the network as it was, as a change of rank :data:`RANK`."""
        tensors = dict(self.heads())
        before = dict(original.trained_layers()) if original is not None else {}
        for name, layer in self.trained_layers():
            if original is None:
                tensors[f"{name}.weight"] = layer.weight
                continue
            left, sizes, right = torch.linalg.svd(layer.weight.detach() - before[name].weight, full_matrices=False)
            root = sizes[:RANK].sqrt()
            tensors[f"{name}.up"] = left[:, :RANK] * root
            tensors[f"{name}.down"] = root[:, None] * right[:RANK]
        dtype = torch.float16 if original is not None else torch.float32
        save_file({name: value.detach().to(dtype).contiguous() for name, value in tensors.items()}, str(path))

    def load(self, path: Path) -> None:
        """Read what :meth:`save` wrote; a change of the encoder is added into its weights."""
        tensors = load_file(str(path))
        self.load_state_dict({name: value.float() for name, value in tensors.items() if _is_head(name)}, strict=False)
        for name, layer in self.trained_layers():
            if f"{name}.weight" in tensors:
                layer.weight.data = tensors[f"{name}.weight"].float()
            else:
                layer.weight.data += tensors[f"{name}.up"].float() @ tensors[f"{name}.down"].float()


def _is_head(name: str) -> bool:
    return name.split(".")[0] in _HEADS
