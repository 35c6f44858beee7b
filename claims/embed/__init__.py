"""Texts to vectors: the Encoder protocol, the sentence-transformers backend, and the vectors kept on disk.

Importing this package imports neither torch nor sentence-transformers.
"""

from claims.embed.encoder import Encoder, EncoderChoice, Precision, Progress, Vectors, choose_encoder
from claims.embed.vectors import VectorCache, embed

__all__ = ["Encoder", "EncoderChoice", "Precision", "Progress", "VectorCache", "Vectors", "choose_encoder", "embed"]
