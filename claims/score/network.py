"""The position network: the frozen default encoder with a LoRA adapter and three small heads on the mean of its tokens.

One text gives its stance; two texts read together give how they relate and whether they contradict. LoRA: Hu et al.
2021, "LoRA: Low-Rank Adaptation of Large Language Models". Only the adapter and the heads are trained and shipped
(``training/``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

RANK = 16
# Layers below this one stay as they are: they spell words, and training is half as dear without them.
FIRST_ADAPTED = 4
SCALE = 2.0
RELATIONS = ("consistent", "shift", "unrelated")
_ADAPTED = ("query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense")


class LoraLinear(nn.Module):  # type: ignore[misc]  # torch is not type-checked: it takes minutes
    """A frozen linear layer plus ``SCALE · B·A`` of rank ``RANK``; starts as the layer itself."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) / base.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, inputs: Tensor) -> Tensor:
        """[…, in] → […, out]."""
        added = nn.functional.linear(nn.functional.linear(inputs, self.down.to(inputs.dtype)), self.up.to(inputs.dtype))
        return self.base(inputs) + SCALE * added


class PositionNetwork(nn.Module):  # type: ignore[misc]
    """Encoder, adapter and heads.

    ``stance``: tanh of one number. ``relation``: logits over :data:`RELATIONS`. ``nli``: logits over entailment,
    neutral, contradiction.
    """

    def __init__(self, folder: Path, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder: Any = AutoModel.from_pretrained(str(folder), dtype=dtype, local_files_only=True)
        for parameter in self.encoder.parameters():
            parameter.requires_grad = False
        width = self.encoder.config.hidden_size
        self.stance = nn.Linear(width, 1)
        self.relation = nn.Linear(width, len(RELATIONS))
        self.nli = nn.Linear(width, 3)

    def adapt(self) -> None:
        """Put a trainable adapter on the linear layers of the upper encoder."""
        for name, module in list(self.encoder.named_modules()):
            upper = name.startswith("encoder.layer.") and int(name.split(".")[2]) >= FIRST_ADAPTED
            if isinstance(module, nn.Linear) and upper and name.endswith(_ADAPTED):
                parent = self.encoder.get_submodule(name.rpartition(".")[0])
                setattr(parent, name.rpartition(".")[2], LoraLinear(module))

    def pooled(self, batch: dict[str, Tensor]) -> Tensor:
        """Mean over the tokens of each row, float32 [n, width]."""
        states = self.encoder(**batch).last_hidden_state.float()
        mask = batch["attention_mask"].unsqueeze(-1).float()
        return (states * mask).sum(1) / mask.sum(1)

    def heads(self) -> dict[str, Tensor]:
        """All that is trained, by name."""
        trained = ("stance.", "relation.", "nli.", ".down", ".up")
        return {
            name: value
            for name, value in self.state_dict().items()
            if name.startswith(trained[:3]) or name.endswith(trained[3:])
        }

    def save(self, path: Path) -> None:
        """Write adapter and heads as float16."""
        save_file({name: value.detach().half().contiguous() for name, value in self.heads().items()}, str(path))

    def load(self, path: Path, merge: bool) -> None:
        """Read adapter and heads; with ``merge`` the adapter is added into the encoder's own weights, for speed."""
        tensors = load_file(str(path))
        for name in ("stance", "relation", "nli"):
            layer = getattr(self, name)
            layer.weight.data = tensors[f"{name}.weight"].float()
            layer.bias.data = tensors[f"{name}.bias"].float()
        if not merge:
            self.load_state_dict({name: value.float() for name, value in tensors.items()}, strict=False)
            return
        for name in tensors:
            if name.endswith(".down"):
                place = name.removesuffix(".down")
                layer = self.get_submodule(place)
                added = SCALE * tensors[f"{place}.up"].float() @ tensors[name].float()
                layer.weight.data = (layer.weight.data.float() + added).to(layer.weight.dtype)
