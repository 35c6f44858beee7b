"""The view as one HTML page that needs nothing beside itself: no network, no JavaScript, no other file."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from claims.errors import OutputUnwritable
from claims.report.drawing import stance_x
from claims.report.interface import interface as interface_of
from claims.report.interface import number
from claims.report.page import View
from claims.report.view import figure
from claims.report.visible import sentence_way, visible
from claims.text.script import direction

FOLDER = Path(__file__).parent / "templates"


def render(view: View, *, interface: str = "en") -> str:
    """The page in the interface language ``interface``; the same view gives the same bytes.

    Raises ``ValueError`` for a language without a file in ``claims/report/interface``.
    """
    words = interface_of(interface)
    mirrored = words.dir == "rtl"
    style, script = _inline("report.css"), _inline("report.js")
    return _environment().get_template("report.html.j2").render(
        view=view,
        i=words,
        t=words.text,
        at=lambda x: f"{round(100 - x if mirrored else x, 2):g}%",
        style=Markup(style),
        script=Markup(script),
        policy=policy(style, script),
    )  # fmt: skip


def policy(style: str, script: str) -> str:
    """The content security policy: this one style element, this one script element, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def write(path: Path | str, html: str) -> None:
    """Writes the page whole or not at all: a file beside it, flushed to the disk, then renamed onto it.

    Raises:
        OutputUnwritable: the disk is full, or the folder cannot be written to; what stood at ``path`` stays.
    """
    path = Path(path)
    beside = path.with_name(f".{path.name[:80]}.{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(html)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputUnwritable(f"{path}: cannot be written: {error.strerror or type(error).__name__}") from error
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


@cache
def _inline(name: str) -> str:
    """A file that goes into the page, without the white space around it."""
    return (FOLDER / name).read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(signed=_signed, short=_short, fixed=figure, number=number)
    environment.filters.update(way=direction, sentence_way=sentence_way, stance_x=stance_x)
    return environment


def _finalize(value: Any) -> Any:
    """Every text that goes into the page passes here, before it is escaped."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _signed(value: float) -> str:
    """Two decimals with a sign, the minus as a minus and not as a hyphen; no sign before zero."""
    text = f"{value:+.2f}"
    return "0.00" if text in ("+0.00", "-0.00") else text.replace("-", "−")


def _short(value: float) -> str:
    """A measured value with what digits it needs."""
    return (f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}").replace("-", "−")
