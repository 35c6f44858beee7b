"""Which lines of a story are furniture and not content: share buttons, masthead, captions, stamps, repeated titles …

Two kinds of evidence: the phrases of the language files, and structure that no language owns (a short open line at
the head or the tail, a copy of another line, a label between paragraphs). In doubt a line is content.
"""

from __future__ import annotations

import re
from collections import Counter

from claims.ingest.lines import Line, cut_copies, overlap, split_lines
from claims.ingest.phrases import date_strength, is_byline, menu_reason, phrase_reason, phrases
from claims.records import Span

_LABEL_WORDS = 3
_NAME_WORDS = 4
_CAPTION_WORDS = 18
_SUBHEADING_WORDS = 10
_TITLE_WORDS = (3, 30)
_NEARER = 0.15
_LEAD_TITLE_WORDS = 18
_CREDIT = re.compile(r"[(\[/]\s*([^()\[\]/]{2,40})\s*[)\]/]\s*\.?$")
_BULLET = re.compile(r"^\s*(?:[-–—•·*▪►]|\d{1,3}[.)])\s")
_TAIL_REASONS = frozenset(
    {"share", "related", "newsletter", "rating", "comments", "keywords", "copyright", "source", "chrome", "masthead"}
)


def boilerplate(text: str, lang: str, title: str = "") -> tuple[Span, ...]:
    """The spans of ``text`` that are not content, in order, each with its reason; they do not overlap.

    ``title`` is kept where it stands first, also where it is short; its copies are ``repeated``.
    """
    lines = split_lines(text)
    return as_spans(lines, line_reasons(lines, lang, title))


def as_spans(lines: list[Line], reasons: list[str | None]) -> tuple[Span, ...]:
    """A span for each line that has a reason."""
    return tuple(
        Span(start=line.start, end=line.end, reason=reason)
        for line, reason in zip(lines, reasons, strict=True)
        if reason is not None
    )


def line_reasons(lines: list[Line], lang: str, title: str = "") -> list[str | None]:
    """For each line the reason why it is not content, or None."""
    reasons = [_own_reason(line, lang) for line in lines]
    body = [at for at, line in enumerate(lines) if line.prose and reasons[at] is None]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    _masthead(lines, reasons)
    for at, line in enumerate(lines[:first]):
        reasons[at] = reasons[at] or menu_reason(line, lang, foot=False)
    headline = _headline_at(lines, reasons, first, title)
    _copies(lines, reasons, headline, first)
    for at, line in enumerate(lines):
        if reasons[at] is not None or at == headline:
            continue
        if _is_credited(line):
            reasons[at] = "caption"
        elif body and headline is not None and headline < at < first and is_byline(line):
            reasons[at] = "byline"
        elif body and (at < first or at > last) and line.words <= _LABEL_WORDS and not line.closed:
            reasons[at] = "chrome"
        elif body and at > last:
            reasons[at] = menu_reason(line, lang, foot=True)
    _runs(lines, reasons, last)
    _subheadings(lines, reasons, headline, first, last)
    return reasons


def find_headline(lines: list[Line], reasons: list[str | None]) -> Line | None:
    """The line that reads best as the headline: a repeated one above the body, else the first that is no furniture."""
    body = [at for at, line in enumerate(lines) if line.prose and reasons[at] is None]
    at = _headline_at(lines, reasons, body[0] if body else len(lines), "")
    return lines[at] if at is not None else None


def _own_reason(line: Line, lang: str) -> str | None:
    if date_strength(line, lang):
        return "date_line"
    return phrase_reason(line)


def _headline_at(lines: list[Line], reasons: list[str | None], first: int, title: str) -> int | None:
    if title:
        wanted = Line(0, len(title), title, False).key
        for at, line in enumerate(lines):
            if line.key == wanted:
                return at
    low, high = _TITLE_WORDS
    # Copies of a headline are marked by then or not: both are furniture of the same line, so "repeated" does not count.
    head = [at for at in range(min(first, len(lines))) if reasons[at] in (None, "repeated")]
    fitting = [at for at in head if low <= lines[at].words <= high and not _is_credited(lines[at])]
    copies = Counter(line.key for line in lines)
    for at in fitting:
        if copies[lines[at].key] > 1 and lines[at].words > low:
            return at
    if fitting and first < len(lines):
        # Above or below the headline may stand a second one; the true one is nearer to what the lead says.
        share = [overlap(lines[at], lines[first]) for at in fitting]
        best = max(share)
        return fitting[0] if best < share[0] + _NEARER else fitting[share.index(best)]
    if fitting:
        return fitting[0]
    # A headline may be a full sentence with its stop: the first line, when shorter than what follows.
    rest = [line.words for line in lines[first + 1 :] if line.prose]
    if first < len(lines) and rest and lines[first].words <= _LEAD_TITLE_WORDS and lines[first].words < max(rest):
        return first
    return head[0] if head and lines[head[0]].words > 1 else None


