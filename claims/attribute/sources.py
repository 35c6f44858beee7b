"""Which mention in a sentence is the source of a cue."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribute.clause import Clause, CueHit
from claims.attribute.governing import governed, in_relative
from claims.attribute.mention import Mention

# A source stands near its cue; beyond this many words the mention belongs to something else.
_WINDOW = 14
# The subject of a verb stands at most so many words behind it; what comes later belongs to the content.
_SUBJECT_REACH = 6
# An inverted subject follows its verb within so many words.
_INVERTED_REACH = 6
# Behind an inverted subject its clause ends within so many words.
_CLOSING_REACH = 4
# A subject stands at most so many words before its verb.
_SUBJECT_BEFORE = 40
# A cue that stands behind its source follows it within so many words, a case ending included.
_BEHIND_REACH = 3
# A pronoun that is the subject stands among the first words of its clause.
_PRONOUN_WITHIN = 4
# Behind a verb with a noun of its own for a subject, the content opens within so many words.
_NOUN_REACH = 6
_CLOSING = '»”"›'
_OPENING = '«“„"'

# What stands for a source that no mention names: whoever spoke last, or somebody whom the text leaves without a name.
PRONOUN = "pronoun"
UNNAMED = "unnamed"
Source = Mention | str | None


def find_source(clause: Clause, hit: CueHit, floor: int, ceiling: int) -> Source:
    """The source of a cue among the words ``[floor, ceiling)``.

    A mention; PRONOUN where a pronoun or a dropped subject takes up somebody; UNNAMED where the subject is a common
    noun ("analysts say"); None where the cue has no source at all.
    """
    act = hit.cue.act
    if act == "nominal_pronoun":
        return PRONOUN
    if act == "relay":
        return _relayed(clause, hit, floor, ceiling)
    if act == "nominal_behind":
        return _standing_before(clause, hit, floor)
    after = _after(clause, hit, ceiling)
    if act in ("nominal", "opening"):
        return after
    if clause.sentence.is_in("resumptive", hit.last + 1):
        # "A comment by the minister in which he said": the pronoun takes up the noun right before the verb.
        behind = [m for m in clause.mentions if floor <= m.first and m.last < hit.first and m.kind != "demonym"]
        return behind[-1] if behind else PRONOUN
    if act == "participle":
        return _of_participle(clause, hit, floor)
    if clause.lexicon.verb_last:
        return _verb_last(clause, hit, floor)
    before = _before(clause, hit, floor)
    if clause.lexicon.verb_first:
        return _verb_first(clause, hit, before, after)
    return _subject_first(clause, hit, before, after)


def _verb_first(clause: Clause, hit: CueHit, before: Source, after: Source) -> Source:
    word = clause.tokens[hit.last].light
    if word.endswith(tuple(clause.lexicon.settings.get("plural_endings", ()))):
        # A verb in the plural stands behind its subject; before it the verb is singular.
        return before if not hit.joined else None
    if _adjacent(clause, before, hit) and not hit.joined:
        return before
    if after is not None:
        return after
    if clause.sentence.is_in("relatives", hit.first - 1) and before is not None:
        return before
    if _has_noun_subject(clause, hit):
        return UNNAMED
    if before == PRONOUN or (isinstance(before, Mention) and not before.is_body and not hit.joined):
        return before
    return PRONOUN


def _verb_last(clause: Clause, hit: CueHit, floor: int) -> Source:
    """Where the verb ends its clause, the source is the first mention of the clause that nothing marks as an object."""
    sentence = clause.sentence
    if floor > 0 and sentence.is_in("coordinators", hit.first - 1):
        # "… said that …, and added": what stands between belongs to what was said.
        return PRONOUN
    for index in range(floor, min(hit.first, floor + _PRONOUN_WITHIN)):
        if sentence.is_in("pronouns", index):
            return PRONOUN
        if any(m.first <= index for m in clause.mentions_in(floor, index + 1)):
            break
    inside = [m for m in clause.mentions_in(floor, hit.first) if m.last < hit.first and m.kind != "demonym"]
    free = [m for m in inside if not clause.quoted(m.first) and not governed(m, clause, floor)]
    if free:
        return _apposed(free, clause)
    unnamed = any(sentence.is_in("joint_subjects", i) and not clause.quoted(i) for i in range(floor, hit.first))
    return UNNAMED if unnamed else PRONOUN


def _standing_before(clause: Clause, hit: CueHit, floor: int) -> Source:
    """The source of a cue that stands behind it ("dem Minister zufolge", "bakana göre")."""
    near = [
        m for m in clause.mentions_in(floor, hit.first) if hit.first - m.last <= _BEHIND_REACH and m.kind != "demonym"
    ]
    if not near:
        return None
    row = [m for m in clause.mentions_in(max(floor, near[-1].first - _BEHIND_REACH), hit.first) if m.kind != "demonym"]
    return _apposed(row, clause)


def _subject_first(clause: Clause, hit: CueHit, before: Source, after: Source) -> Source:
    first = hit.first
    while clause.sentence.is_in("auxiliaries", first - 1):
        first -= 1
    signs = clause.sentence.between(first - 1, first)
    # Behind a comma only plain saying is turned round; other verbs there go on about the subject ("X, in Y, thanked
    # Z").
    plain = hit.cue.act == "say" or before is None
    inverted = first == 0 or any(sign in _CLOSING + (",–—-" if plain else "") for sign in signs)
    adjacent = _adjacent(clause, before, hit)
    if clause.sentence.is_in("coordinators", first - 1) and not inverted:
        # "Thanked Congress but warned": two verbs of one subject; what stands between them is the first one's object.
        return PRONOUN
    quoted = any(sign in _CLOSING for sign in signs)
    if after is not None and inverted and not adjacent and (before is None or quoted or _closes(clause, after)):
        return after
    if before is not None:
        return before
    if after is not None:
        return after
    body = _speaking_body(clause, hit)
    if body is not None:
        return body
    return PRONOUN if clause.lexicon.pro_drop and inverted else None


def _speaking_body(clause: Clause, hit: CueHit) -> Mention | None:
    """The body in whose house something was said, where the verb has no other subject («В Кремле заявили»)."""
    settings = clause.lexicon.settings
    if not clause.tokens[hit.last].light.endswith(tuple(settings.get("plural_endings", ()))):
        return None
    near = [
        m for m in clause.mentions if abs(hit.first - m.last) <= _SUBJECT_REACH and m.is_body and m.kind != "country"
    ]
    return next((m for m in near if clause.sentence.is_in("speaking_from", m.first - 1)), None)


def _closes(clause: Clause, after: Source) -> bool:
    """Whether an inverted subject ends its clause ("…, said the minister on Friday."), so that no content follows."""
    if not isinstance(after, Mention):
        return True
    ends = range(after.last, min(len(clause.tokens), after.last + _CLOSING_REACH))
    return any(clause.sentence.stopped(i, i + 1) or i + 1 == len(clause.tokens) for i in ends)


def _adjacent(clause: Clause, before: Source, hit: CueHit) -> bool:
    """Whether the mention stands right before the cue, with no sign between."""
    if not isinstance(before, Mention) or before.last != hit.first - 1:
        return False
    return not clause.sentence.stopped(before.last, hit.first)


def _has_noun_subject(clause: Clause, hit: CueHit) -> bool:
    """Whether a common noun is the verb's subject: it follows right behind, and the content opens soon after."""
    sentence, lexicon = clause.sentence, clause.lexicon
    first = hit.last + 1
    if first >= len(sentence.tokens) or sentence.stopped(hit.last, first):
        return False
    if any(m.first <= first <= m.last for m in clause.mentions):
        return False
    if sentence.is_in("joint_subjects", first):
        return True
    lists = ("prepositions", "complementizers", "pronouns", "negators", "clause_openers", "relay_from", "adverbs")
    key = sentence.tokens[first].key
    if any(sentence.is_in(name, first) for name in lists) or key.endswith(tuple(lexicon.settings["adverb_endings"])):
        return False
    if len(sentence.keys[first]) > 1 and key[0] in lexicon.settings["proclitics"]:
        return False
    for index in range(first + 1, min(len(sentence.tokens), first + _NOUN_REACH)):
        if sentence.is_in("complementizers", index):
            return True
        if sentence.stopped(index - 1, index):
            return ":" in sentence.between(index - 1, index)
    return False


