"""Choosing what each digest of a batch holds, and freezing it, so that a retry says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from digest.database import bound, by_number, write_json
from digest.deliveries.jobs import Job, numbers
from digest.deliveries.news import THRESHOLDS
from digest.deliveries.offers import Kept, Offer, OfferKey, Offers, Shown, Stretch, papers_by_id
from digest.digests import Choice, Digest, Item, choose
from digest.enums import DeliveryStatus, MailKind
from digest.matching import Reason
from digest.models import Change, Delivery, Subscription
from digest.papers import Paper as PaperValue

Content = dict[str, Any]
"""A digest as JSON: the papers' ids and why each was chosen, what was cut, what was changed."""

_NEVER_ARRIVED = (
    DeliveryStatus.EXPIRED,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.BOUNCED,
)


class Chosen(NamedTuple):
    """What a delivery holds, to freeze and to show."""

    content: str
    """As JSON; see Content."""
    digest: Digest | None
    """None: nothing is left."""
    topics: Mapping[int, str]
    """What the reader follows, by number."""


def choose_digests(session: Session, jobs: Sequence[Job], offers: Offers) -> dict[int, Chosen]:
    """Choose the papers of many digests with a handful of queries; by delivery id."""
    topics = topics_followed(session, jobs, offers)
    stretches = {job.id: _stretches(job, topics.get(job.id)) for job in jobs}
    offered = offers.of(session, set().union(*stretches.values()))
    undelivered = _undelivered_through(session, jobs)
    changes = _changes_since_last_digest(session, jobs)
    choices = {
        job.id: _choose(
            job,
            (offer for stretch in stretches[job.id] for offer in offered[stretch]),
            has_topics=job.id in topics,
        )
        for job in jobs
    }
    shown = offers.shown(session, (offer for c in choices.values() for offer in c.chosen))
    return {
        number: _chosen(
            choice,
            shown,
            topics.get(number, {}),
            undelivered.get(number, 0),
            changes.get(number, []),
        )
        for number, choice in choices.items()
    }


def _choose(job: Job, offers: Iterable[Offer], *, has_topics: bool) -> Choice[Offer]:
    least = THRESHOLDS[job.selectivity] if has_topics else 0.0
    return choose((offer for offer in offers if offer.score >= least), job.max_papers)


def _chosen(
    choice: Choice[Offer],
    shown: Mapping[OfferKey, Shown],
    topics: Mapping[int, str],
    undelivered: int,
    changes: list[str],
) -> Chosen:
    items: list[Item] = []
    kept: list[str] = []
    for offer in choice.chosen:
        mine = shown[offer.key]
        if offer.sequence <= undelivered:
            mine = mine.as_leftover()
        items.append(mine.item)
        kept.append(mine.kept)
    queries = ",".join([f'"{number}":{_quoted(query)}' for number, query in topics.items()])
    told = write_json(changes) if changes else "[]"
    content = (
        f'{{"items":[{",".join(kept)}],"cut":{choice.cut},"topics":{{{queries}}},"changes":{told}}}'
    )
    return Chosen(content, _digest(items, choice.cut, topics.values(), changes), topics)


def digests(session: Session, contents: Mapping[int, Content]) -> dict[int, Digest]:
    """Turn frozen contents back into digests, by delivery id; papers since deleted are left out."""
    kept = {number: [Kept(*item) for item in c["items"]] for number, c in contents.items()}
    papers = papers_by_id(session, {item.paper_id for items in kept.values() for item in items})
    found = {
        number: _digest(
            _items(kept[number], content["topics"], papers),
            content["cut"],
            content["topics"].values(),
            content["changes"],
        )
        for number, content in contents.items()
    }
    return {number: digest for number, digest in found.items() if digest}


def _digest(
    items: Sequence[Item], cut: int, topics: Iterable[str], changes: Iterable[str]
) -> Digest | None:
    if not items:
        return None
    return Digest(
        day=max([item.day for item in items]),
        items=tuple(items),
        cut=cut,
        topics=tuple(topics),
        changes=tuple(changes),
    )


