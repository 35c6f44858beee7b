"""From what a person wrote for a model to a folder on this machine."""

from __future__ import annotations

import os
import re
from pathlib import Path

from claims.errors import ModelUnavailable
from claims.models.cache import Progress
from claims.models.default import default_model

DEFAULT = "default"

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_OTHER_BACKENDS = ("onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "tf_model*", "rust_model*")


def model_folder(name: str | Path = DEFAULT, progress: Progress | None = None) -> Path:
    """The folder of a model: the offline default, a local folder, or a model of the Hugging Face hub.

    A folder wins over a hub name spelled the same. A hub model is taken from the local hub cache as it is; only one
    that is not there is fetched, unless ``HF_HUB_OFFLINE`` is set. ``org/name@revision`` pins a revision.

    Args:
        name: ``default``, a path, or a hub name.
        progress: told while the default is prepared.

    Raises:
        ModelUnavailable: there is no such folder, and the hub cache does not hold it and it cannot be fetched.
    """
    if name == DEFAULT:
        return default_model(progress)
    path = Path(name).expanduser()
    if str(name).strip() and path.is_dir():
        return path
    plain, _, revision = str(name).partition("@")
    if isinstance(name, Path) or path.is_absolute() or not _HUB_NAME.fullmatch(plain) or plain[0] == ".":
        raise ModelUnavailable(f"there is no model folder {name}")
    return _from_hub(plain, revision or None)


def _from_hub(name: str, revision: str | None) -> Path:
    # Bare names such as all-MiniLM-L6-v2 mean that organisation, as sentence-transformers itself takes them.
    repository = name if "/" in name else f"sentence-transformers/{name}"
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from huggingface_hub import snapshot_download
    from huggingface_hub.constants import HF_HUB_OFFLINE

    for offline in (True,) if HF_HUB_OFFLINE else (True, False):
        try:
            return Path(
                snapshot_download(
                    repository, revision=revision, local_files_only=offline, ignore_patterns=list(_OTHER_BACKENDS)
                )
            )
        except Exception as error:  # the client's own, httpx's and the system's errors: each means the same here
            cause = error
    reason = "HF_HUB_OFFLINE is set" if HF_HUB_OFFLINE else f"it cannot be fetched ({type(cause).__name__})"
    raise ModelUnavailable(
        f"the model {name} is neither a folder nor in the local hub cache, and {reason}; "
        "fetch it where there is a network, give its folder, or leave the model out to use the offline default"
    ) from cause
