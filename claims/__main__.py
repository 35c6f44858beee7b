"""Entry point of the console script: starts the command line and gives every crash, even of an import, exit code 70.

Only the standard library is imported at the top: an installation that lacks a package must not exit with 1, which
means "the gate's policy failed".
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import NoReturn

_INTERNAL, _INTERRUPTED = 70, 130


def main() -> NoReturn:
    """Runs the command line; always ends in SystemExit with a code of DESIGN section 3."""
    try:
        from claims.cli import main as command_line

        command_line()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        _end("interrupted; a rerun goes on from what was done", _INTERRUPTED)
    except BaseException as error:
        if os.environ.get("CLAIMS_TRACEBACK"):
            traceback.print_exc()
        _end(
            f"cannot start: {type(error).__name__}: {error}; install it again with: "
            "pip install --force-reinstall claims",
            _INTERNAL,
        )
    _end("ended without an exit code", _INTERNAL)


def _end(message: str, code: int) -> NoReturn:
    print(f"claims: {message}", file=sys.stderr)  # noqa: T201
    raise SystemExit(code)


if __name__ == "__main__":
    main()
