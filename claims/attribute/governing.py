"""Whether a mention can be a subject: not under a preposition, nor inside a relative clause about somebody else."""

from __future__ import annotations

from claims.attribute.clause import Clause
from claims.attribute.mention import Mention
from claims.attribute.sentence import STOPS

# A relative clause opens at most so many words before a mention in it.
_RELATIVE_REACH = 14
# From one member of a list to the next are at most so many words.
_LIST_STEP = 8


def in_relative(mention: Mention, clause: Clause, stop: int) -> bool:
    """Whether a mention stands in a relative clause between two commas ("the president, who met X in Y, said")."""
    sentence = clause.sentence
    for index in range(mention.first - 1, max(0, mention.first - _RELATIVE_REACH), -1):
        if any(sign in ",،" for sign in sentence.between(index, index + 1)):
            return False
        if sentence.is_in("relatives", index) and any(sign in ",،" for sign in sentence.between(index - 1, index)):
            return any(sign in ",،" for i in range(mention.last, stop) for sign in sentence.between(i, i + 1))
    return False


def governed(mention: Mention, clause: Clause, floor: int) -> bool:
    """Whether a preposition, a postposition or a case ending makes the mention an object and no subject."""
    sentence = clause.sentence
    if clause.lexicon.verb_last and _is_marked_behind(mention, clause):
        return True
    title = _title_of(mention, clause)
    if title is not None and title.first >= floor:
        return governed(title, clause, floor)
    if clause.lexicon.settings.get("capital_nouns") and mention.is_body and _opens_compound(mention, clause):
        return True
    if clause.lexicon.clitic and mention.kind != "role" and _has_preposition(mention, clause):
        return True
    for back in (1, 2):
        index = mention.first - back
        if index < floor or any(sign in STOPS for sign in sentence.between(index, index + 1)):
            break
        if sentence.is_in("counterparts", index):
            return not _opens_clause(clause, index, floor)
        if sentence.is_in("prepositions", index):
            # Two words back only past an article; elsewhere the word between is the preposition's own noun.
            return back == 1 or clause.lexicon.clitic or sentence.is_in("determiners", index + 1)
    return _coordinated(mention, clause, floor)


def _title_of(mention: Mention, clause: Clause) -> Mention | None:
    """The title right in front of a name: what governs it governs the name ("with President X")."""
    if not mention.is_person or clause.lexicon.clitic or clause.lexicon.verb_last:
        return None
    before = (m for m in clause.mentions_in(max(0, mention.first - _LIST_STEP), mention.first) if m.kind == "role")
    return next(
        (m for m in before if m.last == mention.first - 1 and not clause.sentence.stopped(m.last, m.last + 1)), None
    )


def _opens_compound(mention: Mention, clause: Clause) -> bool:
    """Whether a hyphen makes the name of a body the first half of another noun ("EZB-Direktorin")."""
    return mention.kind != "role" and clause.sentence.between(mention.last, mention.last + 1) in ("-", "\u2011")


def _is_marked_behind(mention: Mention, clause: Clause) -> bool:
    """Whether a case ending behind an apostrophe or a postposition follows ("Rusya'nın", "NATO ile")."""
    behind = mention.last + 1
    gap = clause.sentence.between(mention.last, behind)
    if gap in ("'", "’") and clause.sentence.is_in("case_endings", behind):
        return True
    if mention.kind == "role" and clause.sentence.tokens[mention.last].key in clause.lexicon.sets["oblique_titles"]:
        return True
    return not gap.strip() and clause.sentence.is_in("postpositions", behind)


def _coordinated(mention: Mention, clause: Clause, floor: int) -> bool:
    """Whether the mention is joined by "and" to one that a preposition governs ("between A, B and C")."""
    sentence = clause.sentence
    earlier = clause.mentions_in(max(floor, mention.first - _LIST_STEP), mention.first)
    previous = earlier[-1] if earlier else None
    if previous is None or previous.kind == "demonym" or previous.last >= mention.first:
        return False
    between = range(previous.last + 1, mention.first)
    word = sentence.tokens[mention.first]
    conjunctions = clause.lexicon.settings.get("clitics", ())
    written_on = bool(conjunctions) and word.light[0] in conjunctions and len(sentence.keys[mention.first]) > 1
    joined = written_on and not between
    joined = joined or (bool(between) and all(sentence.is_in("coordinators", i) for i in between))
    comma = not between and any(sign in ",،" for sign in sentence.between(previous.last, mention.first))
    behind = mention.last + 1
    if comma and behind < len(sentence.tokens):
        # Right before its verb it is the subject of a new clause ("after talks with X, Y said").
        comma = not (clause.lexicon.is_cue(sentence.tokens[behind]) or sentence.is_in("auxiliaries", behind))
    if not joined and not (comma and previous.kind == mention.kind):
        return False
    return governed(previous, clause, floor)


def _opens_clause(clause: Clause, index: int, floor: int) -> bool:
    """Whether "his counterpart" is itself a subject: it follows the verb, or begins a clause with its determiners."""
    sentence = clause.sentence
    if clause.lexicon.verb_first:
        return index == floor
    start = index
    while start > 0 and (sentence.is_in("determiners", start - 1) or _is_demonym(clause, start - 1)):
        start -= 1
    return start == 0 or sentence.stopped(start - 1, start) or sentence.is_in("joints", start - 1)


def _is_demonym(clause: Clause, index: int) -> bool:
    return any(m.kind == "demonym" and m.first <= index <= m.last for m in clause.mentions)


def _has_preposition(mention: Mention, clause: Clause) -> bool:
    """Whether a preposition is written on to the mention; a name may begin with the same letter (Blinken, بلينكن)."""
    sentence = clause.sentence
    key = sentence.tokens[mention.first].key
    names = clause.lexicon.names
    if key[0] not in clause.lexicon.settings["proclitics"] or len(key) <= 3 or mention.kind == "name":
        return False
    if key in names.surnames or names.full.longest((key,)) is not None:
        return False
    exact = names.full.longest((key,), [(word.key,) for word in sentence.tokens], mention.first)
    return exact is None or exact[0] != mention.last - mention.first + 1
