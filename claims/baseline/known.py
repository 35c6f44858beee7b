"""Which pairs of a run's claims the baseline already knows as findings, before anything is scored.

A known finding is given the noise band: it stays found while its numbers differ only by what another processor, or
another version of a library, makes of the last digits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from claims.baseline.entry import Entry
from claims.baseline.fingerprint import article_identity, claim_key
from claims.records import Article, Claim

Pair = frozenset[str]
"""The ids of two claims."""


def known_pairs(entries: Sequence[Entry], claims: Sequence[Claim], articles: Mapping[str, Article]) -> frozenset[Pair]:
    """The pairs of claims that entries were made of, by actor and claim keys; ``articles`` by id.

    An edited or retitled article's pairs are not among them: those findings have to be found anew.
    """
    if not entries:
        return frozenset()
    identities = {entry_side.article for entry in entries for entry_side in (entry.earlier, entry.later)}
    actors = {entry.actor.id for entry in entries}
    read = {article.id: article for article in articles.values() if article_identity(article) in identities}
    of_key: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in claims:
        if claim.actor is not None and claim.actor.id in actors and claim.article_id in read:
            key = claim_key(read[claim.article_id], claim.quote, claim.start).key
            of_key[claim.actor.id, key].append(claim.id)
    return frozenset(
        frozenset((one, two))
        for entry in entries
        for one in of_key[entry.actor.id, entry.earlier.key]
        for two in of_key[entry.actor.id, entry.later.key]
        if one != two
    )
