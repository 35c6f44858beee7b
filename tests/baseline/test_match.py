import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.baseline.entry import entry_of
from claims.baseline.fingerprint import article_identity, keyed
from claims.baseline.match import Matching, match, states_of
from claims.baseline.store import Baseline, read, write
from tests.baseline.newsroom import AGAINST, COLD, FOR, WARM, Newsroom, newsroom

DAY = dt.date(2024, 5, 1)


def items(room: Newsroom):
    return keyed(room.findings(), {source.id: source for source in room.articles.values()})


def baseline_of(room: Newsroom, **decision: object) -> Baseline:
    return Baseline(tuple(entry_of(item).model_copy(update=decision) for item in items(room)))


CONFIRMED = {"decision": "confirmed", "reason": "read", "author": "ann", "date": DAY}


def against(room: Newsroom, known: Baseline) -> Matching:
    return match(items(room), known, {article_identity(source) for source in room.articles.values()})


def states(matching: Matching) -> list[str]:
    return [found.finding.state for found in matching.findings]


def test_nothing_known_means_all_new():
    matching = against(newsroom(), Baseline())
    assert states(matching) == ["new", "new"]
    assert [found.judgement(DAY) for found in matching.findings] == ["unreviewed"] * 2


def test_the_same_again_is_unchanged_and_keeps_its_decision():
    matching = against(newsroom(), baseline_of(newsroom(), **CONFIRMED))
    assert states(matching) == ["unchanged"] * 2
    assert [found.judgement(DAY) for found in matching.findings] == ["confirmed"] * 2
    assert not matching.absent and not matching.not_checked


def test_an_edited_claim_is_updated_and_loses_its_decision():
    room = newsroom()
    room.rewrite("p2", "the gas pipeline to Norland and", "this gas pipeline to Norland and")
    matching = against(room, baseline_of(newsroom(), **CONFIRMED))
    assert states(matching) == ["updated", "unchanged"]
    assert [found.judgement(DAY) for found in matching.findings] == ["unreviewed", "confirmed"]
    assert matching.findings[0].entry is not None


def test_both_claims_may_be_edited():
    room = newsroom()
    room.rewrite("p1", "our partners", "those partners")
    room.rewrite("p2", "with anyone", "with anybody")
    assert states(against(room, baseline_of(newsroom()))) == ["updated", "unchanged"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("p1", "will build", "will not build"),
        ("p1", "will build", "may build"),
        ("p1", "will build it", "will build 3 of it"),
        ("p2", "do not support", "do support"),
        ("t2", "all trade talks", "some trade talks"),
        ("t1", "remains our closest partner", "was a closest partner long before this, as everyone knows,"),
    ],
)
def test_a_changed_commitment_makes_it_new(name, old, new):
    room = newsroom()
    room.rewrite(name, old, new)
    matching = against(room, baseline_of(newsroom(), **CONFIRMED))
    assert sorted(states(matching)) == ["new", "unchanged"]
    # Its articles were read and it is not there any more.
    assert len(matching.absent) == 1


def test_another_statement_against_a_known_one_is_new():
    room = newsroom()
    room.add("p3", "Berg hesitates", "She added: Nobody in this cabinet has made up their mind about gas at all.")
    room.shift("p1", FOR, "p3", "Nobody in this cabinet has made up their mind about gas at all.")
    assert states(against(room, baseline_of(newsroom()))) == ["unchanged", "unchanged", "new"]


def test_another_actor_is_new():
    room = newsroom()
    known = baseline_of(room)
    other = known.entries[0].actor.model_copy(update={"id": "Q77"})
    known = Baseline(tuple(e.model_copy(update={"actor": other, "fingerprint": "e" * 32}) for e in known.entries[:1]))
    room.rewrite("p2", "with anyone", "with anybody")
    assert states(against(room, known)) == ["new", "new"]


def test_a_new_title_keeps_the_decision():
    room = newsroom()
    room.articles["p2"] = room.articles["p2"].model_copy(update={"title": "Norland pipeline: Berg says no"})
    matching = against(room, baseline_of(newsroom(), **CONFIRMED))
    assert states(matching) == ["unchanged"] * 2
    first = matching.findings[0]
    assert first.entry is not None and first.entry.fingerprint != first.finding.fingerprint
    assert first.judgement(DAY) == "confirmed"


