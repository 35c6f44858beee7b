"""Makes characters that a reader cannot see, and that could reorder or break a page, visible as symbols."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.text.script import RIGHT_TO_LEFT, direction, script_of

_NAMES = {
    0x0000: "NUL", 0x001B: "ESC", 0x007F: "DEL", 0x061C: "ALM", 0x200E: "LRM", 0x200F: "RLM",
    0x2028: "LS", 0x2029: "PS", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO",
    0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip
# Controls save tab and line ends; bidi controls; lone surrogates, which UTF-8 cannot hold; and non-characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|‘[^’]*’|\"[^\"]*\"")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def _symbol(match: re.Match[str]) -> str:
    point = ord(match.group())
    return f"⟦{_NAMES.get(point) or f'U+{point:04X}'}⟧"


def visible(text: str) -> str:
    """The text with each control character as a symbol such as ``⟦RLO⟧``; all other characters stay as they are."""
    return _UNSEEN.sub(_symbol, text)


def language_tag(code: str) -> str:
    """The code where it is a language tag, else ``und``."""
    return code if _TAG.fullmatch(code) else "und"


def one_line(text: str) -> str:
    """As :func:`visible`, with every run of white space as one space."""
    return visible(" ".join(text.split()))


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters and ``…``, cut between words where there is a gap in the last third."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    gap = cut.rfind(" ")
    return (cut[:gap] if gap > length * 2 // 3 else cut).rstrip() + "…"


def sentence_way(text: str, names: Iterable[str] = ()) -> str:
    """``rtl`` or ``ltr`` for a sentence about other texts: what it quotes and the names in it do not count."""
    rest = _QUOTED.sub(" ", text)
    for name in names:
        rest = rest.replace(name, " ") if name else rest
    return direction(rest if any(map(script_of, rest)) else text)


def runs(text: str, way: str) -> tuple[tuple[str, str | None], ...]:
    """Cuts a sentence that reads ``way`` where that changes: ``(text, None)`` follows it, ``(text, "rtl")`` does not.

    A run begins and ends with a letter, so the digits, signs and gaps between two runs stay with the sentence and
    cannot be drawn into a name of the other direction.
    """
    base = way == "rtl"
    cuts: list[tuple[int, int]] = []
    within = False
    for at, letter in enumerate(text):
        script = script_of(letter)
        if script is None:
            continue
        if (script in RIGHT_TO_LEFT) == base:
            within = False
            continue
        cuts[len(cuts) - within :] = [(cuts[-1][0] if within else at, at + 1)]
        within = True
    found: list[tuple[str, str | None]] = []
    done = 0
    for start, end in cuts:
        found += [(text[done:start], None), (text[start:end], "ltr" if base else "rtl")]
        done = end
    found.append((text[done:], None))
    return tuple(run for run in found if run[0])
