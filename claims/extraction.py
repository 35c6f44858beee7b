"""One input file to its stories and their attributed claims, kept in the cache by what they depend on."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import orjson
from pydantic import BaseModel, ConfigDict

from claims.attribute.attribution import Statement, attribute
from claims.attribute.registry import Registry, built_in
from claims.attribute.terms import terms_of_office
from claims.dating import published, statement_date
from claims.files import write_bytes
from claims.ingest.page import Document
from claims.ingest.read import read
from claims.ingest.sources import Source
from claims.lang.loader import languages
from claims.records import (
    Actor,
    Article,
    Claim,
    DateEvidence,
    DateRange,
    Modality,
    Published,
    Rejected,
    Span,
    Stretch,
    Target,
)
from claims.text.segment import after_dateline, marked, paragraphs, sentences

ROOT = Path(__file__).parent


class Annotated(BaseModel):
    """A claim with what later stages need of its attribution beyond the public record."""

    model_config = ConfigDict(frozen=True)

    claim: Claim
    targets: tuple[Target, ...]
    scope: str
    act: str | None
    conditional: bool


class Extracted(BaseModel):
    """Everything that one input file gave."""

    model_config = ConfigDict(frozen=True)

    articles: tuple[Article, ...] = ()
    claims: tuple[Annotated, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    general: tuple[str, ...] = ()
    """Languages that went the general path, one entry a story."""


@cache
def code_digest() -> str:
    """Digest of the code and the data that extraction depends on: a change of either makes the cache miss."""
    found = hashlib.sha256()
    for folder in ("attribute", "dating", "ingest", "lang", "text"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".jsonl"):
                found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for name in ("records.py", "extraction.py"):
        found.update((ROOT / name).read_bytes())
    return found.hexdigest()


def extract(
    source: Source,
    *,
    max_bytes: int,
    override: DateRange | None,
    today: dt.date,
    cache_folder: Path | None,
    registry: Registry | None = None,
) -> tuple[Extracted, bool]:
    """The stories and claims of one file, and whether they came from the cache. Never raises for what a file holds.

    ``registry``: the actors that are known; the built-in ones if None.

    Raises:
        OutputUnwritable: the cache folder cannot be written.
    """
    known = registry or built_in()
    key = _key(source, max_bytes, override, known)
    path = cache_folder / "extractions" / key[:2] / f"{key}.json" if cache_folder and key else None
    if path is not None and path.is_file():
        try:
            return Extracted.model_validate_json(path.read_bytes()), True
        except ValueError:
            # A file that does not hold what it should is made anew.
            path.unlink(missing_ok=True)
    made = _extract(source, max_bytes, override, today, known)
    if path is not None:
        write_bytes(path, orjson.dumps(made.model_dump(mode="json")))
    return made, False


def _key(source: Source, max_bytes: int, override: DateRange | None, registry: Registry) -> str | None:
    """What an extraction depends on; None where the file is not to be read into memory or cannot be."""
    if source.file is None or source.refused is not None:
        return None
    try:
        stat = source.file.stat()
        if stat.st_size > max_bytes or not source.file.is_file():
            return None
        content = hashlib.sha256(source.file.read_bytes()).hexdigest()
    except OSError:
        return None
    parts = (code_digest(), source.path, source.kind, content, str(max_bytes), str(override), registry.digest)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _extract(
    source: Source, max_bytes: int, override: DateRange | None, today: dt.date, registry: Registry
) -> Extracted:
    reading = read(source, max_bytes=max_bytes)
    articles: list[Article] = []
    claims: list[Annotated] = []
    rejected = list(reading.rejected)
    general: list[str] = []
    for document in reading.documents:
        article, annotated, left_out, known = story(document, override, today, registry)
        articles.append(article)
        claims += annotated
        rejected += left_out
        if not known:
            general.append(article.lang)
    return Extracted(articles=tuple(articles), claims=tuple(claims), rejected=tuple(rejected), general=tuple(general))


def story(
    document: Document, override: DateRange | None, today: dt.date, registry: Registry
) -> tuple[Article, list[Annotated], list[Rejected], bool]:
    """One story dated and attributed: its record, its claims, what was left out, and whether its language is known."""
    article, lang = document.article, document.article.lang
    rejected = [
        Rejected(
            stage="ingest",
            reason=span.reason,
            path=article.path,
            start=span.start,
            end=span.end,
            text=article.text[span.start : span.end][:120],
        )
        for span in document.spans
    ]
    text = marked(article.text)
    split = [
        sentences(text, after_dateline(text, *paragraph), paragraph[1], lang)
        for paragraph in paragraphs(text, [(span.start, span.end) for span in document.spans])
    ]
    when = _when(document, split, override if article.story == 0 else None, today, registry)
    article = article.model_copy(update={"published": when})
    statements = attribute(text, split, lang, when, registry)
    claims: list[Annotated] = []
    seen: dict[tuple[str, str], int] = {}
    for statement in statements:
        annotated = _annotated(article, statement, len(claims), registry)
        same = (annotated.claim.actor.id if annotated.claim.actor else "", annotated.claim.text)
        if same in seen:
            rejected.append(
                Rejected(
                    stage="extract",
                    reason="repeated",
                    path=article.path,
                    start=statement.start,
                    end=statement.end,
                    text=annotated.claim.text[:120],
                )
            )
            continue
        seen[same] = 1
        claims.append(annotated)
    return article, claims, rejected, lang in languages()


def _when(
    document: Document,
    split: Sequence[Sequence[tuple[int, int]]],
    override: DateRange | None,
    today: dt.date,
    registry: Registry,
) -> Published:
    if override is not None:
        exact = override.earliest == override.latest and override.earliest is not None
        given = DateEvidence(rule="given", text="--dates", earliest=override.earliest, latest=override.latest)
        return Published(
            earliest=override.earliest, latest=override.latest, precision="day" if exact else "range", evidence=(given,)
        )
    article = document.article
    terms = terms_of_office(article.text, split, article.lang, registry)
    spans: tuple[Span, ...] = document.spans
    return published(
        article.text, article.lang, spans=spans, metadata=document.metadata_dates, constraints=tuple(terms), today=today
    )


def _annotated(article: Article, statement: Statement, number: int, registry: Registry) -> Annotated:
    quote = article.text[statement.start : statement.end]
    start, end = statement.sentence
    date = (
        statement_date(article.text[start:end], article.lang, article.published)
        if statement.actor
        else DateRange(earliest=article.published.earliest, latest=article.published.latest)
    )
    claim = Claim(
        id=f"{article.id}-{number:03d}",
        article_id=article.id,
        text=" ".join(quote.split()),
        quote=quote,
        start=statement.start,
        end=statement.end,
        lang=article.lang,
        actor=statement.actor,
        cue=statement.cue,
        speech=statement.speech,
        factivity=statement.factivity,
        target=statement.targets[0] if statement.targets else None,
        date=DateRange(earliest=date.earliest, latest=date.latest),
        source=_stretch(article.text, statement.source),
        content=_stretch(article.text, statement.content),
        modality=cast(Modality | None, statement.modality),
        chain=tuple(_passed_on(actor, registry) for actor in statement.chain),
        speaks_for=_spoken_for(statement, article.published, registry),
        standalone=statement.standalone.replace("\u2060", ""),
    )
    return Annotated(
        claim=claim,
        targets=statement.targets,
        scope=statement.scope,
        act=statement.act,
        conditional=statement.factivity == "conditional",
    )


def _stretch(text: str, span: tuple[int, int] | None) -> Stretch | None:
    return Stretch(start=span[0], end=span[1], text=text[slice(*span)]) if span else None


def _spoken_for(statement: Statement, published: Published, registry: Registry) -> Actor | None:
    if statement.actor is None:
        return None
    body = registry.speaks_for(statement.actor.id, published.earliest, published.latest)
    return Actor(id=body.id, name=body.name, surface=body.name) if body else None


def _passed_on(actor_id: str, registry: Registry) -> Actor:
    entity = registry.get(actor_id)
    name = entity.name if entity else actor_id.partition(":")[2].replace("-", " ")
    return Actor(id=actor_id, name=name, surface=name)
