"""The parts of the report that stand alone: marks, visible symbols, dates, the terminal and the digest."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from claims.records import DateRange
from claims.report.dates import Gap, gap, in_order, plain_date, when
from claims.report.drawing import chart
from claims.report.interface import interface
from claims.report.markdown import digest, escape
from claims.report.marks import Piece, compare
from claims.report.terminal import summary
from claims.report.view import figure, level
from claims.report.visible import runs, sentence_way, shorten, visible

from .report_sample import Sample, sample


def span(first: str = "", last: str = "") -> DateRange:
    return DateRange(
        earliest=dt.date.fromisoformat(first) if first else None, latest=dt.date.fromisoformat(last) if last else None
    )


def test_spellings_of_one_word_are_no_difference() -> None:
    first, second, how = compare("وافقت اللجنةُ على الاتفاق", "وافقت اللجنه علي الإتفاق", same_language=True)
    assert how == "same" and first == (Piece("وافقت اللجنةُ على الاتفاق"),) and len(second) == 1


def test_pieces_put_together_are_the_quotation() -> None:
    one, two = "We will, if asked, sign the treaty.", "We won't sign — not even if asked — the treaty!"
    first, second, how = compare(one, two, same_language=True)
    assert how == "marked"
    assert "".join(piece.text for piece in first) == one and "".join(piece.text for piece in second) == two
    assert all(piece.text == piece.text.strip(" ,.—!") for piece in (*first, *second) if piece.only)


@pytest.mark.parametrize(
    ("one", "two", "same", "how"),
    [
        ("a b c", "a b c", False, "other_language"),
        ("мы за мир", "we are for peace", True, "other_language"),
        ("one two three four", "five six seven eight", True, "too_different"),
        ("word " * 700, "word", True, "too_long"),
        ("", "", True, "same"),
    ],
)
def test_when_there_are_no_marks(one: str, two: str, same: bool, how: str) -> None:
    assert compare(one, two, same_language=same)[2] == how


def test_visible_keeps_joiners_and_marks() -> None:
    assert visible("می\u200cخواهم قَالَ\tx\n") == "می\u200cخواهم قَالَ\tx\n"
    assert visible("a\u202eb\x00\x85\u200f") == "a⟦RLO⟧b⟦NUL⟧⟦U+0085⟧⟦RLM⟧"


def test_runs_isolate_the_other_direction() -> None:
    assert runs("from سامي درويش, 2017 to ليلى.", "ltr") == (
        ("from ", None), ("سامي درويش", "rtl"), (", 2017 to ", None), ("ليلى", "rtl"), (".", None),
    )  # fmt: skip
    assert runs("قال John Smith إن", "rtl") == (("قال ", None), ("John Smith", "ltr"), (" إن", None))
    assert runs("", "ltr") == () and runs("2017", "rtl") == (("2017", None),)


def test_names_and_quotations_do_not_turn_a_sentence() -> None:
    assert sentence_way("ليلى حداد on الإضراب العام", ("ليلى حداد", "الإضراب العام")) == "ltr"
    assert sentence_way("now “عمل تخريبي سنواجهه”") == "ltr"
    assert sentence_way("صار القول «against the treaty»") == "rtl" and sentence_way("«ليلى»") == "rtl"


def test_shorten_cuts_between_words() -> None:
    assert shorten("one two six seven", 12) == "one two six…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"


@pytest.mark.parametrize(
    ("date", "form", "plain"),
    [
        (span("2020-02-29", "2020-02-29"), "day", "2020-02-29"),
        (span("2020-02-01", "2020-02-29"), "month", "2020-02"),
        (span("2020-01-01", "2020-12-31"), "year", "2020"),
        (span("2020-02-01", "2020-02-28"), "between", "~2020-02"),
        (span("2020-02-01"), "from", ">2020-02"),
        (span("", "2020-02-01"), "until", "<2020-02"),
        (span(), "unknown", "undated"),
    ],
)
def test_forms_of_dates(date: DateRange, form: str, plain: str) -> None:
    assert when(date).form == form and plain_date(date) == plain


def test_gap_and_order() -> None:
    day, later, month = (
        when(span("2020-01-01", "2020-01-01")),
        when(span("2020-01-31", "2020-01-31")),
        when(span("2020-01-01", "2020-01-31")),
    )
    assert gap(day, later) == Gap("days", 30, True) and in_order(day, later) and not in_order(later, day)
    assert not in_order(month, later) or month.latest == later.earliest
    assert gap(day, when(span())) is None and gap(day, day) is None


def test_arabic_plurals() -> None:
    words = interface("ar")
    told = [str(words.gap(Gap("years", n, True))) for n in (1, 2, 3, 11, 100)]
    assert [text.replace("<bdi>", "").replace("</bdi>", "")[8:] for text in told] == [
        "سنة واحدة", "سنتان", "3 سنوات", "11 سنة", "100 سنة",
    ]  # fmt: skip


def test_level_and_figure() -> None:
    assert [level(p) for p in (1, 0.95, 0.7, 0.5, 0.1)] == ["certain", "very_likely", "likely", "even", "unlikely"]
    assert [figure(p) for p in (1, 0.9999, 0.5, 0.0001, 0)] == ["1.00", "0.99", "0.50", "0.01", "0.00"]


def test_chart_of_undated_only_and_of_one_day() -> None:
    undated = chart([(when(span()), 0.5, True), (when(span()), -0.5, True)], [(0, 1, "f")])
    assert undated.undated is None and undated.ticks == () and all(0 <= dot.x <= 100 for dot in undated.dots)
    day = when(span("2020-01-01", "2020-01-01"))
    assert chart([(day, 1, True), (day, -1, True)], []).dots[0].x == pytest.approx(50)


def test_chart_over_centuries_has_few_ticks() -> None:
    for first, last in (("0001-01-01", "9999-12-31"), ("1990-05-05", "2024-01-01"), ("2020-01-30", "2020-12-02")):
        ticks = chart([(when(span(first, first)), 0, True), (when(span(last, last)), 0, True)], []).ticks
        assert 2 <= len(ticks) <= 7


def told(s: Sample, width: int = 100, **more: object) -> str:
    console = Console(file=io.StringIO(), width=width)
    summary(console, s.findings, counts={"articles": 21, "claims": 1200}, rejected=s.rejected, **more)  # type: ignore[arg-type]
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_terminal_says_it_all_in_few_lines() -> None:
    text = told(sample(), report="reports/report.html", next_command="claims review reports")
    lines = text.splitlines()
    assert "2017-03-12 → 2022-05-04" in lines[1] and "سامي درويش" in lines[1] and "0.96" in lines[1]
    assert lines[-4:] == [
        "21 articles · 1,200 claims · 9 findings (7 new, 1 updated, 1 unchanged)",
        "left out: 17 (no holder 15, binary 1, empty 1)",
        "report: reports/report.html",
        "next: claims review reports",
    ]
    assert "\x1b" not in text and all(len(line) <= 100 for line in lines)


def test_terminal_obeys_nothing_in_a_name() -> None:
    s = Sample()
    name = "[red]x[/red]\x1b[31m\u202e"
    one = s.claim("a", lang="en", actor=("a", name), target=None, stance=None, date="")
    s.finding(one, one, "ab")
    assert "[red]x[/red]⟦ESC⟧[31m⟦RLO⟧" in told(s, 200)


def test_terminal_without_findings() -> None:
    s = Sample()
    assert told(s).splitlines() == ["No position was found to have moved.", "21 articles · 1,200 claims · 0 findings"]


def test_digest_escapes() -> None:
    assert escape("a|b <img> @desk #12 `x` *y* [z](http://e.example)\n# h") == (
        r"a\|b &lt;img&gt; &#64;desk &#35;12 \`x\` \*y\* \[z\](http&#58;//e.example) &#35; h"
    )


def test_digest_has_a_row_for_each_finding() -> None:
    s = sample()
    text = digest(s.findings, counts={"articles": 21}, rejected=s.rejected, report="out/report.html", limit=4)
    assert sum(line.startswith("| ") for line in text.splitlines()) == 5
    assert "… and 5 more." in text and "Left out: 17" in text and text.endswith("Report: out/report.html\n")
    assert "No position was found" in digest([], counts={})
