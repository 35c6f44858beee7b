"""Lines of a page with their offsets, and the few measures that the page rules share.

Offsets are code points into the text as decoded; nothing is stripped from the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

FINAL = ".!?…؟۔。！？।"
_CLOSERS = "\"'»”’›)]」』"
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0640]")
_SPACE = re.compile(r"\s+")
_INNER_END = re.compile(r"[.!?؟۔][\"'»”’)]*\s+\S")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CUT = "…,،;؛:.-–— "
_WORD = re.compile(r"[^\W\d_]{3,}")
# Arabic writes "and", "to", "the" onto the word; without them the same word compares equal.
_PREFIX = re.compile(r"^(?:[وفبلك]?ال|لل|[وفبل](?=[^\W\d_]{4}))")
# A line longer than any headline is prose even where the writer left out the full stop.
_LONG = 20
# No line is this long but a page without line ends, and of that no copy is looked for.
_FOLDED_CHARS = 20_000
_TEASER_WORDS = 8
_WRAP_WIDTH = (45, 110)


class _Bare(dict[int, int | None]):
    """A table for ``str.translate`` that drops combining marks; it fills itself as characters come."""

    def __missing__(self, point: int) -> int | None:
        self[point] = None if unicodedata.combining(chr(point)) else point
        return self[point]


_BARE = _Bare()


def fold(text: str) -> str:
    """``text`` for comparison: no case, accents, hamza carriers, vowel signs, tatweel or direction marks."""
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    bare = decomposed if decomposed.isascii() else decomposed.translate(_BARE)
    return _SPACE.sub(" ", bare.replace("ى", "ي").replace("ی", "ي").replace("ک", "ك").replace("’", "'")).strip()


def trim(folded: str) -> str:
    """``folded`` without punctuation and symbols at its two ends."""
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]


def count_words(text: str) -> int:
    """Number of words; in scripts written without spaces two characters count as one word."""
    unspaced = len(_UNSPACED.findall(text))
    return sum(word[0].isalnum() or any(char.isalnum() for char in word) for word in text.split()) + unspaced // 2


@dataclass(frozen=True)
class Line:
    """One line that is not blank, without the white space around it; ``gap``: a blank line is above."""

    start: int
    end: int
    text: str
    gap: bool

    @cached_property
    def folded(self) -> str:
        """The line as :func:`fold` gives it."""
        return fold(self.text[:_FOLDED_CHARS])

    @cached_property
    def key(self) -> str:
        """What two copies of one line share."""
        return trim(self.folded)

    @cached_property
    def stem(self) -> str:
        """What is left of the line when the dots of a cut-off teaser are taken away."""
        return self.key.rstrip(_CUT)

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return count_words(self.text)

    @cached_property
    def closed(self) -> bool:
        """Whether the line ends as a sentence ends."""
        return ends_sentence(self.text)

    @cached_property
    def prose(self) -> bool:
        """Whether the line reads as a sentence or a paragraph and not as a headline or a label."""
        if self.words >= _LONG or (self.closed and self.words >= 6):
            return True
        return self.words >= 12 and bool(_INNER_END.search(self.text))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends in sentence-final punctuation, closing quotes and brackets aside."""
    bare = _INVISIBLE.sub("", text).rstrip().rstrip(_CLOSERS).rstrip()
    return bool(bare) and bare[-1] in FINAL


def is_cut_copy(short: Line, whole: Line) -> bool:
    """Whether ``short`` is the beginning of ``whole``, cut off (a teaser of the lead)."""
    return short.words >= _TEASER_WORDS and short.stem != whole.key and whole.key.startswith(short.stem)


def cut_copies(lines: list[Line]) -> set[int]:
    """Positions of the lines that are the beginning of another line, cut off."""
    # Sorted, the lines that begin with a stem follow right upon it; comparing all pairs would take too long.
    keys = sorted(line.key for line in lines if line.words >= _TEASER_WORDS)
    found = set()
    for at, line in enumerate(lines):
        if line.words < _TEASER_WORDS:
            continue
        above = bisect_left(keys, line.stem)
        while above < len(keys) and keys[above] in (line.stem, line.key):
            above += 1
        if above < len(keys) and keys[above].startswith(line.stem):
            found.add(at)
    return found


def overlap(headline: Line, lead: Line) -> float:
    """Share, in [0, 1], of the headline's words (by their first five letters) that its lead takes up."""
    wanted = _stems(headline.folded)
    return len(wanted & _stems(lead.folded)) / len(wanted) if wanted else 0.0


def _stems(folded: str) -> set[str]:
    return {_PREFIX.sub("", word)[:5] for word in _WORD.findall(folded) if len(word) > 3}


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank, in order. Paragraphs that were hard-wrapped count as one line each."""
    blocks: list[list[Line]] = [[]]
    gap = False
    at = 0
    for stop, after in [(m.start(), m.end()) for m in _BREAK.finditer(text)] + [(len(text), len(text))]:
        raw = text[at:stop]
        # A direction mark or a BOM alone on its line is a blank line to a reader.
        bare = _INVISIBLE.sub("", raw).strip()
        if bare:
            start = at + len(raw) - len(raw.lstrip())
            end = start + len(raw.strip())
            if gap:
                blocks.append([])
            blocks[-1].append(Line(start, end, text[start:end], gap or not blocks[0]))
            gap = False
        else:
            gap = True
        at = after
    lines: list[Line] = []
    for block in blocks:
        if _wrapped(block):
            start, end = block[0].start, block[-1].end
            lines.append(Line(start, end, text[start:end], block[0].gap))
        else:
            lines.extend(block)
    return lines


def _wrapped(block: list[Line]) -> bool:
    """Whether the lines of a block are one paragraph broken at a fixed width, as e-mail and old archives have it."""
    if len(block) < 2 or not block[-1].closed:
        return False
    widths = [len(line.text) for line in block[:-1]]
    low, high = _WRAP_WIDTH
    if max(widths) > high or min(widths) < max(low, 0.65 * max(widths)) or len(block[-1].text) > high:
        return False
    still_open = sum(not line.closed for line in block[:-1])
    if still_open < 0.6 * len(widths):
        return False
    first = [line.text.lstrip("\"'«“(")[:1] for line in block[1:]]
    cased = [char for char in first if char.lower() != char.upper()]
    # Where the script has capitals, a wrapped line mostly goes on in small letters; a list of headlines does not.
    return not cased or sum(char.islower() for char in cased) >= 0.5 * len(cased)
