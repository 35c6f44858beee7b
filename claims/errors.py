"""The exception tree. Each class knows the exit code that the command line gives it.

::

    ClaimsError (70)
    ├── UsageError (2)            a flag, a path pattern or an option that cannot be meant
    │   ├── ConfigError (2)       claims.toml or the environment
    │   ├── LockMismatch (2)      the models are not those of claims.lock
    │   └── BaselineUnreadable (2)
    ├── BaselineStale (3)         the baseline was made by another schema, or for findings that are gone
    ├── RunIncomplete (4)         the run could not finish, or there was too little to judge
    │   ├── NothingToRead (4)     no readable article in the input
    │   ├── RunBusy (4)           another run is writing the same folder
    │   ├── OutputUnwritable (4)  disk full, folder not writable
    │   └── ModelUnavailable (4)  the encoder could not be prepared or loaded
    └── InputRejected             one file cannot be used; counted, never ends a run

A failed policy of the gate is no error: the gate returns 1. No exception maps to 1.
"""

from __future__ import annotations

EXIT_PASS = 0
EXIT_POLICY = 1
EXIT_USAGE = 2
EXIT_STALE = 3
EXIT_INCOMPLETE = 4
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130


class ClaimsError(Exception):
    """Base of all errors that the tool raises on purpose; ``str(error)`` is one line fit for a person."""

    exit_code = EXIT_INTERNAL


class UsageError(ClaimsError):
    """The call cannot be meant as it is."""

    exit_code = EXIT_USAGE


class ConfigError(UsageError):
    """claims.toml, an environment variable or a combination of settings is wrong."""


class LockMismatch(UsageError):
    """The models of this run are not the ones that claims.lock pins, or there is no such file."""


class BaselineUnreadable(UsageError):
    """The baseline file cannot be read."""


class BaselineStale(ClaimsError):
    """The baseline does not fit this run."""

    exit_code = EXIT_STALE


class RunIncomplete(ClaimsError):
    """The run did not finish, or there is too little to judge."""

    exit_code = EXIT_INCOMPLETE


class NothingToRead(RunIncomplete):
    """No article could be read from the input."""


class RunBusy(RunIncomplete):
    """Another run holds the output folder."""


class OutputUnwritable(RunIncomplete):
    """A result could not be written."""


class ModelUnavailable(RunIncomplete):
    """The encoder could not be prepared or loaded."""


class InputRejected(ClaimsError):
    """One input cannot be used. ``reason`` is a short code, ``detail`` the cause in words."""

    exit_code = EXIT_INCOMPLETE

    def __init__(self, path: str, reason: str, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.reason = reason
        self.detail = detail
