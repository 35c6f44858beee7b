"""The command line: parses, calls, and turns errors into one line and an exit code. No logic lives here.

One module a group of commands; stages are imported inside the commands, because ``claims --help`` must answer at once.
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated, Any

import typer

from claims import __version__
from claims.cli import actors, articles, baseline, gate, installation
from claims.cli.options import mute, say
from claims.errors import EXIT_INCOMPLETE, EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_USAGE, ClaimsError

app = typer.Typer(
    name="claims",
    help="Finds who holds which position on what and when, and shows where an actor's position shifted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for _group in (articles, gate, baseline, actors, installation):
    _group.add_to(app)
# typer carries its own copy of click; this is the base of all errors of its parser.
_PARSER_ERROR: Any = typer.BadParameter.__mro__[2]
_INTERRUPTED = "interrupted; a rerun goes on from what was done"
_DISK_FULL = (28, 122)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"claims {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs a command and maps errors to exit codes; ends in SystemExit, and in 1 only where a policy failed."""
    try:
        # Outside its standalone mode typer gives back the code of typer.Exit.
        told = app(standalone_mode=False)
        code = told if isinstance(told, int) else 0
        sys.stdout.flush()
        if code == EXIT_INTERRUPTED:
            # typer turns Ctrl-C into this code itself.
            say(_INTERRUPTED)
    except ClaimsError as error:
        say(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        say(_INTERRUPTED)
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        # Whoever read our records has enough of them.
        mute(sys.stdout)
        code = 0
    except SystemExit as error:
        # A library that ends the program does not know our codes.
        code = _crashed(error)
    except Exception as error:
        code = _other(error)
    raise SystemExit(code)


def _other(error: Exception) -> int:
    """Usage errors of the argument parser are 2; anything else is our fault and says how to report it."""
    if isinstance(error, _PARSER_ERROR):
        error.show()
        return EXIT_USAGE
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        say(f"{error.filename or 'output'}: cannot be written: {error.strerror}")
        return EXIT_INCOMPLETE
    return _crashed(error)


def _crashed(error: BaseException) -> int:
    if os.environ.get("CLAIMS_TRACEBACK"):
        traceback.print_exception(error)
    told = " ".join(str(error).split())
    say(f"internal error: {type(error).__name__}: {told}; set CLAIMS_TRACEBACK=1 to see where, and report it")
    return EXIT_INTERNAL
