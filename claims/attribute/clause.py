"""A sentence with its mentions, cues and quotations, and where its cues stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.attribute.lexicon import Cue, Lexicon
from claims.attribute.mention import Mention
from claims.attribute.sentence import Sentence
from claims.attribute.trie import Trie
from claims.text.words import Word

# Signs behind which a new clause may begin.
_CLAUSE_SIGNS = ',،.;؛:«»"“”()–—-!?؟…\n'
# An auxiliary stands so many words before its participle at most.
_AUXILIARY_WITHIN = 7
# Behind a verb and its subject the "that" of the content follows within so many words.
_THAT_WITHIN = 4


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue at words ``[first, last]``; ``joined`` says that a conjunction is written on to it."""

    first: int
    last: int
    cue: Cue
    joined: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence as attribution sees it; ``quotes`` are code points of the text, with their marks."""

    sentence: Sentence
    mentions: Sequence[Mention]
    quotes: Sequence[tuple[int, int]]
    cues: Sequence[CueHit] = ()

    @property
    def tokens(self) -> list[Word]:
        """The words of the sentence."""
        return self.sentence.tokens

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon of the sentence's language."""
        return self.sentence.lexicon

    def mentions_in(self, low: int, high: int) -> Sequence[Mention]:
        """The mentions that begin at the words ``[low, high)``."""
        first = bisect_left(self.mentions, low, key=_first)
        return self.mentions[first : bisect_left(self.mentions, high, lo=first, key=_first)]

    def quoted(self, index: int) -> bool:
        """Whether a word stands inside a quotation."""
        start = self.tokens[index].start
        return any(low < start < high for low, high in self.quotes)


def _first(mention: Mention) -> int:
    return mention.first


def find_cues(clause: Clause, trie: Trie[Cue] | None = None) -> list[CueHit]:
    """The cues of a sentence that stand where a cue can stand; ``trie`` holds other cues than the lexicon's own.

    Words inside a quotation are no cue, but for its first word right behind a mention: there the reporter quotes the
    verb along (X "stresses that …").
    """
    sentence, lexicon = clause.sentence, clause.lexicon
    named = {i for m in clause.mentions for i in range(m.first, m.last + 1)}
    ends = {mention.last for mention in clause.mentions}
    lights = [(word.light,) for word in sentence.tokens]
    hits: list[CueHit] = []
    cues = trie or lexicon.cues
    index = 0
    while index < len(sentence.tokens):
        keys = lexicon.cue_keys(sentence.tokens[index])
        match = cues.longest(keys, lights, index)
        if match is None or index in named or _is_noun_there(sentence, index):
            index += 1
            continue
        length, meanings = match
        joined = cues.longest(keys[:1], lights, index) is None
        hit = CueHit(index, index + length - 1, _preferred(meanings), joined)
        if hit.cue.act == "cited":
            hit = replace(hit, cue=Cue("nominal" if _cites(clause, hit) else "none", False))
        if _is_half(sentence, hit):
            index += length
            continue
        along = index - 1 in ends and not clause.quoted(index - 1) and ":" not in sentence.between(index - 1, index)
        quoted = clause.quoted(index) and not along
        if hit.cue.act != "none" and not quoted and _may_stand(clause, hit):
            hits.append(hit)
        index += length
    if lexicon.verb_first or trie is not None:
        return hits
    return [hit for hit in hits if not _is_aside(clause, hit, hits)]


def _is_noun_there(sentence: Sentence, index: int) -> bool:
    """Whether the word before makes a noun of a cue ("la denuncia"), and its ending is not a verb's alone."""
    endings = tuple(sentence.lexicon.settings.get("sure_endings", ()))
    sure = bool(endings) and sentence.tokens[index].surface.lower().endswith(endings)
    return sentence.is_in("not_after", index - 1) and not sure


def _cites(clause: Clause, hit: CueHit) -> bool:
    """Whether a small word stands behind a comma and right before whom it cites (", so the minister")."""
    before = clause.sentence.between(hit.first - 1, hit.first)
    first = hit.last + 1
    while clause.sentence.is_in("determiners", first):
        first += 1
    return hit.first > 0 and "," in before and any(m.first == first and m.kind != "demonym" for m in clause.mentions)


