"""Changed articles, checked in seconds without any model: what a hook can tell before a commit.

Whether a position moved needs the models and the whole corpus; that stays with the gate. But an article that cannot be
read, that has no date, or whose edit touches a statement on which somebody has judged, shows in the article alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.baseline import read as read_baseline
from claims.baseline.content import content_words
from claims.baseline.entry import Entry, Side, is_cut
from claims.baseline.fingerprint import SHORT, article_identity
from claims.baseline.meaning import nearly_same
from claims.config import Config
from claims.errors import EXIT_INCOMPLETE, EXIT_PASS, EXIT_POLICY
from claims.gate.wording import number
from claims.pipeline import read_corpus
from claims.records import Article, Claim


@dataclass(frozen=True, slots=True)
class Told:
    """What a check found: the exit code (0; 1 a known statement changed; 4 something cannot be read) and its lines."""

    exit_code: int
    lines: tuple[str, ...]


def check(paths: Sequence[str], config: Config, *, dates: Path | None = None, baseline: Path | None = None) -> Told:
    """Checks articles: whether they can be read, what they hold, and whether known statements in them still stand.

    Raises:
        UsageError: a path matches nothing, or the dates file is wrong.
        BaselineUnreadable, BaselineStale: see :func:`claims.baseline.store.read`.
    """
    entries = read_baseline(baseline).entries if baseline is not None else ()
    run, annotated = read_corpus(paths, config, dates)
    claims: dict[str, list[Claim]] = {article.id: [] for article in run.articles}
    for item in annotated:
        claims[item.claim.article_id].append(item.claim)
    unusable = [item for item in run.rejected if item.stage == "ingest" and item.start is None]
    lines = [f"{item.path}: cannot be used ({item.detail or item.reason.replace('_', ' ')})" for item in unusable]
    changed: list[str] = []
    for article in run.articles:
        lines += _remarks(article, claims[article.id])
        changed += _changed(article, claims[article.id], entries)
    lines += changed
    held = sum(item.claim.actor is not None for item in annotated)
    lines.append(f"{number(len(run.articles), 'article')}, {number(len(annotated), 'claim')}, {held} with a holder.")
    if unusable or not run.articles:
        return Told(EXIT_INCOMPLETE, tuple(lines))
    if changed:
        lines.append("Next: run claims on the whole corpus, then claims baseline accept, and judge them again.")
        return Told(EXIT_POLICY, tuple(lines))
    return Told(EXIT_PASS, tuple(lines))


def _remarks(article: Article, claims: Sequence[Claim]) -> list[str]:
    """What an author may want to mend; none of it fails the check, because pages without a date are news as well."""
    found = []
    if article.published.earliest is None and article.published.latest is None:
        found.append(f"{_name(article)}: no date; its statements are compared with nothing (give one with --dates)")
    if not claims:
        found.append(f"{_name(article)}: no statement found")
    elif not any(claim.actor for claim in claims):
        found.append(f"{_name(article)}: no statement with a known holder")
    return found


def _changed(article: Article, claims: Sequence[Claim], entries: Sequence[Entry]) -> list[str]:
    """One line for each known statement of the article that does not stand in it any more as it was judged."""
    identity, text = article_identity(article), None
    found = []
    for entry in entries:
        for side in (entry.earlier, entry.later):
            if side.article != identity:
                continue
            text = text if text is not None else f" {' '.join(content_words(article.text))} "
            if _stands(side, text):
                continue
            edited = any(nearly_same(side.quote, claim.quote) for claim in claims)
            what = "edited: its judgement will be asked for again" if edited else "gone or says something else now"
            quote = " ".join(side.quote.split())[:90]
            found.append(f"{_name(article)}: known statement of {entry.fingerprint[:SHORT]} {what}: “{quote}”")
    return found


def _stands(side: Side, text: str) -> bool:
    """Whether the words of a known quote stand in a text; of a quote that was cut, those that are known."""
    words = content_words(side.quote)
    if is_cut(side.quote):
        # The last word may be half a word.
        words = words[:-1]
    return f" {' '.join(words)} " in text


def _name(article: Article) -> str:
    return article.path if not article.story else f"{article.path} (story {article.story + 1})"
