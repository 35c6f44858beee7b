"""A sentence as attribution reads it: its words, the keys that they are looked up by, and the signs between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.attribute.lexicon import Lexicon
from claims.text.words import Word, words

# Signs that end a phrase.
STOPS = ',،.;؛:«»"“”„()–—'


@dataclass(slots=True)
class Sentence:
    """The words of ``text[start:end]`` with their keys; indices below are word indices."""

    text: str
    start: int
    end: int
    lexicon: Lexicon
    tokens: list[Word] = field(init=False)
    keys: list[tuple[str, ...]] = field(init=False)
    plain: list[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = words(self.text, self.start, self.end)
        self.keys = [self.lexicon.keys(word) for word in self.tokens]
        self.plain = [self.lexicon.plain_keys(w) for w in self.tokens] if self.lexicon.clitic else self.keys

    def between(self, left: int, right: int) -> str:
        """The text between two words; an index outside the sentence stands for its edge."""
        low = self.tokens[left].end if left >= 0 else self.start
        high = self.tokens[right].start if right < len(self.tokens) else self.end
        return self.text[low:high]

    def stopped(self, left: int, right: int) -> bool:
        """Whether a sign that ends a phrase stands between two words."""
        return any(sign in STOPS for sign in self.between(left, right))

    def count(self, start: int, end: int) -> int:
        """How many words lie in a stretch of the text."""
        return sum(start <= word.start and word.end <= end for word in self.tokens)

    def surface(self, first: int, last: int) -> str:
        """The text of the words ``[first, last]``."""
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def is_in(self, name: str, index: int) -> bool:
        """Whether word ``index`` exists and belongs to a closed class."""
        return 0 <= index < len(self.tokens) and self.lexicon.is_in(name, self.tokens[index])
