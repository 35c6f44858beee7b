"""The verdict in Markdown: in both languages, without markup of others, within its limits."""

import datetime as dt

import pytest

from claims.gate import Policy, check
from claims.gate.markdown import COMMENT, SUMMARY, Limit, markdown, words
from tests.baseline.newsroom import newsroom

DAY = dt.date(2024, 5, 1)


def test_markdown_says_what_is_open(checked):
    text = markdown(checked.matching, checked.verdict, words("en"), COMMENT, DAY)
    assert text.startswith("## The gate failed\n")
    assert "**findings 3** (New 1, Updated 1, Unchanged 1, unreviewed 2, rejected 1)" in text
    assert text.count("| Anna Berg |") == 2
    assert "Known findings that this run no longer has: 1." in text
    assert "He {moved}" in text and "[so]" not in text.replace("\\[so\\]", "")


def test_markdown_speaks_arabic(checked):
    text = markdown(checked.matching, checked.verdict, words("ar"), COMMENT, DAY)
    assert text.startswith('<div dir="rtl">\n\n## لم تجتز البوابة') and text.endswith("</div>\n")
    assert "Kind" not in text and "unreviewed" not in text


def test_markdown_of_a_run_that_could_not_be_judged(tmp_path):
    made = check(tmp_path / "<b>none", None, Policy(), DAY)
    for code, title in (("en", "The run could not be judged"), ("ar", "تعذّر الحكم على التشغيل")):
        text = markdown(made.matching, made.verdict, words(code), COMMENT, DAY)
        assert title in text and "no finished run here" in text and "<b>" not in text


@pytest.mark.parametrize("limit", [SUMMARY, COMMENT, Limit(3000, True), Limit(400, False), Limit(1, False)])
@pytest.mark.parametrize("count", [0, 1, 400])
def test_markdown_keeps_its_limit_and_says_what_it_left_out(tmp_path, limit, count):
    room = newsroom()
    room.shifts = []
    for number in range(count):
        quote = f"We are against plan {number}. " + "Это длинная речь о плане. " * 40
        room.add(f"n{number}", f"Title {number}", quote)
        room.shift("p1", room.articles["p1"].text[7:40], f"n{number}", quote)
    made = check(room.write(tmp_path / "run"), None, Policy(), DAY)
    text = markdown(made.matching, made.verdict, words("en"), limit, DAY)
    shown = text.count("| Anna Berg |")
    assert text.startswith("## The gate")
    if shown < count:
        assert f"… and {count - shown} more" in text
    if shown:
        assert limit.holds(text)
    if count == 400 and limit.most > 1000:
        assert shown > 0
        assert shown < 400 or limit == SUMMARY


def test_sides_of_a_comment_that_is_cut_are_whole(tmp_path):
    room = newsroom()
    made = check(room.write(tmp_path / "run"), None, Policy(), DAY)
    text = markdown(made.matching, made.verdict, words("en"), Limit(900, False), DAY)
    assert text.count("- earlier") == text.count("- later") == text.count("| Anna Berg |") == 1
