import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from claims.baseline.entry import entry_of
from claims.baseline.fingerprint import Keyed, keyed
from claims.baseline.match import Matched, Matching
from claims.errors import ConfigError
from claims.gate.policy import Policy, load, verdict
from claims.gate.read import Counts, RunManifest
from tests.baseline.newsroom import newsroom

DAY = dt.date(2024, 5, 1)
WHOLE = RunManifest(schema_version=1, status="complete", counts=Counts(articles=4, claims=40, claims_with_holder=30))
ROOM = newsroom()
ITEM = keyed(ROOM.findings(), {a.id: a for a in ROOM.articles.values()})[0]


def found(number: int, state: str, decision: str = "unreviewed", probability: float = 0.9, expires=None) -> Matched:
    finding = ITEM.finding.model_copy(
        update={"fingerprint": f"{number:032x}", "state": state, "probability": probability}
    )
    item = Keyed(finding, ITEM.earlier, ITEM.later)
    judgement = {"decision": decision, "author": "ann", "reason": "r", "date": DAY, "expires": expires}
    return Matched(item, None if state == "new" else entry_of(item).model_copy(update=judgement))


OLD = DAY - dt.timedelta(1)
ALL = {
    "new": found(1, "new"),
    "updated": found(2, "updated", "confirmed"),
    "unreviewed": found(3, "unchanged"),
    "confirmed": found(4, "unchanged", "confirmed"),
    "rejected": found(5, "unchanged", "rejected"),
    "unsure": found(6, "unchanged", "unsure"),
    "expired": found(7, "unchanged", "rejected", expires=OLD),
}
FAILS = {
    "new": {"new"},
    "updated": {"updated"},
    "unreviewed": {"new", "updated", "unreviewed"},
    "unsure": {"unsure"},
    "expired": {"expired"},
    "any": set(ALL) - {"rejected"},
    "none": set(),
}


def judge(names, manifest=WHOLE, **settings):
    return verdict(Matching(tuple(ALL[name] for name in names)), manifest, Policy(**settings), DAY)


@pytest.mark.parametrize(("setting", "name"), itertools.product(FAILS, ALL))
def test_each_setting_fails_on_its_own_findings(setting, name):
    made = judge([name], fail_on=setting)
    assert made.passed == (name not in FAILS[setting])
    assert made.exit_code == (1 if name in FAILS[setting] else 0)
    assert bool(made.reasons) == bool(made.failing) == (not made.passed)


SOME = st.sets(st.sampled_from(sorted(FAILS.keys() - {"any", "none"})), min_size=1)


@settings(deadline=None)
@given(st.sets(st.sampled_from(sorted(ALL))), SOME)
def test_settings_add_up(names, settings):
    made = judge(sorted(names), fail_on=frozenset(settings))
    failing = names & set().union(*(FAILS[setting] for setting in settings))
    assert made.failing == {ALL[name].finding.fingerprint for name in failing}
    assert made.exit_code == bool(failing)


def test_the_default_fails_on_new_and_updated_only():
    assert Policy().fail_on == {"new", "updated"}
    assert judge(["unreviewed", "confirmed", "rejected", "unsure", "expired"]).passed
    assert judge(["confirmed", "updated", "new"]).reasons == (
        "1 new finding (none allowed)",
        "1 updated finding (none allowed)",
    )


def test_nothing_found_in_a_whole_run_passes():
    assert judge([]).passed


def test_limits_hold_with_and_without_fail_on():
    many = Matching(tuple(found(n, "new") for n in range(3)))
    for fail_on in ("new", "none", "updated"):
        assert verdict(many, WHOLE, Policy(fail_on=fail_on, max_new=3), DAY).passed
        made = verdict(many, WHOLE, Policy(fail_on=fail_on, max_new=2), DAY)
        assert made.exit_code == 1 and len(made.failing) == 3
        assert made.reasons == ("3 new findings (2 allowed)",)
    assert verdict(many, WHOLE, Policy(fail_on="none", max_new=0), DAY).exit_code == 1
    assert verdict(many, WHOLE, Policy(fail_on="none", max_unreviewed=3), DAY).passed
    assert verdict(many, WHOLE, Policy(fail_on="none", max_unreviewed=2), DAY).exit_code == 1


def test_findings_below_the_least_probability_do_not_count():
    for probability, counts in ((0.79, False), (0.8, True), (0.7996, True), (0.7994, False)):
        made = verdict(Matching((found(1, "new", probability=probability),)), WHOLE, Policy(min_probability=0.8), DAY)
        assert made.passed != counts, probability
        assert made.counts["below_probability"] == (not counts)
        assert made.counts["new"] == counts


