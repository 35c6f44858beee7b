"""Runs of the command line in processes of their own that start at once: a server has imported what is slow already."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["claims.cli", "claims.doctor", "torch", "transformers", "sentence_transformers", "faiss"]
)


def start(folder: Path, *arguments: str | Path, cache: Path) -> BaseProcess:
    """``claims …`` in ``folder``; what it prints goes to ``<pid>.out`` and ``<pid>.err`` beside ``folder``."""
    process = _CONTEXT.Process(target=_claims, args=(folder, [str(a) for a in arguments], cache))
    process.start()
    return process


def errors(folder: Path, process: BaseProcess) -> str:
    """What a process that ended wrote on standard error."""
    return (folder.parent / f"{process.pid}.err").read_text(encoding="utf-8")


def new_cache(folder: Path) -> Path:
    """An empty cache but for the prepared encoder, which takes half a gigabyte."""
    from claims.models import cache_folder, default_model

    default_model()
    folder.mkdir(parents=True)
    (folder / "models").symlink_to(cache_folder() / "models")
    return folder


def _claims(folder: Path, arguments: list[str], cache: Path) -> None:
    os.chdir(folder)
    # One thread: two that wait for each other take ten times as long on a machine that does other things beside.
    os.environ |= {"CLAIMS_CACHE": str(cache), "HF_HUB_OFFLINE": "1", "CLAIMS_EMBED_THREADS": "1"}
    for number, suffix in ((1, "out"), (2, "err")):
        handle = os.open(folder.parent / f"{os.getpid()}.{suffix}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
    sys.argv = ["claims", *arguments]
    from claims.cli import main

    main()
