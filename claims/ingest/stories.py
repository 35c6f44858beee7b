"""Where a second story begins below the first on one page.

Pages append other stories ("read also", then a headline, a dateline and a whole text), and digests put several under
one another. A headline alone, a list of headlines, or a promoted headline in the middle of a story is none: what
follows must read as a new beginning. Evidence is added up in points; the points are few and stated here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.ingest.lines import Line, is_cut_copy, overlap, split_lines
from claims.ingest.phrases import date_strength, phrase_reason, phrases

_POINTS_NEEDED = 4
_HEADLINE_WORDS = (3, 25)
# So much must stand below a headline to be a story: two paragraphs, or one, where the evidence is stronger.
_BODY_WORDS = 40
_BODY_WORDS_STRONG = 18
_NEAR = 5
_FOOT = frozenset({"keywords", "source", "copyright", "comments", "rating", "newsletter", "share", "masthead"})
_PLACE = r"(?P<place>[^\W\d_][^\n–—:;؛؟?!«»\"“”]{1,60}?)"
_DATELINE = re.compile(rf"^{_PLACE}\s*(?:[–—]|--?|ـ)\s*(?=\S)")
_SLASHED = re.compile(r"^(?P<place>[^\W\d_][^\n/:?!«»\"“”]{1,50}?)\s*/\s*(?P<agency>[^/\n]{2,30})\s*/")
_CREDITED = re.compile(r"[(\[/,]\s*[^()\[\]/,]{2,30}\s*[)\]/,]?\s*$")
_DASH = re.compile(r"\s[–—-]\s")
_SMALL_WORDS = frozenset({"de", "la", "le", "du", "des", "of", "the", "and", "et", "el", "al", "on", "via", "и"})


@dataclass(frozen=True)
class _Page:
    lines: list[Line]
    reasons: list[str | None]
    stamps: list[int]

    def body(self, at: int) -> bool:
        """Whether line ``at`` is a paragraph of a story."""
        return self.lines[at].prose and self.reasons[at] is None and not self.stamps[at]


def split_stories(text: str, lang: str = "und") -> tuple[tuple[int, int], ...]:
    """``(start, end)`` of each story of ``text``, in order, without gaps; at least one, the first from offset 0."""
    lines = split_lines(text)
    page = _Page(lines, [phrase_reason(line) for line in lines], [date_strength(line, lang) for line in lines])
    starts = [0]
    opened = 0
    for at in range(1, len(lines)):
        if at < opened + 2 or not _may_open(page, at, opened):
            continue
        points = _points(page, at, opened)
        if points >= _POINTS_NEEDED and _has_body(page, at, strong=points > _POINTS_NEEDED):
            opened = _with_stamp_above(page, at, opened)
            starts.append(lines[opened].start)
    return tuple(zip(starts, [*starts[1:], len(text)], strict=True))


def opens_with_dateline(line: Line) -> bool:
    """Whether a paragraph opens with place, dash: "GENEVA (AP) —", "МОСКВА, 5 марта. /ТАСС/.", "القاهرة – "."""
    if slashed := _SLASHED.match(line.text):
        return slashed["place"].split()[0][:1].isupper() and Line(0, 0, slashed["agency"], False).words <= 3
    found = _DATELINE.match(line.text)
    if not found:
        return False
    place = found["place"].strip()
    words = [word.strip(".,()") for word in place.split()]
    if len(words) > 7 or not words:
        return False
    named = [word for word in words if word[:1].isalpha() and word.casefold() not in _SMALL_WORDS]
    marked = any(char.isdigit() for char in place) or bool(_CREDITED.search(place))
    if any(word.lower() != word.upper() for word in named):
        if marked:
            return words[0][:1].isupper()
        # "Berlin - the city …" or a Russian copula's dash is no dateline; a place in capitals, or a lone place, is.
        shouted = all(word.isupper() for word in named) and len(max(named, key=len)) > 2
        spaced = not _DASH.search(line.text[found.end() :][:80])
        capital_next = line.text[found.end() : found.end() + 1].isupper()
        return shouted or (len(named) <= 2 and all(word[:1].isupper() for word in named) and spaced and capital_next)
    return marked or (len(words) <= 3 and not _DASH.search(line.text[found.end() :][:80]))


def _may_open(page: _Page, at: int, opened: int) -> bool:
    """Whether line ``at`` can be a headline with a paragraph of its own, below a story that has one already."""
    line = page.lines[at]
    low, high = _HEADLINE_WORDS
    if page.reasons[at] is not None or page.stamps[at] or not low <= line.words <= high:
        return False
    if line.closed and line.words >= 12:
        return False
    lead = _lead(page, at)
    return lead is not None and any(page.body(earlier) for earlier in range(opened, at))


def _lead(page: _Page, at: int) -> int | None:
    """The first paragraph below a headline; None where too much else stands between."""
    for below in range(at + 1, min(at + 1 + _NEAR, len(page.lines))):
        if page.body(below):
            return below
        if page.reasons[below] == "related":
            return None
        headline_again = page.lines[below].key == page.lines[at].key
        if page.reasons[below] is None and not page.stamps[below] and not headline_again and below > at + 2:
            return None
    return None


def _points(page: _Page, at: int, opened: int) -> int:
    lead = _lead(page, at)
    assert lead is not None
    lines = page.lines
    last = next(above for above in range(at - 1, -1, -1) if page.body(above))
    between = page.reasons[last + 1 : at]
    points = 1 if "related" in between else 0
    if _FOOT.intersection(reason for reason in between if reason):
        points += 2
    dateline = opens_with_dateline(lines[lead])
    points += 2 if dateline else 0
    stamp = max([*page.stamps[at + 1 : lead], page.stamps[at - 1]], default=0)
    points += stamp
    if "byline" in page.reasons[at + 1 : lead]:
        points += 2
    if any(_again(lines[at], lines[below]) for below in range(at + 1, min(at + 1 + _NEAR, len(lines)))):
        points += 2
    shared = overlap(lines[at], lines[lead])
    points += 2 if shared >= 0.5 else 1 if shared >= 0.3 else 0
    first = next((line for line in range(opened, at) if page.body(line)), None)
    if first is not None:
        # Did the page's first story open in the same way? Then the page is a digest.
        alike = (dateline and opens_with_dateline(lines[first])) or (stamp and any(page.stamps[opened:first]))
        points += 1 if alike else 0
    folded = lines[lead].folded
    if any(
        folded.startswith(start) and (start[-1:] == " " or not folded[len(start) :][:1].isalnum())
        for start in phrases().continuers
    ):
        points -= 3
    return points


def _again(headline: Line, line: Line) -> bool:
    return headline.key == line.key or is_cut_copy(headline, line)


def _has_body(page: _Page, at: int, *, strong: bool) -> bool:
    paragraphs = words = 0
    for below in range(at + 1, len(page.lines)):
        if page.reasons[below] == "related":
            break
        if page.body(below):
            paragraphs += 1
            words += page.lines[below].words
        if words >= _BODY_WORDS and (paragraphs >= 2 or words >= 2 * _BODY_WORDS):
            return True
    return strong and words >= _BODY_WORDS_STRONG


def _with_stamp_above(page: _Page, at: int, opened: int) -> int:
    """The line where the story begins: a date stamp right above its headline belongs to it, not to the story before."""
    above = at - 1
    foot = any(reason in _FOOT | {"related"} for reason in page.reasons[opened:above])
    if page.stamps[above] == 2 and (foot or page.lines[above].gap) and not any(page.stamps[at + 1 : at + 3]):
        return above
    return at
