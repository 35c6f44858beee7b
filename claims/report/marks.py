"""Which words of two statements are only in the one or only in the other."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from claims.text.script import dominant_script
from claims.text.words import Word, words

MOST_WORDS = 600
LEAST_SHARED = 0.2

Marked = Literal["marked", "other_language", "too_long", "too_different", "same"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation. ``only`` is true where its words are not in the other statement."""

    text: str
    only: bool = False


def compare(earlier: str, later: str, *, same_language: bool) -> tuple[tuple[Piece, ...], tuple[Piece, ...], Marked]:
    """Both quotations in pieces, and how the marks came about.

    Words compare folded (vowel marks, hamza seats, case), and a piece begins and ends at the edge of a word: no mark
    ever falls inside one, so the letters of an Arabic word stay joined. Statements in two languages, of more than 600
    words, or with less than a fifth of their words in common get no marks, since marks would say nothing there.
    """
    plain = (Piece(earlier),), (Piece(later),)
    if not same_language or dominant_script(earlier) != dominant_script(later):
        return *plain, "other_language"
    first, second = words(earlier), words(later)
    if max(len(first), len(second)) > MOST_WORDS:
        return *plain, "too_long"
    matcher = SequenceMatcher(None, [word.key for word in first], [word.key for word in second], autojunk=False)
    if matcher.ratio() < LEAST_SHARED:
        return *plain, "too_different"
    only_first: set[int] = set()
    only_second: set[int] = set()
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            only_first.update(range(a, b))
            only_second.update(range(c, d))
    if not only_first and not only_second:
        return *plain, "same"
    return _pieces(earlier, first, only_first), _pieces(later, second, only_second), "marked"


def _pieces(text: str, found: list[Word], only: set[int]) -> tuple[Piece, ...]:
    """The text cut at the edges of the marked words; neighbours with nothing but a space between become one piece."""
    spans: list[tuple[int, int]] = []
    for index in sorted(only):
        word = found[index]
        if spans and index - 1 in only and text[spans[-1][1] : word.start].isspace():
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
    pieces: list[Piece] = []
    done = 0
    for start, end in spans:
        pieces += [Piece(text[done:start]), Piece(text[start:end], True)]
        done = end
    pieces.append(Piece(text[done:]))
    return tuple(piece for piece in pieces if piece.text)
