"""Choosing what each digest of a batch holds, and freezing it, so that a retry says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from digest.deliveries.offers import Kept, Offer, OfferKey, Offers, Shown, Stretch, papers_by_id
from digest.deliveries.planning import THRESHOLDS
from digest.digests import Choice, Digest, Item, choose
from digest.matching import Reason
from digest.models import (
    Change,
    Delivery,
    DeliveryStatus,
    MailKind,
    Subscriber,
    Subscription,
    Topic,
)
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

    content: Content
    digest: Digest | None
    """None: nothing is left."""


def choose_digests(
    session: Session, deliveries: Sequence[Delivery], offers: Offers
) -> dict[int, Chosen]:
    """Choose the papers of many digests with a handful of queries; by delivery id."""
    ids = [delivery.id for delivery in deliveries]
    topics = topics_followed(session, ids)
    stretches = {d.id: _stretches(d, topics.get(d.id)) for d in deliveries}
    offered = offers.of(session, set().union(*stretches.values()))
    undelivered = _undelivered_through(session, ids)
    changes = _changes_since_last_digest(session, ids)
    choices = {
        delivery.id: _choose(
            _subscriber(delivery),
            (offer for stretch in stretches[delivery.id] for offer in offered[stretch]),
            has_topics=delivery.id in topics,
        )
        for delivery in deliveries
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


def _choose(reader: Subscriber, offers: Iterable[Offer], *, has_topics: bool) -> Choice[Offer]:
    least = THRESHOLDS[reader.selectivity] if has_topics else 0.0
    return choose((offer for offer in offers if offer.score >= least), reader.max_papers)


def _chosen(
    choice: Choice[Offer],
    shown: Mapping[OfferKey, Shown],
    topics: Mapping[int, str],
    undelivered: int,
    changes: list[str],
) -> Chosen:
    items: list[Item] = []
    kept: list[Kept] = []
    for offer in choice.chosen:
        mine = shown[offer.key]
        is_leftover = offer.sequence <= undelivered
        items.append(replace(mine.item, is_leftover=True) if is_leftover else mine.item)
        kept.append(mine.kept._replace(is_leftover=True) if is_leftover else mine.kept)
    content: Content = {
        "items": kept,
        "cut": choice.cut,
        "topics": {str(number): query for number, query in topics.items()},
        "changes": changes,
    }
    return Chosen(content, _digest(content, tuple(items)))


def digests(session: Session, contents: Mapping[int, Content]) -> dict[int, Digest]:
    """Turn frozen contents back into digests, by delivery id; papers since deleted are left out."""
    kept = {number: [Kept(*item) for item in c["items"]] for number, c in contents.items()}
    papers = papers_by_id(session, {item.paper_id for items in kept.values() for item in items})
    return {
        delivery_id: digest
        for delivery_id, content in contents.items()
        if (digest := _digest(content, _items(kept[delivery_id], content["topics"], papers)))
    }


def _digest(content: Content, items: tuple[Item, ...]) -> Digest | None:
    if not items:
        return None
    return Digest(
        day=max(item.day for item in items),
        items=items,
        cut=content["cut"],
        topics=tuple(content["topics"].values()),
        changes=tuple(content["changes"]),
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


def topics_followed(session: Session, ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """Return the queries each delivery's reader follows, by topic id, paused ones left out.

    A delivery whose reader has no topics at all is missing from the answer.
    """
    rows = session.execute(
        select(Delivery.id, Topic.id, Topic.query, Subscription.is_paused)
        .join(Subscription, Subscription.subscriber_id == Delivery.subscriber_id)
        .join(Topic, Topic.id == Subscription.topic_id)
        .where(Delivery.id.in_(ids))
        .order_by(Subscription.id)
    )
    topics: dict[int, dict[int, str]] = {}
    for delivery_id, topic_id, query, is_paused in rows:
        followed = topics.setdefault(delivery_id, {})
        if not is_paused:
            followed[topic_id] = query
    return topics


def _stretches(delivery: Delivery, topics: Mapping[int, str] | None) -> set[Stretch]:
    after, through = delivery.from_sequence, delivery.through_sequence
    followed: Iterable[int | None] = [None] if topics is None else topics
    return {Stretch(topic_id, after, through) for topic_id in followed}


def _undelivered_through(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Return how far earlier digests reached that never arrived, by delivery id."""
    earlier = aliased(Delivery)
    rows = session.execute(
        select(Delivery.id, func.max(earlier.through_sequence).label("through"))
        .join(earlier, earlier.subscriber_id == Delivery.subscriber_id)
        .where(
            Delivery.id.in_(ids),
            earlier.id < Delivery.id,
            earlier.kind == MailKind.DIGEST,
            earlier.status.in_(_NEVER_ARRIVED),
        )
        .group_by(Delivery.id)
    )
    return {row.id: row.through for row in rows}


def _changes_since_last_digest(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    earlier = aliased(Delivery)
    last_sent = (
        select(func.max(earlier.planned_at))
        .where(
            earlier.subscriber_id == Delivery.subscriber_id,
            earlier.kind == MailKind.DIGEST,
            earlier.status == DeliveryStatus.SENT,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Delivery.id, Change.sentence)
        .join(Change, Change.subscriber_id == Delivery.subscriber_id)
        .where(Delivery.id.in_(ids), Change.made_at > last_sent)
        .order_by(Change.id)
    )
    changes: dict[int, list[str]] = {}
    for delivery_id, sentence in rows:
        changes.setdefault(delivery_id, []).append(sentence)
    return changes


def _subscriber(delivery: Delivery) -> Subscriber:
    if delivery.subscriber is None:
        raise ValueError(f"delivery {delivery.id} has lost its subscriber")
    return delivery.subscriber
