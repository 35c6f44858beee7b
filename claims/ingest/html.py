"""One HTML page: main text, title, declared language, address, and the dates that its markup states."""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass
from typing import Any

from claims.errors import InputRejected
from claims.records import DateEvidence

_SPACE = re.compile(r"\s+")
_OUTER_BREAKS = re.compile(r"^[\s\ufeff]+|\s+$")
_DATED_META = re.compile(r"date|time|publi|modif|updat", re.IGNORECASE)
_JSON_DATE = re.compile(r'"(datePublished|dateCreated|uploadDate|dateModified)"\s*:\s*"([^"]{4,40})"')
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(\d{1,2})(?:[/-]?(\d{1,2}))?(?!\d)")
_MAX_EXCERPT = 200


@dataclass(frozen=True)
class Page:
    """What one HTML page says. ``text`` begins with the title on a line of its own, where there is one."""

    text: str
    title: str
    lang: str | None
    url: str | None
    outlet: str | None
    dates: tuple[DateEvidence, ...]


def read_html(markup: str, path: str) -> Page:
    """The article of an HTML page; ``path`` is named in errors.

    Broken markup is read as a browser would. Raises InputRejected with reason ``no_text`` where no main text is found.
    Dates carry the rule ``url``, ``html_meta`` (head and JSON-LD), ``html_time`` (a time element) or ``html_text``
    (markup of the body, the weakest), each at most once.
    """
    # Imported late: together they cost a third of a second, and a run over text files needs neither.
    from trafilatura import bare_extraction, baseline

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    title, sitename, body, url = "", None, "", None
    try:
        found = bare_extraction(
            markup,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if found is not None and not isinstance(found, dict):
            title, sitename, url = found.title or "", found.sitename or found.hostname, found.url
            body = found.text or ""
        if not body.strip():
            body = baseline(markup)[1]
    # A third-party parser on hostile input: whatever it raises, one page must not end the run.
    except Exception as error:
        raise InputRejected(path, "no_text", f"the HTML cannot be parsed ({type(error).__name__})") from error
    body = _OUTER_BREAKS.sub("", body)
    title = _SPACE.sub(" ", title).strip()
    if not body or _same(body, title):
        raise InputRejected(path, "no_text", "no main text found in the HTML")
    first = body.split("\n", 1)[0]
    text = body if not title or _same(first, title) else f"{title}\n{body}"
    lang, dates = _markup(markup, url)
    return Page(text, title or "", lang, url, sitename, dates)


def _same(line: str, title: str) -> bool:
    return bool(title) and _SPACE.sub(" ", line).strip().casefold() == title.casefold()


def _markup(markup: str, url: str | None) -> tuple[str | None, tuple[DateEvidence, ...]]:
    """The declared language and the dated evidence; nothing where the tree cannot be built."""
    from htmldate.utils import load_html
    from lxml import etree  # type: ignore[import-untyped]

    try:
        tree = load_html(markup)
    except (etree.LxmlError, ValueError):
        tree = None
    if tree is None:
        return None, ()
    lang = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    if not lang:
        named = '@property="og:locale" or @http-equiv="content-language" or @name="language"'
        metas = tree.xpath(f".//meta[{named}]/@content")
        lang = str(metas[0]) if metas else None
    evidence = [dated for dated in (url_date(url), _head_date(tree), _time_date(tree)) if dated is not None]
    if not any(dated.rule in ("html_meta", "html_time") for dated in evidence):
        stamp = _find(markup)
        if stamp and all(stamp != dated.earliest for dated in evidence):
            evidence.append(DateEvidence(rule="html_text", text=stamp.isoformat(), earliest=stamp, latest=stamp))
    return (str(lang).strip() or None) if lang else None, tuple(evidence)


def url_date(url: str | None) -> DateEvidence | None:
    """The date that an address holds (``/2021/03/14/``, ``/2021/03/``, ``20210314``), or None."""
    path = re.sub(r"^[a-z+]+://[^/]*|[?#].*$", "", url or "")
    for found in _URL_DATE.finditer(path):
        year, month, day = found.groups()
        whole = found[0]
        # Without separators only eight digits are a date; "202103" may be any number.
        if day is None and not re.search(r"[/-]", whole):
            continue
        try:
            first = dt.date(int(year), int(month), int(day or 1))
        except ValueError:
            continue
        if day is None and not re.match(r"/|$", path[found.end() :]):
            continue
        last = first if day else _month_end(first)
        return DateEvidence(rule="url", text=(url or "")[:_MAX_EXCERPT], earliest=first, latest=last)
    return None


def _month_end(first: dt.date) -> dt.date:
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _head_date(tree: Any) -> DateEvidence | None:
    """The date that the head's meta elements and the JSON-LD state, published before modified."""
    from lxml import html as lxml_html

    kept = [
        lxml_html.tostring(element, encoding="unicode", with_tail=False)
        for element in tree.xpath('.//meta[@content] | .//script[contains(@type, "ld+json")]')
    ]
    stamp = _find(f"<html><head>{''.join(kept)}</head><body></body></html>") if kept else None
    if stamp is None:
        return None
    return DateEvidence(rule="html_meta", text=_stating(tree, stamp)[:_MAX_EXCERPT], earliest=stamp, latest=stamp)


def _stating(tree: Any, stamp: dt.date) -> str:
    """The markup that states ``stamp``, as ``name=value``; the date itself where it is written otherwise."""
    day = stamp.isoformat()
    for meta in tree.xpath(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if day in meta.get("content") and _DATED_META.search(name):
            return f"{name}={meta.get('content')}"
    for script in tree.xpath('.//script[contains(@type, "ld+json")]'):
        for found in _JSON_DATE.finditer(script.text or ""):
            if day in found[2]:
                return f"{found[1]}={found[2]}"
    return day


def _time_date(tree: Any) -> DateEvidence | None:
    """The first time element with a machine-readable date, those of the article before any other."""
    for element in [*tree.xpath(".//article//time[@datetime]"), *tree.xpath(".//time[@datetime]")]:
        try:
            stamp = dt.date.fromisoformat(str(element.get("datetime")).strip()[:10])
        except ValueError:
            continue
        text = str(element.get("datetime"))[:_MAX_EXCERPT]
        return DateEvidence(rule="html_time", text=text, earliest=stamp, latest=stamp)
    return None


def _find(markup: str) -> dt.date | None:
    from htmldate import find_date

    try:
        found = find_date(markup, extensive_search=False, original_date=True, url="")
    # As above: htmldate runs many expressions over text that anybody may have written.
    except Exception:
        return None
    return dt.date.fromisoformat(found) if found else None
