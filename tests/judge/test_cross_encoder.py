"""Any cross-encoder with inference labels can judge; its own order of labels is respected."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

from claims.errors import ModelUnavailable
from claims.judge import JudgedPair, choose_judge
from claims.models.default import default_model

READING = np.array([[0.3, 0.5, 0.2, 0.2, 0.6, 0.2]] * 2, np.float32)
PAIRS = [JudgedPair("We want talks.", "There will be no talks."), JudgedPair("A longer one, about grain.", "No.")]


def saved(folder: Path, labels: list[str]) -> str:
    """A small cross-encoder with random weights, under these labels."""
    torch.manual_seed(3)
    tokenizer = AutoTokenizer.from_pretrained(str(default_model()))
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: number for number, label in enumerate(labels)},
        pad_token_id=tokenizer.pad_token_id,
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))
    return str(folder)


def test_inference_is_the_judges_and_the_relation_stays(tmp_path: Path) -> None:
    name = saved(tmp_path / "model", ["CONTRADICTION", "ENTAILMENT", "NEUTRAL"])
    judge = choose_judge(name, tmp_path)
    found = judge.read(PAIRS, READING)
    assert np.allclose(found[:, :3], READING[:, :3])
    assert found[:, 3:].sum(axis=1) == pytest.approx([1, 1], abs=0.01)
    assert not np.allclose(found[:, 3:], READING[:, 3:])
    assert judge.counts == {"judge_read": 2}
    assert choose_judge(name, tmp_path).read(PAIRS[:1], READING[:1]) == pytest.approx(found[:1])


def test_the_labels_decide_which_column_is_which(tmp_path: Path) -> None:
    one = choose_judge(saved(tmp_path / "one", ["contradiction", "entailment", "neutral"]), tmp_path)
    other = choose_judge(saved(tmp_path / "other", ["neutral", "contradiction", "entailment"]), tmp_path)
    first, second = one.read(PAIRS, READING)[0, 3:], other.read(PAIRS, READING)[0, 3:]
    # The same weights: what the first calls contradiction, entailment, neutral the second calls neutral, contradiction,
    # entailment.
    assert [first[2], first[0], first[1]] == pytest.approx([second[1], second[2], second[0]], abs=0.002)


def test_a_model_without_inference_labels_is_refused(tmp_path: Path) -> None:
    judge = choose_judge(saved(tmp_path / "model", ["positive", "negative"]), tmp_path)
    with pytest.raises(ModelUnavailable, match="does not judge inference: its labels are positive, negative"):
        judge.read(PAIRS, READING)


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="no/such"):
        choose_judge("no/such", tmp_path).read(PAIRS, READING)