def _is_half(sentence: Sentence, hit: CueHit) -> bool:
    """Whether a joiner without a space ties the word to the next one: it is half of a compound («گفت‌وگو»)."""
    return sentence.between(hit.last, hit.last + 1) == "\u200c"


def _is_aside(clause: Clause, hit: CueHit, hits: Sequence[CueHit]) -> bool:
    """Whether a cue stands in a relative clause between commas that only says more of the subject of a later cue."""
    sentence = clause.sentence
    if not sentence.is_in("relatives", hit.first - 1) or "," not in sentence.between(hit.first - 2, hit.first - 1):
        return False
    later = [other.first for other in hits if other.first > hit.last and other.cue.verb]
    return any("," in sentence.between(i, i + 1) for end in later[:1] for i in range(hit.last, end))


def _preferred(cues: Sequence[Cue]) -> Cue:
    """A verb that is listed both as plain saying and as an act is the act; the first listed otherwise."""
    return next((cue for cue in cues if cue.act not in ("say", "participle", "attitude")), cues[0])


def _may_stand(clause: Clause, hit: CueHit) -> bool:
    """In a verb-first language a verb opens its clause or follows its subject; a noun of the same letters does
    neither.
    """
    sentence, index = clause.sentence, hit.first
    if _is_told_of(clause, hit):
        return False
    if hit.cue.act == "opening":
        return index == 0 and any(m.first <= 2 and m.kind != "demonym" for m in clause.mentions)
    if sentence.is_in("passive_openers", index) and (index == 0 or sentence.stopped(index - 1, index)):
        return False
    if not clause.lexicon.verb_first or hit.cue.act == "nominal" or index == 0:
        return True
    behind = next((m for m in clause.mentions if m.last == index - 1), None)
    if sentence.is_in("relatives", index - 1):
        # "…, the minister, who said": what is told of somebody else ("the plan that X announced") is no cue.
        return not hit.joined and any(m.last >= index - 4 and m.last < index - 1 for m in _people(clause))
    # A verb with its "that" is a cue wherever it stands, but for a clause inside another's content.
    opens = sentence.is_in("complementizers", hit.last + 1) and not hit.joined
    if opens and not any(sentence.is_in(name, index - 1) for name in ("complementizers", "negators", "prepositions")):
        return True
    if hit.cue.act == "say" and not hit.joined and _has_subject_and_that(clause, hit):
        return True
    gap = sentence.between(index - 1, index)
    signed = any(sign in _CLAUSE_SIGNS for sign in gap)
    if hit.cue.act == "participle":
        # «قائلاً» always introduces words; other participles are as often the object of their verb.
        return signed or hit.joined or sentence.is_in("reported_saying", index)
    if sentence.is_in("complementizers", index - 1) and not any(sign in gap for sign in ",،"):
        return sentence.is_in("time_openers", index - 2)
    return hit.joined or behind is not None or signed or sentence.is_in("clause_openers", index - 1)


def _is_told_of(clause: Clause, hit: CueHit) -> bool:
    """Whether an auxiliary in the mood of reported speech makes the verb another's words ("habe versichert")."""
    sentence = clause.sentence
    if not clause.lexicon.sets["reported_mood"] or not hit.cue.verb:
        return False
    for index in range(hit.first - 1, max(-1, hit.first - _AUXILIARY_WITHIN), -1):
        if sentence.stopped(index, index + 1):
            return False
        if sentence.is_in("reported_mood", index):
            return sentence.is_in("auxiliaries", index)
    return False


def _has_subject_and_that(clause: Clause, hit: CueHit) -> bool:
    """Whether a person stands right behind a verb and its "that" soon behind the person («أشار فلان إلى أن»)."""
    sentence = clause.sentence
    before = ("complementizers", "negators", "prepositions", "relatives")
    if any(sentence.is_in(name, hit.first - 1) for name in before):
        return False
    subject = next((m for m in _people(clause) if m.first == hit.last + 1), None)
    if subject is None:
        return False
    return any(sentence.is_in("complementizers", i) for i in range(subject.last + 1, subject.last + 1 + _THAT_WITHIN))


def _people(clause: Clause) -> list[Mention]:
    return [m for m in clause.mentions if m.is_person or m.kind in ("role", "descriptor")]