def _of_participle(clause: Clause, hit: CueHit, floor: int) -> Source:
    """A participle's subject is its sentence's own, where nobody has spoken in it yet."""
    if clause.lexicon.verb_last:
        return _verb_last(clause, hit, floor)
    if floor > 0:
        return PRONOUN
    before = _before(clause, hit, floor)
    nearest = before if isinstance(before, Mention) and before.kind != "country" else None
    return subject(clause, hit.first) or nearest or PRONOUN


def subject(clause: Clause, stop: int) -> Mention | None:
    """Whom a sentence is about up to a word: its first mention of somebody that no preposition governs."""
    for mention in clause.mentions:
        if mention.last >= stop:
            return None
        if mention.kind in ("demonym", "country") or clause.quoted(mention.first):
            continue
        if not governed(mention, clause, 0) and not in_relative(mention, clause, stop):
            free = [m for m in clause.mentions if mention.first <= m.first and m.last < stop and m.kind != "demonym"]
            return _apposed(free, clause)
    return None


def _relayed(clause: Clause, hit: CueHit, floor: int, ceiling: int) -> Source:
    """An outlet passes words on: the source is whom it quotes ("quoted X as saying", «نقلت … عن … قوله»)."""
    sentence = clause.sentence
    for index in range(hit.last + 1, min(ceiling, hit.last + 1 + _WINDOW)):
        if sentence.is_in("relay_from_him", index):
            people = [m for m in clause.mentions_in(floor, hit.first) if not m.is_body]
            return people[-1] if people else PRONOUN
        if sentence.is_in("relay_from", index):
            behind = [m for m in clause.mentions_in(index + 1, index + 5) if m.kind != "demonym"]
            # "Quoted an official of the ministry": what stands farther off is not whom they quote.
            return _apposed(behind, clause) if behind and behind[0].first <= index + 2 else UNNAMED
    if not clause.lexicon.verb_first:
        return _after(clause, hit, ceiling)
    return None


