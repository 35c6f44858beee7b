from claims.baseline.entry import entry_of
from claims.baseline.fingerprint import keyed
from claims.baseline.known import known_pairs
from claims.records import Actor, Claim
from tests.baseline.newsroom import FOR, newsroom


def claims_of(room):
    found = []
    for one in room.findings():
        for side in (one.earlier, one.later):
            actor = Actor(id=one.actor.id, name=one.actor.name, surface=one.actor.name)
            made = Claim(
                id=side.claim_id, article_id=side.article_id, text=side.quote, quote=side.quote, start=side.start,
                end=side.end, lang="en", actor=actor,
            )  # fmt: skip
            found.append(made)
    return found


def entries_of(room):
    return [entry_of(item) for item in keyed(room.findings(), {a.id: a for a in room.articles.values()})]


def pairs(room, entries):
    return known_pairs(entries, claims_of(room), {a.id: a for a in room.articles.values()})


def test_the_pairs_of_known_findings_are_known_before_anything_is_scored():
    room = newsroom()
    expected = {frozenset((f.earlier.claim_id, f.later.claim_id)) for f in room.findings()}
    assert pairs(room, entries_of(room)) == expected
    assert pairs(room, entries_of(room)[:1]) < expected
    assert pairs(room, []) == frozenset()


def test_moved_and_wrapped_articles_are_known_too():
    room, entries = newsroom(), entries_of(newsroom())
    room.articles = {n: a.model_copy(update={"path": f"old/{n}.txt"}) for n, a in room.articles.items()}
    room.rewrite("p1", FOR, FOR.replace(" ", "\n"))
    assert len(pairs(room, entries)) == 2


def test_other_words_or_another_holder_are_not():
    room = newsroom()
    room.rewrite("p1", "will build", "will not build")
    assert len(pairs(room, entries_of(newsroom()))) == 1
    other = [e.model_copy(update={"actor": e.actor.model_copy(update={"id": "Q9"})}) for e in entries_of(newsroom())]
    assert pairs(newsroom(), other) == frozenset()
