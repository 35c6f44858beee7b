"""Sentences with exact offsets.

sentencex finds the boundaries; two of its cuts are taken back: inside a quotation that closes later in the same
paragraph, and behind an abbreviation or an initial.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from claims.lang.loader import language

_OPENING = {"«": "»", "“": "”", "„": "“”", "‹": "›", "「": "」", "『": "』"}
_STRAIGHT = '"'
OPENING_MARKS = frozenset(_OPENING) | {_STRAIGHT}
CLOSING_MARKS = frozenset(sign for signs in _OPENING.values() for sign in signs) | {_STRAIGHT}
_DOUBLE_OPENING = re.compile(r"(?:(?<=[\s(—–-])|^)''(?=\S)", re.MULTILINE)
_INITIAL = re.compile(r"(?:^|[\s(«\"“])(?:[A-ZА-ЯЁÀ-Ý]|د|م|أ)\.\s*$")
_LONGEST_QUOTE = 2000
# Marks of direction and joiners without a width: no content at the edge of a span.
_STRAY = "\u200e\u200f\ufeff\u200b\u2060"
_DASHED_HEAD = re.compile(r"\s*([^\n.!?؟:«»“”\"–—―]{2,}?)\s*[–—―-]\s+")
_LONGEST_DATELINE = 80
# Lines of a text with a fixed width: no wider than this, and not ending earlier than this share of the widest.
_WIDEST = 130
_EARLY = 0.6


def marked(text: str) -> str:
    """The text with two apostrophes as one quotation mark («\'\'so\'\'», as old wires have it); of the same length.

    Offsets into it are offsets into ``text``. A joiner fills the second place of a mark.
    """
    if "''" not in text:
        return text
    opened = _DOUBLE_OPENING.sub("“\u2060", text)
    return opened.replace("''", "\u2060”")


def quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Closed quotations in ``text[start:end]`` as ``(start, end)`` with their marks; nested ones lie inside the outer.

    A straight mark opens after a space or an opening sign and closes otherwise; an unclosed quotation is none.
    """
    found: list[tuple[int, int]] = []
    position = start
    while position < end:
        character = text[position]
        closers = _OPENING.get(character)
        if closers:
            close = _closing(text, position, end, character, closers)
        elif character == _STRAIGHT:
            close = _straight_closing(text, position, end)
        else:
            position += 1
            continue
        if close is None:
            position += 1
        else:
            found.append((position, close + 1))
            position = close + 1
    return found


def _closing(text: str, start: int, end: int, opener: str, closers: str) -> int | None:
    depth = 0
    for position in range(start, min(end, start + _LONGEST_QUOTE)):
        character = text[position]
        if character == opener:
            depth += 1
        elif character in closers:
            depth -= 1
            if depth == 0:
                return position
    return None


def _straight_closing(text: str, start: int, end: int) -> int | None:
    """The straight mark that closes the one at ``start``.

    Quotations inside a straight one use the same mark; a mark behind a space and before a letter opens an inner one.
    """
    inner = 0
    first = shut = None
    odd = text.count(_STRAIGHT, start, end) % 2 == 1
    for position in range(start + 1, min(end, start + _LONGEST_QUOTE)):
        if text[position] != _STRAIGHT:
            continue
        if first is None:
            first = position
        before = text[position - 1]
        after = text[position + 1] if position + 1 < end else " "
        if (before.isspace() or before in "(:") and (after.isalnum()):
            if odd and not inner and text[start:position].rstrip().endswith(":"):
                # Behind a colon a new quotation begins: the one before was closed by a mark that closed an inner one
                # too, or never.
                return shut
            inner += 1
        elif inner:
            inner -= 1
            shut = position
        else:
            return position
    return first


def quoted_spans(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The quotations of all paragraphs in order, and those that run over several, one span a paragraph.

    A quotation left open at the end of a paragraph goes on in the next one if that opens with a mark again (each
    paragraph of a long quotation may) or closes it.
    """
    found: list[tuple[int, int]] = []
    carried = False
    for number, (start, end) in enumerate(paragraphs):
        begin = start
        if carried:
            close = _first_closing(text, start, end)
            if close is not None:
                found.append((start, close + 1))
                begin = close + 1
        closed = quotations(text, begin, end)
        found += closed
        opened = _left_open(text, begin, end, closed)
        carried = False
        if opened is not None and number + 1 < len(paragraphs):
            low, high = paragraphs[number + 1]
            carried = text[low] in OPENING_MARKS or _first_closing(text, low, high) is not None
        if opened is not None and (carried or opened == start):
            found.append((opened, end))
    return found


def _left_open(text: str, start: int, end: int, closed: Sequence[tuple[int, int]]) -> int | None:
    """The last opening mark outside the closed quotations; a straight mark counts at the head of a paragraph only."""
    position = max([start, *(high for _, high in closed)])
    for index in range(end - 1, position - 1, -1):
        if text[index] in _OPENING or (text[index] == _STRAIGHT and index == start):
            return index
    return None


def _first_closing(text: str, start: int, end: int) -> int | None:
    """The first closing mark that no opening one stands before."""
    for index in range(start, end):
        if text[index] in OPENING_MARKS:
            return None
        if text[index] in CLOSING_MARKS:
            return index
    return None


def clipped(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of the spans that lie in ``[start, end)``."""
    return [(max(low, start), min(high, end)) for low, high in spans if low < end and start < high]


def sentences(text: str, start: int, end: int, lang: str) -> list[tuple[int, int]]:
    """Sentence spans of one paragraph ``text[start:end]``, trimmed of outer white space, in order."""
    from sentencex import segment

    chunk = text[start:end]
    quoted = quotations(text, start, end)
    abbreviations = tuple(language(lang).get("segment", {}).get("abbreviations", ()))
    cuts: list[int] = []
    position = start
    for piece in segment(lang if len(lang) == 2 else "en", chunk):
        found = text.find(piece.strip(), position, end) if piece.strip() else position
        position = (position if found < 0 else found) + len(piece.strip())
        cuts.append(position)
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in cuts[:-1]:
        # A quotation that is nothing but whole sentences is still one quotation: it is cut later, as content.
        if any(opened < cut < closed for opened, closed in quoted):
            continue
        left = text[begin:cut].rstrip()
        if _INITIAL.search(left[-4:] if len(left) > 4 else left) or left.endswith(abbreviations):
            continue
        spans.append((begin, cut))
        begin = cut
    spans.append((begin, end))
    return [trimmed for span in spans if (trimmed := trim(text, *span))]


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without outer white space and stray bidi marks; None if nothing is left."""
    while start < end and (text[start].isspace() or text[start] in _STRAY):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _STRAY):
        end -= 1
    return (start, end) if end > start else None


def after_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph's first sentence begins: behind its place line ("MOSCOW, March 4 -", «القاهرة (رويترز) –»).

    A place line is a few words before a spaced dash, all in capitals or with a comma, a bracket or a number; in a
    script without capitals up to three words will do. Without one, ``start``.
    """
    found = _DASHED_HEAD.match(text, start, min(end, start + _LONGEST_DATELINE))
    if found is None or found.end() >= end:
        return start
    head = found.group(1)
    letters = [c for c in head if c.isalpha()]
    count = len(head.split())
    cased = any(c.upper() != c.lower() for c in letters)
    marked = bool(re.search(r"[(,،\d]", head))
    if not letters or count > 8:
        return start
    if cased:
        capitals = all(word[0].isupper() for word in re.findall(r"[^\W\d_]{3,}", head))
        is_place = head.isupper() or (marked and letters[0].isupper() and (capitals or head.split()[0].isupper()))
    else:
        is_place = count <= 3 or (marked and count <= 6)
    return found.end() if is_place else start


def paragraphs(text: str, excluded: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraph spans of the text that no excluded span covers, trimmed, in order.

    A line is a paragraph, but for texts whose lines were broken at a fixed width: there a paragraph goes on to the
    next line until a blank line, an excluded one or a line that ends early.
    """
    lines: list[tuple[int, int] | None] = []
    position = 0
    for line in text.splitlines(keepends=True):
        begin, position = position, position + len(line)
        span = trim(text, begin, position)
        inside = span is not None and any(low <= span[0] and span[1] <= high for low, high in excluded)
        lines.append(None if inside else span)
    width = _fixed_width(lines)
    found: list[tuple[int, int]] = []
    goes_on = False
    for span in lines:
        if span is None:
            goes_on = False
            continue
        if goes_on:
            found[-1] = (found[-1][0], span[1])
        else:
            found.append(span)
        goes_on = width is not None and span[1] - span[0] >= _EARLY * width
    return found


def _fixed_width(lines: list[tuple[int, int] | None]) -> int | None:
    """The width at which lines were broken; None where a line is a paragraph.

    Broken lines are short, all about as long, and directly below each other.
    """
    lengths = [span[1] - span[0] for span in lines if span is not None]
    width = max(lengths, default=0)
    if not width or width > _WIDEST:
        return None
    pairs = [(one, other) for one, other in pairwise(lines) if one and other]
    full = sum(one[1] - one[0] >= _EARLY * width for one, _ in pairs)
    return width if len(pairs) >= 3 and full >= 0.7 * len(pairs) else None