def _after(clause: Clause, hit: CueHit, ceiling: int) -> Source:
    sentence = clause.sentence
    stop = min(ceiling, hit.last + 1 + _WINDOW)
    for index in range(hit.last + 1, stop):
        signs = sentence.between(index - 1, index)
        if sentence.is_in("complementizers", index) or any(sign in ":" + _OPENING for sign in signs):
            stop = index
            break
    # "Souligne-t-elle": a letter may link the verb with its pronoun.
    linked = hit.last + 1 < stop and clause.tokens[hit.last + 1].light in clause.lexicon.settings.get("links", ())
    if hit.last + 1 < stop and sentence.is_in("pronouns", hit.last + 1 + linked):
        return PRONOUN
    if hit.cue.act in ("nominal", "opening"):
        # "According to people close to the talks, X will …": behind the comma the content begins.
        commas = (i for i in range(hit.last + 1, stop) if any(s in ",،" for s in sentence.between(i, i + 1)))
        stop = min(stop, next(commas, stop) + 1)
    inside = [m for m in clause.mentions_in(hit.last + 1, stop) if m.kind != "demonym"]
    free = inside
    if hit.cue.act not in ("nominal", "opening"):
        free = [m for m in inside if not governed(m, clause, hit.last + 1)]
    free = [m for m in free if not _no_subject(m, clause, hit)] if hit.cue.verb else free
    inverted = hit.cue.verb and not clause.lexicon.verb_first
    if not free or free[0].first - hit.last > (_INVERTED_REACH if inverted else _SUBJECT_REACH):
        return None
    return _apposed(_with_apposition(free, clause), clause)


