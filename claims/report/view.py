"""Records to view: everything that the page shows is worked out here, once, in an order that never varies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from claims.records import Article, CarryingWord, Claim, Explanation, Finding, FindingSide, Kind, Rejected, State
from claims.report.dates import gap, in_order, when
from claims.report.marks import Piece, compare
from claims.report.page import Excluded, Item, Level, Side, Totals, View
from claims.report.timelines import timelines
from claims.report.visible import language_tag, one_line, runs, sentence_way, shorten

CONTEXT = 200
LONGEST_QUOTE = 4000
EXAMPLES = 12


def build(
    *,
    findings: Sequence[Finding],
    articles: Mapping[str, Article],
    claims: Mapping[str, Claim],
    rejected: Sequence[Rejected] = (),
    manifest: Mapping[str, Any] | None = None,
    judgements: Mapping[str, Mapping[str, str]] | None = None,
    explanations: Sequence[Explanation] = (),
) -> View:
    """Everything the report shows.

    ``manifest`` is run.json: ``date`` (ISO, as the caller decides it), ``counts`` and ``versions`` (flat or nested)
    and ``notes`` (what the run could not do, as sentences) are read; other keys, such as times that differ from run to
    run, are not. ``judgements`` gives ``{"decision": …, "reason": …}`` by fingerprint; ``explanations`` need not have
    all findings. A claim or an article that a finding names and the mappings lack is no error: the finding then shows
    what it carries itself.
    """
    manifest = manifest or {}
    ordered = sorted(findings, key=lambda f: (-f.probability, f.fingerprint))
    drawn, timeline_of = timelines(ordered, claims, articles)
    told = {explanation.fingerprint: explanation for explanation in explanations}
    items = tuple(
        _item(
            f,
            articles,
            claims,
            (judgements or {}).get(f.fingerprint, {}),
            timeline_of.get(f.fingerprint),
            told.get(f.fingerprint),
        )
        for f in ordered
    )
    languages = Counter(code for item in items for code in item.languages)
    return View(
        date=str(manifest.get("date") or ""),
        totals=_totals(findings, articles, claims, rejected),
        notes=tuple(_note(note) for note in manifest.get("notes") or ()),
        findings=items,
        timelines=drawn,
        rejected=_excluded(rejected),
        languages=tuple(sorted(languages.items())),
        actors=tuple(sorted({(item.actor_id, item.actor) for item in items}, key=lambda pair: (pair[1], pair[0]))),
        counts=tuple(_flat(manifest.get("counts") or {})),
        versions=tuple(_flat(manifest.get("versions") or {})),
    )


def level(probability: float) -> Level:
    """The word for a probability, on the scale that the IPCC uses."""
    if probability >= 0.99:
        return "certain"
    if probability >= 0.9:
        return "very_likely"
    if probability >= 0.66:
        return "likely"
    return "even" if probability >= 0.33 else "unlikely"


def figure(probability: float) -> str:
    """A probability with two decimals that never rounds to a certainty it is not."""
    return f"{min(max(probability, 0.01), 0.99) if 0 < probability < 1 else probability:.2f}"


def _item(
    finding: Finding,
    articles: Mapping[str, Article],
    claims: Mapping[str, Claim],
    judgement: Mapping[str, str],
    timeline: str | None,
    told: Explanation | None,
) -> Item:
    languages = [_language(side, articles, claims) for side in (finding.earlier, finding.later)]
    quotes = [side.quote[:LONGEST_QUOTE] for side in (finding.earlier, finding.later)]
    first, second, marked = compare(*quotes, same_language=languages[0] == languages[1])
    actor, target = _name(finding.actor.name), _name(finding.target.name) if finding.target else ""
    sentence = shorten(one_line(finding.explanation), 1500)
    way = sentence_way(sentence, (actor, target))
    earlier = _side(finding.earlier, "earlier", first, languages[0], articles, claims)
    later = _side(finding.later, "later", second, languages[1], articles, claims)
    if told is not None:
        stances = told.stances or (earlier.stance, later.stance)
        earlier = replace(earlier, stance=stances[0], carrying=_carrying(told.earlier))
        later = replace(later, stance=stances[1], carrying=_carrying(told.later))
    return Item(
        fingerprint=finding.fingerprint,
        anchor=f"f-{finding.fingerprint}",
        kind=finding.kind,
        direction=finding.direction,
        state=finding.state,
        decision=judgement.get("decision") or "",
        decision_reason=judgement.get("reason") or "",
        actor_id=finding.actor.id,
        actor=actor,
        target=target,
        probability=finding.probability,
        level=level(finding.probability),
        way=way,
        explanation=runs(sentence, way),
        earlier=earlier,
        later=later,
        gap=gap(earlier.when, later.when),
        ordered=in_order(earlier.when, later.when),
        marked=marked,
        features=tuple(sorted(finding.features, key=lambda f: (-abs(f.contribution), f.name))),
        timeline=timeline,
        languages=tuple(dict.fromkeys(languages)),
        against=_against(told, claims, articles),
        explained=told is not None,
    )


def _carrying(words: Sequence[CarryingWord]) -> tuple[tuple[str, float], ...]:
    return tuple((_name(word.text), word.weight) for word in words)


def _against(
    told: Explanation | None, claims: Mapping[str, Claim], articles: Mapping[str, Article]
) -> tuple[str, str, str] | None:
    """The statement that speaks against a finding: quotation, language, path."""
    claim = claims.get(told.against) if told and told.against else None
    if claim is None:
        return None
    article = articles.get(claim.article_id)
    return shorten(one_line(claim.quote), 400), language_tag(claim.lang), article.path if article else ""


def _language(side: FindingSide, articles: Mapping[str, Article], claims: Mapping[str, Claim]) -> str:
    """The language of a quotation: the claim's, else its article's; ``und`` where neither is a language tag."""
    record = claims.get(side.claim_id) or articles.get(side.article_id)
    return language_tag(record.lang) if record else "und"


def _side(
    side: FindingSide,
    role: Any,
    pieces: tuple[Piece, ...],
    lang: str,
    articles: Mapping[str, Article],
    claims: Mapping[str, Claim],
) -> Side:
    article, claim = articles.get(side.article_id), claims.get(side.claim_id)
    before = after = ""
    if article and article.text[side.start : side.end] == side.quote:
        before = _context(article.text[max(0, side.start - CONTEXT) : side.start], side.start > CONTEXT, True)
        rest = len(article.text) - side.end
        after = _context(article.text[side.end : side.end + CONTEXT], rest > CONTEXT, False)
    date = when(side.date)
    published = article.published if article else None
    return Side(
        role=role,
        when=date,
        evidence=published.evidence if published else (),
        path=side.path,
        url=side.path if re.match(r"https?://[^\s]+\Z", side.path) else None,
        title=shorten(one_line(article.title), 300) if article else "",
        lang=lang,
        surface=_name(claim.actor.surface) if claim and claim.actor else "",
        cue=_name(claim.cue or "") if claim else "",
        speech=claim.speech if claim else "none",
        factivity=claim.factivity if claim else "asserted",
        before=before,
        pieces=pieces,
        after="" if len(side.quote) > LONGEST_QUOTE else after,
        left_out=max(0, len(side.quote) - LONGEST_QUOTE),
        stance=claim.stance if claim else None,
    )


def _context(text: str, cut: bool, ahead: bool) -> str:
    """Context without the half word at its cut end, and with ``…`` there."""
    if not cut:
        return text
    gaps = [found.start() for found in re.finditer(r"\s", text)]
    if not gaps:
        return ""
    return "…" + text[gaps[0] :] if ahead else text[: gaps[-1] + 1] + "…"


def _totals(
    findings: Sequence[Finding],
    articles: Mapping[str, Article],
    claims: Mapping[str, Claim],
    rejected: Sequence[Rejected],
) -> Totals:
    attributed = [claim for claim in claims.values() if claim.actor]
    targeted = [claim for claim in attributed if claim.target]
    measured = [claim for claim in targeted if claim.stance is not None]
    dated = [claim for claim in measured if claim.date.earliest or claim.date.latest]
    days: dict[tuple[str, str], set[object]] = {}
    for claim in dated:
        if claim.actor and claim.target:
            days.setdefault((claim.actor.id, claim.target.id), set()).add((claim.date.earliest, claim.date.latest))
    kinds, states = Counter(f.kind for f in findings), Counter(f.state for f in findings)
    return Totals(
        articles=len(articles),
        claims=len(claims),
        actors=len({claim.actor.id for claim in attributed if claim.actor}),
        findings=len(findings),
        rejected=len(rejected),
        attributed=len(attributed),
        targeted=len(targeted),
        measured=len(measured),
        dated=len(dated),
        comparable=sum(len(found) > 1 for found in days.values()),
        kinds=tuple((kind, kinds[kind]) for kind in get_args(Kind)),
        states=tuple((state, states[state]) for state in get_args(State)),
    )


def _excluded(rejected: Sequence[Rejected]) -> tuple[Excluded, ...]:
    """By stage and reason, the most frequent first; within one in the order in which they came."""
    groups: dict[tuple[str, str], list[Rejected]] = {}
    for record in rejected:
        groups.setdefault((record.stage, record.reason), []).append(record)
    return tuple(
        Excluded(stage, reason, len(found), tuple((r.path, _short(r.detail), _short(r.text)) for r in found[:EXAMPLES]))
        for (stage, reason), found in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    )


def _name(text: str) -> str:
    return shorten(one_line(text), 200)


def _short(text: str) -> str:
    return shorten(one_line(text), 160)


def _note(note: Any) -> str:
    """A note of the manifest: a sentence, or a mapping that holds one under ``text``."""
    return one_line(str(note.get("text", "") if isinstance(note, Mapping) else note))


def _flat(values: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """``a.b`` and its value for each single value of a nested mapping, in the order of the mapping."""
    found: list[tuple[str, str]] = []
    for key, value in values.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            found += _flat(value, f"{name}.")
        elif isinstance(value, str | int | float) and value is not None:
            found.append((one_line(name), one_line(str(value))))
    return found
