import hashlib
import json

import orjson
import pytest

from claims.errors import RunIncomplete
from claims.gate.read import read_complete, read_run
from tests.baseline.newsroom import newsroom


@pytest.fixture
def run(tmp_path):
    return newsroom().write(tmp_path / "my run")


def change(run, **fields):
    manifest = orjson.loads((run / "run.json").read_bytes())
    manifest |= fields
    (run / "run.json").write_bytes(orjson.dumps(manifest))


def refuse(run, told):
    with pytest.raises(RunIncomplete, match=told) as caught:
        read_run(run)
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_whole_run_is_read(run):
    read = read_run(run)
    assert len(read.findings) == 2 and len(read.identities) == 4
    assert read.manifest.counts.articles == 4
    assert read.findings[0].finding == newsroom().findings()[0]


def test_articles_without_findings_count_as_input(tmp_path):
    room = newsroom()
    room.add("x", "Weather", "It rains.")
    read = read_run(room.write(tmp_path))
    assert len(read.identities) == 5
    assert read.articles is not None and len(read.articles) == 4


def test_no_run(tmp_path):
    assert "claims run PATH… --out" in refuse(tmp_path / "none", "no finished run here")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"status":"complete"}', b'{"schema_version":1}'])
def test_a_torn_manifest(run, content):
    (run / "run.json").write_bytes(content)
    refuse(run, r"run\.json: ")


def test_every_cut_of_every_file_is_refused(run):
    for name in ("run.json", "findings.jsonl", "articles.jsonl"):
        content = (run / name).read_bytes()
        for cut in {0, 1, len(content) // 2, len(content) - 1}:
            (run / name).write_bytes(content[:cut])
            refuse(run, name)
        (run / name).write_bytes(content)
    read_run(run)


def test_a_changed_letter_is_refused(run):
    path = run / "findings.jsonl"
    path.write_bytes(path.read_bytes().replace(b"pipeline", b"pipelime"))
    refuse(run, r"findings\.jsonl: not the file that the run wrote")


@pytest.mark.parametrize("name", ["findings.jsonl", "articles.jsonl"])
def test_a_missing_file(run, name):
    (run / name).unlink()
    refuse(run, f"{name}: missing")


def test_any_named_output_must_be_there(run):
    outputs = orjson.loads((run / "run.json").read_bytes())["outputs"]
    change(run, outputs={**outputs, "report.html": "0" * 64})
    refuse(run, r"report\.html: missing")
    (run / "report.html").write_bytes(b"<p>")
    refuse(run, r"report\.html: not the file")
    change(run, outputs={**outputs, "report.html": "SHA256:".lower() + hashlib.sha256(b"<p>").hexdigest().upper()})
    read_run(run)


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "..\\x"])
def test_outputs_outside_the_folder_are_not_read(run, name):
    outputs = orjson.loads((run / "run.json").read_bytes())["outputs"]
    change(run, outputs={name: "0", **outputs})
    refuse(run, "outside the run's folder")


@pytest.mark.parametrize("name", ["findings.jsonl", "articles.jsonl"])
def test_a_file_without_a_digest_is_not_trusted(run, name):
    outputs = orjson.loads((run / "run.json").read_bytes())["outputs"]
    del outputs[name]
    change(run, outputs=outputs)
    refuse(run, f"names no digest for {name}")


def test_the_count_of_findings_must_agree(run):
    counts = orjson.loads((run / "run.json").read_bytes())["counts"]
    change(run, counts={**counts, "findings": 3})
    refuse(run, "2 findings, run.json counts 3")


def test_another_schema(run):
    change(run, schema_version=2)
    refuse(run, "schema version 2")


def sealed(run, name, content):
    (run / name).write_bytes(content)
    outputs = orjson.loads((run / "run.json").read_bytes())["outputs"]
    change(run, outputs={**outputs, name: hashlib.sha256(content).hexdigest()})


def test_a_finding_of_an_unknown_article(run):
    lines = (run / "articles.jsonl").read_bytes().splitlines(keepends=True)
    sealed(run, "articles.jsonl", b"".join(lines[1:]))
    refuse(run, "names article a[0-9a-f]+, which")


def test_a_line_that_is_no_record_is_named(run):
    lines = (run / "findings.jsonl").read_bytes().splitlines(keepends=True)
    bad = {**json.loads(lines[1]), "kind": "mood"}
    sealed(run, "findings.jsonl", lines[0] + json.dumps(bad).encode() + b"\n")
    refuse(run, r"findings\.jsonl:2: kind")


def test_an_incomplete_run_is_only_named(run):
    change(run, status="incomplete", outputs={}, counts={})
    assert read_run(run).manifest.status == "incomplete"
    with pytest.raises(RunIncomplete, match="the run is incomplete"):
        read_complete(run)


def test_a_run_over_nothing_makes_no_baseline(run):
    counts = orjson.loads((run / "run.json").read_bytes())["counts"]
    change(run, counts={**counts, "articles": 0})
    with pytest.raises(RunIncomplete, match="no article"):
        read_complete(run)
