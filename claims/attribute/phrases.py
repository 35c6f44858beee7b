"""The phrases around a cue: its verb group and its source, by closed classes of words and signs."""

from __future__ import annotations

from claims.attribute.clause import Clause, CueHit
from claims.attribute.governing import governed
from claims.text.segment import CLOSING_MARKS, OPENING_MARKS

# First and last word of a phrase.
Range = tuple[int, int]
Span = tuple[int, int]

# Adverbs shorter than this only look as if they had the ending.
_SHORTEST_ADVERB = 5
_HARD = ';:—–―…“”«»"'
COMMAS = ",،"
NOUN_ACTS = ("nominal", "opening", "nominal_pronoun")


class Phrases:
    """Phrases of one sentence. ``by_order``: the order of words tells subject from object (no case, no clitics)."""

    def __init__(self, clause: Clause) -> None:
        self.clause = clause
        self.sentence = clause.sentence
        self.text = clause.sentence.text
        settings = clause.lexicon.settings
        self.by_order = "clause_words" in settings
        self._adverb: str = settings.get("adverb_suffix", "")
        self._participle: str = settings.get("participle_suffix", "")
        self._apostrophes = tuple(settings.get("contracted", ()))

    # ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _is(self, index: int, *names: str) -> bool:
        return any(self.sentence.is_in(name, index) for name in names)

    def _gap(self, right: int) -> str:
        """The signs before word ``right``."""
        return self.sentence.between(right - 1, right)

    def _comma(self, right: int) -> bool:
        return any(sign in COMMAS for sign in self._gap(right))

    def _hard(self, right: int) -> bool:
        gap = self._gap(right)
        return any(sign in _HARD for sign in gap) or " - " in gap or "--" in gap

    def _is_adverb(self, index: int) -> bool:
        light = self.clause.tokens[index].light
        return bool(self._adverb) and len(light) >= _SHORTEST_ADVERB and light.endswith(self._adverb)

    def span(self, of: Range) -> Span:
        """The code points of a range of words; a contracted verb brings its apostrophe."""
        start, end = self.clause.tokens[of[0]].start, self.clause.tokens[of[1]].end
        if start and self.text[start - 1] in "'’" and self.clause.tokens[of[0]].light in self._apostrophes:
            start -= 1
        return start, end

    def source_span(self, of: Range) -> Span:
        """The code points of a source; an apposition keeps the comma that closes it, brackets close."""
        start, end = self.span(of)
        inner = self.text[start:end]
        if inner.count("(") > inner.count(")") and self.text[end : end + 2].strip(".% ")[:1] == ")":
            end = self.text.index(")", end) + 1
        if self.text[end : end + 1] == "." and len(inner.split()[-1]) <= 3 and self.text[end + 1 : end + 3].strip():
            end += 1
        if any(sign in COMMAS for sign in inner) and self.text[end : end + 1] in COMMAS:
            end += len(self.text[end : end + 1])
        return start, end

    # ── Verb and subject ─────────────────────────────────────────────────────────────────────────────────────────────

    def verb_group(self, hit: CueHit) -> Range:
        """A cue with the auxiliaries and adverbs before it ("has repeatedly said")."""
        first = hit.first
        while first > 0 and hit.cue.verb and not self._comma(first) and not self._hard(first):
            if not (self._is(first - 1, "cue_helpers") or self._is_adverb(first - 1)):
                break
            first -= 1
        return first, hit.last

    def may_be_verb(self, hit: CueHit) -> bool:
        """Whether a word that may be a noun or a name stands where a verb does."""
        word = self.clause.tokens[hit.first]
        if not self.by_order or not hit.cue.verb:
            return True
        before = hit.first - 1
        if word.surface[0].isupper() and before >= 0 and not self.clause.tokens[before].surface[0].isupper():
            return False
        if hit.first != hit.last or not self._is(hit.first, "noun_cues"):
            return True
        if before < 0 or self._comma(hit.first) or self._hard(hit.first):
            return False
        if self._is(before, "subject_pronouns", "relatives", "cue_helpers") or self._is_adverb(before):
            return not self._is(before, "possessive_mark")
        named = any(m.last == before and m.kind != "demonym" for m in self.clause.mentions)
        follows = (
            self._is(hit.last + 1, "complementizers", "determiners", "subject_pronouns")
            or self._light(hit.last + 1) == "to"
        )
        return named or follows or any(s in OPENING_MARKS for s in self._gap(hit.last + 1))

    def _light(self, index: int) -> str:
        return self.clause.tokens[index].light if index < len(self.clause.tokens) else ""

    def is_participle(self, hit: CueHit, cue: Range) -> bool:
        """Whether a cue is a participle with the subject of its sentence, and no progressive form with its own."""
        form = hit.cue.act == "participle" or bool(
            self._participle and self._light(hit.first).endswith(self._participle) and hit.cue.verb
        )
        return form and not any(self._is(i, "be_forms") for i in range(cue[0], hit.first))

    def is_relative(self, source: Range) -> bool:
        """Whether a source is the pronoun of a relative clause between commas."""
        return source[0] == source[1] and self._is(source[0], "relatives") and self._comma(source[0])

    def agent(self, hit: CueHit, cue: Range) -> Range | None:
        """The source of a passive: "was endorsed by the union"."""
        if not self._is(hit.last + 1, "agents") or not any(self._is(i, "be_forms") for i in range(cue[0], hit.first)):
            return None
        return self.behind_noun(CueHit(hit.first, hit.last + 1, hit.cue, hit.joined))

    def governed_end(self, hit: CueHit, side: str) -> int:
        """The last word of a cue with the preposition that belongs to it ("complained about")."""
        behind = hit.last + 1
        listed = "cue_prepositions" if hit.cue.act != "say" else "saying_prepositions"
        if side in ("before", "shared") and hit.cue.verb and self._is(behind, listed) and not self._gap(behind).strip():
            return behind
        return hit.last

    def first_subject(self, stop: int) -> Range | None:
        """Whom the sentence is about up to a word: the phrase up to its first verb is not known, its mention is."""
        for mention in self.clause.mentions:
            if mention.last >= stop:
                break
            if mention.kind == "demonym" or self.clause.quoted(mention.first):
                continue
            if not governed(mention, self.clause, 0):
                return self._with_determiner(mention.first), mention.last
        first = next((i for i in range(min(stop, 6)) if self._is(i, "subject_pronouns")), None)
        return (first, first) if first is not None else None

    def _with_determiner(self, first: int) -> int:
        while (
            first > 0
            and not self._comma(first)
            and not self._hard(first)
            and self._is(first - 1, "determiners", "adjectives")
        ):
            first -= 1
        return first

    def before_verb(self, cue: Range, floor: int) -> Range | None:
        """The subject before a verb group: its clause from the beginning, with an apposition between commas."""
        last = cue[0] - 1
        if last < floor:
            return None
        closing = self._comma(cue[0])
        if not closing and (self._is(last, "subject_pronouns", "relatives") or self._is_that(last)):
            return last, last
        start, opened = last, None
        while start > floor:
            if self._hard(start) or (self._is(start - 1, "clause_words") and not (closing and opened is None)):
                break
            if self._comma(start):
                if not closing or opened is not None:
                    break
                opened = start
            if not closing and self._is(start - 1, "relatives") and not self._is(last, "relatives"):
                break
            start -= 1
        if closing and start > floor and start < len(self.clause.tokens) and opened is not None:
            start = self._whole_apposition(start, floor, cue)
        if closing and opened is None:
            return None
        if opened is not None and self._is(opened, "prepositions", "time_openers", "adjuncts"):
            last = opened - 1
        return self._trimmed(start, last)

    def _whole_apposition(self, start: int, floor: int, cue: Range) -> int:
        """Back to the quotation that a subject with several appositions follows, if nothing but they stand between."""
        low = start
        while low > floor and not self._hard(low):
            low -= 1
        behind_quote = low > 0 and any(sign in CLOSING_MARKS for sign in self._gap(low))
        named = low == 0 and self._comma(start) and not self.clause.tokens[start].surface[0].isupper()
        if not (behind_quote or named) or self._is(low, "prepositions", "clause_words", "time_openers", "joints"):
            return start
        main = [
            i for i in range(low, cue[0]) if self._is(i, "finite", "subject_pronouns") and not self._is(i, "relatives")
        ]
        return start if any(not any(self._is(j, "relatives") for j in range(low, i)) for i in main) else low

    def _is_that(self, index: int) -> bool:
        """Whether "that" stands for a noun before it."""
        return (
            self._is(index, "complementizers") and index > 0 and not any(h.last == index - 1 for h in self.clause.cues)
        )

    def _trimmed(self, start: int, last: int) -> Range | None:
        """A phrase without the conjunctions, adverbs and prepositional phrases that open its clause."""
        while start <= last and (
            self._is(start, "coordinators", "cue_helpers", "joints", "time_openers") or self._is_adverb(start)
        ):
            start += 1
        while last > start and self._is(last, "adjuncts"):
            last -= 1
        if start > last:
            return None
        if self._is(last, "coordinators"):
            # Two verbs of one subject, the first of which is no cue.
            return self.first_subject(last)
        if self._is(start, "prepositions"):
            inside = [m for m in self.clause.mentions if start < m.first and m.last <= last and m.kind != "demonym"]
            free = [m for m in inside if not governed(m, self.clause, start)]
            if not free:
                return None
            start = self._with_determiner(free[0].first)
        return start, last

    def is_inverted(self, hit: CueHit, cue: Range) -> bool:
        """Whether the subject stands behind the verb: “…,” said the minister; …, said the minister on Friday."""
        if hit.last + 1 >= len(self.clause.tokens) or not hit.cue.verb or self.is_participle(hit, cue):
            return False
        if cue[0] == 0:
            return hit.cue.act == "say" and self.clause.tokens[hit.last + 1].surface[0].isupper()
        gap = self._gap(cue[0])
        behind = hit.last + 1
        if self._is(behind, "prepositions", "complementizers", "clause_words") or self._gap(behind).strip():
            return False
        if any(sign in CLOSING_MARKS for sign in gap):
            return True
        if not any(sign in COMMAS + "—–―" for sign in gap) or hit.cue.act != "say":
            return False
        upper = self.clause.tokens[behind].surface[0].isupper() or self._is(behind, "determiners")
        rest = range(behind, len(self.clause.tokens))
        verbs = [i for i in rest if self._is(i, "finite", "complementizers")]
        return upper and not any(not any(self._is(j, "relatives") for j in range(behind, i)) for i in verbs)

    def behind_verb(self, hit: CueHit) -> Range | None:
        """An inverted subject: name, title and apposition, up to where and when it was said."""
        first = hit.last + 1
        if first >= len(self.clause.tokens):
            return None
        if self._is(first, "subject_pronouns"):
            return first, first
        named, apposed = True, False
        last = first
        for index in range(first, len(self.clause.tokens)):
            word = self.clause.tokens[index]
            if index > first:
                if self._hard(index) or (not apposed and self._is(index, "time_openers", "adjuncts", "clause_words")):
                    break
                if self._comma(index):
                    relative = self._is(index, "relatives")
                    opens = self._is(index, "prepositions", "subject_pronouns", "coordinators", "joints")
                    if (opens and not relative) or any(h.first == index for h in self.clause.cues):
                        break
                    apposed = True
                elif (
                    self._is(index, "prepositions") and named and not apposed and not self._is(index, "of_words")
                ) or (self._is(index, "prepositions") and self._opens_place(index)):
                    break
            named = named and word.surface[0].isupper()
            last = index
        return first, last

    def _opens_place(self, index: int) -> bool:
        """Whether a preposition opens where or when something was said ("in an interview", "on Friday")."""
        near = range(index + 1, min(len(self.clause.tokens), index + 5))
        return any(self._is(i, "time_openers", "occasions") for i in near)

    def behind_noun(self, hit: CueHit) -> Range | None:
        """The source behind "according to": up to the comma that ends the phrase, or the sentence's end."""
        first = hit.last + 1
        tokens = self.clause.tokens
        if first >= len(tokens) or self._is(first, "complementizers"):
            return None
        last = first
        for index in range(first + 1, len(tokens)):
            apposed = self._comma(index) and hit.first > 1 and self._is(index, "determiners", "relatives")
            if (
                self._hard(index)
                or (self._comma(index) and not apposed)
                or self._is(index, "complementizers", "adjuncts")
            ):
                break
            last = index
        return first, last
