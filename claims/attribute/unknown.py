"""Finds people whom the registry does not know, by capitals or, where there are none, by titles and first names."""

from __future__ import annotations

from collections.abc import Sequence

from claims.attribute.mention import Mention
from claims.attribute.sentence import Sentence

_LONGEST = 4
# How many words of a title's own may stand between it and the name ("the coach of the national team, X Y").
_TITLE_REACH = 4
# Signs that may stand inside a name.
_IN_NAME = " \u00a0-‑.'’"


def unknown_names(sentence: Sentence, known: Sequence[Mention]) -> list[Mention]:
    """Names of people in a row of words that no known mention covers."""
    if not sentence.lexicon.known or not sentence.tokens:
        return []
    taken = {index for mention in known for index in range(mention.first, mention.last + 1)}
    if sentence.lexicon.caseless:
        return _caseless(sentence, known, taken)
    return _capitalised(sentence, {m.last for m in known if m.kind == "role"}, taken)


def _capitalised(sentence: Sentence, titles: set[int], taken: set[int]) -> list[Mention]:
    found = []
    tokens = sentence.tokens
    index = 0
    while index < len(tokens):
        run = _capital_run(sentence, index, taken)
        titled = False
        while run and (not tokens[run[0]].surface[0].isupper() or _opens_no_name(sentence, run[0])):
            titled = sentence.is_in("honorifics", run[0]) or is_compound_title(sentence, run[0])
            index = run.pop(0) + 1
        while run and not tokens[run[-1]].surface[0].isupper():
            run.pop()
        if not run:
            index += 1
            continue
        index = run[-1] + 1
        # A sentence begins with a capital anyway; one word alone is a name only behind a title.
        behind_title = titled or run[0] - 1 in titles
        if sentence.lexicon.settings.get("capital_nouns") and not (behind_title or _is_given(sentence, run[0])):
            # Where every noun has a capital, two of them are no name.
            continue
        if 2 <= len(run) <= _LONGEST + 1 or (len(run) == 1 and behind_title and len(tokens[run[0]].surface) > 2):
            found.append(Mention(run[0], run[-1], "name"))
    return found


def _capital_run(sentence: Sentence, start: int, taken: set[int]) -> list[int]:
    run: list[int] = []
    for index in range(start, min(len(sentence.tokens), start + _LONGEST + 2)):
        word = sentence.tokens[index]
        capital = word.surface[0].isupper() and not word.surface.isdigit()
        if index in taken or not (capital or (run and sentence.is_in("particles", index))):
            break
        if run and (_is_apart(sentence, index) or sentence.is_in("name_stops", index)):
            break
        run.append(index)
    return run


def _is_apart(sentence: Sentence, index: int) -> bool:
    """Whether a sign ends the name before a word; the full stop of an honorific or an initial does not."""
    return bool(sentence.between(index - 1, index).strip(_IN_NAME))


def _opens_no_name(sentence: Sentence, index: int) -> bool:
    lists = ("honorifics", "determiners", "prepositions", "pronouns", "joints", "time_openers", "complementizers")
    if any(sentence.is_in(name, index) for name in lists) or is_compound_title(sentence, index):
        return True
    return index == 0 and sentence.lexicon.is_cue(sentence.tokens[0])


def is_compound_title(sentence: Sentence, index: int) -> bool:
    """Whether a word is a title written together with what it is of ("Fraktionschef")."""
    endings = tuple(sentence.lexicon.settings.get("title_suffixes", ()))
    return bool(endings) and sentence.tokens[index].key.endswith(endings)


def _caseless(sentence: Sentence, known: Sequence[Mention], taken: set[int]) -> list[Mention]:
    """Names stand behind a title and its complements, behind an honorific, or as a first name right behind a verb."""
    found: list[Mention] = []
    demonyms = {index for m in known if m.kind == "demonym" for index in range(m.first, m.last + 1)}
    for role in known:
        if role.kind == "role" and not role.is_office_body:
            # A title without the article stands before what it is of, and only then before the name.
            full = bool(role.inner) or _has_article(sentence, role.last)
            opens = full and (bool(role.inner) or _opens_phrase(sentence, role.first, taken))
            name = _behind_title(sentence, role.last + 1, opens, taken, demonyms)
            if name is not None:
                taken |= set(range(name.first, name.last + 1))
                if not _is_of_the_second(role):
                    found.append(name)
    if sentence.lexicon.verb_last and 0 not in taken and _is_given(sentence, 0):
        # The source opens the sentence.
        run = _name_run(sentence, 0, taken)
        if len(run) >= 2:
            found.append(Mention(run[0], run[-1], "name"))
            taken |= set(run)
    for index in range(len(sentence.tokens) - 1):
        start = index + 1
        if start in taken:
            continue
        word = sentence.tokens[index]
        honorific = sentence.is_in("honorifics", index) and _may_be_name(sentence, start)
        spoken = index not in taken and (sentence.lexicon.is_cue(word) or sentence.is_in("relay_from", index))
        if spoken and _has_article(sentence, start) and start + 1 not in taken and start + 1 < len(sentence.tokens):
            # "The critic X Y said": a noun with the article stands for the trade.
            start += _is_given(sentence, start + 1) and not sentence.stopped(index, start + 1)
        if honorific or (spoken and _is_given(sentence, start) and not sentence.is_in("word_names", start)):
            run = _name_run(sentence, start, taken)
            if len(run) >= 2:
                found.append(Mention(run[0], run[-1], "name"))
                taken |= set(run)
    return found


