"""Files to documents and rejected records, whatever the files hold."""

from __future__ import annotations

import io
import json
import os
import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from claims.ingest.page import article_id
from claims.ingest.read import Reading, read
from claims.ingest.sources import expand

ReadFile = Callable[..., Reading]

STORY = "Minister pledges five dams\n\nThe minister of agriculture promised on Sunday to build five dams.\n"
STORY_AR = "وزيرة الزراعة تتعهد بناء سدود\n\nتعهدت وزيرة الزراعة، الأحد، بناء خمسة سدود قبل الانتخابات المقبلة.\n"
BODY = "".join(f"<p>The minister promised on Sunday to build dam number {n} in the far south.</p>" for n in range(5))
HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Minister pledges five dams | Example Wire</title>
<meta property="og:title" content="Minister pledges five dams"><meta property="og:site_name" content="Example Wire">
{head}</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Minister pledges five dams</h1>{body}</article><footer>All rights reserved</footer></body></html>"""


def _only_reason(reading: Reading) -> str:
    assert reading.documents == ()
    [rejected] = reading.rejected
    assert rejected.stage == "ingest"
    assert rejected.detail
    return rejected.reason


@pytest.mark.parametrize(
    "text", [STORY, STORY.replace("\n", "\r\n"), STORY_AR, "\u200f\n \n" + STORY_AR.replace("\n", "\r\n")]
)
def test_the_text_of_a_file_is_kept_to_the_letter(read_file: ReadFile, text: str) -> None:
    reading = read_file("a.txt", text)
    [document] = reading.documents
    assert document.article.text == text
    assert document.article.title == text.strip("\u200f \r\n").splitlines()[0]
    assert document.article.lang == ("ar" if "و" in text else "en")
    assert document.article.published.earliest is None
    assert document.article.id == article_id("a.txt", 0)
    assert len(document.article.id) == 13


def test_the_byte_order_mark_is_no_part_of_the_text(read_file: ReadFile) -> None:
    [document] = read_file("a.txt", b"\xef\xbb\xbf" + STORY.encode()).documents
    assert document.article.text == STORY


def test_offsets_count_code_points_in_old_charsets_too(read_file: ReadFile) -> None:
    text = STORY_AR + "\r\nمواضيع ذات صلة\r\n"
    [document] = read_file("a.txt", text.encode("cp1256")).documents
    assert document.article.text == text
    [span] = document.spans
    assert text[span.start : span.end] == "مواضيع ذات صلة"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t\n", "empty"),
        ("a.txt", "\ufeff \u00a0\n".encode(), "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.html", b"", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("a.html", b"<html>\x00\x01\x02</html>", "binary"),
        ("a.html", b"<html><head><title>Dams</title></head><body></body></html>", "no_text"),
        ("a.html", b"<html><body><script>var x = 1;</script><div></div></body></html>", "no_text"),
        ("a.json", b"{broken", "invalid_json"),
        ("a.json", b'{"version": 3, "rules": []}', "not_articles"),
        ("a.json", b"[1, 2, 3]", "not_articles"),
    ],
)
def test_what_cannot_be_used_is_rejected(read_file: ReadFile, name: str, content: bytes, reason: str) -> None:
    assert _only_reason(read_file(name, content)) == reason


def test_a_large_file_costs_nothing(here: Path) -> None:
    with (here / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    [source] = expand(["large.txt"])
    tracemalloc.start()
    reading = read(source)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert _only_reason(reading) == "too_large"
    assert peak < 1_000_000


def test_the_limit_is_a_parameter(read_file: ReadFile) -> None:
    assert _only_reason(read_file("a.txt", STORY, max_bytes=len(STORY) - 1)) == "too_large"
    assert read_file("a.txt", STORY, max_bytes=len(STORY)).documents


def test_files_that_cannot_be_opened(here: Path) -> None:
    (here / "gone.txt").write_text(STORY)
    os.mkfifo(here / "pipe.txt")
    (here / "broken.txt").symlink_to("nowhere.txt")
    (here / "loop.txt").symlink_to("loop.txt")
    sources = expand(["*.txt"])
    assert len(sources) == 4
    (here / "gone.txt").unlink()
    for source in sources:
        assert _only_reason(read(source)) == "unreadable", source.path


def test_a_file_without_permission(read_file: ReadFile, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As root, no mode of a file keeps one out; the system call's answer is played.
    def refuse(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("claims.ingest.read.os.open", refuse)
    reading = read_file("a.txt", STORY)
    assert _only_reason(reading) == "unreadable"
    assert reading.rejected[0].detail == "Permission denied"


def test_refused_sources_give_their_reason(here: Path) -> None:
    (here / "in").mkdir()
    (here / "in" / "a.pdf").write_bytes(b"%PDF-1.7")
    [source] = expand(["in"])
    assert _only_reason(read(source)) == "unsupported_type"


def test_html_gives_text_title_dates_and_declared_language(read_file: ReadFile) -> None:
    head = (
        '<link rel="canonical" href="https://wire.example/2019/03/03/dams">'
        '<meta property="article:published_time" content="2019-03-04T01:10:00+03:00">'
    )
    [document] = read_file("a.html", HTML.format(head=head, body=BODY)).documents
    article = document.article
    assert article.title == "Minister pledges five dams"
    assert article.text.split("\n")[0] == article.title
    assert article.text.count("Minister pledges") == 1
    assert "dam number 4" in article.text
    assert "rights reserved" not in article.text
    assert (article.lang, document.outlet, document.url) == (
        "en",
        "Example Wire",
        "https://wire.example/2019/03/03/dams",
    )
    dates = {evidence.rule: evidence for evidence in document.metadata_dates}
    assert dates["url"].earliest == dates["url"].latest == date(2019, 3, 3)
    assert dates["html_meta"].earliest == date(2019, 3, 4)
    assert dates["html_meta"].text == "article:published_time=2019-03-04T01:10:00+03:00"


def test_html_dates_by_where_they_stand(read_file: ReadFile) -> None:
    ld = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-03-05T08:00:00Z"}</script>'
    [document] = read_file("a.html", HTML.format(head=ld, body=BODY)).documents
    assert [(found.rule, found.earliest) for found in document.metadata_dates] == [("html_meta", date(2019, 3, 5))]
    stamp = '<time datetime="2019-03-06">yesterday</time>'
    [document] = read_file("a.html", HTML.format(head="", body=stamp + BODY)).documents
    assert [(found.rule, found.earliest) for found in document.metadata_dates] == [("html_time", date(2019, 3, 6))]
    [document] = read_file("a.html", HTML.format(head="", body=BODY)).documents
    assert document.metadata_dates == ()


def test_html_in_arabic_with_a_declared_old_charset(read_file: ReadFile) -> None:
    sentence = "تعهدت وزيرة الزراعة بناء خمسة سدود في الجنوب قبل الانتخابات المقبلة."
    head = '<html lang="en"><head><meta charset="windows-1256"></head>'
    page = f"{head}<body><p>{sentence}</p><p>{sentence[::-1]}</p></body></html>"
    [document] = read_file("a.html", page.encode("cp1256")).documents
    assert sentence in document.article.text
    assert document.article.lang == "ar"


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><article><p>" + "The minister promised dams. " * 10 + "<p><div><b>And left",
        "<p>" + "The minister promised dams. " * 10 + "</html></p></body><table><tr>",
        "<html><body>" + "<div>" * 3000 + "<p>" + "The minister promised dams. " * 10,
        "<!-- <html> --><html><head><title>Dams</head><body>&#0;&#xD800;&bogus;" + "The minister promised dams. " * 10,
    ],
)
def test_broken_html_does_not_crash(read_file: ReadFile, markup: str) -> None:
    reading = read_file("a.html", markup)
    assert len(reading.documents) + len(reading.rejected) == 1
    if reading.documents:
        assert "promised dams" in reading.documents[0].article.text


def test_html_under_a_text_name_is_read_as_html(read_file: ReadFile) -> None:
    [document] = read_file("a.txt", HTML.format(head="", body=BODY)).documents
    assert "<p>" not in document.article.text


def test_json_lines_keep_the_good_lines(read_file: ReadFile) -> None:
    url = "https://wire.example/2019/03/04/x"
    lines = [
        json.dumps({"text": STORY, "title": "Five dams", "date": "2019-03-03", "url": url, "lang": "en"}),
        "{broken",
        json.dumps({"title": "No text"}),
        "",
        json.dumps([1, 2]),
        json.dumps({"text": STORY_AR, "date": "last week", "lang": 7}),
        '{"text": "\ud83d\ude00 ok"}'.encode("utf-16", "surrogatepass").decode("utf-16"),
        json.dumps({"text": "  "}),
    ]
    reading = read_file("a.jsonl", "\n".join(lines))
    assert [document.article.path for document in reading.documents] == ["a.jsonl#1", "a.jsonl#6", "a.jsonl#7"]
    assert [(found.path, found.reason) for found in reading.rejected] == [
        ("a.jsonl#2", "invalid_json"),
        ("a.jsonl#3", "missing_text"),
        ("a.jsonl#5", "invalid_json"),
        ("a.jsonl#8", "missing_text"),
    ]
    first, second, _ = reading.documents
    assert (first.article.title, first.article.text, first.url) == ("Five dams", STORY, url)
    assert [(found.rule, found.earliest) for found in first.metadata_dates] == [
        ("json_field", date(2019, 3, 3)),
        ("url", date(2019, 3, 4)),
    ]
    assert second.article.lang == "ar"
    assert [(found.text, found.earliest) for found in second.metadata_dates] == [("last week", None)]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-03-03T23:59:59+03:00", date(2019, 3, 3), date(2019, 3, 3)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        (20190303, date(2019, 3, 3), date(2019, 3, 3)),
        (1551571200, date(2019, 3, 3), date(2019, 3, 3)),
        (1551571200000, date(2019, 3, 3), date(2019, 3, 3)),
        ("Sun, 03 Mar 2019 10:00:00 +0000", date(2019, 3, 3), date(2019, 3, 3)),
        ("2019-13-41", None, None),
    ],
)
def test_json_dates(read_file: ReadFile, value: object, first: date | None, last: date | None) -> None:
    [document] = read_file("a.jsonl", json.dumps({"text": STORY, "date": value})).documents
    [evidence] = document.metadata_dates
    assert (evidence.earliest, evidence.latest) == (first, last)


def test_the_limit_of_json_lines_is_by_line(read_file: ReadFile) -> None:
    good = json.dumps({"text": STORY})
    reading = read_file("a.jsonl", f"{good}\n{json.dumps({'text': 'x' * 5000})}\n{good}\n" * 3, max_bytes=1000)
    assert [document.article.path for document in reading.documents] == [f"a.jsonl#{n}" for n in (1, 3, 4, 6, 7, 9)]
    assert [found.path for found in reading.rejected] == [f"a.jsonl#{n}" for n in (2, 5, 8)]
    assert {found.reason for found in reading.rejected} == {"too_large"}


def test_json_files(read_file: ReadFile) -> None:
    records = [{"text": STORY}, {"text": ""}, {"text": STORY_AR}]
    for content in (records, {"articles": records}):
        reading = read_file("a.json", json.dumps(content))
        assert [document.article.path for document in reading.documents] == ["a.json#1", "a.json#3"]
        assert [found.reason for found in reading.rejected] == ["missing_text"]
    assert len(read_file("a.json", json.dumps(records[0])).documents) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (STORY.encode(), STORY),
        (STORY_AR.encode("cp1256"), STORY_AR),
        (json.dumps({"text": STORY}).encode() + b"\n", STORY),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes, expected: str) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    [source] = expand(["-"])
    [document] = read(source).documents
    assert document.article.text == expected
    assert document.article.path.startswith("-")


def test_standard_input_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(STORY.encode() * 100)))
    assert _only_reason(read(expand(["-"])[0], max_bytes=1000)) == "too_large"


def test_the_same_bytes_give_the_same_reading(read_file: ReadFile) -> None:
    assert read_file("a.html", HTML.format(head="", body=BODY)) == read_file("a.html", HTML.format(head="", body=BODY))
