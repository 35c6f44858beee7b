"""The drop against the last run: a corpus that shrank by mistake is not green, and does not become the measure."""

import json

import pytest

from claims.errors import UsageError
from claims.gate import judge
from claims.gate.last import PASSED, last_run
from tests.baseline.newsroom import newsroom


def write(folder, articles, **counts):
    room = newsroom()
    room.shifts = []
    for number in range(articles - len(room.articles)):
        room.add(f"n{number}", f"Title {number}", "It rains.")
    for name in list(room.articles)[articles:]:
        room.remove(name)
    return room.write(folder, **counts)


def test_a_run_that_lost_most_of_its_articles_is_not_judged(tmp_path):
    run = tmp_path / "run"
    assert judge(write(run, 10), None).exit_code == 0
    made = judge(write(run, 4), None)
    assert made.exit_code == 4
    assert made.reasons == (
        "the run has 4 articles, 60% fewer than the 10 of the last run, at most 50% may go (--max-drop)",
    )
    # A run that failed is no measure for the next, however often it is repeated.
    assert judge(run, None).exit_code == 4
    assert judge(run, None, flags={"max_drop": 0.6}).exit_code == 0
    assert judge(run, None).exit_code == 0


def test_claims_count_as_well(tmp_path):
    run = tmp_path / "run"
    assert judge(write(run, 10), None).exit_code == 0
    assert "40 claims, 60% fewer than the 100" in judge(write(run, 10, claims=40), None).reasons[0]


def test_growing_and_the_limit_itself_pass(tmp_path):
    run = tmp_path / "run"
    for articles in (6, 10, 5):
        assert judge(write(run, articles), None).exit_code == 0


def test_a_failed_policy_is_no_measure(tmp_path):
    run = newsroom().write(tmp_path / "run")
    assert judge(run, None).exit_code == 1
    assert not (run / PASSED).exists()


def test_a_run_elsewhere_is_named(tmp_path):
    before, run = write(tmp_path / "before", 10), write(tmp_path / "run", 4)
    assert judge(run, None, last=before).exit_code == 4
    assert judge(run, None, last=before, flags={"max_drop": 1}).exit_code == 0
    assert judge(run, None).exit_code == 0


@pytest.mark.parametrize("content", [None, "{", '{"schema_version": 1, "status": "incomplete"}'])
def test_a_last_run_that_is_none(tmp_path, content):
    folder = tmp_path / "before"
    folder.mkdir()
    if content is not None:
        (folder / "run.json").write_text(content)
    with pytest.raises(UsageError, match="--last names"):
        last_run(tmp_path, folder)
    run = write(tmp_path / "run", 4)
    made = judge(run, None, last=folder)
    assert made.exit_code == 2 and str(folder) in made.lines[0]


def test_a_damaged_note_is_named(tmp_path):
    run = write(tmp_path / "run", 4)
    (run / PASSED).write_text("{")
    made = judge(run, None)
    assert made.exit_code == 2 and PASSED in made.lines[0]


def test_the_note_names_the_run(tmp_path):
    run = write(tmp_path / "run", 4)
    judge(run, None)
    assert json.loads((run / PASSED).read_bytes()) == {"run": "", "articles": 4, "claims": 40}
