"""The publication date of a page: what the page or its metadata states, else the interval that its evidence leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from claims.dating import calendars
from claims.dating.deduced import CHANGED, TERM, Bound, narrowing, past_bounds, quote, sentence_around
from claims.dating.mention import DateMention
from claims.dating.mentions import find_mentions
from claims.dating.places import PUBLISHED, Place, candidates, find_places
from claims.records import DateEvidence, DateRange, Precision, Published, Span

_MODIFIED = ("modif", "updat", "changed", "revis")
# Clocks that were never set: what software writes where it has no date.
_EMPTY_DATES = frozenset({dt.date(1970, 1, 1), dt.date(1, 1, 1), dt.date(1900, 1, 1)})
# How far a dateline may stand before the day of publication and still agree with it.
_DATELINE_LAG = 2


def published(
    text: str,
    lang: str,
    *,
    spans: Sequence[Span] = (),
    metadata: Sequence[DateEvidence] = (),
    constraints: Sequence[DateEvidence] = (),
    today: dt.date,
) -> Published:
    """When a page was published, never later than ``today``.

    ``spans`` are the page's boilerplate; dates in one whose reason names a date are the page's own, other boilerplate
    is not searched for events. ``metadata`` are dates from HTML or JSON; a rule that says "modified" is an upper bound.
    ``constraints`` are intervals that the date must lie in (terms of office). A stated date gives its own precision;
    several that differ give the interval that spans them, with a ``contradiction`` in the evidence. With nothing
    stated the result is a range, or unknown where there is no evidence at all. Never raises for text.
    """
    mentions = find_mentions(text, lang)
    places = find_places(text, lang, mentions, spans)
    terms = [Bound(item, TERM) for item in constraints if item.earliest or item.latest]
    changed = [Bound(_until(item), CHANGED) for item in metadata if _is_modified(item)]
    changed += [Bound(_until(_evidence(text, place)), CHANGED) for place in places if place.updated]
    bounds = _usable([*terms, *changed], today)
    frame, _ = _intersect(bounds, today)
    stated = [item for item in metadata if not _is_modified(item)]
    found = _stated(text, stated, [place for place in places if not place.updated], frame, today)
    if found is not None:
        return _checked(found, bounds)
    changes = [place.mention for place in places if place.updated]
    events = [mention for mention in mentions if mention not in changes]
    return _deduce(text, lang, events, spans, bounds, today)


def _is_modified(item: DateEvidence) -> bool:
    return any(word in item.rule.lower() for word in _MODIFIED)


def _until(item: DateEvidence) -> DateEvidence:
    """A change of the page: it was published on that day or before."""
    return item.model_copy(update={"earliest": None})


def _usable(bounds: list[Bound], today: dt.date) -> list[Bound]:
    """Bounds that start after today say nothing about the past."""
    return [item for item in bounds if not (item.evidence.earliest and item.evidence.earliest > today)]


def _evidence(text: str, place: Place) -> DateEvidence:
    mention = place.mention
    span = sentence_around(text, mention.start, mention.end)
    span = (max(span[0], mention.start - 100), min(span[1], mention.end + 60))
    rule = place.rule if mention.weekday_agrees else f"{place.rule}:weekday_disagrees"
    return DateEvidence(rule=rule, text=quote(text, span), earliest=mention.earliest, latest=mention.latest)


def _stated(
    text: str, metadata: list[DateEvidence], places: list[Place], frame: DateRange, today: dt.date
) -> Published | None:
    """The date that the strongest places state; None where none of them can be used."""
    notes: list[DateEvidence] = []
    dated: list[tuple[int, DateEvidence]] = []
    for item in metadata:
        if item.earliest and item.earliest not in _EMPTY_DATES:
            whole = item if item.latest else item.model_copy(update={"latest": item.earliest})
            dated.append((PUBLISHED, whole))
    known = [place for place in places if place.mention.year_known]
    dated += [(place.strength, _evidence(text, place)) for place in known]
    for place in places:
        if not place.mention.year_known:
            years = _with_year(text, place, [item for _, item in dated], frame, today)
            dated += [(place.strength, years)] if years else []
    late = [item for _, item in dated if item.earliest and item.earliest > calendars.shift(today, 1)]
    notes += [item.model_copy(update={"rule": f"{item.rule}:after_today"}) for item in late]
    dated = [(strength, item) for strength, item in dated if item not in late]
    if not dated:
        return None
    best = max(strength for strength, _ in dated)
    chosen = [item for strength, item in dated if strength == best]
    # A dateline that lies far from the published line is another day that the page claims to be of.
    for strength, item in dated:
        if best > strength >= 3 and not _near(item, chosen):
            chosen.append(item)
    others = [item for _, item in dated if item not in chosen]
    return _joined(chosen, [*others, *notes], today)


def _near(item: DateEvidence, chosen: list[DateEvidence]) -> bool:
    return any(
        item.earliest and item.latest and other.earliest and other.latest
        and calendars.shift(item.latest, _DATELINE_LAG) >= other.earliest
        and calendars.shift(item.earliest, -_DATELINE_LAG) <= other.latest
        for other in chosen
    )  # fmt: skip


def _joined(chosen: list[DateEvidence], others: list[DateEvidence], today: dt.date) -> Published:
    """What the chosen dates have in common; the span over them, and a note, where they have nothing."""
    lows = [item.earliest for item in chosen if item.earliest]
    highs = [item.latest for item in chosen if item.latest]
    evidence = (*dict.fromkeys(chosen), *dict.fromkeys(others))
    low, high = max(lows), min(highs)
    if low > high:
        low, high = min(lows), max(highs)
        words = " | ".join(dict.fromkeys(item.text for item in chosen))
        evidence = (*evidence, DateEvidence(rule="contradiction", text=words, earliest=low, latest=high))
    high = min(high, today)
    low = min(low, high)
    return Published(earliest=low, latest=high, precision=_precision(low, high, today), evidence=evidence)


def _precision(low: dt.date, high: dt.date, today: dt.date) -> Precision:
    if low == high:
        return "day"
    month, year = calendars.month_span(low.year, low.month), calendars.year_span(low.year)
    if low == month[0] and high in (month[1], today) and high.month == low.month and high.year == low.year:
        return "month"
    return "year" if low == year[0] and high in (year[1], today) and high.year == low.year else "range"


def _with_year(
    text: str, place: Place, dated: list[DateEvidence], frame: DateRange, today: dt.date
) -> DateEvidence | None:
    """A stated day without a year: each year that the other dates, the terms and its weekday allow; their hull."""
    low, high = frame.earliest, min(frame.latest or today, today)
    years = [item.earliest for item in dated if item.earliest]
    if years:
        low, high = calendars.shift(min(years), -30), min(calendars.shift(max(years), 30), today)
    if low is None:
        return None
    spans = candidates(place.mention, low, high)
    if not spans:
        return None
    first, last = spans[0][0], min(spans[-1][1], today)
    return _evidence(text, place).model_copy(update={"earliest": first, "latest": last})


def _checked(found: Published, bounds: list[Bound]) -> Published:
    """The stated date with a note for every bound that it breaks; the page's own word stands."""
    notes = [
        item.evidence.model_copy(update={"rule": f"contradiction:{item.evidence.rule}"})
        for item in bounds
        if (item.evidence.earliest and found.latest and found.latest < item.evidence.earliest)
        or (item.evidence.latest and found.earliest and found.earliest > item.evidence.latest)
    ]
    return found.model_copy(update={"evidence": (*found.evidence, *notes)}) if notes else found