def test_a_moved_file_is_unchanged():
    room = newsroom()
    room.articles = {n: s.model_copy(update={"path": f"archive/2024/{n}.html"}) for n, s in room.articles.items()}
    assert states(against(room, baseline_of(newsroom()))) == ["unchanged"] * 2


def test_claims_that_changed_places_are_recognised():
    room = newsroom()
    room.shifts[0] = ("p2", AGAINST, "p1", FOR, {})
    assert states(against(room, baseline_of(newsroom()))) == ["unchanged"] * 2
    room.rewrite("p2", "with anyone", "with anybody")
    assert states(against(room, baseline_of(newsroom()))) == ["updated", "unchanged"]


def test_absent_only_where_both_articles_were_read():
    known = baseline_of(newsroom())
    room = newsroom()
    room.shifts = room.shifts[1:]
    matching = against(room, known)
    assert (len(matching.absent), len(matching.not_checked)) == (1, 0)
    room.remove("p2")
    matching = against(room, known)
    assert (len(matching.absent), len(matching.not_checked)) == (0, 1)


def test_one_known_finding_is_recognised_once():
    room = newsroom()
    room.add("p4", "Berg turns again", f"She repeated: {AGAINST}")
    room.shift("p1", FOR, "p4", AGAINST)
    matching = against(room, baseline_of(newsroom(), **CONFIRMED))
    assert states(matching) == ["unchanged", "unchanged", "new"]


def test_the_best_known_finding_is_taken():
    known = newsroom()
    for name, word in (("p5", "those"), ("p6", "good"), ("p7", "Baltic")):
        quote = FOR.replace("our partners", f"{word} partners")
        known.add(name, f"Berg speaks of {word} partners", f"She said: {quote}")
        known.shift(name, quote, "p2", AGAINST)
    room = known.copy()
    for name in ("p1", "p5", "p6", "p7"):
        room.rewrite(name, "gas pipeline", "gas line")
    for found in against(room, baseline_of(known)).findings:
        assert found.entry is not None
        if found.finding.later.quote == AGAINST:
            assert found.finding.state == "updated"
            assert found.entry.earlier.quote == found.finding.earlier.quote.replace("line", "pipeline")


def test_very_long_claims_are_only_recognised_whole():
    long = " ".join(f"word{n}" for n in range(400))
    room, edited = newsroom(), newsroom()
    for made, quote in ((room, long), (edited, long + " and not this")):
        made.add("l1", "Long speech", quote)
        made.shift("l1", quote, "t2", COLD)
    assert states(against(room, baseline_of(room)))[-1] == "unchanged"
    assert states(against(edited, baseline_of(room)))[-1] == "new"


def test_expired_decisions():
    known = baseline_of(newsroom(), **CONFIRMED, expires=DAY)
    found = against(newsroom(), known).findings[0]
    assert found.judgement(DAY) == "confirmed"
    assert found.judgement(DAY + dt.timedelta(1)) == "expired"


def _found(matching: Matching) -> dict[str, object]:
    return {found.finding.fingerprint: (found.finding.state, found.entry) for found in matching.findings}


@settings(deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_findings_and_lines_does_not_matter(rng: random.Random):
    known = newsroom()
    known.add("w2", "Berg praises again", f"Later: {WARM.replace('closest', 'oldest')}")
    known.shift("w2", WARM.replace("closest", "oldest"), "t2", COLD)
    room = known.copy()
    for name in ("t1", "w2"):
        room.rewrite(name, "security policy", "defence policy")
    found, entries = items(room), list(baseline_of(known).entries)
    identities = {article_identity(source) for source in room.articles.values()}
    expected = _found(match(found, Baseline(tuple(entries)), identities))
    rng.shuffle(found)
    rng.shuffle(entries)
    matching = match(found, Baseline(tuple(entries)), identities)
    assert _found(matching) == expected
    assert [f.finding.fingerprint for f in matching.findings] == [item.finding.fingerprint for item in found]


def test_states_of_reads_the_file(tmp_path):
    room, file = newsroom(), tmp_path / "b.jsonl"
    articles = list(room.articles.values())
    assert [f.state for f in states_of(room.findings(), articles, Baseline())] == ["new", "new"]
    write(file, baseline_of(room).entries[:1])
    made = states_of(room.findings(), articles, read(file))
    assert sorted(f.state for f in made) == ["new", "unchanged"]
    assert [f.fingerprint for f in made] == [f.fingerprint for f in room.findings()]
