"""Choosing what each digest of a batch holds, and freezing it, so that a retry says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from digest.deliveries.planning import THRESHOLD
from digest.digests import Candidate, Digest, Item, choose
from digest.matches import paper_value
from digest.matching import Reason
from digest.models import (
    Change,
    Delivery,
    DeliveryStatus,
    Edition,
    Entry,
    MailKind,
    Match,
    Paper,
    Subscriber,
    Subscription,
    Topic,
)

Content = dict[str, Any]
"""A digest as JSON: the papers' ids and why each was chosen, what was cut, what was changed."""

_NEVER_ARRIVED = (
    DeliveryStatus.EXPIRED,
    DeliveryStatus.FAILED,
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.BOUNCED,
)


def choose_contents(session: Session, deliveries: Sequence[Delivery]) -> dict[int, Content]:
    """Choose the papers of many digests with a handful of queries; by delivery id."""
    ids = [delivery.id for delivery in deliveries]
    topics = topics_followed(session, ids)
    offers, reasons = _matches_offered(session, ids)
    undelivered = _undelivered_through(session, ids)
    changes = _changes_since_last_digest(session, ids)
    days = _days(session)
    trending: dict[tuple[int, int], list[Candidate]] = {}
    contents = {}
    for delivery in deliveries:
        candidates = offers[delivery.id]
        if delivery.id not in topics:
            stretch = delivery.from_sequence, delivery.through_sequence
            if stretch not in trending:
                trending[stretch] = _trending(session, *stretch)
            candidates = trending[stretch]
        choice = choose(candidates, _subscriber(delivery).max_papers)
        contents[delivery.id] = {
            "items": [
                {
                    "paper": chosen.paper_id,
                    "topic": chosen.topic_id,
                    "score": round(chosen.score, 4),
                    "reason": reasons.get((chosen.topic_id, chosen.paper_id)),
                    "day": days[chosen.sequence].isoformat(),
                    "is_leftover": chosen.sequence <= undelivered.get(delivery.id, 0),
                }
                for chosen in choice.chosen
            ],
            "cut": choice.cut,
            "topics": {str(number): query for number, query in topics.get(delivery.id, {}).items()},
            "changes": changes.get(delivery.id, []),
        }
    return contents


def digests(session: Session, contents: Mapping[int, Content]) -> dict[int, Digest]:
    """Turn frozen contents back into digests, by delivery id; papers since deleted are left out."""
    wanted = {item["paper"] for content in contents.values() for item in content["items"]}
    rows = session.scalars(select(Paper).where(Paper.id.in_(wanted)))
    papers = {row.id: paper_value(row) for row in rows}
    return {
        delivery_id: Digest(
            day=max((item.day for item in items), default=date.min),
            items=items,
            cut=content["cut"],
            topics=tuple(content["topics"].values()),
            changes=tuple(content["changes"]),
        )
        for delivery_id, content in contents.items()
        if (
            items := tuple(
                _item(item, papers[item["paper"]], content["topics"])
                for item in content["items"]
                if item["paper"] in papers
            )
        )
    }


def _item(item: Mapping[str, Any], paper: Any, topics: Mapping[str, str]) -> Item:
    return Item(
        paper=paper,
        topic=topics.get(str(item["topic"])),
        score=item["score"],
        reason=Reason.from_json(item["reason"]) if item["reason"] else None,
        day=date.fromisoformat(item["day"]),
        is_leftover=item["is_leftover"],
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


def _matches_offered(
    session: Session, ids: Sequence[int]
) -> tuple[defaultdict[int, list[Candidate]], dict[tuple[int | None, int], dict[str, Any]]]:
    rows = session.execute(
        select(
            Delivery.id,
            Match.topic_id,
            Match.paper_id,
            Match.score,
            Match.sequence,
            Match.reason,
            Paper.upvotes,
            Entry.rank,
        )
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .join(Subscription, Subscription.subscriber_id == Subscriber.id)
        .join(Match, Match.topic_id == Subscription.topic_id)
        .join(Edition, Edition.sequence == Match.sequence)
        .join(Paper, Paper.id == Match.paper_id)
        .join(Entry, (Entry.edition_id == Edition.id) & (Entry.paper_id == Paper.id))
        .where(
            Delivery.id.in_(ids),
            ~Subscription.is_paused,
            Match.sequence > Delivery.from_sequence,
            Match.sequence <= Delivery.through_sequence,
            Match.score >= THRESHOLD,
        )
    )
    offers: defaultdict[int, list[Candidate]] = defaultdict(list)
    reasons: dict[tuple[int | None, int], dict[str, Any]] = {}
    for row in rows:
        reasons[row.topic_id, row.paper_id] = row.reason
        offers[row.id].append(
            Candidate(
                paper_id=row.paper_id,
                topic_id=row.topic_id,
                score=row.score,
                upvotes=row.upvotes,
                rank=row.rank,
                sequence=row.sequence,
            )
        )
    return offers, reasons


def _trending(session: Session, after: int, through: int) -> list[Candidate]:
    """Return the new papers of some editions for readers without topics, best by upvotes."""
    rows = session.execute(
        select(Entry.paper_id, Entry.rank, Edition.sequence, Paper.upvotes)
        .join(Edition, Edition.id == Entry.edition_id)
        .join(Paper, Paper.id == Entry.paper_id)
        .where(Entry.is_new, Edition.sequence > after, Edition.sequence <= through)
    )
    return [
        Candidate(
            paper_id=row.paper_id,
            topic_id=None,
            score=0.0,
            upvotes=row.upvotes,
            rank=row.rank,
            sequence=row.sequence,
        )
        for row in rows
    ]


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


def _days(session: Session) -> dict[int, date]:
    rows = session.execute(
        select(Edition.sequence, Edition.day).where(Edition.sequence.is_not(None))
    )
    return {sequence: day for sequence, day in rows if sequence is not None}


def _subscriber(delivery: Delivery) -> Subscriber:
    if delivery.subscriber is None:
        raise ValueError(f"delivery {delivery.id} has lost its subscriber")
    return delivery.subscriber
