"""Claims to scored pairs and findings: embeds, retrieves, reads stances and relations, and judges the shifts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from claims.attribute.labels import label
from claims.attribute.registry import built_in
from claims.config import Config
from claims.embed import choose_encoder, embed
from claims.embed.encoder import EncoderChoice
from claims.extraction import Annotated
from claims.judge import JudgedPair, choose_judge
from claims.models import cache_folder, digest_of_folder, model_folder
from claims.models.default import default_digest, default_model
from claims.records import PairScore, Target
from claims.retrieve import retrieve
from claims.retrieve.copies import copies
from claims.score.features import Side, measure
from claims.score.labels import EVENTS
from claims.score.position import PositionReader
from claims.score.relation import explained, relation
from claims.shift.judge import find_shifts, shared_target
from claims.shift.order import probability_before
from claims.shift.position import Position, Shift, by_holder_and_article

Progress = Callable[[int, int, str], None]
# Pairs without a common target or issue must be this close in meaning to be about the same matter. Random sentences
# of one paper have a cosine around .86 under the default encoder, translations .89 to .95.
SAME_MATTER = 0.88
# Stances nearer than this cannot make a shift by themselves; such a pair is read only if it is close enough to
# contradict.
_GAP = 0.25
# How far below the least similarity a pair that the baseline knows is still retrieved: bf16 and fp32 differ by less.
_NOISE = 0.01


@dataclass
class Scored:
    """What scoring made, and the counts that run.json tells."""

    claims: dict[str, Annotated]
    pairs: list[PairScore] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    positions: dict[str, Position] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    reader: PositionReader | None = None
    """What read the stances and pairs; None where there was nothing to read."""


def encoder_choice(config: Config, progress: Progress | None) -> EncoderChoice:
    """The encoder of a run, not loaded; the default is prepared if it is not there yet.

    Raises:
        ModelUnavailable: there is no such model, or it cannot be prepared.
    """
    folder = model_folder(config.embed.model, progress)
    return choose_encoder(folder, digest_of_folder(folder), precision=config.embed.precision)  # type: ignore[arg-type]


def score(
    annotated: Sequence[Annotated],
    *,
    config: Config,
    news: Callable[[str], bool],
    known: Collection[frozenset[str]] = (),
    progress: Progress | None = None,
) -> Scored:
    """Scores the claims that somebody holds.

    ``news`` tells whether an actor is an outlet, which passes statements on and holds none. ``known`` are pairs of
    claim ids that are findings already: they are read in any case, and given the noise band.

    Raises:
        ModelUnavailable, OutputUnwritable: as the stages do.
    """
    held = [item for item in annotated if item.claim.actor is not None and not news(item.claim.actor.id)]
    done = Scored(claims={item.claim.id: item for item in annotated})
    if config.embed.model != Config().embed.model:
        # A model that is not there is said at once, whatever there is to embed.
        encoder_choice(config, progress)
    if not held:
        return done
    reader = PositionReader(lambda: default_model(progress), default_digest(), cache_folder(), config.embed.threads)
    done.reader = reader
    held = _with_stances(held, reader, done, progress)
    choice = encoder_choice(config, progress)
    done.versions["encoder"] = choice.name
    done.versions["encoder_digest"] = choice.digest
    done.versions["position_digest"] = reader.digest
    candidates = _candidates(held, choice, config, done, known, progress)
    readings = reader.relations([(a.claim.text, b.claim.text) for a, b, _ in candidates], progress)
    by_place = by_holder_and_article(done.positions)
    common = [shared_target(done.positions[a.claim.id], done.positions[b.claim.id], by_place) for a, b, _ in candidates]
    if config.judge.name:
        readings = _judged(candidates, common, readings, config, done, progress)
    for (earlier, later, similarity), target, reading in zip(candidates, common, readings, strict=True):
        sides = _side(earlier, target, done), _side(later, target, done)
        values = measure(*sides, similarity, reading.tolist())
        done.pairs.append(
            PairScore(
                earlier=earlier.claim.id,
                later=later.claim.id,
                similarity=similarity,
                relation=relation(values),
                contradiction=round(float(reading[5]), 3),
                features=explained(values, *sides),
            )
        )
    done.shifts = find_shifts(
        done.pairs, done.positions, config.shift.min_probability, known=known, band=config.shift.noise_band
    )
    done.counts["readings_computed"] = reader.computed
    return done


def _judged(
    candidates: Sequence[tuple[Annotated, Annotated, float]],
    targets: Sequence[Target | None],
    readings: NDArray[np.float32],
    config: Config,
    done: Scored,
    progress: Progress | None,
) -> NDArray[np.float32]:
    """The readings with what another judge says of the pairs."""
    judge = choose_judge(config.judge.name, cache_folder(), base_url=config.judge.base_url, budget=config.judge.budget)
    pairs = [
        JudgedPair(
            earlier.claim.text,
            later.claim.text,
            earlier.claim.actor.name if earlier.claim.actor else "",
            target.name if target else "",
            str(earlier.claim.date.earliest or ""),
            str(later.claim.date.earliest or ""),
        )
        for (earlier, later, _), target in zip(candidates, targets, strict=True)
    ]
    found = judge.read(pairs, readings, progress)
    done.versions["judge"] = judge.name
    done.counts |= judge.counts
    return found


def _candidates(
    held: Sequence[Annotated],
    choice: EncoderChoice,
    config: Config,
    done: Scored,
    known: Collection[frozenset[str]],
    progress: Progress | None,
) -> list[tuple[Annotated, Annotated, float]]:
    """Pairs worth reading, earlier first, in a fixed order. What is passed over is counted."""
    vectors, computed = embed(
        [item.claim.text for item in held],
        cache_folder() / "vectors",
        lambda: choice.load(config.embed.threads, config.embed.batch_size),
        choice.digest,
        progress,
    )
    done.counts["vectors_computed"] = computed
    vectors, held = _originals(vectors, held, done)
    least = config.retrieve.min_similarity if config.retrieve.prune else -1.0
    found = retrieve(
        vectors,
        [item.claim.actor.id if item.claim.actor else None for item in held],
        [item.claim.article_id for item in held],
        min_similarity=max(-1.0, least - (_NOISE if known else 0)),
        max_per_claim=config.retrieve.max_per_claim if config.retrieve.prune else None,
    )
    passed = {"order_unknown": 0, "same_day": 0, "other_matter": 0, "same_stance": 0}
    kept, retrieved = [], 0
    for i, j, similarity in found:
        first, second = held[i], held[j]
        is_known = frozenset((first.claim.id, second.claim.id)) in known
        if similarity < round(least, 4) and not is_known:
            continue
        retrieved += 1
        forward = probability_before(first.claim.date, second.claim.date)
        backward = probability_before(second.claim.date, first.claim.date)
        if max(forward, backward) < 0.9:
            passed["same_day" if _same_day(first, second) else "order_unknown"] += 1
            continue
        earlier, later = (first, second) if forward >= backward else (second, first)
        if is_known or not config.retrieve.prune:
            kept.append((earlier, later, similarity))
        elif not _same_matter(earlier, later, similarity):
            passed["other_matter"] += 1
        elif _gap(earlier, later, done) < _GAP and similarity < SAME_MATTER:
            passed["same_stance"] += 1
        else:
            kept.append((earlier, later, similarity))
    done.counts |= {"pairs_retrieved": retrieved, "pairs_capped": found.capped, "pairs_read": len(kept)}
    done.left_out = passed
    return kept


def _originals(
    vectors: NDArray[np.float32], held: Sequence[Annotated], done: Scored
) -> tuple[NDArray[np.float32], list[Annotated]]:
    """The claims without those that print another one again; what was printed again counts once."""
    original = copies(
        vectors,
        [item.claim.text for item in held],
        [item.claim.actor.id if item.claim.actor else "" for item in held],
        [item.claim.date for item in held],
        [item.claim.stance or 0.0 for item in held],
    )
    kept = [row for row, first in enumerate(original) if row == first]
    for row, first in enumerate(original):
        if row != first:
            del done.positions[held[row].claim.id]
    done.counts["claims_printed_again"] = len(held) - len(kept)
    return vectors[kept], [held[row] for row in kept]


def _same_day(first: Annotated, second: Annotated) -> bool:
    dates = {first.claim.date.earliest, first.claim.date.latest, second.claim.date.earliest, second.claim.date.latest}
    return len(dates) == 1 and None not in dates


def _same_matter(earlier: Annotated, later: Annotated, similarity: float) -> bool:
    shared = {target.id for target in earlier.targets} & {target.id for target in later.targets}
    return bool(shared) or similarity >= SAME_MATTER


def _gap(earlier: Annotated, later: Annotated, done: Scored) -> float:
    """How far the two stances lie apart: towards the common target where they move most, else as they stand."""
    one, other = done.positions[earlier.claim.id], done.positions[later.claim.id]
    common = one.towards.keys() & other.towards.keys()
    return max((abs(one.towards[t] - other.towards[t]) for t in common), default=abs(one.stance - other.stance))


def _with_stances(
    held: Sequence[Annotated], reader: PositionReader, done: Scored, progress: Progress | None
) -> list[Annotated]:
    """The claims with stance and event; their positions towards each target go into ``done``."""
    aims = [(item.claim.text, "") for item in held]
    aims += [(item.claim.text, label(target, item.claim.lang)) for item in held for target in item.targets]
    rows = iter(reader.aims(aims, progress))
    alone = [next(rows) for _ in held]
    found = []
    for item, row in zip(held, alone, strict=True):
        towards = {target.id: _rounded(next(rows)[0]) for target in item.targets}
        main = item.claim.target
        stance = towards.get(main.id, _rounded(row[0])) if main else _rounded(row[0])
        event = EVENTS[int(row[1:].argmax())]
        kept = item.model_copy(update={"claim": item.claim.model_copy(update={"stance": stance, "event": event})})
        found.append(kept)
        done.claims[item.claim.id] = kept
        done.positions[item.claim.id] = _position(kept, _rounded(row[0]), towards)
    return found


def _rounded(value: float) -> float:
    return round(float(value), 3)


def _position(item: Annotated, stance: float, towards: dict[str, float]) -> Position:
    claim = item.claim
    return Position(
        claim_id=claim.id,
        article_id=claim.article_id,
        actor=claim.actor.id if claim.actor else "",
        targets=item.targets,
        stance=stance,
        factivity=claim.factivity,
        act=item.act,
        date=claim.date,
        named=item.scope in ("statement", "sentence"),
        conditional=item.conditional,
        lang=claim.lang,
        offices=_offices(item),
        towards=towards,
    )


def _offices(item: Annotated) -> frozenset[str]:
    """What the holder may have been on the day, in words; empty where the registry does not say."""
    entity = built_in().get(item.claim.actor.id) if item.claim.actor else None
    date = item.claim.date
    roles = [role for role in entity.roles if role.overlaps(date.earliest, date.latest)] if entity else []
    return frozenset(role.code.replace("_", " ") for role in roles)


def _side(item: Annotated, target: Target | None, done: Scored) -> Side:
    return Side(item.claim.text, item.claim.lang, done.positions[item.claim.id].stance_on(target))
