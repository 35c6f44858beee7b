"""The real encoder, loaded once for all tests that need it, from the user's prepared cache."""

from __future__ import annotations

import os

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # before anything imports huggingface_hub

from claims.embed import EncoderChoice, choose_encoder
from claims.embed.sentence_transformers import SentenceTransformerEncoder
from claims.models import default_model, digest_of_folder


@pytest.fixture(scope="session")
def choice() -> EncoderChoice:
    folder = default_model()
    return choose_encoder(folder, digest_of_folder(folder), precision="fp32")


@pytest.fixture(scope="session")
def encoder(choice: EncoderChoice) -> SentenceTransformerEncoder:
    # One thread: two that wait for each other take ten times as long on a machine that tests other things beside.
    return SentenceTransformerEncoder(choice, threads=1)