def _masthead(lines: list[Line], reasons: list[str | None]) -> None:
    """Names under "editor-in-chief" and the like, line by line, until a blank line or a longer line."""
    cues = phrases().masthead
    for at, line in enumerate(lines[1:], start=1):
        before = reasons[at - 1] == "masthead" and lines[at - 1].key in cues
        if before and reasons[at] is None and line.words <= _NAME_WORDS and not line.closed:
            reasons[at] = "masthead"


def _copies(lines: list[Line], reasons: list[str | None], headline: int | None, first: int) -> None:
    seen: dict[str, int] = {}
    for at, line in enumerate(lines):
        earlier = seen.setdefault(line.key, at)
        if earlier == at or reasons[at] is not None or line.words < 2:
            continue
        short = line.words <= _NAME_WORDS + 2 and not line.closed
        if short and at < first and earlier != headline and at - earlier <= 2:
            # A picture's caption and its alternative text: the same few words twice above the body.
            reasons[earlier] = reasons[earlier] or "caption"
            reasons[at] = "caption"
        elif earlier == headline or line.words >= 3:
            reasons[at] = "repeated"
    for at in cut_copies(lines):
        if reasons[at] is None and at != headline:
            reasons[at] = "repeated"


def _is_credited(line: Line) -> bool:
    """Whether a short line ends in an agency's name in brackets, as a picture's caption does."""
    found = _CREDIT.search(line.text)
    if not found or line.words > _CAPTION_WORDS:
        return False
    inside = Line(0, 0, found[1], False).key
    before = line.text[: found.start()].rstrip()
    known = any(part in phrases().agencies for part in [inside, *re.split(r"\s*[/,،-]\s*|\s+via\s+", inside)])
    return known and before[-1:] not in ".!?؟…"


def _runs(lines: list[Line], reasons: list[str | None], last: int) -> None:
    """Headlines below a "read also" line, and what stands below the furniture at the foot of the page."""
    related = footed = False
    for at, line in enumerate(lines):
        if reasons[at] is not None:
            cue_only = line.words <= 4 or line.text.rstrip().endswith(":")
            related = reasons[at] == "related" and (related or cue_only)
            footed = footed or (at > last and reasons[at] in _TAIL_REASONS)
        elif line.prose or (line.closed and at < last):
            related = False
        elif related and line.words >= 2:
            reasons[at] = "related"
        elif footed and line.words <= _CAPTION_WORDS:
            reasons[at] = "chrome"
        else:
            related = False


def _subheadings(lines: list[Line], reasons: list[str | None], headline: int | None, first: int, last: int) -> None:
    for at in range(first + 1, last):
        line = lines[at]
        if reasons[at] is not None or at == headline or line.prose or line.closed or line.words > _SUBHEADING_WORDS:
            continue
        if _BULLET.match(line.text) or line.text.rstrip()[-1:] in ":,،;؛":
            continue
        if _quoted(line.text) and not any(line.key in other.folded for other in lines[at + 1 : at + 6] if other.prose):
            continue
        if _is_listed(lines, reasons, at):
            continue
        reasons[at] = "subheading"


def _quoted(text: str) -> bool:
    """A line that is a quotation as a whole is something that was said, unless the text below says it again."""
    return text[:1] in '«“"„' and text.rstrip()[-1:] in '»”"“'


def _is_listed(lines: list[Line], reasons: list[str | None], at: int) -> bool:
    """Whether the line is one of several short lines in a row: a list or verse, which is content."""

    def loose(other: int) -> bool:
        return 0 <= other < len(lines) and reasons[other] in (None, "subheading") and not lines[other].prose

    return loose(at - 1) or loose(at + 1)