def _is_of_the_second(role: Mention) -> bool:
    """Whether a name behind two titles is the second one's: "the minister in the government of president X"."""
    ranks = [inner.role for inner in role.inner if inner.kind == "role"]
    return "body:government" in ranks[:-1]


def _opens_phrase(sentence: Sentence, first: int, taken: set[int]) -> bool:
    """Whether a title stands by itself and does not depend on the noun before it ("the coach's contract")."""
    # The first word of a sentence is its verb.
    if first <= 1 or first - 1 in taken or sentence.stopped(first - 1, first) or len(sentence.keys[first]) > 2:
        return True
    lists = ("prepositions", "clause_openers", "joints", "relay_from", "counterparts", "complementizers", "adverbs")
    before = sentence.tokens[first - 1]
    return sentence.lexicon.is_cue(before) or any(sentence.is_in(name, first - 1) for name in lists)


def _behind_title(sentence: Sentence, start: int, opens: bool, taken: set[int], demonyms: set[int]) -> Mention | None:
    for index in range(start, min(len(sentence.tokens) - 1, start + _TITLE_REACH + 1)):
        if index in demonyms:
            continue
        if index in taken:
            return None
        if "،" in sentence.between(index - 1, index):
            run = _name_run(sentence, index, taken)
            closed = run and sentence.between(run[-1], run[-1] + 1).lstrip()[:1] in ("،", ",")
            return Mention(run[0], run[-1], "name") if len(run) >= 2 and closed else None
        if sentence.stopped(index - 1, index):
            return None
        # Right behind a title that begins its phrase any two words may be a foreign name; else only a first name
        # tells.
        if _is_given(sentence, index) or (index == start and opens and _may_be_name(sentence, index)):
            run = _name_run(sentence, index, taken)
            if len(run) >= 2 and (_is_given(sentence, index) or not _has_article(sentence, run[1])):
                return Mention(run[0], run[-1], "name")
        complement = sentence.is_in("adjectives", index) or _is_joined(sentence, index)
        if _ends_name(sentence, index) and not complement:
            return None
    return None


def _name_run(sentence: Sentence, start: int, taken: set[int]) -> list[int]:
    """The words of one name: a first name, then what belongs to it, up to a family name with the article."""
    run: list[int] = []
    for index in range(start, min(len(sentence.tokens), start + _LONGEST)):
        if index in taken or _ends_name(sentence, index) or len(sentence.tokens[index].key) < 2:
            break
        if run and sentence.between(index - 1, index).strip():
            break
        compound = run and sentence.is_in("particles", run[-1])
        if len(run) >= 2 and not compound and not _goes_on(sentence, index):
            break
        run.append(index)
        if len(run) >= 2 and not compound and _has_article(sentence, index):
            break
    while run and sentence.is_in("particles", run[-1]):
        run.pop()
    return run


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether a third word still belongs to the name: a family name, a first name, or the last word of its phrase."""
    if _has_article(sentence, index) or _is_given(sentence, index):
        return True
    last = index + 1 >= len(sentence.tokens) or sentence.stopped(index, index + 1) or _ends_name(sentence, index + 1)
    suffixes = tuple(sentence.lexicon.settings.get("suffixes", ()))
    return last and not sentence.tokens[index].light.endswith(suffixes)


def _is_given(sentence: Sentence, index: int) -> bool:
    return sentence.tokens[index].key in sentence.lexicon.given or sentence.is_in("particles", index)


def _has_article(sentence: Sentence, index: int) -> bool:
    article: str | None = sentence.lexicon.settings.get("article")
    return article is not None and sentence.tokens[index].key.startswith(article)


def _may_be_name(sentence: Sentence, index: int) -> bool:
    """Whether a word can be a first name: no article, no preposition written on to it, no end of a name."""
    key = sentence.tokens[index].key
    if _has_article(sentence, index) or _is_joined(sentence, index):
        return False
    # A noun with a pronoun written on to it («استعدادهما») is no name.
    owned = key.endswith(tuple(end for end in sentence.lexicon.settings.get("suffixes", ()) if len(end) > 1))
    return len(key) > 2 and not (owned and not _is_given(sentence, index)) and not _ends_name(sentence, index)


def _is_joined(sentence: Sentence, index: int) -> bool:
    """Whether a preposition and the article are written on to a word."""
    settings = sentence.lexicon.settings
    if not settings.get("article"):
        return False
    joined = (settings["joined_article"], *(letter + settings["article"] for letter in settings["proclitics"]))
    return sentence.tokens[index].key.startswith(joined)


def _ends_name(sentence: Sentence, index: int) -> bool:
    word = sentence.tokens[index]
    if word.key.isdigit() or _is_joined(sentence, index):
        return True
    lists = ("name_stops", "prepositions", "adjectives", "complementizers", "joints")
    return any(sentence.is_in(name, index) for name in lists) or sentence.lexicon.is_cue(word)
