"""The clauses before and behind a cue: what of a sentence is the content of an attribution."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribute.clause import CueHit
from claims.attribute.phrases import COMMAS, NOUN_ACTS, Phrases, Range, Span
from claims.text.segment import CLOSING_MARKS, OPENING_MARKS, trim

# Between a cue and the "that" or the mark that opens its content stand at most so many words ("told reporters in …").
_OPENS_WITHIN = 14
# A coordinated clause's own cue follows its conjunction within so many words.
_CLAUSE_HEAD = 9
# Behind a source and its cue, addressee, place and day are at most so many words.
_TAIL = 12
# A place or a day that ends a sentence takes at most so many words.
_PLACE = 7
_OUTER = " \t\n\u00a0,;:.—–―-،؛"


class Contents(Phrases):
    """The phrases of one sentence, and the stretches of it that may be contents."""

    def is_parenthetical(self, source: Range, hit: CueHit) -> bool:
        """Whether source and cue stand between signs as an aside: "…, he said, …", “…,” X said."""
        first = source[0]
        if first == 0:
            return False
        gap = self._gap(first)
        if not any(sign in COMMAS + "—–―-" or sign in CLOSING_MARKS for sign in gap):
            return False
        behind = self._skip_adjuncts(hit.last + 1)
        count = len(self.clause.tokens)
        if behind >= count or self._ends_soon(hit.last + 1):
            return True
        after = self._gap(behind)
        if self._is(behind, "complementizers"):
            return False
        if ":" in after:
            return False
        return any(sign in COMMAS for sign in after) or (any(s in CLOSING_MARKS for s in gap) and "." not in gap)

    def _ends_soon(self, index: int) -> bool:
        """Whether only an addressee, a place or a day follows up to the end of the sentence."""
        rest = range(index, len(self.clause.tokens))
        if len(rest) > _TAIL or any(self._gap(i).strip(" \u00a0.\"'’") for i in rest):
            return False
        return not any(self._is(i, "finite", "complementizers", "subject_pronouns", "clause_words") for i in rest) and (
            self._is(index - 1, "addressed")
        )

    def _skip_adjuncts(self, index: int) -> int:
        """Past where, when and to whom something was said, up to the next sign; ``index`` where a clause goes on."""
        end = index
        while end < len(self.clause.tokens) and not self._gap(end).strip(" \u00a0"):
            end += 1
        if end == index or not self._is(index, "prepositions", "time_openers", "adjuncts"):
            return index
        return end

    def around(self, head: int, tail: int, later: Sequence[CueHit]) -> Span | None:
        """The content before a source and its cue, and what of it goes on behind them."""
        start = self._start_before(head)
        if start == self.sentence.start and self._opens_circumstance(head):
            return self.behind(tail, later)
        stop = self.clause.tokens[head].start
        end = self._cut(start, stop)
        if end is None:
            return None
        behind = self._skip_adjuncts(tail + 1)
        if behind < len(self.clause.tokens):
            gap = self._gap(behind)
            opens = any(sign in OPENING_MARKS for sign in gap)
            new = self._is(behind, "clause_words") or any(h.first == behind for h in later)
            goes_on = (any(sign in COMMAS for sign in gap) and not new) or opens
            if goes_on and not (
                self._is(behind, "coordinators", "joints") and self._own_cue(behind, later) and not opens
            ):
                after = self._end(behind, later, False)
                return (start, after) if after else (start, end)
        return start, end

    def _opens_circumstance(self, head: int) -> bool:
        """Whether only a time or a place stands before an aside ("After the talks, he said, the two …")."""
        if not self._is(0, "prepositions", "clause_words", "time_openers") or head + 1 >= len(self.clause.tokens):
            return False
        inside = any(self._comma(i) for i in range(1, head))
        return not inside and not any(low < self.clause.tokens[head].start for low, _ in self.clause.quotes)

    def _start_before(self, head: int) -> int:
        stop = self.clause.tokens[head].start
        quote = next(
            (low for low, high in self.clause.quotes if high <= stop and not self.text[high:stop].strip(_OUTER)), None
        )
        if quote is not None:
            before = self.text[self.sentence.start : quote].rstrip()
            if not before or before.endswith(":"):
                return quote
        return self.sentence.start

    def behind(
        self, tail: int, later: Sequence[CueHit], relative: bool = False, hit: CueHit | None = None
    ) -> Span | None:
        """The content behind a cue (and an inverted source), from the word that opens it to the end of its clause."""
        first = tail + 1
        tokens = self.clause.tokens
        if first >= len(tokens):
            return None
        opened = self._opening(first, later, hit)
        start = tokens[opened].start
        low = tokens[opened - 1].end if opened else self.sentence.start
        start = next((i for i in range(low, start) if self.text[i] in OPENING_MARKS), start)
        end = self._end(opened, later, relative, hit)
        return (start, end) if end and end > start else None

    def _opening(self, first: int, later: Sequence[CueHit], hit: CueHit | None) -> int:
        """Where the content opens: past addressee, place and day if a "that" or a quotation follows them."""
        stop = min(len(self.clause.tokens), first + _OPENS_WITHIN, *(other.first for other in later[:1]))
        if stop <= first:
            return first
        addressed = hit is not None and self._is(hit.last, "addressed")
        if self._is(first, "complementizers") or (hit is not None and hit.cue.act == "attitude" and not addressed):
            return first
        beside = addressed or self._is(first, "prepositions", "time_openers", "adjuncts")
        for index in range(first, stop):
            gap = self._gap(index)
            if any(s in OPENING_MARKS for s in gap) and (any(s in COMMAS + ":" for s in gap) or beside):
                return index
            if index > first and beside and self._is(index, "complementizers"):
                return index
            if index > first and addressed and self._is(index, "subject_pronouns") and not self._is(index, "relatives"):
                return index
            if index > first and self._is(index, "clause_words", "relatives"):
                break
        start = first
        while start < stop and (self._is(start, "time_openers", "adjuncts")):
            start += 1
        return start if start < stop else first

    def _end(self, start: int, later: Sequence[CueHit], relative: bool, own: CueHit | None = None) -> int | None:
        """Where a content ends that begins at a word: with the sentence, or where another attribution takes over."""
        stop = self.sentence.end
        for hit in later:
            if hit.first <= start or self.clause.quoted(hit.first):
                continue
            cut = self._takes_over(hit, start)
            if cut is not None:
                stop = self.clause.tokens[cut].start
                break
        thing = own is not None and own.cue.act != "say" and not self._is(start, "complementizers")
        if thing:
            # What is praised or attacked is a noun: a relative clause behind a comma only says more of it.
            more = (i for i in range(start + 1, len(self.clause.tokens)) if self._comma(i) and self._is(i, "relatives"))
            stop = min(stop, next((self.clause.tokens[i].start for i in more if not self.clause.quoted(i)), stop))
            turned = (i for i in range(start + 1, len(self.clause.tokens) - 1) if self._turns(i))
            stop = min(stop, next((self.clause.tokens[i].start for i in turned), stop))
            placed = (
                i
                for i in range(max(start + 1, len(self.clause.tokens) - _PLACE), len(self.clause.tokens))
                if self._is(i, "prepositions")
            )
            stop = min(stop, next((self.clause.tokens[i].start for i in placed if self._opens_place(i)), stop))
        if relative:
            stop = next(
                (self.clause.tokens[i].start for i in range(start + 1, len(self.clause.tokens)) if self._comma(i)), stop
            )
        return self._cut(self.clause.tokens[start].start, stop)

    def _turns(self, index: int) -> bool:
        """Whether "but" opens another verb of the same subject."""
        both = self._is(index, "coordinators") and self._is(index, "clause_words")
        return both and self._is(index + 1, "finite") and not self.clause.quoted(index)

    def _takes_over(self, hit: CueHit, start: int) -> int | None:
        """The word before which a content ends because a later cue begins a clause of its own."""
        first = self.verb_group(hit)[0]
        if hit.cue.act in NOUN_ACTS or self.is_participle(hit, (first, hit.last)):
            return first if self._comma(first) or hit.cue.act in NOUN_ACTS else None
        if self._is(first - 1, "coordinators"):
            return first - 1 if first - 1 > start else None
        for index in range(first - 1, max(start, first - _CLAUSE_HEAD), -1):
            if self._is(index, "complementizers"):
                return None
            if self._comma(index):
                joined = self._is(index, "coordinators", "joints", "subject_pronouns")
                return index if joined or self._is(0, "clause_words", "joints") else None
        return None

    def _own_cue(self, index: int, later: Sequence[CueHit]) -> bool:
        return any(hit.first - index <= _CLAUSE_HEAD for hit in later)

    def _cut(self, start: int, stop: int) -> int | None:
        """The end of a stretch without outer signs; a closing mark of a quotation in it stays."""
        inner = trim(self.text, start, stop)
        while inner and self.text[inner[1] - 1] in _OUTER and not self._closes_abbreviation(inner[1]):
            inner = trim(self.text, inner[0], inner[1] - 1)
        if inner and self.text[inner[1] - 1] in OPENING_MARKS - CLOSING_MARKS:
            inner = trim(self.text, inner[0], inner[1] - 1)
        return inner[1] if inner else None

    def _closes_abbreviation(self, end: int) -> bool:
        return self.text[end - 1] == "." and any(word.end == end for word in self.clause.tokens[-8:])

    def around_noun(self, hit: CueHit, head: int, tail: int) -> Span | None:
        """The content of "according to X": behind its comma at the head of a sentence, else what stands before it."""
        tokens = self.clause.tokens
        if head <= 1 and tail + 1 < len(tokens):
            end = self._cut(tokens[tail + 1].start, self.sentence.end)
            low = tokens[tail + 1].start
            if self.text[low - 1] in OPENING_MARKS:
                low -= 1
            return (low, end) if end else None
        end = self._cut(self.sentence.start, tokens[head].start)
        return (self.sentence.start, end) if end else None