def _deduce(
    text: str, lang: str, mentions: list[DateMention], spans: Sequence[Span], bounds: list[Bound], today: dt.date
) -> Published:
    """The interval that all the evidence leaves; the weakest evidence yields where it contradicts the rest."""
    every = [*bounds, *_usable(past_bounds(text, lang, mentions, spans, today), today)]
    within, dropped = _intersect(every, today)
    soft = narrowing(text, lang, mentions, spans, within, today)
    for bound in soft:
        narrower, refused = _intersect([Bound(_as_evidence(within), TERM + 1), bound], today)
        within = narrower
        dropped += refused
    every = _unique([*every, *soft])
    evidence = [item.evidence for item in every if item not in dropped]
    evidence += [item.evidence.model_copy(update={"rule": f"contradiction:{item.evidence.rule}"}) for item in dropped]
    if within.earliest is None and within.latest is None:
        return Published(evidence=tuple(evidence))
    latest = min(within.latest or today, today)
    return Published(earliest=within.earliest, latest=latest, precision="range", evidence=tuple(evidence))


def _as_evidence(span: DateRange) -> DateEvidence:
    return DateEvidence(rule="so_far", text="", earliest=span.earliest, latest=span.latest)


def _unique(bounds: list[Bound]) -> list[Bound]:
    return list(dict.fromkeys(bounds))


def _intersect(bounds: list[Bound], today: dt.date) -> tuple[DateRange, list[Bound]]:
    """The interval that the bounds leave, and the bounds left out because they contradict it.

    Stronger bounds go first. Among equals those go that the most others agree with: the day that most of them hold.
    """
    low: dt.date | None = None
    high: dt.date | None = None
    dropped: list[Bound] = []
    for strength in sorted({item.strength for item in bounds}, reverse=True):
        equals = [item for item in bounds if item.strength == strength]
        usable = [item for item in equals if _meets(item.evidence, low, high)]
        # The best day is always where some interval begins, or where what is known begins.
        floor = low or dt.date.min
        starts = [floor, *(max(item.evidence.earliest or floor, floor) for item in usable)]
        counted = [(sum(_holds(item.evidence, day) for item in usable), day) for day in starts]
        best = max(counted)[1] if usable else None
        for item in equals:
            if best is None or item not in usable or not _holds(item.evidence, best):
                dropped.append(item)
                continue
            low = max(low or dt.date.min, item.evidence.earliest) if item.evidence.earliest else low
            high = min(high or dt.date.max, item.evidence.latest) if item.evidence.latest else high
    return DateRange(earliest=low, latest=min(high, today) if high else None), dropped


def _meets(item: DateEvidence, low: dt.date | None, high: dt.date | None) -> bool:
    return not (item.earliest and high and item.earliest > high) and not (item.latest and low and item.latest < low)


def _holds(item: DateEvidence, day: dt.date) -> bool:
    return (item.earliest is None or item.earliest <= day) and (item.latest is None or day <= item.latest)
