"""The page: escaping, direction, order, marks, its policy, and that it never varies."""

from __future__ import annotations

import base64
import errno
import hashlib
import os
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from claims.errors import OutputUnwritable
from claims.records import Feature, Rejected
from claims.report.html import FOLDER, render, write
from claims.report.interface import FOLDER as INTERFACE
from claims.report.interface import interface, languages
from claims.report.view import build

from .report_sample import Sample, sample

VOID = {"meta", "input", "br", "link", "img"}
SVG_VOID = {"use", "line", "path", "circle"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in order; keeps the elements and their text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.inside: dict[str, str] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SVG_VOID
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, text: str) -> None:
        for tag in set(self.open):
            self.inside[tag] = self.inside.get(tag, "") + text

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]


@pytest.fixture(scope="module")
def english() -> str:
    return render(build(**sample().parts()))


@pytest.fixture(scope="module")
def arabic() -> str:
    return render(build(**sample().parts()), interface="ar")


def side(html: str, fingerprint: str, role: str) -> str:
    """One column of one finding."""
    finding = html[html.index(f'id="f-{fingerprint}"') :]
    return re.search(rf'<section class="side {role}".*?</section>', finding, re.S).group()  # type: ignore[union-attr]


def test_same_records_give_the_same_bytes(english: str) -> None:
    shuffled = sample().parts()
    shuffled["findings"] = shuffled["findings"][::-1]
    shuffled["claims"] = dict(reversed(shuffled["claims"].items()))
    shuffled["manifest"] = {**shuffled["manifest"], "times": {"total": 99.9}}
    assert render(build(**shuffled)) == english


def test_findings_stand_in_order_of_certainty_with_anchors(english: str) -> None:
    ids = [found["id"] for found in Page(english).all("article", **{"class": "finding"})]
    expected = [f.fingerprint for f in sorted(sample().findings, key=lambda f: -f.probability)]
    assert ids == [f"f-{fingerprint}" for fingerprint in expected]


@pytest.mark.parametrize("code", ["en", "ar"])
def test_links_lead_somewhere_and_ids_are_single(code: str) -> None:
    page = Page(render(build(**sample().parts()), interface=code))
    ids = [found["id"] for _, found in page.elements if "id" in found]
    assert len(ids) == len(set(ids))
    for tag, found in page.elements:
        if found.get("href", "").startswith("#"):
            assert found["href"][1:] in ids, (tag, found)
        for name in ("aria-labelledby",):
            assert found.get(name, ids[0]) in ids


def test_nothing_comes_from_the_network(english: str) -> None:
    page = Page(english)
    assert not [found for _, found in page.elements if "src" in found or "style" in found]
    assert not [found for _, found in page.elements if any(name.startswith("on") for name in found)]
    outside = [(tag, found) for tag, found in page.elements if "//" in found.get("href", "")]
    assert {tag for tag, _ in outside} == {"a"}
    assert all(found["href"].startswith("https://example.org/") for _, found in outside)
    css = (FOLDER / "report.css").read_text(encoding="utf-8")
    assert "url(" not in css and "@import" not in css and "http" not in css


