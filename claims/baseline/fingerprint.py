"""Fingerprint version 1: the name of a finding that stays the same while nothing that a person judged has changed.

A fingerprint is the first 32 hexadecimal letters (128 bits) of a SHA-256, one form for files and for people, of a JSON
array::

    ["claims-fingerprint", 1, "position-shift", actor id, lower claim key, higher claim key, repeat]

A **claim key** (32 letters as well) is made of the article's identity, the content words of the quote in order, and an
ordinal: how many times the same words stand earlier in the article. An **article's identity** is
``<16 letters>/<story>``, made of the folded words of its title, or of its first 12 content words where it has no title.
``repeat`` counts findings that are alike in all of that.

Never part of it: paths, ids of articles and claims, offsets, dates, kinds, probabilities, model names. So a fingerprint
survives a moved file, a new encoding or wrapping, another model and a fresh order of input; it changes with a word, a
negation or a number of a quote. The arrays are written as JSON with escapes (``ensure_ascii``) and no spaces, and
hashed as ASCII, so that other tools can make the same.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.baseline.content import content_words, first_content_words, folded_words, plain
from claims.records import Article, Finding, FindingSide

VERSION = 1
FAMILY = "position-shift"
LENGTH = 32
SHORT = 12
"""Letters that messages show; enough to name a finding on the command line."""

_TITLE_WORDS = 12


@dataclass(frozen=True, slots=True)
class ClaimKey:
    """What a claim is known by: the identity of its article, and its key within everything."""

    article: str
    key: str


@dataclass(frozen=True, slots=True)
class Keyed:
    """A finding with its fingerprint set, and the keys of its two claims."""

    finding: Finding
    earlier: ClaimKey
    later: ClaimKey


def _digest(*parts: str | int | tuple[str, ...]) -> str:
    text = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:LENGTH]


def fingerprint(actor: str, first: str, second: str, repeat: int = 0) -> str:
    """The fingerprint of a finding of one actor between two claim keys, given in either order."""
    low, high = sorted((first, second))
    return _digest("claims-fingerprint", VERSION, FAMILY, actor, low, high, repeat)


def article_identity(article: Article) -> str:
    """What an article is known by when its file has moved: its title's words, and which story of its page it is."""
    title = folded_words(article.title)
    known = ("title", title) if title else ("text", first_content_words(article.text, _TITLE_WORDS))
    return f"{_digest('claims-article', VERSION, *known)[:16]}/{article.story}"


def claim_key(article: Article, quote: str, start: int) -> ClaimKey:
    """The key of the claim whose quote begins at ``start`` of the article's text.

    ``start`` only tells which of several repeats of the same words is meant. A quote without any word (signs only) is
    known by its signs.
    """
    return _claim_key(article, quote, start, article_identity(article), content_words(article.text))


def _claim_key(article: Article, quote: str, start: int, identity: str, text: tuple[str, ...]) -> ClaimKey:
    known = content_words(quote)
    repeated = bool(known) and _count(text, known) > 1
    ordinal = _count(content_words(article.text[:start]), known) if repeated else 0
    return ClaimKey(identity, _digest("claims-claim", VERSION, identity, known or (plain(quote),), ordinal))


def _count(text: Sequence[str], phrase: Sequence[str]) -> int:
    length, first, found, at = len(phrase), phrase[0], 0, 0
    while at + length <= len(text):
        if text[at] == first and text[at : at + length] == phrase:
            found, at = found + 1, at + length
        else:
            at += 1
    return found


def keyed(findings: Iterable[Finding], articles: Mapping[str, Article]) -> list[Keyed]:
    """Findings, in their order, with their claim keys and with ``fingerprint`` set where it was empty.

    Raises:
        KeyError: a finding names an article that ``articles`` (by id) does not have.
    """
    listed = list(findings)
    folded: dict[str, tuple[str, tuple[str, ...]]] = {}
    known: dict[tuple[str, int, str], ClaimKey] = {}

    def key(side: FindingSide) -> ClaimKey:
        place = (side.article_id, side.start, side.quote)
        if place not in known:
            article = articles[side.article_id]
            if article.id not in folded:
                folded[article.id] = article_identity(article), content_words(article.text)
            known[place] = _claim_key(article, side.quote, side.start, *folded[article.id])
        return known[place]

    keys = [(key(finding.earlier), key(finding.later)) for finding in listed]
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, (finding, (earlier, later)) in enumerate(zip(listed, keys, strict=True)):
        alike[finding.actor.id, *sorted((earlier.key, later.key))].append(number)
    made = list(listed)
    for (actor, low, high), numbers in alike.items():
        for repeat, number in enumerate(sorted(numbers, key=lambda n: _order(listed[n]))):
            if not listed[number].fingerprint:
                print_ = fingerprint(actor, low, high, repeat)
                made[number] = listed[number].model_copy(update={"fingerprint": print_})
    return [Keyed(finding, *pair) for finding, pair in zip(made, keys, strict=True)]


def _order(finding: Finding) -> tuple[str | int, ...]:
    """Tells alike findings apart in an order that does not depend on how they were listed. It is never hashed."""
    sides = (finding.earlier, finding.later)
    return (
        finding.target.id if finding.target else "",
        *(str(day or "") for side in sides for day in (side.date.earliest, side.date.latest)),
        *(side.start for side in sides),
        finding.kind,
        *(side.claim_id for side in sides),
    )


def fingerprint_all(findings: Iterable[Finding], articles: Mapping[str, Article]) -> list[Finding]:
    """The findings, in their order, each with its fingerprint made anew.

    Raises:
        KeyError: a finding names an article that ``articles`` (by id) does not have.
    """
    bare = [finding.model_copy(update={"fingerprint": ""}) for finding in findings]
    return [item.finding for item in keyed(bare, articles)]
