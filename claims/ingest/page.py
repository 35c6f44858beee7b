"""One decoded page to documents: its stories, their titles, languages and furniture."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from claims.ingest.boilerplate import as_spans, find_headline, line_reasons
from claims.ingest.language import detect
from claims.ingest.lines import Line, split_lines
from claims.ingest.stories import split_stories
from claims.records import Article, DateEvidence, Span

_TITLE_CHARS = 160


@dataclass(frozen=True)
class Document:
    """One story as read, before it is dated: ``article.published`` is unknown here.

    ``spans`` are the stretches of ``article.text`` that are not content, in order and apart from each other.
    ``metadata_dates`` are dates stated outside the text (markup, address, JSON field); they are those of the page, so a
    second story on the page has none. ``url`` and ``outlet`` are the page's.
    """

    article: Article
    spans: tuple[Span, ...]
    metadata_dates: tuple[DateEvidence, ...] = ()
    url: str | None = None
    outlet: str | None = None


def article_id(path: str, story: int) -> str:
    """``a`` and twelve hexadecimal digits, the same for the same display path and story number."""
    return "a" + hashlib.sha256(f"{path}#{story}".encode()).hexdigest()[:12]


def documents_of(
    text: str,
    path: str,
    *,
    title: str = "",
    lang: str | None = None,
    dates: tuple[DateEvidence, ...] = (),
    url: str | None = None,
    outlet: str | None = None,
) -> tuple[Document, ...]:
    """The stories of ``text``, at least one, each the exact slice of it; story 0 begins at offset 0.

    ``title``, ``lang`` and ``dates`` are what the input declares of the page; the title and the dates hold for its
    first story, the language for all.
    """
    documents = []
    page_lang = detect(text, lang)
    for story, (start, end) in enumerate(split_stories(text, page_lang)):
        part = text[start:end]
        # A second story may be in another language only where nothing is declared.
        part_lang = page_lang if story == 0 or lang else detect(part, page_lang)
        declared = title if story == 0 else ""
        lines = split_lines(part)
        reasons = line_reasons(lines, part_lang, declared)
        article = Article(
            id=article_id(path, story),
            path=path,
            lang=part_lang,
            title=declared or _title(lines, reasons),
            text=part,
            story=story,
        )
        spans = as_spans(lines, reasons)
        documents.append(Document(article, spans, dates if story == 0 else (), url, outlet))
    return tuple(documents)


def _title(lines: list[Line], reasons: list[str | None]) -> str:
    """The line that reads best as the title; where there is none, the beginning of the first line of content."""
    found = find_headline(lines, reasons)
    if found is None:
        found = next((line for line, reason in zip(lines, reasons, strict=True) if reason is None), None)
    if found is None:
        return ""
    return _shorten(found)


def _shorten(line: Line) -> str:
    bare = " ".join(line.text.strip("#*_ \t").split())
    if len(bare) <= _TITLE_CHARS:
        return bare
    return bare[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"