@pytest.mark.parametrize("status", ["incomplete", "", "Complete", "failed", "complete "])
def test_only_a_complete_run_is_judged(status):
    made = judge(["new"], WHOLE.model_copy(update={"status": status}))
    assert (made.exit_code, made.passed, made.failing) == (4, False, frozenset())


@pytest.mark.parametrize("fail_on", ["none", "any", "new"])
@pytest.mark.parametrize("counts", [{"articles": 0}, {"claims": 0}, {"articles": 0, "claims": 0}])
def test_an_empty_run_is_never_green(counts, fail_on):
    manifest = WHOLE.model_copy(update={"counts": WHOLE.counts.model_copy(update=counts)})
    for names in ([], ["new"], ["confirmed"]):
        assert judge(names, manifest, fail_on=fail_on).exit_code == 4


def test_the_least_numbers_cannot_be_switched_off():
    for name in ("min_articles", "min_claims"):
        with pytest.raises(ValidationError):
            Policy(**{name: 0})
    assert judge([], min_articles=4, min_claims=40).passed
    assert "4 articles, at least 5" in judge([], min_articles=5).reasons[0]
    assert judge([], min_claims=41).exit_code == 4


def test_the_share_without_a_holder():
    assert judge([], max_without_holder=0.25).passed
    made = judge(["new"], max_without_holder=0.2)
    assert made.exit_code == 4
    assert made.reasons == ("25.0% of the claims have no holder, at most 20.0% may",)


def test_counts_tell_everything():
    made = verdict(Matching(tuple(ALL.values()), absent=(ALL["confirmed"].entry,) * 2), WHOLE, Policy(), DAY)
    assert made.counts == {
        "articles": 4, "claims": 40, "left_out": 0, "findings": 7, "below_probability": 0, "new": 1, "updated": 1,
        "unchanged": 5, "unreviewed": 3, "confirmed": 1, "rejected": 1, "unsure": 1, "expired": 1, "absent": 2,
        "not_checked": 0,
    }  # fmt: skip


def test_a_policy_is_frozen_and_strict():
    with pytest.raises(ValidationError):
        Policy().max_new = 3
    wrong = [{"fail_on": "newest"}, {"fail_on": "none,new"}, {"fail_on": ""}, {"max_new": -1}, {"colour": 1}]
    for changes in (*wrong, {"min_probability": 2}):
        with pytest.raises(ValidationError):
            Policy(**changes)
    assert Policy(fail_on="new, expired").fail_on == {"new", "expired"}
    assert Policy(fail_on=["any"]).fail_on == {"any"}


def test_flags_outrank_the_environment_and_that_the_file(tmp_path, monkeypatch):
    file = tmp_path / "claims.toml"
    file.write_text('[shift]\nx = 1\n[gate]\nfail_on = ["new", "unsure"]\nmax_new = 1\nmin_claims = 7\n')
    assert load(file) == Policy(fail_on="new,unsure", max_new=1, min_claims=7)
    monkeypatch.setenv("CLAIMS_GATE_MAX_NEW", "2")
    monkeypatch.setenv("CLAIMS_GATE_MIN_CLAIMS", "8")
    assert load(file, {"max_new": 3, "min_probability": None}) == Policy(fail_on="new,unsure", max_new=3, min_claims=8)


def test_the_file_of_the_working_folder_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load() == Policy()
    (tmp_path / "claims.toml").write_text("[gate]\nmax_new = 5\n")
    assert load().max_new == 5


@pytest.mark.parametrize(
    "content", ["[gate", "gate = 1", "[gate]\nfail_on = 'x'", "[gate]\nnew = 1", "[gate]\nmin_articles = 0"]
)
def test_a_wrong_file_is_named(tmp_path, content):
    file = tmp_path / "claims.toml"
    file.write_text(content)
    with pytest.raises(ConfigError, match=r"claims\.toml") as caught:
        load(file)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value) or content == "[gate"


def test_a_missing_file_that_was_named(tmp_path):
    with pytest.raises(ConfigError):
        load(tmp_path / "none.toml")


def test_a_known_finding_does_not_flip_within_the_noise_band():
    for probability, counts in ((0.79, True), (0.78, True), (0.779, False), (0.7805, True)):
        matching = Matching((found(1, "unchanged", probability=probability),))
        made = verdict(matching, WHOLE, Policy(min_probability=0.8, fail_on="unreviewed"), DAY)
        assert made.passed != counts, probability
        without = verdict(matching, WHOLE, Policy(min_probability=0.8, fail_on="unreviewed", noise_band=0), DAY)
        assert without.passed
    # A new finding has to reach the threshold itself.
    assert verdict(Matching((found(1, "new", probability=0.79),)), WHOLE, Policy(min_probability=0.8), DAY).passed
