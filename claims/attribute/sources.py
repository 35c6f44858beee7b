"""Which mention in a sentence is the source of a cue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.attribute.lexicon import Cue, Lexicon
from claims.attribute.mentions import Mention
from claims.text.words import Word

# A source stands near its cue; beyond this many words the mention belongs to something else.
_WINDOW = 14
_CLOSING = '»”"›'
# "from him", "from her": the one who is quoted was named before.
_PLURAL = "وا"
# The subject of a verb stands at most so many words behind it; what comes later belongs to the content.
_SUBJECT_REACH = 6
_PRONOMINAL = frozenset({"عنه", "عنها", "عنهم"})
_CLAUSE_SIGNS = ',،.;؛:«»"“”()–—-!?؟…\n'


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue at words ``[first, last]`` of a sentence."""

    first: int
    last: int
    cue: Cue
    joined: bool
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence as attribution sees it: its words, mentions, cues and quotations (word ranges)."""

    text: str
    start: int
    end: int
    tokens: Sequence[Word]
    mentions: Sequence[Mention]
    cues: Sequence[CueHit]
    quotes: Sequence[tuple[int, int]]

    def between(self, left: int, right: int) -> str:
        """The signs between two neighbouring words."""
        low = self.tokens[left].end if left >= 0 else self.start
        high = self.tokens[right].start if right < len(self.tokens) else self.end
        return self.text[low:high]


def find_cues(
    text: str,
    start: int,
    tokens: Sequence[Word],
    mentions: Sequence[Mention],
    quotes: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> list[CueHit]:
    """The cues of a sentence that stand where a cue can stand; words inside a quotation are no cue, but for its first word
    right behind a mention (the reporter quotes the verb along: X "stresses that …")."""
    inside = {i for i, word in enumerate(tokens) for low, high in quotes if low < word.start < high}
    named = {i for m in mentions for i in range(m.first, m.last + 1)}
    ends = {mention.last for mention in mentions}
    sources = {mention.last for mention in mentions if mention.kind in ("person", "name", "role")}
    hits: list[CueHit] = []
    index = 0
    while index < len(tokens):
        match = lexicon.cues.longest(
            lexicon.cue_keys(tokens[index]),
            lambda ahead, at=index: (tokens[at + ahead].light,) if at + ahead < len(tokens) else (),  # type: ignore[misc]
        )
        if match is None or index in named or (index and lexicon.is_in("not_after", tokens[index - 1])):
            index += 1
            continue
        length, cues = match
        cue = _preferred(cues)
        quoted = index in inside
        behind_mention = index - 1 in ends
        joined = not any(cue_key == tokens[index].light for cue_key in _matched(lexicon, tokens, index, length))
        ok = not (quoted and not (behind_mention and index - 1 not in inside)) and _may_stand(
            text, start, tokens, index, cue, joined, behind_mention, index - 2 in sources, lexicon
        )
        if ok:
            hits.append(CueHit(index, index + length - 1, cue, joined, quoted))
        index += length
    return hits


def _matched(lexicon: Lexicon, tokens: Sequence[Word], index: int, length: int) -> list[str]:
    found = []
    for key in lexicon.cue_keys(tokens[index]):
        if lexicon.cues.longest(
            (key,), lambda ahead: (tokens[index + ahead].light,) if index + ahead < len(tokens) else ()
        ):
            found.append(key)
    return found[:1]


def _preferred(cues: Sequence[Cue]) -> Cue:
    """A verb that is listed both as plain saying and as an act is the act."""
    return next((cue for cue in cues if cue.act not in ("say", "participle")), cues[0])


def _may_stand(
    text: str,
    start: int,
    tokens: Sequence[Word],
    index: int,
    cue: Cue,
    joined: bool,
    behind_mention: bool,
    behind_source: bool,
    lexicon: Lexicon,
) -> bool:
    """In a verb-first language a verb opens its clause or follows its subject; a noun of the same letters does neither."""
    if lexicon.settings.get("order") != "verb_first" or cue.act == "nominal" or index == 0:
        return True
    if lexicon.is_in("relatives", tokens[index - 1]):
        return behind_source and not joined
    signed = any(sign in text[tokens[index - 1].end : tokens[index].start] for sign in _CLAUSE_SIGNS)
    if cue.act == "participle":
        # «قائلاً» always introduces words; other participles are as often the object of their verb.
        return signed or joined or lexicon.is_in("reported_saying", tokens[index])
    return joined or behind_mention or signed or lexicon.is_in("clause_openers", tokens[index - 1])


def governed(mention: Mention, clause: Clause, lexicon: Lexicon, floor: int) -> bool:
    """Whether a preposition stands right before the mention (within two words), so that it is an object and no subject."""
    tokens = clause.tokens
    first = tokens[mention.first]
    if lexicon.settings.get("clitics") and mention.kind != "role":
        if first.key[0] in "بلك" and len(first.key) > 3 and lexicon.names.longest((first.key,), lambda _: ()) is None:
            exact = lexicon.keys(first)[0]
            if exact not in lexicon.surnames and not mention.kind == "name":
                return not _starts_name(first, lexicon, mention, tokens)
    for back in (1, 2):
        index = mention.first - back
        if index < floor:
            break
        if any(sign in clause.between(index, index + 1) for sign in ',،.;:«»"“”()'):
            break
        if lexicon.is_in("prepositions", tokens[index]):
            # Two words back only past an article; elsewhere the word between is the preposition's own noun.
            return back == 1 or bool(lexicon.settings.get("clitics")) or lexicon.is_in("determiners", tokens[index + 1])
    return False


def _starts_name(first: Word, lexicon: Lexicon, mention: Mention, tokens: Sequence[Word]) -> bool:
    """Whether the first letter belongs to the name (Blinken, بلينكن) and is no preposition written on to it."""
    rest = lambda ahead: (tokens[mention.first + ahead].key,) if mention.first + ahead <= mention.last else ()  # noqa: E731
    match = lexicon.names.longest((first.key,), rest)
    return match is not None and match[0] == mention.last - mention.first + 1


def find_source(clause: Clause, hit: CueHit, lexicon: Lexicon, floor: int, ceiling: int) -> Mention | str | None:
    """The source of a cue among the words ``[floor, ceiling)``.

    A mention; ``"pronoun"`` where a pronoun or a dropped subject stands for whoever spoke last; None where there is none.
    """
    if hit.cue.act == "nominal_pronoun":
        return "pronoun"
    if hit.cue.act == "relay":
        return _relayed(clause, hit, lexicon, floor, ceiling)
    after = _after(clause, hit, lexicon, ceiling)
    if hit.last + 1 < len(clause.tokens) and lexicon.is_in("resumptive", clause.tokens[hit.last + 1]):
        # "a comment by the minister in which he said": the pronoun takes up the noun right before the verb.
        behind = [m for m in clause.mentions if floor <= m.first and m.last < hit.first and m.kind != "demonym"]
        return behind[-1] if behind else "pronoun"
    before = _before(clause, hit, lexicon, floor)
    if hit.cue.act == "nominal":
        return after
    if hit.cue.act == "participle":
        # Its subject is the sentence's own, where nobody has spoken in it yet.
        return before if floor == 0 and isinstance(before, Mention) and before.kind != "country" else "pronoun"
    if lexicon.settings.get("order") == "verb_first":
        if clause.tokens[hit.last].light.endswith(_PLURAL):
            # A verb in the plural stands behind its subject; before it the verb is singular.
            return before if not hit.joined else None
        if isinstance(before, Mention) and before.last == hit.first - 1 and not hit.joined:
            return before
        if after is not None:
            return after
        if before is not None and not hit.joined:
            return before
        return "pronoun" if lexicon.settings.get("pro_drop") else None
    inverted = hit.first == 0 or any(sign in clause.between(hit.first - 1, hit.first) for sign in _CLOSING + ",–—-")
    adjacent = isinstance(before, Mention) and before.last == hit.first - 1
    if after is not None and (inverted and not adjacent) and _near(after, hit):
        return after
    if before is not None:
        return before
    if after is not None and _near(after, hit):
        return after
    return "pronoun" if lexicon.settings.get("pro_drop") and inverted else None


def _relayed(clause: Clause, hit: CueHit, lexicon: Lexicon, floor: int, ceiling: int) -> Mention | str | None:
    """An outlet passes words on: the source is whom it quotes ("quoted X as saying", «نقلت … عن … قوله»), not the outlet."""
    tokens = clause.tokens
    for index in range(hit.last + 1, min(ceiling, hit.last + 1 + _WINDOW)):
        if not lexicon.is_in("relay_from", tokens[index]):
            continue
        behind = [m for m in clause.mentions if index < m.first <= index + 4 and m.kind != "demonym"]
        if behind and tokens[index].light not in _PRONOMINAL:
            return _apposed(behind, clause, lexicon)
        people = [
            m
            for m in clause.mentions
            if floor <= m.first and m.last < hit.first and m.kind in ("person", "name", "role")
        ]
        return people[-1] if people else "pronoun"
    if lexicon.settings.get("order") != "verb_first":
        return _after(clause, hit, lexicon, ceiling)
    return None


def _near(source: Mention | str, hit: CueHit) -> bool:
    return not isinstance(source, Mention) or source.first - hit.last <= 4


def _after(clause: Clause, hit: CueHit, lexicon: Lexicon, ceiling: int) -> Mention | str | None:
    tokens = clause.tokens
    stop = min(ceiling, hit.last + 1 + _WINDOW)
    for index in range(hit.last + 1, stop):
        gap = clause.between(index - 1, index)
        if (
            (index > hit.last + 1
            and any(sign in gap for sign in ":«“"))
            or (lexicon.is_in("complementizers", tokens[index]))
        ):
            stop = index
            break
        if any(sign in gap for sign in ':«“"'):
            stop = index
            break
    if hit.last + 1 < stop and lexicon.is_in("pronouns", tokens[hit.last + 1]):
        return "pronoun"
    if hit.cue.act == "nominal":
        # "According to people close to the talks, X will …": behind the comma the content begins.
        commas = (i for i in range(hit.last + 1, stop) if any(sign in clause.between(i, i + 1) for sign in ",،"))
        stop = min(stop, next(commas, stop) + 1)
    inside = [m for m in clause.mentions if hit.last < m.first < stop and m.kind != "demonym"]
    free = [m for m in inside if hit.cue.act == "nominal" or not governed(m, clause, lexicon, hit.last + 1)]
    if not free or free[0].first - hit.last > _SUBJECT_REACH:
        return None
    return _apposed(free, clause, lexicon)


def _before(clause: Clause, hit: CueHit, lexicon: Lexicon, floor: int) -> Mention | str | None:
    tokens = clause.tokens
    inside = [
        m
        for m in clause.mentions
        if floor <= m.first and m.last < hit.first and m.kind != "demonym" and not _in_quote(m, clause)
    ]
    free = [m for m in inside if not governed(m, clause, lexicon, floor)]
    for index in range(hit.first - 1, max(floor, hit.first - 4) - 1, -1):
        if lexicon.is_in("pronouns", tokens[index]) and not any(m.first > index for m in free):
            return "pronoun"
    if not free:
        return None
    # The clause's own subject: the first of the row of appositions that ends nearest to the cue.
    row = [free[-1]]
    for mention in reversed(free[:-1]):
        gap = row[0].first - mention.last
        between = clause.text[tokens[mention.last].end : tokens[row[0].first].start]
        if gap <= 2 or (gap <= 6 and any(sign in between for sign in ",،")):
            row.insert(0, mention)
        else:
            break
    return _apposed(row, clause, lexicon)


def _in_quote(mention: Mention, clause: Clause) -> bool:
    start = clause.tokens[mention.first].start
    return any(low < start < high for low, high in clause.quotes)


def _apposed(free: Sequence[Mention], clause: Clause, lexicon: Lexicon) -> Mention:
    """The best of a row of mentions for one source: the person next to an office, else the first."""
    head = free[0]
    if head.kind in ("person", "name"):
        return head
    for mention in free[1:]:
        gap = clause.tokens[head.last + 1 : mention.first]
        close = len(gap) <= 3 and not any(lexicon.is_in("prepositions", word) for word in gap)
        if mention.kind in ("person", "name") and close and head.kind in ("role", "descriptor"):
            return mention
        if mention.kind == "role" and close:
            head = mention
            continue
        break
    return head