def _no_subject(mention: Mention, clause: Clause, hit: CueHit) -> bool:
    """Whether a mention behind a verb cannot be its subject.

    An outlet farther on is where the words appeared; a country does not stand behind a masculine verb unless its own
    name is masculine: it is the object («وصف إيران بأنها …»).
    """
    if mention.kind == "news":
        return mention.first > hit.last + 2
    masculine = clause.lexicon.settings.get("masculine_countries")
    if masculine is None or mention.kind != "country":
        return False
    return hit.cue.gender == "m" and mention.ids[0] not in masculine


def _with_apposition(free: Sequence[Mention], clause: Clause) -> list[Mention]:
    """The mentions, and behind a title before a comma the name that the comma sets apart from it."""
    last = free[-1]
    beyond = [m for m in clause.mentions if m.is_person and m.first == last.last + 1]
    comma = any(sign in ",،" for sign in clause.sentence.between(last.last, last.last + 1))
    return [*free, *beyond] if last.kind == "role" and comma else list(free)


def _before(clause: Clause, hit: CueHit, floor: int) -> Source:
    sentence = clause.sentence
    inside = [
        m
        for m in clause.mentions_in(max(floor, hit.first - _SUBJECT_BEFORE), hit.first)
        if m.last < hit.first and m.kind != "demonym" and not clause.quoted(m.first)
    ]
    free = [m for m in inside if not governed(m, clause, floor) and not in_relative(m, clause, hit.first)]
    for index in range(hit.first - 1, max(floor, hit.first - 4) - 1, -1):
        governs = sentence.is_in("prepositions", index - 1) and not sentence.stopped(index - 1, index)
        pronoun = sentence.is_in("pronouns", index) and not governs
        if pronoun and not any(m.first > index for m in free):
            return PRONOUN
    if not free:
        return None
    # The clause's own subject: the first of the row of appositions that ends nearest to the cue.
    row = [free[-1]]
    for mention in reversed(free[:-1]):
        gap = row[0].first - mention.last
        comma = any(sign in ",،" for sign in sentence.between(mention.last, row[0].first))
        signs = comma or any(s in ",،" for s in _signs(clause, mention.last, row[0].first))
        if mention.is_body and signs:
            # "Sweden, the president said": a country before a comma is no apposition to him.
            break
        if gap <= 2 or (gap <= 6 and signs):
            row.insert(0, mention)
        else:
            break
    return _apposed(row, clause)


def _signs(clause: Clause, left: int, right: int) -> str:
    return "".join(clause.sentence.between(i, i + 1) for i in range(left, right))


def _apposed(free: Sequence[Mention], clause: Clause) -> Mention:
    """The best of a row of mentions for one source: the person next to an office, else the first."""
    sentence = clause.sentence
    head = free[0]
    if head.is_person:
        return head
    for mention in free[1:]:
        gap = range(head.last + 1, mention.first)
        # "The chairman of the club, X Y, said": between commas the name belongs to the title however long that is.
        apart = mention.is_person and any(s in ",،" for s in sentence.between(mention.first - 1, mention.first))
        stopped = any(sentence.stopped(i, i + 1) for i in range(head.last, mention.first))
        near = not stopped or not gap
        close = len(gap) <= 3 and (apart or (near and not any(sentence.is_in("prepositions", i) for i in gap)))
        if not close:
            break
        if mention.is_person and (head.kind in ("role", "descriptor") or _owns(head, mention, clause)):
            return mention
        if mention.kind != "role":
            break
        head = mention
    return head


def _owns(head: Mention, person: Mention, clause: Clause) -> bool:
    """ "Jordan's Ayman Safadi": the country only says whose man it is."""
    markers = clause.lexicon.settings.get("possessive", ())
    return person.first - head.last == 2 and clause.tokens[head.last + 1].light in markers
