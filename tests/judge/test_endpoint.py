"""A judge behind an endpoint: what it is asked, what of its answers counts, and what happens where it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from claims.errors import ModelUnavailable, UsageError
from claims.judge import JudgedPair, choose_judge

PAIR = JudgedPair("We want talks.", "There will be no talks.", "Someone", "Xland", "2017-08-30", "2022-01-13")
OTHER = JudgedPair("We want grain.", "We have enough grain.")
# Relation (consistent, shift, unrelated), then inference (entailment, neutral, contradiction).
UNSURE = np.array([[0.3, 0.5, 0.2, 0.2, 0.6, 0.2]], np.float32)


@contextmanager
def endpoint(answer: str, status: int = 200) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server on this machine that answers every question alike, and what it was asked."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            message = {"role": "assistant", "content": answer}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            body = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
            content = json.dumps(body if status == 200 else {"error": {"message": "no such model"}}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


ANSWER = 'Here it is: {"consistent": 0.05, "shift": 0.9, "unrelated": 0.05, "contradiction": 0.7}'


def test_the_question_has_dates_holder_target_and_both_quotes(tmp_path: Path) -> None:
    with endpoint(ANSWER) as (url, asked):
        choose_judge("openai:m", tmp_path, base_url=url).read([PAIR], UNSURE)
    told = json.loads(asked[0]["messages"][-1]["content"])
    assert told["holder"] == "Someone"
    assert told["target"] == "Xland"
    assert told["earlier"] == {"date": "2017-08-30", "statement": "We want talks."}
    assert told["later"] == {"date": "2022-01-13", "statement": "There will be no talks."}


def test_its_answer_takes_the_place_of_the_reading(tmp_path: Path) -> None:
    with endpoint(ANSWER) as (url, _):
        [row] = choose_judge("openai:m", tmp_path, base_url=url).read([PAIR], UNSURE)
    assert row[:3] == pytest.approx([0.05, 0.9, 0.05])
    assert row[5] == pytest.approx(0.7)
    assert row[3:].sum() == pytest.approx(1)
    assert row[4] / row[3] == pytest.approx(3)


def test_a_question_is_asked_once(tmp_path: Path) -> None:
    with endpoint(ANSWER) as (url, asked):
        first = choose_judge("openai:m", tmp_path, base_url=url).read([PAIR], UNSURE)
        again = choose_judge("openai:m", tmp_path, base_url=url, budget=0).read([PAIR], UNSURE)
    assert len(asked) == 1
    assert np.allclose(first, again)


def test_the_budget_goes_to_the_likeliest_shifts(tmp_path: Path) -> None:
    likelier = np.array([[0.3, 0.5, 0.2, 0.2, 0.6, 0.2], [0.1, 0.8, 0.1, 0.1, 0.7, 0.2]], np.float32)
    with endpoint(ANSWER) as (url, asked):
        judge = choose_judge("openai:m", tmp_path, base_url=url, budget=1)
        found = judge.read([OTHER, PAIR], likelier)
    assert "no talks" in asked[0]["messages"][-1]["content"]
    assert np.allclose(found[0], likelier[0])
    assert judge.counts == {"judge_read": 1, "judge_unreadable": 0, "judge_over_budget": 1}


def test_what_is_surely_no_shift_is_not_asked(tmp_path: Path) -> None:
    clear = np.array([[0.9, 0.05, 0.05, 0.8, 0.1, 0.1]], np.float32)
    with endpoint(ANSWER) as (url, asked):
        assert np.allclose(choose_judge("openai:m", tmp_path, base_url=url).read([PAIR], clear), clear)
    assert asked == []


@pytest.mark.parametrize(
    "answer",
    ["I cannot say.", '{"consistent": 2, "shift": 0, "unrelated": 0, "contradiction": 0}', '{"shift": 0.9}', "{"],
)
def test_an_answer_that_is_none_leaves_the_reading_and_is_counted(tmp_path: Path, answer: str) -> None:
    with endpoint(answer) as (url, _):
        judge = choose_judge("openai:m", tmp_path, base_url=url)
        assert np.allclose(judge.read([PAIR], UNSURE), UNSURE)
    assert judge.counts["judge_unreadable"] == 1


def test_an_endpoint_that_refuses_is_one_clear_line(tmp_path: Path) -> None:
    with (
        endpoint("", status=404) as (url, _),
        pytest.raises(ModelUnavailable, match="openai:m does not answer") as error,
    ):
        choose_judge("openai:m", tmp_path, base_url=url).read([PAIR], UNSURE)
    assert "\n" not in str(error.value)


def test_a_call_that_cannot_be_meant(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs a model's name"):
        choose_judge("openai:", tmp_path)
    with pytest.raises(UsageError, match="--base-url"):
        choose_judge("some/model", tmp_path, base_url="http://127.0.0.1/v1")
