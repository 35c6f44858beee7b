"""The stance of one actor towards one target over time, for each pair that has a finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from claims.records import Article, Claim, Finding
from claims.report.dates import when
from claims.report.drawing import chart
from claims.report.page import Row, Timeline
from claims.report.visible import language_tag, one_line, shorten

MOST_DOTS = 200


def timelines(
    findings: Sequence[Finding], claims: Mapping[str, Claim], articles: Mapping[str, Article]
) -> tuple[tuple[Timeline, ...], dict[str, str]]:
    """The timelines in the order of their first finding, and the anchor of its timeline for each fingerprint.

    Where a finding has no target, its timeline holds the statements of the findings only.
    """
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.actor.id, finding.target.id if finding.target else None), []).append(finding)
    wanted: dict[tuple[str, str | None], list[Claim]] = {key: [] for key in groups}
    for claim in claims.values():
        if claim.actor and claim.target and (claim.actor.id, claim.target.id) in wanted:
            wanted[claim.actor.id, claim.target.id].append(claim)
    drawn: list[Timeline] = []
    anchors: dict[str, str] = {}
    for key, group in groups.items():
        named = [claims[side.claim_id] for f in group for side in (f.earlier, f.later) if side.claim_id in claims]
        found = list({claim.id: claim for claim in [*named, *wanted[key]]}.values())
        timeline = _timeline(f"t-{len(drawn) + 1}", group, found, articles)
        if timeline:
            drawn.append(timeline)
            anchors.update((finding.fingerprint, timeline.anchor) for finding in group)
    return tuple(drawn), anchors


def _timeline(
    anchor: str, group: Sequence[Finding], found: Sequence[Claim], articles: Mapping[str, Article]
) -> Timeline | None:
    flagged: dict[str, list[str]] = {}
    for finding in group:
        for side in (finding.earlier, finding.later):
            flagged.setdefault(side.claim_id, []).append(f"f-{finding.fingerprint}")
    measured = [(claim, claim.stance) for claim in found if claim.stance is not None]
    if not measured:
        return None
    kept = sorted(measured, key=lambda pair: (pair[0].id not in flagged, pair[0].id))[:MOST_DOTS]
    kept.sort(key=lambda pair: _order(pair[0]))
    place = {claim.id: index for index, (claim, _) in enumerate(kept)}
    joined = [
        (place[f.earlier.claim_id], place[f.later.claim_id], f"f-{f.fingerprint}")
        for f in group
        if f.earlier.claim_id in place and f.later.claim_id in place
    ]
    rows = tuple(
        Row(
            when=when(claim.date),
            stance=stance,
            text=shorten(one_line(claim.quote), 180),
            lang=language_tag(claim.lang),
            path=articles[claim.article_id].path if claim.article_id in articles else "",
            findings=tuple(flagged.get(claim.id, ())),
        )
        for claim, stance in kept
    )
    return Timeline(
        anchor=anchor,
        actor_id=group[0].actor.id,
        actor=shorten(one_line(group[0].actor.name), 200),
        target=shorten(one_line(group[0].target.name), 200) if group[0].target else "",
        rows=rows,
        chart=chart([(row.when, row.stance, bool(row.findings)) for row in rows], joined),
        unmeasured=len(found) - len(measured),
        left_out=len(measured) - len(kept),
    )


def _order(claim: Claim) -> tuple[bool, dt.date, dt.date, str]:
    """By date, the undated last."""
    first, last = claim.date.earliest or claim.date.latest, claim.date.latest or claim.date.earliest
    return first is None, first or dt.date.max, last or dt.date.max, claim.id