def test_policy_names_the_one_style_and_the_one_script(english: str) -> None:
    page = Page(english)
    (meta,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
    assert "unsafe" not in meta["content"] and meta["content"].startswith("default-src 'none'")
    for tag in ("style", "script"):
        assert len(page.all(tag)) == 1
        digest = base64.b64encode(hashlib.sha256(page.inside[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in meta["content"]


def test_hostile_text_stays_text() -> None:
    bad = "</script><img src=x onerror=alert(1)>\u202eevil\u202c\x00\x1b[31m\ud800\u2066 \"quote\" 'single' {{ 7*7 }}"
    s = Sample()
    common = {"lang": 'en" onload="x', "actor": ("id" + bad, bad), "target": ("t" + bad, bad), "title": bad, "cue": bad}
    one = s.claim(f"yes {bad} one", stance=1, date="2020-01-01", path="javascript:alert(1)" + bad, before=bad, **common)
    two = s.claim(f"no {bad} two", stance=-1, date="2021-01-01", path="http://x.example/" + bad, after=bad, **common)
    s.finding(one, two, "ab", explanation=bad)
    s.judgements["ab"] = {"decision": bad, "reason": bad}
    s.manifest = {"date": bad, "notes": [bad], "counts": {bad: 1}, "versions": {bad: bad}}
    s.rejected = [Rejected(stage=bad, reason=bad, path=bad, detail=bad, text=bad)]
    s.findings[0] = s.findings[0].model_copy(
        update={"features": (Feature(name=bad, value=1, contribution=1, reason=bad),)}
    )
    for code in languages():
        html = render(build(**s.parts()), interface=code)
        html.encode("utf-8")
        assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\u200e\u200f]", html)
        page = Page(html)
        assert not page.all("img") and len(page.all("script")) == 1
        assert not [found for _, found in page.elements if {"onerror", "onload"} & found.keys()]
        assert not [found for found in page.all("a") if not found["href"].startswith("#")]
        assert {found["lang"] for _, found in page.elements if "lang" in found} == {code, "und"} - {""}
        for symbol in ("⟦RLO⟧", "⟦PDF⟧", "⟦NUL⟧", "⟦ESC⟧", "⟦U+D800⟧", "⟦LRI⟧", "{{ 7*7 }}"):
            assert symbol in html


def test_a_word_of_100000_letters_does_not_fill_the_page() -> None:
    s = Sample()
    word = "ب" * 100_000
    common = {"lang": "ar", "actor": ("a", word), "target": ("t", word), "title": word}
    one = s.claim(word, stance=1, date="2020-01-01", before=word, **common)
    two = s.claim("قال " + word, stance=-1, date="2021-01-01", after=word, **common)
    s.finding(one, two, "ab", explanation=word)
    html = render(build(**s.parts()))
    assert len(html) < 120_000
    assert "96,000" in html


def test_arabic_marks_cover_whole_words(english: str) -> None:
    first, second = side(english, "7c1e5a90b2d44f18", "earlier"), side(english, "7c1e5a90b2d44f18", "later")
    assert re.findall("<del>(.*?)</del>", first) == ["سنعمل", "ونرحّب بكل", "يقرّب بيننا", "هو", "الوحيد"]
    assert re.findall("<ins>(.*?)</ins>", second) == ["لن نعمل", "ولا نرحّب بأي", "معها لم يعد"]
    assert "<ins>" not in first and "<del>" not in second
    for before, after in re.findall(r"(.)</?(?:del|ins)>(.)", first + second):
        assert not (before.isalpha() and after.isalpha())


def test_two_languages_get_no_word_marks(english: str) -> None:
    for role in ("earlier", "later"):
        assert not re.search("<(del|ins)>", side(english, "1f00aa37c9e24d6b", role))
    assert "two languages" in english


def test_each_text_has_its_language_and_direction(english: str) -> None:
    page = Page(english)
    ways = {(found["lang"], found["dir"]) for found in page.all("blockquote")}
    assert ways == {("ar", "rtl"), ("en", "ltr"), ("fr", "ltr"), ("ru", "ltr")}
    assert page.all("html")[0]["dir"] == "ltr"
    assert '<bdi dir="rtl">سامي درويش</bdi> <span class="on">on</span> <bdi dir="rtl">سلطة الميناء</bdi>' in english
    assert '<bdi dir="rtl">سامي درويش</bdi> moved from' in english


def test_earlier_stands_before_later(english: str, arabic: str) -> None:
    for html in (english, arabic):
        roles = re.findall(r'<section class="side (earlier|later)"', html)
        assert roles == ["earlier", "later"] * len(sample().findings)


def test_context_is_cut_between_words_and_holds_the_quotation(english: str) -> None:
    text = side(english, "1f00aa37c9e24d6b", "earlier")
    assert re.search(r'<span class="context">(…[^<]*|Speaking[^<]*)“</span>\s*<span class="quote">We will never', text)
    assert re.search(r'<span class="context">,” she said\.[^<]*</span>', text)


def test_dates_say_how_well_they_are_known(english: str) -> None:
    text = re.sub("<[^>]+>", "", english)
    for words in (
        "between 10 February 2023 and 14 February 2023", "April 2021", "not before 5 May 2010", "not after 1 July 2014",
        "date unknown", "The dates do not settle which statement came first.", "about 5 years apart", "exact day",
    ):  # fmt: skip
        assert words in text
    assert '<time datetime="2017-03-12">' in english and '<time datetime="2021-04">' in english


def test_timeline_has_dots_ranges_undated_and_the_same_rows(english: str) -> None:
    timeline = re.search(r'<section class="timeline" id="t-1".*?</section>', english, re.S).group()  # type: ignore[union-attr]
    assert timeline.count("<circle") == timeline.count("<tr>") - 1 == 6
    assert 'class="span"' in timeline and 'class="span open"' in timeline and ">undated</text>" in timeline
    assert 'href="#f-7c1e5a90b2d44f18"' in timeline and "not drawn: <bdi>1</bdi>" in timeline


def test_head_and_foot_count_what_there_was(english: str) -> None:
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", english))
    assert "Articles 21 Statements 21 Actors 6 Findings 9 Left out 17" in text
    assert "no holder 15" in text and "and 3 more" in text
    assert "One article in Georgian was read without language knowledge" in text
    assert "confirmed — Checked against both pages by the desk." in text
    assert "12.3" not in text


def test_no_findings_says_what_was_read_and_why_there_may_be_none() -> None:
    html = render(build(**{**sample().parts(), "findings": []}))
    page = Page(html)
    assert not page.all("article") and not page.all("form")
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))
    assert "Nothing was flagged" in text and "Statements read 21" in text and "two dates to compare 6" in text
    assert "No article was read" in render(build(findings=[], articles={}, claims={}))


def test_arabic_interface_reads_from_right_to_left(arabic: str, english: str) -> None:
    assert '<html lang="ar" dir="rtl">' in arabic
    text = re.sub("<[^>]+>", "", arabic)
    for words in ("تحوّلات المواقف", "الأسبق", "12 مارس 2017", "الفاصل نحو: 5 سنوات", "نحو المواجهة", "الإنجليزية"):
        assert words in text
    cooperative = r'<circle class="here" cx="([\d.]+)%'
    assert float(re.findall(cooperative, arabic)[0]) == pytest.approx(100 - float(re.findall(cooperative, english)[0]))


def test_interfaces_have_the_same_words() -> None:
    open_tables = {"days", "months", "years", "reason", "stage", "feature", "count", "rule"}
    tables = {code: tomllib.loads((INTERFACE / f"{code}.toml").read_text(encoding="utf-8")) for code in languages()}
    for code, words in tables.items():
        for name, table in tables["en"].items():
            if isinstance(table, dict) and name not in open_tables:
                assert words[name].keys() == table.keys(), (code, name)
                for key, text in table.items():
                    if isinstance(text, str):
                        assert set(re.findall(r"{\w+}", words[name][key])) == set(re.findall(r"{\w+}", text)), key
    with pytest.raises(ValueError, match="no interface in 'xx'"):
        interface("xx")


def test_no_physical_directions_in_the_style() -> None:
    css = (FOLDER / "report.css").read_text(encoding="utf-8")
    assert not re.search(
        r"(?:margin|padding|border|inset)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:|: (?:left|right)\b", css
    )


def test_colours_of_text_are_strong_enough() -> None:
    css = (FOLDER / "report.css").read_text(encoding="utf-8")
    for block in re.findall(r"--paper: .*?--note: #\w+", css, re.S):
        colours = dict(re.findall(r"--([\w-]+): (#\w+)", block))
        for text in ("ink", "soft", "early", "late", "link"):
            for ground in ("paper", "card", "note"):
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        assert contrast(colours["ink"], colours["early-tint"]) >= 4.5
        assert contrast(colours["ink"], colours["late-tint"]) >= 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG."""

    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
        parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_a_finding_whose_claims_are_gone_shows_what_it_carries() -> None:
    s = sample()
    html = render(build(findings=s.findings[:1], articles={}, claims={}))
    assert "سنعمل" in html and "not measured" in html and "no title" in html
    Page(html)


def test_write_leaves_the_old_page_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = tmp_path / "out" / "report.html"
    write(goal, "old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputUnwritable, match=r"report\.html: cannot be written: No space left on device\Z"):
        write(goal, "new")
    assert goal.read_text() == "old" and [path.name for path in goal.parent.iterdir()] == ["report.html"]


def test_write_names_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputUnwritable, match="cannot be written"):
        write(tmp_path / "out" / "report.html", "x")
