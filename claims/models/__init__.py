"""Where encoders come from: the offline default prepared into the user's cache, local folders, and the model hub.

Nothing here imports torch, transformers or sentence-transformers.
"""

from claims.models.cache import Progress, cache_folder
from claims.models.default import default_model
from claims.models.digest import digest_of_folder
from claims.models.hub import model_folder

__all__ = ["Progress", "cache_folder", "default_model", "digest_of_folder", "model_folder"]