def _items(
    kept: Iterable[Kept], topics: Mapping[str, str], papers: Mapping[int, PaperValue]
) -> tuple[Item, ...]:
    return tuple(
        Item(
            paper=papers[item.paper_id],
            topic=topics.get(str(item.topic_id)),
            score=item.score,
            reason=Reason.from_json(item.reason) if item.reason else None,
            day=date.fromisoformat(item.day),
            is_leftover=item.is_leftover,
        )
        for item in kept
        if item.paper_id in papers
    )


def topics_followed(
    session: Session, jobs: Sequence[Job], offers: Offers
) -> dict[int, dict[int, str]]:
    """Return the queries each delivery's reader follows, by topic id, paused ones left out.

    A delivery whose reader has no topics at all is missing from the answer.
    """
    readers = bound("readers", dict.fromkeys(job.subscriber_id for job in jobs))
    rows = session.connection().execute(_FOLLOWED, readers).all()
    queries = offers.queries(session, {topic_id for _, topic_id, _ in rows})
    followed: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for subscriber_id, topic_id, is_paused in rows:
        mine = followed[subscriber_id]
        if not is_paused:
            mine[topic_id] = queries[topic_id]
    return {job.id: followed[job.subscriber_id] for job in jobs if job.subscriber_id in followed}


_readers = by_number("readers")
_FOLLOWED = (
    select(Subscription.subscriber_id, Subscription.topic_id, Subscription.is_paused)
    .join(_readers, _readers.c.number == Subscription.subscriber_id)
    .order_by(Subscription.id)
)
_quoted = lru_cache(maxsize=4096)(write_json)


def _stretches(job: Job, topics: Mapping[int, str] | None) -> set[Stretch]:
    after, through = job.from_sequence, job.through_sequence
    followed: Iterable[int | None] = [None] if topics is None else topics
    return {Stretch(topic_id, after, through) for topic_id in followed}


_mine = by_number("deliveries")
_earlier = aliased(Delivery)
_UNDELIVERED = (
    select(Delivery.id, func.max(_earlier.through_sequence))
    .select_from(_mine)
    .join(Delivery, Delivery.id == _mine.c.number)
    .join(_earlier, _earlier.subscriber_id == Delivery.subscriber_id)
    .where(
        _earlier.id < Delivery.id,
        # Written out, so that a plan kept for any value can use the partial index.
        _earlier.kind == bindparam("digest", MailKind.DIGEST, literal_execute=True),
        _earlier.status.in_(
            bindparam("never_arrived", _NEVER_ARRIVED, expanding=True, literal_execute=True)
        ),
    )
    .group_by(Delivery.id)
)
_LAST_SENT = (
    select(func.max(_earlier.planned_at))
    .where(
        _earlier.subscriber_id == Delivery.subscriber_id,
        _earlier.kind == MailKind.DIGEST,
        _earlier.status == DeliveryStatus.SENT,
    )
    .scalar_subquery()
)
_CHANGES = (
    select(Delivery.id, Change.sentence)
    .select_from(_mine)
    .join(Delivery, Delivery.id == _mine.c.number)
    .join(Change, Change.subscriber_id == Delivery.subscriber_id)
    .where(Change.made_at > _LAST_SENT)
    .order_by(Change.id)
)


def _undelivered_through(session: Session, jobs: Sequence[Job]) -> dict[int, int]:
    """Return how far earlier digests reached that never arrived, by delivery id."""
    rows = session.connection().execute(_UNDELIVERED, numbers([job.id for job in jobs]))
    return dict(rows.all())


def _changes_since_last_digest(session: Session, jobs: Sequence[Job]) -> dict[int, list[str]]:
    changes: defaultdict[int, list[str]] = defaultdict(list)
    rows = session.connection().execute(_CHANGES, numbers([job.id for job in jobs]))
    for delivery_id, sentence in rows:
        changes[delivery_id].append(sentence)
    return changes
